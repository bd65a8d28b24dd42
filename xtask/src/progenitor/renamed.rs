//! The contract with the names that the document chooses for Rust, as if they were those of the API: progenitor
//! makes the names of Rust from these.
//!
//! What is sent keeps its name: `types` and `client` put it back.

use crate::contract::{Contract, Location, Shape, Type};

/// The contract in which every Rust name is what becomes of the name beside it.
pub(super) fn renamed(contract: &Contract) -> Contract {
    let schema = |name: &str| match contract.schema(name) {
        Some(schema) => schema.source().to_owned(),
        None => name.to_owned(),
    };
    let mut renamed = contract.clone();
    renamed.envelope.wrapper = schema(&contract.envelope.wrapper);
    for each in &mut renamed.schemas {
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
    }
    for operation in &mut renamed.operations {
        operation.id = operation.source().to_owned();
        for parameter in &mut operation.parameters {
            rename_type(&mut parameter.ty, &schema);
            let source = parameter.source().to_owned();
            if parameter.location == Location::Path {
                let segment = format!("{{{}}}", parameter.name);
                operation.path = operation.path.replace(&segment, &format!("{{{source}}}"));
            }
            parameter.name = source;
        }
        for schema_name in [
            operation.body.as_mut().map(|body| &mut body.schema),
            operation.success.schema.as_mut(),
        ]
        .into_iter()
        .flatten()
        {
            *schema_name = schema(schema_name);
        }
    }
    renamed
}

fn rename_type(ty: &mut Type, schema: &impl Fn(&str) -> String) {
    match ty {
        Type::Named(name) => *name = schema(name),
        Type::Array(item) | Type::Map(item) => rename_type(item, schema),
        Type::String | Type::Integer | Type::Number | Type::Boolean | Type::Any => {}
    }
}
