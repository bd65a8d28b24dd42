//! The keywords of a schema: each fits the type, has an effect, and leaves a value that fits.
//!
//! What generated code cannot express at all is refused in `schemas`.

use serde_json::Value;

use crate::contract::{Constraints, Parameter, Schemas};
use crate::document::Node;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::values::Checker;
use crate::names::nearest;
use crate::pattern;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The keywords that say something about values of one type or of two, and these types.
const KEYWORDS: &[(&str, &[&str])] = &[
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("pattern", &["string"]),
    ("minimum", &["integer", "number"]),
    ("maximum", &["integer", "number"]),
    ("exclusiveMinimum", &["integer", "number"]),
    ("exclusiveMaximum", &["integer", "number"]),
    ("multipleOf", &["integer", "number"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("uniqueItems", &["array"]),
    ("items", &["array"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("additionalProperties", &["object"]),
    ("minProperties", &["object"]),
    ("maxProperties", &["object"]),
];

/// The formats that are known, and their types.
const FORMATS: &[(&str, &str)] = &[
    ("int32", "integer"),
    ("int64", "integer"),
    ("unix-time", "integer"),
    ("float", "number"),
    ("double", "number"),
    ("date-time", "string"),
    ("date", "string"),
    ("uuid", "string"),
    ("password", "string"),
];

/// The formats of strings that are not supported: no two programs agree on what fits them, or a JSON string is
/// a poor place for what they say.
const UNSUPPORTED_FORMATS: &[&str] = &[
    "binary",
    "byte",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "regex",
    "time",
    "uri",
    "uri-reference",
];

/// Checks the keywords of a schema that is no reference, those of its properties and items excluded.
pub(in crate::lower) fn check(lowering: &mut Lowering<'_>, schema: &Node<'_>) {
    let Some(kind) = schema.string_of("type") else {
        return;
    };
    for (keyword, kinds) in KEYWORDS {
        let Some(node) = schema.get(keyword) else {
            continue;
        };
        if !kinds.contains(&kind) {
            let sentence = format!(
                "`{keyword}` says nothing about a value of the type `{kind}`, only about one of `{}`",
                kinds.join("` or `")
            );
            lowering.report(Rule::KeywordWithoutEffect, &node.at, sentence);
        } else if schema.has("enum") {
            let sentence = format!("`{keyword}` has no effect beside `enum`, which lists every known value");
            lowering.add(
                Problem::at(Rule::KeywordWithoutEffect, &node.at, sentence)
                    .with_related(Place::Key(schema.at.child("enum")), "the values are listed here")
                    .with_help("remove the keyword"),
            );
        }
    }
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if schema.is_true(flag) && !schema.has(bound) {
            let sentence = format!("`{flag}` has no effect without `{bound}`");
            let problem = Problem::at(Rule::KeywordWithoutEffect, &schema.at.child(flag), sentence);
            lowering.add(problem.with_help(format!("write `{bound}: …` beside it, or remove the keyword")));
        }
    }
    check_format(lowering, schema, kind);
    if let Some(node) = schema.get("pattern")
        && let Some(text) = node.string()
        && pattern::translate(text).is_ok()
        && !pattern::is_anchored(text)
    {
        let sentence = format!("`{text}` allows anything before or after what it matches");
        lowering.report_value(Rule::PatternUnanchored, &node.at, sentence);
    }
    if schema.get("enum").is_some_and(|values| values.items().is_empty()) {
        let problem = Problem::at(
            Rule::NoValueFits,
            &schema.at.child("enum"),
            "this enum has no value",
        );
        lowering.add(problem.with_help("list at least one value"));
    }
}

/// Checks that a format is known, and one of the schema's type.
fn check_format(lowering: &mut Lowering<'_>, schema: &Node<'_>, kind: &str) {
    let Some(format) = schema.get("format") else {
        return;
    };
    let Some(name) = format.string() else {
        return;
    };
    let unsupported = UNSUPPORTED_FORMATS.iter().map(|name| (*name, "string"));
    let known = || FORMATS.iter().copied().chain(unsupported.clone());
    let of = known().find(|(known, _)| *known == name);
    let of_kind = FORMATS.iter().filter(|(_, of)| *of == kind);
    let (rule, sentence, help) = match of {
        Some((_, expected)) if expected != kind => (
            Rule::KeywordWithoutEffect,
            format!("the format `{name}` is one of the type `{expected}`, and this is `{kind}`"),
            format!("remove the format, or write `type: {expected}`"),
        ),
        Some(_) if UNSUPPORTED_FORMATS.contains(&name) => (
            Rule::SchemaUnsupported,
            format!("the format `{name}` is not supported: no generated server checks it"),
            "remove it; a `pattern` can say what a string looks like".to_owned(),
        ),
        Some(_) if schema.has("enum") => (
            Rule::KeywordWithoutEffect,
            "`format` has no effect beside `enum`, which lists every known value".to_owned(),
            "remove the keyword".to_owned(),
        ),
        Some(_) => return,
        None => (
            Rule::KeywordWithoutEffect,
            format!("there is no format `{name}`"),
            match nearest(
                name,
                known().filter(|(_, of)| *of == kind).map(|(known, _)| known),
            ) {
                Some(likely) => format!("did you mean `{likely}`?"),
                None => {
                    let of_kind = of_kind.map(|(known, _)| format!("`{known}`"));
                    let of_kind = of_kind.collect::<Vec<_>>().join(", ");
                    if of_kind.is_empty() {
                        format!("remove it: the type `{kind}` has no formats")
                    } else {
                        format!("remove it, or use one of {of_kind}")
                    }
                }
            },
        ),
    };
    lowering.add(Problem::at_value(rule, &format.at, sentence).with_help(help));
}

/// Checks that the bounds of a schema leave a value between them, and says whether they do.
pub(in crate::lower) fn check_bounds(
    lowering: &mut Lowering<'_>,
    schema: &Node<'_>,
    constraints: &Constraints,
) -> bool {
    let lengths = match (constraints.minimum_length, constraints.maximum_length) {
        (Some(least), Some(most)) => least > most,
        _ => false,
    };
    let is_empty = lengths || constraints.range.is_some_and(|range| range.is_empty());
    if is_empty {
        let bounds = [
            "maxLength",
            "maxItems",
            "maximum",
            "minLength",
            "minItems",
            "minimum",
        ];
        let mut bounds = bounds.into_iter().filter(|keyword| schema.has(keyword));
        let keyword = bounds.next().unwrap_or_default();
        let sentence = format!("with this `{keyword}`, no value is within the bounds");
        let problem = Problem::at(Rule::NoValueFits, &schema.at.child(keyword), sentence);
        lowering.add(match bounds.next() {
            Some(other) => {
                problem.with_related(Place::Key(schema.at.child(other)), "the other bound is here")
            }
            None => problem,
        });
    }
    !is_empty
}

/// A default of anything but a parameter: nothing fills it in.
pub(in crate::lower) fn refuse_default(lowering: &mut Lowering<'_>, schema: &Node<'_>) {
    if let Some(default) = schema.get("default") {
        let sentence = "nothing fills in this `default`; only an optional parameter has one";
        let problem = Problem::at(Rule::KeywordWithoutEffect, &default.at, sentence);
        lowering.add(problem.with_help("remove it, and say in the description what holds without the value"));
    }
}

/// The default of a parameter, as it would be sent: what a handler gets where the parameter is left out.
pub(in crate::lower) fn lower_default<'a>(
    lowering: &mut Lowering<'a>,
    schema: &Node<'a>,
    parameter: &Parameter,
    schemas: &Schemas,
) -> Option<String> {
    let default = lowering.resolve(schema.clone()).get("default")?;
    if parameter.required {
        let sentence = format!("`{}` is required, so its `default` has no effect", parameter.name);
        let problem = Problem::at(Rule::KeywordWithoutEffect, &default.at, sentence);
        lowering.add(problem.with_help("remove the `default`, or `required: true` of the parameter"));
        return None;
    }
    let of = format!("the default of `{}`", parameter.name);
    let checker = Checker { schemas, of: &of };
    let checked = checker.check_type(default.value, &parameter.ty, &parameter.constraints, &default.at);
    if let Err((at, sentence)) = checked {
        lowering.report_value(Rule::DefaultBreaksSchema, &at, sentence);
        return None;
    }
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let Some(items) = default.value.as_array() else {
        return Some(text(default.value));
    };
    let items: Vec<_> = items.iter().map(text).collect();
    if items
        .iter()
        .any(|item| item.is_empty() || item.trim() != item || item.contains(','))
    {
        let sentence = format!(
            "{of} has an item that no list can have: an empty one, or one with a comma or with blanks around it"
        );
        lowering.report_value(Rule::DefaultBreaksSchema, &default.at, sentence);
    }
    Some(items.join(","))
}
