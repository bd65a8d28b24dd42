//! Programs that use all that generated crates offer, each as the people do for whom it is: one that calls an API, and
//! one that serves it. Made of the crates of a document, and then compiled with those of another.
//!
//! Knows no rule of a review. A type is read by whoever receives it and made by whoever sends it.

mod exchange;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use quote::ToTokens as _;
use serde_json::Value;
use syn::{
    Fields, FnArg, GenericArgument, ImplItem, ImplItemFn, Item, ItemImpl, Pat, PathArguments, Signature,
    TraitItem, Type, TypeParamBound, Visibility,
};
use xtask::names;
use xtask::tree::Tree;

/// What both kinds of program need to know of a document's crates.
pub(super) struct Crates<'t> {
    tree: &'t Tree,
    prefix: String,
    requested: BTreeSet<String>,
    received: BTreeSet<String>,
    raised: Vec<(String, Vec<String>)>,
}

impl<'t> Crates<'t> {
    pub(super) fn new(tree: &'t Tree, document: &Value) -> Self {
        let mut crates = Self {
            tree,
            prefix: document["info"]["x-crate-prefix"].as_str().unwrap().to_owned(),
            requested: BTreeSet::new(),
            received: BTreeSet::new(),
            raised: Vec::new(),
        };
        let paths = document["paths"].as_object().unwrap();
        for (_, item) in paths {
            for (_, operation) in item.as_object().unwrap() {
                let Some(id) = operation["operationId"].as_str() else {
                    continue;
                };
                let id = operation["x-rust-name"].as_str().unwrap_or(id);
                crates.requested.insert(names::query_struct(id));
                for part in ["parameters", "requestBody"] {
                    types_in(&operation[part], document, &mut crates.requested);
                }
                types_in(&operation["responses"], document, &mut crates.received);
                let codes = operation["x-raises"].as_array().into_iter().flatten();
                let codes = codes.map(|code| variant(document, code.as_str().unwrap()));
                crates.raised.push((names::type_name(id), codes.collect()));
            }
        }
        crates
    }

    /// The items of a file of a crate.
    fn items(&self, role: &str, file: &str) -> Vec<Item> {
        let path = format!("{}-{role}/src/{file}.rs", self.prefix);
        let text = self.tree.get(&path).unwrap_or_default();
        syn::parse_file(text).unwrap().items
    }

    /// The methods of the server's trait.
    fn trait_methods(&self) -> Vec<Signature> {
        let traits = self
            .items("server", "api")
            .into_iter()
            .filter_map(|item| match item {
                Item::Trait(api) => Some(api.items),
                _ => None,
            });
        let methods = traits.flatten().filter_map(|item| match item {
            TraitItem::Fn(function) => Some(function.sig),
            _ => None,
        });
        methods.collect()
    }

    fn crate_name(&self, role: &str) -> String {
        format!("{}_{role}", self.prefix.replace('-', "_"))
    }

    /// A program that makes requests and reads responses.
    pub(super) fn consumer(&self) -> String {
        let mut program = self.beginning("client");
        self.types(&mut program, &self.received, &self.requested);
        for file in ["client", "connect", "pages"] {
            for function in methods(self.items("client", file), "Client") {
                // The other functions of that file are the same for every document.
                let is_given = function.sig.receiver().is_some();
                if is_given && file == "connect" {
                    continue;
                }
                let (parameters, names) = arguments(&function.sig);
                let name = &function.sig.ident;
                let output = function
                    .sig
                    .output
                    .to_token_stream()
                    .to_string()
                    .replace("Self", "Client");
                let _ = match (is_given, function.sig.asyncness) {
                    (false, _) => writeln!(
                        program,
                        "fn make_client_{name}({parameters}) {output} {{ Client::{name}({names}) }}"
                    ),
                    (true, None) => writeln!(
                        program,
                        "fn call_{name}(client: &Client, {parameters}) {output} {{ client.{name}({names}) }}"
                    ),
                    (true, Some(_)) => writeln!(
                        program,
                        "async fn call_{name}(client: &Client, {parameters}) {output} {{ \
                         client.{name}({names}).await }}"
                    ),
                };
            }
        }
        program
    }

    /// A program that reads requests, makes responses and raises codes.
    pub(super) fn implementer(&self) -> String {
        let mut program = self.beginning("server");
        self.types(&mut program, &self.requested, &self.received);
        program.push_str("#[derive(Clone)]\nstruct Someone;\nstruct Frozen;\nimpl Api for Frozen {\n    type Caller = Someone;\n");
        for signature in self.trait_methods() {
            let signature = signature.to_token_stream();
            let _ = writeln!(program, "    {signature} {{ async move {{ unreachable!() }} }}");
        }
        program.push_str("}\n");
        let about_parameters: BTreeSet<String> = self
            .items("server", "codes")
            .into_iter()
            .filter_map(|item| match item {
                Item::Impl(item) => Some(item),
                _ => None,
            })
            .filter(|item| item.to_token_stream().to_string().contains("AboutParameter"))
            .map(|item| item.self_ty.to_token_stream().to_string())
            .collect();
        for (operation, codes) in &self.raised {
            for code in codes {
                let failure = match about_parameters.contains(code) {
                    true => format!("Failure::at(codes::{code}, \"it\")"),
                    false => format!("Failure::new(codes::{code})"),
                };
                let _ = writeln!(
                    program,
                    "fn raise_{operation}_{code}() -> Failure<operations::{operation}> {{ {failure} }}"
                );
            }
        }
        program
    }

    fn beginning(&self, role: &str) -> String {
        let name = self.crate_name(role);
        format!(
            "#![allow(warnings, clippy::all)]\nuse std::collections::BTreeMap;\nuse std::future::Future;\nuse \
             fonedynamics_contract::*;\nuse {name}::*;\nuse {name}::types::{{self, *}};\n{}\nfn main() {{}}\n",
            match role {
                "server" => "use fonedynamics_server_runtime::*;",
                _ => "use progenitor_client::*;",
            }
        )
    }

    /// Reads all members of some types and makes some, and names all values of enums.
    fn types(&self, program: &mut String, read: &BTreeSet<String>, made: &BTreeSet<String>) {
        for item in self.items("types", "objects") {
            let Item::Struct(item) = item else { continue };
            let name = item.ident.to_string();
            let Fields::Named(fields) = &item.fields else {
                continue;
            };
            let public = fields
                .named
                .iter()
                .filter(|field| matches!(field.vis, Visibility::Public(_)));
            for field in public {
                let (field, ty) = (field.ident.as_ref().unwrap(), field.ty.to_token_stream());
                if read.contains(&name) {
                    let _ = writeln!(
                        program,
                        "fn read_{name}_{field}(value: types::{name}) -> {ty} {{ value.{field} }}"
                    );
                }
                if made.contains(&name) {
                    let _ = writeln!(
                        program,
                        "fn assign_{name}_{field}(value: &mut types::{name}, new: {ty}) {{ value.{field} = new; }}"
                    );
                }
            }
        }
        for item in self.items("types", "setters") {
            let Item::Impl(item) = item else { continue };
            let name = item.self_ty.to_token_stream().to_string();
            if !made.contains(&name) {
                continue;
            }
            for function in functions(item) {
                if !function
                    .sig
                    .output
                    .to_token_stream()
                    .to_string()
                    .ends_with("Self")
                {
                    continue;
                }
                let (parameters, names) = arguments(&function.sig);
                let setter = &function.sig.ident;
                let call = match function.sig.receiver() {
                    Some(_) => format!(
                        "fn set_{name}_{setter}(value: types::{name}, {parameters}) {{ let _: types::{name} = value.{setter}({names}); }}"
                    ),
                    None => format!(
                        "fn make_{name}({parameters}) {{ let _: types::{name} = types::{name}::{setter}({names}); }}"
                    ),
                };
                let _ = writeln!(program, "{call}");
            }
        }
        for file in ["enums", "error_code"] {
            for item in self.items("types", file) {
                let Item::Enum(item) = item else { continue };
                let name = &item.ident;
                for variant in item
                    .variants
                    .iter()
                    .filter(|variant| variant.ident != names::UNRECOGNIZED)
                {
                    let variant = &variant.ident;
                    let _ = writeln!(
                        program,
                        "fn is_{name}_{variant}(value: &types::{name}) -> bool {{ matches!(value, \
                         types::{name}::{variant}) }}"
                    );
                }
            }
        }
    }
}

/// The names in Rust of the schemas that a part of a document refers to, at any distance.
fn types_in(part: &Value, document: &Value, found: &mut BTreeSet<String>) {
    if let Some(reference) = part.get("$ref").and_then(Value::as_str) {
        let target = document.pointer(reference.trim_start_matches('#')).unwrap();
        if let Some(name) = reference.strip_prefix("#/components/schemas/") {
            let name = match target["x-rust-name"].as_str() {
                Some(name) => name.to_owned(),
                None => names::type_name(name),
            };
            if !found.insert(name) {
                return;
            }
        }
        types_in(target, document, found);
    }
    match part {
        Value::Object(members) => members
            .values()
            .for_each(|member| types_in(member, document, found)),
        Value::Array(items) => items.iter().for_each(|item| types_in(item, document, found)),
        _ => {}
    }
}

/// The variant of a code.
fn variant(document: &Value, code: &str) -> String {
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let schema = schemas
        .values()
        .find(|schema| schema.get("x-error-codes").is_some())
        .unwrap();
    let chosen = schema["x-rust-names"][code].as_str();
    chosen.map_or_else(|| names::type_name(code), str::to_owned)
}

/// The public functions of the implementations of a type.
fn methods(items: Vec<Item>, of: &str) -> Vec<ImplItemFn> {
    let implementations = items.into_iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some(item),
        _ => None,
    });
    let own = implementations.filter(|item| item.self_ty.to_token_stream().to_string() == of);
    own.flat_map(functions).collect()
}

fn functions(item: ItemImpl) -> Vec<ImplItemFn> {
    let functions = item.items.into_iter().filter_map(|item| match item {
        ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => Some(function),
        _ => None,
    });
    functions.collect()
}

/// The parameters of a function with types that have a name, and their names as arguments.
fn arguments(signature: &Signature) -> (String, String) {
    let mut parameters = Vec::new();
    let mut given = Vec::new();
    for input in &signature.inputs {
        let FnArg::Typed(input) = input else { continue };
        let Pat::Ident(name) = &*input.pat else { continue };
        let name = name.ident.to_string();
        parameters.push(format!("{name}: {}", named(&input.ty)));
        given.push(name);
    }
    (parameters.join(", "), given.join(", "))
}

/// A type that has a name, in place of one that is only described: what `impl Into<T>` is made of is a `T`.
fn named(ty: &Type) -> String {
    let Type::ImplTrait(described) = ty else {
        return ty.to_token_stream().to_string();
    };
    let Some(TypeParamBound::Trait(bound)) = described.bounds.first() else {
        panic!("{}", ty.to_token_stream());
    };
    let last = bound.path.segments.last().unwrap();
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        panic!("{}", ty.to_token_stream());
    };
    match (last.ident.to_string().as_str(), arguments.args.first()) {
        ("Into", Some(GenericArgument::Type(inner))) => match named(inner).as_str() {
            "UnixTime" => "std::time::SystemTime".to_owned(),
            name => name.to_owned(),
        },
        ("IntoIterator", Some(GenericArgument::AssocType(item))) => match &item.ty {
            Type::Tuple(pair) => {
                let parts: Vec<_> = pair.elems.iter().map(named).collect();
                format!("Vec<({})>", parts.join(", "))
            }
            item => format!("Vec<{}>", named(item)),
        },
        other => panic!("{other:?}"),
    }
}
