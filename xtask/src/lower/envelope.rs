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
        lowering.report(Rule::EnvelopeUnrecognized, &at, "the document has no operation");
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

/// Where an object is not the envelope, and why.
type Mismatch = (Pointer, String);

fn recognize(lowering: &Lowering<'_>, schemas: &[Schema], wrapper: &str) -> Result<Envelope, Mismatch> {
    let code_schema = error_codes::schema(lowering)
        .map(|(name, _)| name.to_owned())
        .unwrap_or_default();
    let outer = Part::of(lowering, schemas, wrapper)?;
    let [member] = outer.object.members.as_slice() else {
        let count = outer.object.members.len();
        return Err(outer.mismatch(format!("`{wrapper}` has {count} members instead of one")));
    };
    let Type::Named(status) = &member.ty else {
        let sentence = format!("`{}` of `{wrapper}` is not a named object", member.name);
        return Err(outer.mismatch(sentence));
    };
    let inner = Part::of(lowering, schemas, status)?;
    let code = inner.find("the error code", |ty| *ty == Type::Named(code_schema.clone()))?;
    let message = inner.find("the message", |ty| *ty == Type::String)?;
    let entries = inner.find("the array of entries", |ty| matches!(ty, Type::Array(_)))?;
    let entry = match &entries.ty {
        Type::Array(item) => match item.as_ref() {
            Type::Named(entry) => Some(entry),
            _ => None,
        },
        _ => None,
    };
    let entry = entry.ok_or_else(|| {
        let sentence = format!(
            "`{}` of `{status}` is not an array of named objects",
            entries.name
        );
        inner.mismatch(sentence)
    })?;
    let item = Part::of(lowering, schemas, entry)?;
    let field = item.find("the parameter's name", |ty| *ty == Type::String)?;
    inner.check_required(&[code, message])?;
    item.check_required(&[field])?;
    if entries.required {
        let sentence = format!("`{}` of `{status}` must not be required", entries.name);
        return Err(inner.mismatch(sentence));
    }
    for (part, roles) in [(&outer, 1), (&inner, 2), (&item, 1)] {
        part.check_closed(roles)?;
    }
    Ok(Envelope {
        wrapper: wrapper.to_owned(),
        member: member.name.clone(),
        status: status.clone(),
        code: code.name.clone(),
        code_schema,
        message: message.name.clone(),
        entries: entries.name.clone(),
        entry: entry.clone(),
        field: field.name.clone(),
    })
}

/// One of the objects that make up the envelope.
struct Part<'s> {
    name: &'s str,
    object: &'s Object,
    at: Pointer,
}

impl<'s> Part<'s> {
    fn of(lowering: &Lowering<'_>, schemas: &'s [Schema], name: &'s str) -> Result<Self, Mismatch> {
        let schema = schemas.iter().find(|schema| schema.name == name);
        match schema.map(|schema| (&schema.shape, &schema.at)) {
            Some((Shape::Object(object), at)) => {
                let at = at.clone();
                Ok(Self { name, object, at })
            }
            _ => {
                let components = lowering.root.at.child("components").child("schemas");
                Err((components.child(name), format!("`{name}` is not an object")))
            }
        }
    }

    fn mismatch(&self, sentence: String) -> Mismatch {
        (self.at.clone(), sentence)
    }

    /// The one member whose type fits a role.
    fn find(&self, role: &str, fits: impl Fn(&Type) -> bool) -> Result<&'s Member, Mismatch> {
        let members = self.object.members.iter();
        let found: Vec<_> = members.filter(|member| fits(&member.ty)).collect();
        let name = self.name;
        match found.as_slice() {
            [member] => Ok(member),
            [] => Err(self.mismatch(format!("`{name}` has no member for {role}"))),
            _ => Err(self.mismatch(format!("`{name}` has several members that could be {role}"))),
        }
    }

    fn check_required(&self, members: &[&Member]) -> Result<(), Mismatch> {
        match members.iter().find(|member| !member.required) {
            Some(member) => {
                Err(self.mismatch(format!("`{}` of `{}` must be required", member.name, self.name)))
            }
            None => Ok(()),
        }
    }

    /// No further members, and no required ones beside those with a role.
    fn check_closed(&self, roles: usize) -> Result<(), Mismatch> {
        let members = self.object.members.iter();
        if self.object.open || members.filter(|member| member.required).count() > roles {
            let name = self.name;
            let sentence =
                format!("`{name}` must neither allow further members nor require any without a role");
            return Err(self.mismatch(sentence));
        }
        Ok(())
    }
}
