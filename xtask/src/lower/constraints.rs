//! Holds a value against the constraints of its schema: lengths, patterns, ranges, alternatives.
//!
//! Types and members are checked elsewhere; a value of the wrong type breaks no constraint here.

use serde_json::Value;

use super::Lowering;
use crate::document::{Node, Pointer};
use crate::rule::Rule;

/// The first constraint that a value breaks, and where in the value.
pub(super) fn check<'a>(
    lowering: &Lowering<'a>,
    value: &Value,
    schema: Node<'a>,
    at: &Pointer,
) -> Result<(), (Pointer, String)> {
    let schema = lowering.resolve(schema);
    match value {
        Value::String(text) => check_text(text, &schema).map_err(|sentence| (at.clone(), sentence)),
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            check_number(number, &schema).map_err(|sentence| (at.clone(), sentence))
        }
        Value::Array(items) => {
            check_length(items.len(), &schema, "minItems", "maxItems", "items")
                .map_err(|sentence| (at.clone(), sentence))?;
            let Some(of_item) = schema.get("items") else {
                return Ok(());
            };
            let mut numbered = items.iter().enumerate();
            numbered.try_for_each(|(number, item)| {
                check(lowering, item, of_item.clone(), &at.child(&number.to_string()))
            })
        }
        Value::Object(members) => {
            check_alternatives(value, &schema).map_err(|sentence| (at.clone(), sentence))?;
            let mut properties = schema.members_of("properties").into_iter();
            properties.try_for_each(|(name, property)| match members.get(name) {
                Some(member) => check(lowering, member, property, &at.child(name)),
                None => Ok(()),
            })
        }
        Value::Null | Value::Bool(_) => Ok(()),
    }
}

/// Every pattern of the document is a regular expression.
pub(super) fn check_patterns(lowering: &mut Lowering<'_>) {
    let root = lowering.root.clone();
    visit(lowering, &root);
}

fn visit(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    for (key, child) in node.members() {
        let is_name = node.at.last() == "properties";
        match child.text() {
            Some(pattern) if key == "pattern" && !is_name => {
                if let Err(error) = regress::Regex::new(pattern) {
                    let sentence = format!("`{pattern}` is not a regular expression: {error}");
                    lowering.report_value(Rule::SchemaUnsupported, &child.at, sentence);
                }
            }
            _ if matches!(key, "example" | "value") && !is_name => {}
            _ => visit(lowering, &child),
        }
    }
    for item in node.items() {
        visit(lowering, &item);
    }
}

fn limit(schema: &Node<'_>, keyword: &str) -> Option<f64> {
    schema.get(keyword).and_then(|limit| limit.value.as_f64())
}

fn check_length(length: usize, schema: &Node<'_>, least: &str, most: &str, what: &str) -> Result<(), String> {
    // Lengths are far below the numbers at which this conversion would lose anything.
    #[expect(clippy::cast_precision_loss, reason = "a document is at most 4 MiB long")]
    let count = length as f64;
    if limit(schema, least).is_some_and(|least| count < least) {
        return Err(format!("{length} {what} are fewer than `{least}` allows"));
    }
    if limit(schema, most).is_some_and(|most| count > most) {
        return Err(format!("{length} {what} are more than `{most}` allows"));
    }
    Ok(())
}

fn check_text(text: &str, schema: &Node<'_>) -> Result<(), String> {
    check_length(
        text.chars().count(),
        schema,
        "minLength",
        "maxLength",
        "characters",
    )?;
    let Some(pattern) = schema.text_of("pattern") else {
        return Ok(());
    };
    match regress::Regex::new(pattern) {
        Ok(regex) if regex.find(text).is_some() => Ok(()),
        Ok(_) => Err(format!("the text does not match `{pattern}`")),
        Err(error) => Err(format!(
            "the pattern `{pattern}` is not a regular expression: {error}"
        )),
    }
}

fn check_number(number: f64, schema: &Node<'_>) -> Result<(), String> {
    let exclusive = |keyword| schema.is_true(keyword);
    let (least, most) = (limit(schema, "minimum"), limit(schema, "maximum"));
    let below =
        least.is_some_and(|least| number < least || (exclusive("exclusiveMinimum") && number <= least));
    let above = most.is_some_and(|most| number > most || (exclusive("exclusiveMaximum") && number >= most));
    match (below, above) {
        (true, _) => Err(format!("{number} is below the minimum")),
        (_, true) => Err(format!("{number} is above the maximum")),
        (false, false) => Ok(()),
    }
}

fn check_alternatives(value: &Value, schema: &Node<'_>) -> Result<(), String> {
    for keyword in ["anyOf", "oneOf"] {
        let branches = schema.items_of(keyword);
        if branches.is_empty() {
            continue;
        }
        let met = |branch: &&Node<'_>| {
            branch
                .texts_of("required")
                .iter()
                .all(|name| value.get(name).is_some())
        };
        let count = branches.iter().filter(met).count();
        if count == 0 || (keyword == "oneOf" && count > 1) {
            return Err(format!("{count} of the alternatives of `{keyword}` are there"));
        }
    }
    Ok(())
}
