//! The schemas: named objects, arrays and enums; scalars resolved where they are used.
//!
//! Refuses what the generated types could not express. Constraints stay in the document.

pub(super) mod constraints;
pub(super) mod keywords;
pub(super) mod refusals;
pub(super) mod values;

use std::collections::BTreeSet;

use crate::contract::{Collection, Constraints, EnumValue, Member, Object, Schema, Schemas, Shape, Type};
use crate::document::Node;
use crate::lower::lowering::{Lowering, component_name, is_prose, with_deprecation, with_inference};
use crate::lower::retired_codes;
use crate::lower::rust_names;
use crate::lower::schemas::refusals::{refuse_combinators, refuse_nullable, refuse_typed_map, report_type};
use crate::names::{self, nearest};
use crate::pointer::Pointer;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn lower(lowering: &mut Lowering<'_>) -> Schemas {
    let components = lowering.root.get("components");
    let declared = components
        .map(|node| node.members_of("schemas"))
        .unwrap_or_default();
    let mut schemas = Vec::new();
    for (name, node) in &declared {
        if node.has("$ref") {
            let sentence = format!("`{name}` is nothing but a `$ref`");
            let problem = Problem::at(Rule::SchemaUnsupported, &node.at, sentence);
            lowering.add(problem.with_help("refer to its target instead, or write the schema out"));
            continue;
        }
        if let Some(shape) = lower_shape(lowering, node, name, &mut schemas) {
            let mut schema = named(lowering, node, name, shape);
            schema.rust = rust_names::of(lowering, node, name, names::type_name);
            schemas.push(schema);
        }
    }
    for schema in &schemas {
        let is_constructor = matches!(schema.shape, Shape::Array(_) | Shape::Map(_));
        if schema.rust == names::RESERVED_TYPE
            || (is_constructor && names::RESERVED_CONSTRUCTORS.contains(&schema.rust.as_str()))
            || schema.rust.starts_with("CommaListOf")
            || !names::is_usable(&schema.rust)
        {
            let source = names::source(&schema.name, &schema.rust, names::type_name);
            let sentence = format!("`{source}` cannot be the name of a generated type");
            let at = rust_names::place_of(source, &schema.name, &schema.at, &schema.at);
            lowering.report(Rule::NameReserved, &at, sentence);
        }
    }
    schemas.into()
}

/// The scalars: they have no types of their own, and their checks are named after them.
pub(super) fn scalars(lowering: &Lowering<'_>, schemas: &[Schema]) -> Vec<(String, String, Pointer)> {
    let components = lowering.root.get("components");
    let types: BTreeSet<_> = schemas.iter().map(|schema| schema.name.as_str()).collect();
    components
        .map(|node| node.members_of("schemas"))
        .unwrap_or_default()
        .into_iter()
        .filter(|(name, _)| !types.contains(name))
        .map(|(name, node)| (names::type_name(name), name.to_owned(), node.at))
        .collect()
}

/// The shape of a component; `None` for a scalar.
fn lower_shape<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    name: &str,
    hoisted: &mut Vec<Schema>,
) -> Option<Shape> {
    keywords::check(lowering, node);
    if matches!(node.string_of("type"), Some("object" | "array")) {
        keywords::refuse_default(lowering, node);
    }
    if node.has("enum") {
        return lower_enum(lowering, node);
    }
    match node.string_of("type") {
        Some("object") if typed_values(node).is_some() => {
            let mut constraints = constraints::lower(lowering, node);
            let ty = lower_map(lowering, node, name, hoisted, &mut constraints)?;
            Some(Shape::Map(Collection { ty, constraints }))
        }
        Some("object") => Some(Shape::Object(lower_object(lowering, node, name, hoisted))),
        Some("array") => {
            let mut constraints = constraints::lower(lowering, node);
            let ty = lower_array(lowering, node, name, hoisted, &mut constraints)?;
            Some(Shape::Array(Collection { ty, constraints }))
        }
        Some("string" | "integer" | "number" | "boolean") => {
            refuse_combinators(lowering, node);
            None
        }
        _ => {
            report_type(lowering, node);
            None
        }
    }
}

fn lower_enum<'a>(lowering: &mut Lowering<'a>, node: &Node<'a>) -> Option<Shape> {
    if node.string_of("type") != Some("string") {
        let problem = Problem::at(
            Rule::SchemaUnsupported,
            &node.at.child("type"),
            "an enum of anything but strings is not supported",
        );
        lowering.add(problem.with_help("write `type: string`, and the values in quotes"));
        return None;
    }
    let mut items = node.items_of("enum");
    if node.is_true("nullable") {
        let listed = items.len();
        items.retain(|item| !item.value.is_null());
        if items.len() == listed {
            let sentence = "`nullable` has no effect: `enum` does not list null";
            let problem = Problem::at(Rule::KeywordWithoutEffect, &node.at.child("nullable"), sentence);
            lowering.add(problem.with_help("add `null` to `enum`, without quotes, or remove `nullable`"));
        }
    }
    if let Some(other) = items.iter().find(|item| item.string().is_none()) {
        let sentence = format!("{} is not a string", other.value);
        let problem = Problem::at_value(Rule::SchemaUnsupported, &other.at, sentence);
        lowering.add(problem.with_help(if other.value.is_null() {
            "write `nullable: true` beside `enum`, or put the value in quotes"
        } else {
            "put the value in quotes"
        }));
    }
    let values = node.strings_of("enum").into_iter();
    let values: Vec<_> = values
        .map(|value| EnumValue {
            variant: rust_names::within(lowering, node, &value, names::type_name),
            value,
        })
        .collect();
    let retired = retired_codes::variants(lowering, node, &values);
    let known = values.iter().map(|value| value.value.as_str());
    let known = known
        .chain(retired.iter().map(|(_, code, _)| code.as_str()))
        .collect();
    rust_names::check(lowering, node, &known);
    let named = values
        .iter()
        .zip(&items)
        .map(|(value, item)| (value.variant.clone(), value.value.clone(), item.at.clone()));
    let hidden = std::iter::once((
        names::UNRECOGNIZED.to_owned(),
        "any other value".to_owned(),
        node.at.clone(),
    ));
    lowering.report_collisions(hidden.chain(named).chain(retired).collect::<Vec<_>>());
    Some(Shape::Enum(values))
}

fn lower_object<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    name: &str,
    hoisted: &mut Vec<Schema>,
) -> Object {
    refuse_combinators(lowering, node);
    let required = node.strings_of("required");
    let properties = node.members_of("properties");
    for item in node.items_of("required") {
        let expected = item.string().unwrap_or_default();
        if !properties.iter().any(|(property, _)| *property == expected) {
            let sentence = format!("`{expected}` is required, and `{name}` has no such property");
            let problem = Problem::at_value(Rule::SchemaUnsupported, &item.at, sentence);
            let likely = nearest(expected, properties.iter().map(|(property, _)| *property));
            lowering.add(problem.with_help(match likely {
                Some(likely) => format!("did you mean `{likely}`?"),
                None => "describe it under `properties`, or remove it here".to_owned(),
            }));
        }
    }
    let open = node
        .get("additionalProperties")
        .is_some_and(|further| match further.value.as_bool() {
            Some(allowed) => allowed,
            None => further.members().is_empty() || refuse_typed_map(lowering, &further),
        });
    let (mut members, mut names) = (Vec::new(), Vec::new());
    for (property, schema) in &properties {
        let rust = rust_names::within(lowering, node, property, names::value_name);
        names.push((rust.clone(), (*property).to_owned(), schema.at.clone()));
        let source = names::source(property, &rust, names::value_name);
        let inline_name = format!("{name}{}", names::type_name(source));
        let used = lower_use(lowering, schema, &inline_name, hoisted);
        let resolved = lowering.resolve(schema.clone());
        // What is wrong with its type is a problem of its own, and any value fits.
        let used = used.unwrap_or_else(|| Used {
            ty: Type::Any,
            docs: resolved.string_of("description").unwrap_or_default().to_owned(),
            constraints: Constraints::default(),
        });
        keywords::refuse_default(lowering, &resolved);
        if used.docs.is_empty() {
            let sentence = format!("`{property}` of `{name}` has no description");
            lowering.report(Rule::DescriptionMissing, &schema.at, sentence);
        }
        members.push(Member {
            name: (*property).to_owned(),
            rust,
            docs: used.docs,
            ty: used.ty,
            required: required.iter().any(|expected| expected == property),
            nullable: resolved.is_true("nullable"),
            deprecated: resolved.is_true("deprecated"),
            constraints: used.constraints,
        });
    }
    let known = properties.iter().map(|(property, _)| *property).collect();
    rust_names::check(lowering, node, &known);
    let further = open.then(|| ("extra".to_owned(), "further members".to_owned(), node.at.clone()));
    lowering.report_collisions(further.into_iter().chain(names).collect::<Vec<_>>());
    if properties.is_empty() && !open {
        let sentence = format!("`{name}` has no properties and no further members");
        let problem = Problem::at(Rule::SchemaUnsupported, &node.at, sentence);
        lowering.add(problem.with_help("describe its `properties`, or write `additionalProperties: {}`"));
    }
    let choices = constraints::lower_choices(lowering, node);
    Object {
        members,
        open,
        choices,
    }
}

/// A schema where it is used: for a member, an item or a parameter.
pub(super) struct Used {
    pub(super) ty: Type,
    pub(super) docs: String,
    pub(super) constraints: Constraints,
}

/// Lowers a schema in place. An inline object becomes a schema called `inline_name`.
pub(super) fn lower_use<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    inline_name: &str,
    hoisted: &mut Vec<Schema>,
) -> Option<Used> {
    let resolved = lowering.resolve(node.clone());
    let component = component_name(node, "schemas");
    if node.has("$ref") && component.is_none() {
        lowering.report_value(Rule::DanglingReference, &node.at, "this is not a schema");
        return None;
    }
    refuse_in_use(lowering, &resolved, component.as_deref());
    let mut constraints = constraints::lower(lowering, &resolved);
    constraints.component.clone_from(&component);
    let ty = match (resolved.has("enum"), resolved.string_of("type"), component) {
        (true, _, Some(name)) | (_, Some("object" | "array"), Some(name)) => Type::Named(name),
        (true, _, None) => {
            lowering.report(Rule::EnumNotComponent, &resolved.at, "this enum has no name");
            // Without a type, its examples would be a second problem.
            Type::String
        }
        (_, Some("string"), _) => Type::String,
        (_, Some("integer"), _) => Type::Integer,
        (_, Some("number"), _) => Type::Number,
        (_, Some("boolean"), _) => Type::Boolean,
        (_, Some("array"), None) => lower_array(lowering, &resolved, inline_name, hoisted, &mut constraints)?,
        (_, Some("object"), None) if typed_values(&resolved).is_some() => {
            lower_map(lowering, &resolved, inline_name, hoisted, &mut constraints)?
        }
        (_, Some("object"), None) => {
            let object = lower_object(lowering, &resolved, inline_name, hoisted);
            let schema = named(lowering, &resolved, inline_name, Shape::Object(object));
            hoisted.push(schema);
            Type::Named(inline_name.to_owned())
        }
        (_, None, _) if resolved.members().iter().all(|(key, _)| is_prose(key)) => Type::Any,
        _ => {
            report_type(lowering, &resolved);
            return None;
        }
    };
    let docs = resolved.string_of("description").unwrap_or_default();
    let docs = match ty {
        // The type says itself what is inferred of it.
        Type::Named(_) => docs.trim().to_owned(),
        _ => with_deprecation(with_inference(docs, &resolved), &resolved),
    };
    Some(Used {
        ty,
        docs,
        constraints,
    })
}

fn refuse_in_use<'a>(lowering: &mut Lowering<'a>, resolved: &Node<'a>, component: Option<&str>) {
    // Those of components and objects are checked where these are lowered.
    if component.is_none() {
        keywords::check(lowering, resolved);
        if resolved.string_of("type") != Some("object") {
            refuse_combinators(lowering, resolved);
        }
    }
}

/// The schema of the values of a map: an object that says nothing of its members but their type.
fn typed_values<'a>(object: &Node<'a>) -> Option<Node<'a>> {
    const OF_MEMBERS: [&str; 6] = ["properties", "required", "allOf", "anyOf", "oneOf", "not"];
    let values = object.get("additionalProperties")?;
    let is_map = !values.members().is_empty() && !OF_MEMBERS.iter().any(|key| object.has(key));
    is_map.then_some(values)
}

/// A map. What its values must satisfy becomes a part of its constraints.
fn lower_map<'a>(
    lowering: &mut Lowering<'a>,
    map: &Node<'a>,
    name: &str,
    hoisted: &mut Vec<Schema>,
    constraints: &mut Constraints,
) -> Option<Type> {
    let values = typed_values(map)?;
    refuse_nullable(lowering, &values, "a value of a map");
    let name = format!("{name}Value");
    Some(Type::Map(Box::new(lower_each(
        lowering,
        &values,
        &name,
        hoisted,
        constraints,
    )?)))
}

/// An array. What its items must satisfy becomes a part of its constraints.
fn lower_array<'a>(
    lowering: &mut Lowering<'a>,
    array: &Node<'a>,
    name: &str,
    hoisted: &mut Vec<Schema>,
    constraints: &mut Constraints,
) -> Option<Type> {
    let Some(items) = array.get("items") else {
        let problem = Problem::at(Rule::SchemaUnsupported, &array.at, "an array needs `items`");
        lowering.add(problem.with_help("write `items:` with the schema of one item below it"));
        return None;
    };
    refuse_nullable(lowering, &items, "an item");
    let name = format!("{name}Item");
    Some(Type::Array(Box::new(lower_each(
        lowering,
        &items,
        &name,
        hoisted,
        constraints,
    )?)))
}

/// The type of each item.
fn lower_each<'a>(
    lowering: &mut Lowering<'a>,
    items: &Node<'a>,
    name: &str,
    hoisted: &mut Vec<Schema>,
    constraints: &mut Constraints,
) -> Option<Type> {
    let resolved = lowering.resolve(items.clone());
    keywords::refuse_default(lowering, &resolved);
    let item = lower_use(lowering, items, name, hoisted)?;
    let of_items = item.constraints.or(constraints.invalid_code.as_ref());
    constraints.items = Some(Box::new(of_items));
    Some(item.ty)
}

/// The schemas that a schema is made of.
pub(super) fn inner<'a>(schema: &Node<'a>) -> impl Iterator<Item = Node<'a>> {
    let properties = schema.members_of("properties").into_iter();
    let others = [schema.get("items"), schema.get("additionalProperties")];
    properties
        .map(|(_, property)| property)
        .chain(others.into_iter().flatten())
}

/// A schema with a name of its own.
fn named<'a>(lowering: &mut Lowering<'a>, node: &Node<'a>, name: &str, shape: Shape) -> Schema {
    let of = format!("`{name}`");
    let docs = lowering.required_string(node, "description", Rule::DescriptionMissing, &of);
    Schema {
        name: name.to_owned(),
        rust: names::type_name(name),
        docs: with_deprecation(with_inference(&docs.unwrap_or_default(), node), node),
        shape,
        invalid_code: node.string_of(constraints::INVALID_CODE).map(str::to_owned),
        at: node.at.clone(),
    }
}
