//! Merge patches (RFC 7396): null removes a member, so every optional member of such a body may be null.
//!
//! Nested objects are merged in the same way; arrays are replaced as they are. Lowers no schema itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::MERGE_PATCH;
use crate::contract::{Schema, Schemas, Shape, Type};
use crate::lower::lowering::Lowering;
use crate::lower::operations::LoweredOperation;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// Lets null remove members of merge patches, and reports where that would change another body.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    operations: &[LoweredOperation<'_>],
    schemas: Schemas,
) -> Schemas {
    let patches = merged(lowering, operations, &schemas);
    report_other_uses(lowering, operations, &schemas, &patches);
    let schemas = schemas.each(|schema| {
        if let Shape::Object(object) = &mut schema.shape
            && patches.contains(&schema.name)
        {
            for member in object.members.iter_mut().filter(|member| !member.required) {
                member.nullable = true;
            }
        }
    });
    refuse_null_among_alternatives(lowering, &schemas);
    schemas
}

/// The names of the objects that are merged with what there is.
fn merged(
    lowering: &mut Lowering<'_>,
    operations: &[LoweredOperation<'_>],
    schemas: &Schemas,
) -> BTreeSet<String> {
    let mut patches = BTreeSet::new();
    let bodies = operations.iter().filter_map(|found| {
        let body = found
            .operation
            .body
            .as_ref()
            .filter(|body| body.media_type == MERGE_PATCH)?;
        Some((
            Type::Named(body.schema.clone()),
            found.operation.at.child("requestBody"),
        ))
    });
    let mut waiting: Vec<_> = bodies.collect();
    while let Some((ty, at)) = waiting.pop() {
        let schema = match &ty {
            Type::Named(name) => schemas.named(name),
            _ => None,
        };
        match (ty, schema.map(|schema| (&schema.shape, schema))) {
            (Type::Map(_), _) | (_, Some((Shape::Map(_), _))) => {
                let sentence =
                    "a map is not supported in a merge patch, in which null removes an entry of it";
                let problem = Problem::at(Rule::SchemaUnsupported, &at, sentence);
                lowering.add(
                    problem.with_help("describe its members as `properties`, or send it in another body"),
                );
            }
            (_, Some((Shape::Object(_), schema))) if patches.insert(schema.name.clone()) => {
                waiting.extend(uses(schema).into_iter().map(|(ty, at)| (ty.clone(), at)));
            }
            _ => {}
        }
    }
    patches
}

/// A schema in which null removes members means something else than one in which it does not.
fn report_other_uses(
    lowering: &mut Lowering<'_>,
    operations: &[LoweredOperation<'_>],
    schemas: &[Schema],
    patches: &BTreeSet<String>,
) {
    let mut others: BTreeMap<&str, Pointer> = BTreeMap::new();
    for LoweredOperation { operation, .. } in operations {
        let body = operation
            .body
            .as_ref()
            .filter(|body| body.media_type != MERGE_PATCH);
        let body = body.map(|body| (&body.schema, "requestBody"));
        let success = operation
            .success
            .schema
            .as_ref()
            .map(|schema| (schema, "responses"));
        for (schema, key) in body.into_iter().chain(success) {
            others.entry(schema).or_insert_with(|| operation.at.child(key));
        }
    }
    for schema in schemas {
        for (ty, at) in uses(schema) {
            // The members of a patch are part of it, unless they are replaced as a whole.
            let is_part = patches.contains(&schema.name) && matches!(ty, Type::Named(_));
            if let Some(name) = ty.innermost().filter(|_| !is_part) {
                others.entry(name).or_insert(at);
            }
        }
    }
    for schema in schemas.iter().filter(|schema| patches.contains(&schema.name)) {
        if let Some(at) = others.get(schema.name.as_str()) {
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
