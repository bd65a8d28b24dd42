//! JSON as people write it: what is short stays in one line.

use serde_json::Value;

/// The longest line, without its indentation, that an array or an object stays in.
const SHORT: usize = 56;

/// A value over several lines where it is long:
/// ```json
/// {
///   "Message": "The number in From belongs to another project.",
///   "Errors": [{ "FieldName": "From" }]
/// }
/// ```
pub(super) fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out
}

fn write(value: &Value, indent: usize, out: &mut String) {
    let line = in_one_line(value);
    // Two levels are never in one line: what is inside of what is seen at a glance.
    let (opening, closing, items) = match value {
        Value::Object(members) if line.len() > SHORT || members.values().any(is_nested) => {
            let items = members.iter().map(|(name, value)| (Some(name), value));
            ('{', '}', items.collect::<Vec<_>>())
        }
        Value::Array(items) if line.len() > SHORT => {
            ('[', ']', items.iter().map(|value| (None, value)).collect())
        }
        _ => return out.push_str(&line),
    };
    let inner = indent + 2;
    out.push(opening);
    for (index, (name, value)) in items.into_iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&" ".repeat(inner));
        if let Some(name) = name {
            out.push_str(&format!("{}: ", Value::from(name.as_str())));
        }
        write(value, inner, out);
    }
    out.push('\n');
    out.push_str(&" ".repeat(indent));
    out.push(closing);
}

fn is_nested(value: &Value) -> bool {
    value.is_object()
        || value
            .as_array()
            .is_some_and(|items| items.iter().any(Value::is_object))
}

fn in_one_line(value: &Value) -> String {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let members = members.iter();
            let members = members
                .map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), in_one_line(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(in_one_line).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}
