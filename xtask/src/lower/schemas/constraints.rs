//! What a value must satisfy beyond its type: read from a schema, and checked on an example.
//!
//! Types and members are checked elsewhere; a value of the wrong type breaks no constraint here.

use std::ops::Bound;

use crate::contract::{Choice, ChoiceKind, Constraints, Range};
use crate::document::Node;
use crate::format::Format;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::keywords;
use crate::names::nearest;
use crate::pattern;
use crate::problem::Problem;
use crate::rule::Rule;

/// The key of the code that a failing value raises.
pub(in crate::lower) const INVALID_CODE: &str = "x-invalid-code";

/// The key of what a string with a pattern must be, in words.
pub(in crate::lower) const EXPECTED: &str = "x-expected";

/// Reads the constraints of a schema that is no reference, those of its items excluded.
pub(in crate::lower) fn lower(lowering: &mut Lowering<'_>, schema: &Node<'_>) -> Constraints {
    let mut constraints = Constraints {
        invalid_code: schema.string_of(INVALID_CODE).map(str::to_owned),
        ..Constraints::default()
    };
    match schema.string_of("type") {
        // What its values are says all there is.
        Some("string") if schema.has("enum") => {}
        Some("string") => {
            constraints.minimum_length = length(lowering, schema, "minLength");
            constraints.maximum_length = length(lowering, schema, "maxLength");
            constraints.format = schema.string_of("format").and_then(Format::of);
            constraints.pattern =
                schema
                    .get("pattern")
                    .and_then(|node| match pattern::translate(node.string()?) {
                        Ok(translated) => Some(translated),
                        Err(sentence) => {
                            let problem = Problem::at_value(Rule::SchemaUnsupported, &node.at, sentence);
                            lowering.add(problem.with_help(
                                "write the pattern with plain characters, classes, `*`, `+`, `?` and `{n,m}`",
                            ));
                            None
                        }
                    });
            constraints.expected = schema.string_of(EXPECTED).map(str::to_owned);
        }
        Some("array") => {
            constraints.minimum_length = length(lowering, schema, "minItems");
            constraints.maximum_length = length(lowering, schema, "maxItems");
            constraints.unique = schema.is_true("uniqueItems");
        }
        Some("integer") => {
            constraints.format = schema.string_of("format").and_then(Format::of);
            constraints.range = integer_range(lowering, schema);
        }
        Some("number") => constraints.range = number_range(schema),
        _ => {}
    }
    if !keywords::check_bounds(lowering, schema, &constraints) {
        // Otherwise every example would be a second problem.
        constraints.minimum_length = None;
        constraints.maximum_length = None;
        constraints.range = None;
    }
    constraints
}

/// Reads which of several members of an object must be present.
pub(in crate::lower) fn lower_choices(lowering: &mut Lowering<'_>, schema: &Node<'_>) -> Vec<Choice> {
    let mut choices = Vec::new();
    for (keyword, kind) in [("anyOf", ChoiceKind::AnyOf), ("oneOf", ChoiceKind::OneOf)] {
        let branches = schema.items_of(keyword);
        if let Some(branch) = branches
            .iter()
            .find(|branch| branch.strings_of("required").is_empty())
        {
            let sentence = format!("a branch of `{keyword}` requires no member");
            let problem = Problem::at(Rule::SchemaUnsupported, &branch.at, sentence);
            lowering.add(problem.with_help("write `required: […]` with at least one member"));
        }
        let properties = schema.members_of("properties");
        let names = branches.iter().flat_map(|branch| branch.items_of("required"));
        let unknown: Vec<_> = names
            .filter(|name| !properties.iter().any(|(known, _)| Some(*known) == name.string()))
            .collect();
        for name in &unknown {
            let sentence = format!(
                "a branch of `{keyword}` requires {}, which is no property",
                name.value
            );
            let problem = Problem::at_value(Rule::SchemaUnsupported, &name.at, sentence);
            let likely = nearest(
                name.string().unwrap_or_default(),
                properties.iter().map(|(known, _)| *known),
            );
            lowering.add(problem.with_help(match likely {
                Some(likely) => format!("did you mean `{likely}`?"),
                None => "name one of the `properties` of the object".to_owned(),
            }));
        }
        if !branches.is_empty() && unknown.is_empty() {
            let alternatives = branches
                .iter()
                .map(|branch| branch.strings_of("required"))
                .collect();
            choices.push(Choice { kind, alternatives });
        }
    }
    choices
}

fn length(lowering: &mut Lowering<'_>, schema: &Node<'_>, keyword: &str) -> Option<usize> {
    let node = schema.get(keyword)?;
    let length = node
        .value
        .as_u64()
        .and_then(|length| usize::try_from(length).ok());
    if length.is_none() {
        let sentence = format!("`{keyword}` is not a length");
        let problem = Problem::at_value(Rule::SchemaUnsupported, &node.at, sentence);
        lowering.add(problem.with_help("write an integer that is not negative"));
    }
    length
}

fn integer_range(lowering: &mut Lowering<'_>, schema: &Node<'_>) -> Option<Range> {
    let mut bound = |keyword: &str, exclusive: &str, step: i64| {
        let node = schema.get(keyword)?;
        let number = node.value.as_i64();
        let number = if schema.is_true(exclusive) {
            number.and_then(|number| number.checked_add(step))
        } else {
            number
        };
        if number.is_none() {
            let sentence = format!("`{keyword}` of an integer is not an integer of 64 bits");
            let problem = Problem::at_value(Rule::SchemaUnsupported, &node.at, sentence);
            lowering.add(problem.with_help("write an integer, or `type: number`"));
        }
        number
    };
    let mut least = bound("minimum", "exclusiveMinimum", 1);
    let mut most = bound("maximum", "exclusiveMaximum", -1);
    if schema.string_of("format") == Some("int32") {
        least = Some(least.unwrap_or(i64::MIN).max(i64::from(i32::MIN)));
        most = Some(most.unwrap_or(i64::MAX).min(i64::from(i32::MAX)));
    }
    let included = |bound: Option<i64>| bound.map_or(Bound::Unbounded, Bound::Included);
    (least.is_some() || most.is_some()).then(|| Range::Integer(included(least), included(most)))
}

fn number_range(schema: &Node<'_>) -> Option<Range> {
    let bound = |keyword: &str, exclusive: &str| {
        let number = schema.get(keyword).and_then(|node| node.value.as_f64());
        match number {
            Some(number) if schema.is_true(exclusive) => Bound::Excluded(number),
            Some(number) => Bound::Included(number),
            None => Bound::Unbounded,
        }
    };
    let range = (
        bound("minimum", "exclusiveMinimum"),
        bound("maximum", "exclusiveMaximum"),
    );
    (range != (Bound::Unbounded, Bound::Unbounded)).then_some(Range::Number(range.0, range.1))
}
