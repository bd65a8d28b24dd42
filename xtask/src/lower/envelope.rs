//! Recognises the error envelope by its form, whatever its members are called.

use super::error_codes;
use super::lowering::{Lowering, component_name};
use super::operations::LoweredOperation;
use crate::contract::{Envelope, Member, Object, Schema, Shape, Type};
use crate::document::Node;
use crate::pointer::Pointer;
use crate::rule::Rule;

pub(super) fn lower<'a>(
    lowering: &mut Lowering<'a>,
    operations: &[LoweredOperation<'a>],
    schemas: &[Schema],
) -> Option<Envelope> {
    let mut wrapper: Option<String> = None;
    let mut complete = true;
    let mut seen: Vec<String> = Vec::new();
    for (_, reference) in operations.iter().flat_map(|found| &found.errors) {
        let name = component_name(reference, "responses").unwrap_or_default();
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let response = lowering.resolve(reference.clone());
        match (body_schema(&response), &wrapper) {
            (Some(schema), None) => wrapper = Some(schema),
            (Some(schema), Some(expected)) if schema == *expected => {}
            (found, expected) => {
                let found = found.map_or("no JSON body".to_owned(), |schema| format!("the body `{schema}`"));
                let expected = expected
                    .as_ref()
                    .map_or("a JSON body".to_owned(), |schema| format!("`{schema}`"));
                let sentence = format!("this response has {found} instead of {expected}");
                lowering.report(Rule::ErrorResponseNotShared, &response.at, sentence);
                complete = false;
            }
        }
    }
    if operations.is_empty() && lowering.problems.is_empty() {
        let at = lowering.root.at.child("paths");
        lowering.report(
            Rule::EnvelopeUnrecognized,
            &at,
            "the document has no operation".to_owned(),
        );
    }
    let wrapper = wrapper.filter(|_| complete)?;
    match recognize(lowering, schemas, &wrapper) {
        Ok(envelope) => Some(envelope),
        Err((at, sentence)) => {
            lowering.report(Rule::EnvelopeUnrecognized, &at, sentence);
            None
        }
    }
}

fn body_schema(response: &Node<'_>) -> Option<String> {
    let content = response.members_of("content");
    match content.as_slice() {
        [("application/json", entry)] => component_name(&entry.get("schema")?, "schemas"),
        _ => None,
    }
}

fn recognize(
    lowering: &Lowering<'_>,
    schemas: &[Schema],
    wrapper: &str,
) -> Result<Envelope, (Pointer, String)> {
    let code_schema = error_codes::schema(lowering)
        .map(|(name, _)| name.to_owned())
        .unwrap_or_default();
    let outer = object(lowering, schemas, wrapper)?;
    let [member] = outer.1.members.as_slice() else {
        return Err((
            outer.0,
            format!("`{wrapper}` has {} members instead of one", outer.1.members.len()),
        ));
    };
    let status = named(&member.ty).ok_or_else(|| {
        (
            outer.0.clone(),
            format!("`{}` of `{wrapper}` is not a named object", member.name),
        )
    })?;
    let inner = object(lowering, schemas, status)?;
    let code = find(&inner, status, "the error code", |member| {
        member.ty == Type::Named(code_schema.clone())
    })?;
    let message = find(&inner, status, "the message", |member| member.ty == Type::String)?;
    let entries = find(&inner, status, "the array of entries", |member| {
        matches!(member.ty, Type::Array(_))
    })?;
    let entry = match &entries.ty {
        Type::Array(item) => named(item),
        _ => None,
    };
    let entry = entry.ok_or_else(|| {
        (
            inner.0.clone(),
            format!(
                "`{}` of `{status}` is not an array of named objects",
                entries.name
            ),
        )
    })?;
    let item = object(lowering, schemas, entry)?;
    let field = find(&item, entry, "the parameter's name", |member| {
        member.ty == Type::String
    })?;
    for (member, required, of) in [
        (code, true, status),
        (message, true, status),
        (entries, false, status),
        (field, true, entry),
    ] {
        if member.required != required {
            let must = if required { "must be" } else { "must not be" };
            return Err((
                inner.0.clone(),
                format!("`{}` of `{of}` {must} required", member.name),
            ));
        }
    }
    for ((at, object), known, of) in [(&outer, 1, wrapper), (&inner, 3, status), (&item, 1, entry)] {
        let required = object.members.iter().filter(|member| member.required).count();
        if object.open || required > known.min(2) {
            let sentence =
                format!("`{of}` must neither allow further members nor require any without a role");
            return Err((at.clone(), sentence));
        }
    }
    Ok(Envelope {
        wrapper: wrapper.to_owned(),
        member: member.name.clone(),
        status: status.to_owned(),
        code: code.name.clone(),
        code_schema,
        message: message.name.clone(),
        entries: entries.name.clone(),
        entry: entry.to_owned(),
        field: field.name.clone(),
    })
}

fn named(ty: &Type) -> Option<&str> {
    match ty {
        Type::Named(name) => Some(name),
        Type::String | Type::Integer | Type::Number | Type::Boolean | Type::Any | Type::Array(_) => None,
    }
}

fn object<'s>(
    lowering: &Lowering<'_>,
    schemas: &'s [Schema],
    name: &str,
) -> Result<(Pointer, &'s Object), (Pointer, String)> {
    let components = lowering.root.at.child("components").child("schemas").child(name);
    match schemas.iter().find(|schema| schema.name == name) {
        Some(Schema {
            shape: Shape::Object(object),
            at,
            ..
        }) => Ok((at.clone(), object)),
        _ => Err((components, format!("`{name}` is not an object"))),
    }
}

/// The one member that fits a role.
fn find<'s>(
    (at, object): &(Pointer, &'s Object),
    schema: &str,
    role: &str,
    fits: impl Fn(&Member) -> bool,
) -> Result<&'s Member, (Pointer, String)> {
    let found: Vec<_> = object.members.iter().filter(|member| fits(member)).collect();
    match found.as_slice() {
        [member] => Ok(member),
        [] => Err((at.clone(), format!("`{schema}` has no member for {role}"))),
        _ => Err((
            at.clone(),
            format!("`{schema}` has several members that could be {role}"),
        )),
    }
}
