//! The types: progenitor's structs, in the order and with the descriptions of the document.
//!
//! Adds tolerance where the document cannot promise what a server sends. Adds no type.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};
use quote::quote;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Item, parse_quote};

use super::fields::{
    Part, Reading, Writing, is_named, is_number, reading, serde_parts, set_serde_parts, wire_name,
    within_option, writing,
};
use super::rewrite::{Prelude, Shorten, is, plain};
use super::secrets;
use crate::contract::{Constraints, Contract, Member, Object, Operation, Schema, Shape};
use crate::docs::{self, with_name};
use crate::format::Format;
use crate::names;

/// A field of a generated struct.
pub struct Field {
    /// The wire name.
    pub name: String,
    /// The field.
    pub ident: syn::Ident,
    /// Whether the document requires it.
    pub required: bool,
    /// The format of its value.
    pub format: Option<Format>,
    /// How it is read.
    pub reading: Reading,
    /// When it is written.
    pub writing: Writing,
}

type Taken = (Vec<Item>, BTreeMap<String, Vec<Field>>);

/// Takes the items of progenitor's module of types.
pub(super) fn take(contract: &Contract, items: Vec<Item>) -> Result<Taken, String> {
    let mut shorten = Shorten {
        types_crate: names::crate_ident(&contract.info.crate_prefix, "types"),
        here: Ident::new("crate", Span::call_site()),
        prelude: Prelude::InFull,
    };
    let queries = contract.operations.iter();
    let queries = queries.filter_map(|operation| Some((operation.query_struct()?, operation)));
    let queries: BTreeMap<_, _> = queries.rev().collect();
    let mut fields = BTreeMap::new();
    let mut taken = Vec::new();
    for mut item in items {
        shorten.visit_item_mut(&mut item);
        match item {
            // The errors of conversions, which plain types do not have.
            Item::Mod(module) if module.ident == "error" => {}
            Item::Struct(mut found) => {
                let name = found.ident.to_string();
                let source = source(contract, &queries, &name)
                    .ok_or_else(|| format!("the type `{name}` belongs to no schema"))?;
                let named = finish_struct(contract, &mut found, &source)?;
                let secrets = source.secrets();
                let debug = (!secrets.is_empty()).then(|| {
                    secrets::debug(&found, |ident| {
                        let mut named = named.iter();
                        named.any(|field| field.ident == *ident && secrets.contains(&field.name.as_str()))
                    })
                });
                fields.insert(name, named);
                taken.push(Item::Struct(found));
                taken.extend(debug);
            }
            Item::Impl(mut found) => {
                found.attrs = plain(&found.attrs);
                taken.push(Item::Impl(found));
            }
            other => {
                use quote::ToTokens as _;
                let text: String = other.to_token_stream().to_string().chars().take(60).collect();
                return Err(format!("the types hold an item that is not expected: {text}"));
            }
        }
    }
    check_complete(contract, &fields)?;
    Ok((taken, fields))
}

/// What a struct was made from.
enum Source<'c> {
    Object(&'c Schema, &'c Object),
    List(&'c Schema),
    Query(&'c Operation),
}

impl<'c> Source<'c> {
    /// The wire names of what must not be shown; the name of the schema for the whole of an array or a map.
    fn secrets(&self) -> Vec<&'c str> {
        match self {
            Self::Object(_, object) => {
                let secret = object
                    .members
                    .iter()
                    .filter(|member| member.constraints.is_secret());
                secret.map(|member| member.name.as_str()).collect()
            }
            Self::Query(operation) => {
                let secret = operation
                    .query()
                    .filter(|parameter| parameter.constraints.is_secret());
                secret.map(|parameter| parameter.name.as_str()).collect()
            }
            Self::List(schema) => match &schema.shape {
                Shape::Array(list) | Shape::Map(list) if list.constraints.is_secret() => vec![&schema.name],
                _ => Vec::new(),
            },
        }
    }
}

impl Source<'_> {
    /// Whether a member or a parameter is required, and its constraints.
    fn member(&self, name: &str) -> Option<(bool, &Constraints)> {
        match self {
            Self::Object(_, object) => {
                let member = object.members.iter().find(|member| member.name == name)?;
                Some((member.required, &member.constraints))
            }
            Self::Query(operation) => {
                let parameter = operation.query().find(|parameter| parameter.name == name)?;
                Some((parameter.required, &parameter.constraints))
            }
            Self::List(_) => None,
        }
    }
}

fn source<'c>(
    contract: &'c Contract,
    queries: &BTreeMap<String, &'c Operation>,
    name: &str,
) -> Option<Source<'c>> {
    let schema = contract.schemas.of_type(name);
    match schema.map(|schema| (schema, &schema.shape)) {
        Some((schema, Shape::Object(object))) => Some(Source::Object(schema, object)),
        Some((schema, Shape::Array(_) | Shape::Map(_))) => Some(Source::List(schema)),
        Some((_, Shape::Enum(_))) => None,
        None => queries.get(name).map(|operation| Source::Query(operation)),
    }
}

fn check_complete(contract: &Contract, fields: &BTreeMap<String, Vec<Field>>) -> Result<(), String> {
    let objects = contract
        .schemas
        .iter()
        .filter(|schema| !matches!(schema.shape, Shape::Enum(_)));
    let schemas = objects.map(|schema| schema.rust.clone());
    let queries = contract.operations.iter().filter_map(Operation::query_struct);
    match schemas.chain(queries).find(|name| !fields.contains_key(name)) {
        Some(missing) => Err(format!("the type `{missing}` was not generated")),
        None => Ok(()),
    }
}

/// Finishes a struct, and says which of its fields the document names.
fn finish_struct(
    contract: &Contract,
    item: &mut syn::ItemStruct,
    source: &Source<'_>,
) -> Result<Vec<Field>, String> {
    // An array stays an array, while what has fields may get more of them.
    let grows = matches!(item.fields, syn::Fields::Named(_));
    let open = grows.then(|| parse_quote!(#[non_exhaustive]));
    let attributes = tidy_derives(&item.attrs, source);
    let text = match source {
        Source::Object(schema, _) | Source::List(schema) => {
            with_name(&schema.docs, &schema.name, schema.source())
        }
        Source::Query(operation) => {
            format!(
                "The query parameters of `{}`.\n\n`{} {}`",
                operation.id, operation.method, operation.path
            )
        }
    };
    item.attrs = docs::attributes(&text)
        .into_iter()
        .chain(open)
        .chain(attributes)
        .collect();
    let expected: Vec<(&str, &str, String, bool)> = match source {
        // Nothing but further members: a map.
        Source::Object(_, object) if object.members.is_empty() => return Ok(Vec::new()),
        Source::Object(item_schema, object) => object
            .members
            .iter()
            .map(|m| {
                let text = field_docs(&m.docs, &m.constraints);
                let deprecated = m.deprecated && !is_named_by_generated_code(contract, item_schema, m);
                (m.name.as_str(), m.source(), text, deprecated)
            })
            .collect(),
        Source::Query(operation) => operation
            .query()
            .map(|p| {
                let text = field_docs(&p.docs, &p.constraints);
                (p.name.as_str(), p.source(), text, p.deprecated)
            })
            .collect(),
        Source::List(_) => return Ok(Vec::new()),
    };
    let syn::Fields::Named(named) = &mut item.fields else {
        return Err(format!("`{}` has no named fields", item.ident));
    };
    let (mut given, mut rest) = (BTreeMap::new(), Vec::new());
    for field in std::mem::take(&mut named.named) {
        let parts = serde_parts(&field);
        match wire_name(&field, &parts) {
            Some(name) => drop(given.insert(name, (field, parts))),
            None => rest.push(field),
        }
    }
    let mut known = Vec::new();
    for (name, seen, text, deprecated) in expected {
        let found = given.remove(seen);
        let (mut field, mut parts) =
            found.ok_or_else(|| format!("`{}` has no field for `{name}`", item.ident))?;
        let deprecated = deprecated.then(|| parse_quote!(#[deprecated]));
        field.attrs = docs::attributes(&with_name(&text, name, seen))
            .into_iter()
            .chain(deprecated)
            .chain(plain(&field.attrs))
            .collect();
        if name != seen {
            parts.insert(0, Part::with("rename", name));
        }
        if let Source::Object(schema, object) = source {
            let member = object.members.iter().find(|member| member.name == name);
            make_tolerant(contract, &mut field, &mut parts, schema, member);
        } else if is_number(&field.ty) {
            parts.push(Part::with("serialize_with", "fonedynamics_contract::finite"));
        }
        let (reading, writing) = (reading(&field.ty, &parts), writing(&parts));
        set_serde_parts(&mut field, &parts);
        if let (Some(ident), Some((required, constraints))) = (&field.ident, source.member(name)) {
            known.push(Field {
                name: name.to_owned(),
                ident: ident.clone(),
                required,
                format: constraints.format,
                reading,
                writing,
            });
        }
        named.named.push(field);
    }
    if !given.is_empty() {
        return Err(format!("`{}` has a field that the document lacks", item.ident));
    }
    for mut rest in rest {
        let parts = serde_parts(&rest);
        rest.attrs = docs::attributes("Members that the document does not name.");
        set_serde_parts(&mut rest, &parts);
        named.named.push(rest);
    }
    Ok(known)
}

/// The documentation of a field: the document's, and what reads such a string.
fn field_docs(text: &str, constraints: &Constraints) -> String {
    match constraints.format.and_then(Format::docs) {
        Some(more) => format!("{text}\n\n{more}"),
        None => text.to_owned(),
    }
}

/// Whether generated code reads or writes a member: a part of the envelope, or the items of a page. It would be
/// warned of itself.
fn is_named_by_generated_code(contract: &Contract, schema: &Schema, member: &Member) -> bool {
    let envelope = &contract.envelope;
    let mut operations = contract.operations.iter();
    [&envelope.wrapper, &envelope.status, &envelope.entry].contains(&&schema.name)
        || operations.any(|operation| {
            let pages = operation.pages.as_ref();
            operation.success.schema.as_ref() == Some(&schema.name)
                && pages.is_some_and(|pages| pages.items == member.name)
        })
}

/// `#[derive(Clone, Debug, Default, PartialEq)]`, and JSON Schemas on demand. What has no required member has a default:
/// nothing is set. What serde needs is emitted by itself.
fn tidy_derives(attributes: &[Attribute], source: &Source<'_>) -> Vec<Attribute> {
    let (is_collection, optional) = match source {
        Source::Object(_, object) => (
            object.members.is_empty(),
            object.members.iter().all(|member| !member.required),
        ),
        Source::Query(operation) => (false, operation.query().all(|parameter| !parameter.required)),
        Source::List(_) => (true, true),
    };
    // What has a secret shows itself in its own way.
    let debug = source.secrets().is_empty().then(|| quote!(Debug,));
    let default = optional.then(|| quote!(Default,));
    let derive: Attribute = parse_quote!(#[derive(Clone, #debug #default PartialEq)]);
    let transparent = is_collection.then(|| quote!(, schemars(transparent)));
    let schema = parse_quote!(#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema) #transparent)]);
    let others = plain(attributes)
        .into_iter()
        .filter(|attribute| !is(attribute, "derive") && !is(attribute, "serde"));
    [derive, schema].into_iter().chain(others).collect()
}

/// Reads leniently what a server may omit.
///
/// Of the envelope any member may be null or absent: an error must never be lost because a part of it is
/// missing. Elsewhere a required array or map that is null or absent is empty, and an optional one is an `Option`, so
/// that omitting it and sending an empty one are distinct. What may be null says so in its type.
fn make_tolerant(
    contract: &Contract,
    field: &mut syn::Field,
    parts: &mut Vec<Part>,
    schema: &Schema,
    member: Option<&Member>,
) {
    let envelope = &contract.envelope;
    let of_envelope = [&envelope.status, &envelope.entry].contains(&&schema.name);
    let required = member.is_some_and(|member| member.required);
    let is_collection = ["Vec", "BTreeMap", "Map"]
        .iter()
        .any(|name| is_named(&field.ty, name));
    if member.is_some_and(|member| member.nullable) {
        let value = within_option(&field.ty);
        parts.retain(|part| part.name == "rename");
        if required {
            field.ty = parse_quote!(::std::option::Option<#value>);
        } else {
            field.ty = parse_quote!(::fonedynamics_contract::Nullable<#value>);
            parts.push(Part::word("default"));
            let is_absent = "::fonedynamics_contract::Nullable::is_absent";
            parts.push(Part::with("skip_serializing_if", is_absent));
        }
    } else if of_envelope || (required && is_collection) {
        parts.retain(|part| part.name != "default");
        parts.push(Part::word("default"));
    } else if is_collection {
        let list = field.ty.clone();
        field.ty = parse_quote!(::std::option::Option<#list>);
        parts.retain(|part| part.name == "rename");
        let is_none = "::std::option::Option::is_none";
        parts.push(Part::with("skip_serializing_if", is_none));
    }
}
