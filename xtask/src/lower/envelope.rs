//! Recognises the error envelope by its form, whatever its members are called.

use crate::contract::{Envelope, Member, Object, Schemas, Shape, Type};
use crate::document::Node;
use crate::lower::error_codes;
use crate::lower::lowering::{Lowering, component_name, most_frequent};
use crate::lower::schemas::refusals::refuse_nullable;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

pub(super) fn lower<'a>(
    lowering: &mut Lowering<'a>,
    shared: &[(u16, Node<'a>)],
    schemas: &Schemas,
) -> Option<Envelope> {
    let responses = shared
        .iter()
        .map(|(_, reference)| lowering.resolve(reference.clone()));
    let bodies: Vec<_> = responses
        .map(|response| {
            (
                body(&response).and_then(|schema| component_name(&schema, "schemas")),
                response,
            )
        })
        .collect();
    let wrapper = most_frequent(bodies.iter().filter_map(|(body, _)| body.clone()));
    let mut complete = true;
    for (body, response) in &bodies {
        let sentence = match (body, &wrapper) {
            (Some(schema), Some(expected)) if schema == expected => continue,
            (Some(schema), _) => format!("the body of this response is `{schema}`, and not the envelope"),
            (None, _) => "this response has no JSON body that is a `$ref` to the envelope".to_owned(),
        };
        complete = false;
        if lowering.is_unsound_within(&response.at) {
            continue;
        }
        let mut problem = Problem::at(Rule::ErrorResponseNotShared, &response.at, sentence);
        if let Some(expected) = &wrapper {
            let help = format!(
                "write `application/json` with `$ref: '#/components/schemas/{expected}'` as its only body"
            );
            problem = problem.with_help(help);
        }
        lowering.add(problem);
    }
    if shared.is_empty() && lowering.problems.is_empty() {
        let at = lowering.root.at.child("paths");
        let problem = unrecognized(&at, "the document has no operation".to_owned());
        lowering.add(problem.with_help("add one; the envelope is found through its error responses"));
    }
    let wrapper = wrapper.filter(|_| complete)?;
    if let Some(schema) = bodies.first().and_then(|(_, response)| body(response)) {
        refuse_nullable(lowering, &schema, "a body");
    }
    match recognize(lowering, schemas, &wrapper) {
        Ok(envelope) => Some(envelope),
        Err(problem) => {
            if !matches!(&problem.place, Place::Key(at) if lowering.is_unsound_within(at)) {
                lowering.add(problem);
            }
            None
        }
    }
}

/// A part of the envelope that does not have its form.
fn unrecognized(at: &Pointer, sentence: String) -> Problem {
    Problem::at(Rule::EnvelopeUnrecognized, at, sentence)
}

fn body<'a>(response: &Node<'a>) -> Option<Node<'a>> {
    match response.members_of("content").as_slice() {
        [("application/json", entry)] => entry.get("schema"),
        _ => None,
    }
}

fn recognize(lowering: &Lowering<'_>, schemas: &Schemas, wrapper: &str) -> Result<Envelope, Problem> {
    let code_schema = error_codes::schema(lowering)
        .map(|(name, _)| name.to_owned())
        .unwrap_or_default();
    let outer = Part::of(lowering, schemas, wrapper)?;
    let [member] = outer.object.members.as_slice() else {
        let count = outer.object.members.len();
        let sentence = format!("`{wrapper}` has {count} members instead of one");
        return Err(unrecognized(&outer.at.child("properties"), sentence));
    };
    let Type::Named(status) = &member.ty else {
        let sentence = format!("`{}` of `{wrapper}` is not a named object", member.name);
        return Err(unrecognized(&outer.member(member), sentence));
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
        unrecognized(&inner.member(entries), sentence)
    })?;
    let item = Part::of(lowering, schemas, entry)?;
    let field = item.find("the parameter's name", |ty| *ty == Type::String)?;
    outer.check_required(&[member])?;
    inner.check_required(&[code, message])?;
    item.check_required(&[field])?;
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
    fn of(lowering: &Lowering<'_>, schemas: &'s Schemas, name: &'s str) -> Result<Self, Problem> {
        let schema = schemas.named(name);
        match schema.map(|schema| (&schema.shape, &schema.at)) {
            Some((Shape::Object(object), at)) => {
                let at = at.clone();
                Ok(Self { name, object, at })
            }
            _ => {
                let components = lowering.root.at.child("components").child("schemas");
                let sentence = format!("`{name}` is not an object");
                Err(unrecognized(&components.child(name), sentence))
            }
        }
    }

    fn member(&self, member: &Member) -> Pointer {
        self.at.child("properties").child(&member.name)
    }

    /// The one member whose type fits a role.
    fn find(&self, role: &str, fits: impl Fn(&Type) -> bool) -> Result<&'s Member, Problem> {
        let name = self.name;
        let members = self.object.members.iter();
        let found: Vec<_> = members.filter(|member| fits(&member.ty)).collect();
        match found.as_slice() {
            [member] => Ok(member),
            [] => {
                let sentence = format!("`{name}` has no member for {role}");
                Err(unrecognized(&self.at.child("properties"), sentence))
            }
            [first, second, ..] => {
                let sentence = format!("`{name}` has several members that could be {role}");
                let note = "and this is another one";
                let problem = unrecognized(&self.member(first), sentence);
                Err(problem.with_related(Place::Key(self.member(second)), note))
            }
        }
    }

    /// Exactly these members are required, and further ones are not allowed.
    fn check_required(&self, expected: &[&Member]) -> Result<(), Problem> {
        let name = self.name;
        if self.object.open {
            let sentence = format!("`{name}` must not allow further members");
            let problem = unrecognized(&self.at.child("additionalProperties"), sentence);
            return Err(
                problem.with_help("remove `additionalProperties`; clients ignore what they do not know")
            );
        }
        for member in &self.object.members {
            if member.nullable {
                let sentence = format!("`{}` of `{name}` must not be null", member.name);
                let problem = unrecognized(&self.member(member), sentence);
                return Err(problem.with_help("remove `nullable`; clients read null as absent anyway"));
            }
            let is_expected = expected.iter().any(|known| known.name == member.name);
            if member.required == is_expected {
                continue;
            }
            let (must, help) = if is_expected {
                ("must be required", "add it to")
            } else {
                ("must not be required", "remove it from")
            };
            let sentence = format!("`{}` of `{name}` {must}", member.name);
            let problem = unrecognized(&self.member(member), sentence);
            return Err(problem.with_help(format!("{help} `required` of `{name}`")));
        }
        Ok(())
    }
}
