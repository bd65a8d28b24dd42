//! Merge patches (RFC 7396): null removes a member, so every optional member of such a body may be null.
//!
//! Nested objects are merged in the same way; arrays are replaced as they are. Lowers no schema itself.

use std::collections::BTreeSet;

use crate::contract::{Schema, Shape, Type};
use crate::lower::lowering::Lowering;
use crate::lower::operations::{LoweredOperation, MERGE_PATCH};
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// Lets null remove members of merge patches, and reports where that would change another body.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    operations: &[LoweredOperation<'_>],
    schemas: &mut [Schema],
) {
    let mut patches = BTreeSet::new();
    let mut others: Vec<(String, Pointer)> = Vec::new();
    for LoweredOperation { operation, .. } in operations {
        let success = operation.success.schema.iter();
        others.extend(success.map(|name| (name.clone(), operation.at.child("responses"))));
        match &operation.body {
            Some(body) if body.media_type == MERGE_PATCH => {
                reach(schemas, &body.schema, &mut patches);
                if is_map(schemas, &body.schema) {
                    let at = operation.at.child("requestBody");
                    lowering.add(unsupported_map(Rule::BodyUnsupported, &at));
                }
            }
            Some(body) => others.push((body.schema.clone(), operation.at.child("requestBody"))),
            None => {}
        }
    }
    for schema in schemas.iter() {
        let used = uses(schema).into_iter();
        let used = used.filter(|(ty, _)| {
            // The members of a patch are part of it, unless they are replaced as a whole.
            !patches.contains(&schema.name) || !matches!(ty, Type::Named(_))
        });
        others.extend(used.filter_map(|(ty, at)| Some((ty.innermost()?.to_owned(), at))));
    }
    for schema in schemas.iter_mut().filter(|schema| patches.contains(&schema.name)) {
        if let Some((_, at)) = others.iter().find(|(name, _)| *name == schema.name) {
            let sentence = format!(
                "`{}` is a merge patch, in which null removes a member, and is used elsewhere too",
                schema.name
            );
            let problem = Problem::at(Rule::SchemaUnsupported, &schema.at, sentence);
            lowering.add(
                problem
                    .with_related(Place::Key(at.clone()), "it is used here")
                    .with_help("give the merge patch a schema of its own"),
            );
        }
        if let Shape::Object(object) = &mut schema.shape {
            for member in object.members.iter_mut().filter(|member| !member.required) {
                member.nullable = true;
            }
        }
    }
    refuse_maps(lowering, schemas, &patches);
    refuse_null_among_alternatives(lowering, schemas);
}

/// The objects that are merged with what there is.
fn reach(schemas: &[Schema], name: &str, patches: &mut BTreeSet<String>) {
    let schema = schemas.iter().find(|schema| schema.name == name);
    if let Some(Shape::Object(object)) = schema.map(|schema| &schema.shape)
        && patches.insert(name.to_owned())
    {
        for member in &object.members {
            if let Type::Named(inner) = &member.ty {
                reach(schemas, inner, patches);
            }
        }
    }
}

/// The types that a schema is made of, and where.
fn uses(schema: &Schema) -> Vec<(&Type, Pointer)> {
    match &schema.shape {
        Shape::Object(object) => object
            .members
            .iter()
            .map(|member| (&member.ty, schema.at.child("properties").child(&member.name)))
            .collect(),
        Shape::Array(list) | Shape::Map(list) => vec![(&list.ty, schema.at.clone())],
        Shape::Enum(_) => Vec::new(),
    }
}

fn is_map(schemas: &[Schema], name: &str) -> bool {
    let mut maps = schemas
        .iter()
        .filter(|schema| matches!(schema.shape, Shape::Map(_)));
    maps.any(|schema| schema.name == name)
}

/// Null would remove an entry, and the values of a map have a type without null.
fn unsupported_map(rule: Rule, at: &Pointer) -> Problem {
    let sentence = "a map is not supported in a merge patch, in which null removes an entry of it";
    Problem::at(rule, at, sentence)
        .with_help("describe its members as `properties`, or send it in another body")
}

fn refuse_maps(lowering: &mut Lowering<'_>, schemas: &[Schema], patches: &BTreeSet<String>) {
    for schema in schemas.iter().filter(|schema| patches.contains(&schema.name)) {
        for (ty, at) in uses(schema) {
            if matches!(ty, Type::Map(_)) || matches!(ty, Type::Named(name) if is_map(schemas, name)) {
                lowering.add(unsupported_map(Rule::SchemaUnsupported, &at));
            }
        }
    }
}

/// Whether a member that is null is there or not is what `anyOf` and `oneOf` leave open.
fn refuse_null_among_alternatives(lowering: &mut Lowering<'_>, schemas: &[Schema]) {
    for schema in schemas {
        let Shape::Object(object) = &schema.shape else {
            continue;
        };
        let mut named = object
            .choices
            .iter()
            .flat_map(|choice| &choice.alternatives)
            .flatten();
        let nullable = |name: &&String| {
            let mut members = object.members.iter();
            members.any(|member| member.nullable && member.name == **name)
        };
        if let Some(name) = named.find(nullable) {
            let sentence = format!(
                "`{name}` of `{}` may be null, and is one of several alternatives",
                schema.name
            );
            let at = schema.at.child("properties").child(name);
            let problem = Problem::at(Rule::SchemaUnsupported, &at, sentence);
            lowering
                .add(problem.with_help(
                    "remove `anyOf` or `oneOf`: a member that is null is there, and has no value",
                ));
        }
    }
}
