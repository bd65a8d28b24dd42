//! The contract with the names that the document chooses for Rust, as if they were those of the API: progenitor
//! makes the names of Rust from these.
//!
//! What is sent keeps its name: `types` and `client` put it back.

use std::collections::BTreeMap;

use crate::contract::{Contract, Location, Operation, Parameter, Shape, Type};

/// The contract in which every Rust name is what becomes of the name beside it.
pub(super) fn renamed(contract: &Contract) -> Contract {
    let sources = contract
        .schemas
        .iter()
        .map(|schema| (schema.name.as_str(), schema.source()));
    let chosen: BTreeMap<_, _> = sources.filter(|(name, source)| name != source).collect();
    let schema = |name: &str| chosen.get(name).copied().unwrap_or(name).to_owned();
    let mut renamed = contract.clone();
    renamed.envelope.wrapper = schema(&contract.envelope.wrapper);
    renamed.schemas = renamed.schemas.each(|each| {
        each.name = schema(&each.name);
        match &mut each.shape {
            Shape::Object(object) => {
                for member in &mut object.members {
                    member.name = member.source().to_owned();
                    rename_type(&mut member.ty, &schema);
                }
            }
            Shape::Array(items) | Shape::Map(items) => rename_type(&mut items.ty, &schema),
            Shape::Enum(_) => {}
        }
    });
    for operation in &mut renamed.operations {
        operation.id = operation.source().to_owned();
        let segments = operation
            .path
            .split('/')
            .map(|segment| renamed_segment(operation, segment));
        operation.path = segments.collect::<Vec<_>>().join("/");
        for parameter in &mut operation.parameters {
            parameter.name = parameter.source().to_owned();
            rename_type(&mut parameter.ty, &schema);
        }
        if let Some(body) = &mut operation.body {
            body.schema = schema(&body.schema);
        }
        if let Some(name) = &mut operation.success.schema {
            *name = schema(name);
        }
    }
    renamed
}

fn renamed_segment(operation: &Operation, segment: &str) -> String {
    let mut parameters = operation.parameters.iter();
    let is_here = |parameter: &&Parameter| {
        parameter.location == Location::Path && segment == format!("{{{}}}", parameter.name)
    };
    match parameters.find(is_here) {
        Some(parameter) => format!("{{{}}}", parameter.source()),
        None => segment.to_owned(),
    }
}

fn rename_type(ty: &mut Type, schema: &impl Fn(&str) -> String) {
    match ty {
        Type::Named(name) => *name = schema(name),
        Type::Array(item) | Type::Map(item) => rename_type(item, schema),
        Type::String | Type::Integer | Type::Number | Type::Boolean | Type::Any => {}
    }
}
