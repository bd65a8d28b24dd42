//! What generated types cannot express: refused, with what to write instead.
//!
//! Keywords that every type can have are checked in `keywords`.

use crate::document::Node;
use crate::lower::lowering::Lowering;
use crate::names::nearest;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// `anyOf` and `oneOf` may only say which members are required: then they are constraints, and the type
/// is the same without them.
pub(in crate::lower) fn refuse_combinators(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    for keyword in ["allOf", "not"] {
        if let Some(found) = node.get(keyword) {
            let sentence = format!("`{keyword}` is not supported");
            let problem = Problem::at(Rule::SchemaUnsupported, &found.at, sentence);
            lowering.add(problem.with_help("write the members of the object out, in one schema"));
        }
    }
    for keyword in ["anyOf", "oneOf"] {
        for branch in node.items_of(keyword) {
            let pure = branch.members().iter().all(|(key, _)| *key == "required");
            if !pure || node.string_of("type") != Some("object") {
                let sentence = format!("a branch of `{keyword}` says more than which members are required");
                let problem = Problem::at(Rule::SchemaUnsupported, &branch.at, sentence);
                lowering.add(problem.with_help(
                    "write `type: object` beside it, and branches that are nothing but `required: […]`",
                ));
            }
        }
    }
}

/// Further members of one type, beside others. Says that there are none that are kept.
pub(in crate::lower) fn refuse_typed_map(lowering: &mut Lowering<'_>, further: &Node<'_>) -> bool {
    let sentence = "further members of one type are not supported in an object that says more of its members";
    let problem = Problem::at(Rule::SchemaUnsupported, &further.at, sentence);
    lowering.add(problem.with_help(
        "write `additionalProperties: {}`, or put the members of one type into an object of their own",
    ));
    false
}

/// Null anywhere but in a member of an object.
pub(in crate::lower) fn refuse_nullable<'a>(lowering: &mut Lowering<'a>, schema: &Node<'a>, what: &str) {
    let resolved = lowering.resolve(schema.clone());
    let at = resolved.at.child("nullable");
    let is_known = lowering.breaks_at(Rule::SchemaUnsupported, &Place::Key(at.clone()));
    if resolved.is_true("nullable") && !is_known {
        let sentence = format!("{what} cannot be null; only a member of an object can be `nullable`");
        let problem = Problem::at(Rule::SchemaUnsupported, &at, sentence);
        let mut problem = problem.with_help("remove it, or put the value into a member of an object");
        if resolved.at != schema.at {
            problem = problem.with_related(Place::Key(schema.at.clone()), "it is used here");
        }
        lowering.add(problem);
    }
}

/// A schema whose `type` is missing or unknown.
pub(in crate::lower) fn report_type(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    let Some(kind) = node.string_of("type") else {
        let combines = |keyword: &&str| node.has(keyword) && !node.items_of(keyword).is_empty();
        if ["allOf", "anyOf", "oneOf"].iter().any(combines) {
            refuse_combinators(lowering, node);
            return;
        }
        let sentence = "this schema has no `type`";
        lowering.report(Rule::SchemaUnsupported, &node.at, sentence);
        return;
    };
    let at = node.at.child("type");
    let types = ["string", "integer", "number", "boolean", "array", "object"];
    let (sentence, help) = match (kind, nearest(kind, types.into_iter())) {
        ("null", _) => (
            "the type `null` is OpenAPI 3.1, and the document is OpenAPI 3.0".to_owned(),
            "write `nullable: true` for a member that may be null".to_owned(),
        ),
        (_, Some(likely)) => (
            format!("there is no type `{kind}`"),
            format!("did you mean `{likely}`?"),
        ),
        (_, None) => (
            format!("there is no type `{kind}`"),
            format!("use one of {}", types.join(", ")),
        ),
    };
    let problem = Problem::at_value(Rule::SchemaUnsupported, &at, sentence);
    lowering.add(problem.with_help(help));
}
