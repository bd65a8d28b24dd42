//! The parameters that examples of errors name: each is one of an operation that raises the code.

use crate::contract::{Envelope, Example, Operation, Schemas, Shape, Type};
use crate::document::Node;
use crate::lower::lowering::Lowering;
use crate::lower::operations::LoweredOperation;
use crate::rule::Rule;

pub(in crate::lower) fn check<'a>(
    lowering: &mut Lowering<'a>,
    operations: &[LoweredOperation<'a>],
    schemas: &Schemas,
    envelope: &Envelope,
    examples: &[Example],
) {
    // A parameter or a member that could not be lowered is a problem of its own.
    if lowering.breaks_any(&[
        Rule::ParameterUnsupported,
        Rule::SchemaUnsupported,
        Rule::EnumNotComponent,
        Rule::DanglingReference,
        Rule::NotOpenapi,
    ]) {
        return;
    }
    for example in examples
        .iter()
        .filter(|example| example.schema == envelope.wrapper)
    {
        let status = lowering.root.find(&example.at.child(&envelope.member));
        let Some(status) = status else {
            continue;
        };
        let code = status.string_of(&envelope.code).unwrap_or_default();
        let raising: Vec<_> = operations
            .iter()
            .map(|found| &found.operation)
            .filter(|operation| operation.codes.iter().any(|known| known == code))
            .collect();
        // A code that no operation responds with is a problem of its own.
        if raising.is_empty() {
            continue;
        }
        for entry in status.items_of(&envelope.entries) {
            if let Some(field) = entry.get(&envelope.field) {
                check_field(lowering, &field, code, &raising, schemas);
            }
        }
    }
}

fn check_field(
    lowering: &mut Lowering<'_>,
    field: &Node<'_>,
    code: &str,
    raising: &[&Operation],
    schemas: &Schemas,
) {
    // Where one of several parameters is required, one entry holds all their names.
    for name in field.string().unwrap_or_default().split(',') {
        if !raising.iter().any(|operation| has(operation, name, schemas)) {
            let sentence = format!("no operation that responds with `{code}` has a parameter `{name}`");
            lowering.report_value(Rule::FieldNameUnknown, &field.at, sentence);
        }
    }
}

/// Whether an operation has a parameter of this name, or a member of its body at this path.
fn has(operation: &Operation, name: &str, schemas: &Schemas) -> bool {
    let body = operation
        .body
        .as_ref()
        .map(|body| Type::Named(body.schema.clone()));
    operation.parameters.iter().any(|parameter| {
        name.strip_prefix(&parameter.name)
            .is_some_and(|rest| is_inside(&parameter.ty, rest, schemas))
    }) || body.is_some_and(|body| {
        let separator = if name.starts_with('[') { "" } else { "." };
        !name.is_empty() && is_inside(&body, &format!("{separator}{name}"), schemas)
    })
}

/// Whether a path such as `.Messages[2].To` leads to a member or an item of a type.
fn is_inside(ty: &Type, path: &str, schemas: &Schemas) -> bool {
    if path.is_empty() {
        return true;
    }
    let shape = match ty {
        Type::Named(name) => schemas.named(name).map(|schema| &schema.shape),
        _ => None,
    };
    if let Some(rest) = path.strip_prefix('[') {
        let item = match (ty, shape) {
            (Type::Array(item), _) => item.as_ref(),
            (_, Some(Shape::Array(list))) => list.item(),
            _ => return false,
        };
        return rest
            .split_once(']')
            .is_some_and(|(number, rest)| number.parse::<usize>().is_ok() && is_inside(item, rest, schemas));
    }
    let Some(rest) = path.strip_prefix('.') else {
        return false;
    };
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    let object = match (ty, shape) {
        (_, Some(Shape::Object(object))) => object,
        (Type::Map(value), _) => return is_inside(value, rest, schemas),
        (_, Some(Shape::Map(map))) => return is_inside(map.item(), rest, schemas),
        _ => return false,
    };
    match object.members.iter().find(|member| member.name == name) {
        Some(member) => is_inside(&member.ty, rest, schemas),
        None => object.open,
    }
}
