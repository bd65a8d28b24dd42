//! Holds values against schemas of the document, as an interpreter of the document's text.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::request::Json;

thread_local! {
    /// Patterns that were compiled before: a hundred thousand requests would compile each as often.
    static COMPILED: RefCell<BTreeMap<String, regress::Regex>> = RefCell::default();
}

/// Whether a text matches a pattern of the document.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    COMPILED.with_borrow_mut(|compiled| {
        if !compiled.contains_key(pattern) {
            let regex = regress::Regex::with_flags(pattern, "u").unwrap();
            compiled.insert(pattern.to_owned(), regex);
        }
        compiled[pattern].find(text).is_some()
    })
}

/// What ends the name of a value that is in a map under a key which no name can have.
const UNNAMED: char = '\u{0}';

/// What a text of a format looks like.
pub(super) fn pattern_of(format: &str) -> Option<String> {
    const DATE: &str = r"(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
    const TIME: &str =
        r"[Tt](?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?(?:[Zz]|[+\-](?:[01]\d|2[0-3]):[0-5]\d)";
    match format {
        "date" => Some(format!("^{DATE}$")),
        "date-time" => Some(format!("^{DATE}{TIME}$")),
        "uuid" => Some(r"^[\da-fA-F]{8}(?:-[\da-fA-F]{4}){4}[\da-fA-F]{8}$".to_owned()),
        _ => None,
    }
}

/// The classes of violations, in the order in which the document's design evaluates them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Missing,
    OneOf,
    Specific,
    TooShort,
    TooLong,
    Invalid,
}

impl Class {
    /// The key of `x-faults`.
    fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::OneOf => "one-of",
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::Invalid | Self::Specific => "invalid",
        }
    }
}

/// One broken constraint.
#[derive(Clone, Debug)]
pub(super) struct Broken {
    pub(super) class: Class,
    pub(super) code: String,
    pub(super) name: String,
}

/// The broken constraints of one request, in the order of the document.
pub(crate) struct Judge<'d> {
    pub(super) document: &'d Value,
    pub(super) broken: Vec<Broken>,
    /// Whether what is judged is merged with what there is, so that null removes a member.
    pub(super) merges: bool,
}

impl<'d> Judge<'d> {
    pub(crate) fn new(document: &'d Value) -> Self {
        Self {
            document,
            broken: Vec::new(),
            merges: false,
        }
    }

    pub(crate) fn resolve(&self, node: &'d Value) -> &'d Value {
        match node["$ref"].as_str() {
            Some(reference) => {
                let target = self.document.pointer(reference.trim_start_matches('#')).unwrap();
                self.resolve(target)
            }
            None => node,
        }
    }

    pub(super) fn record(&mut self, class: Class, name: &str, specific: Option<&str>) {
        let (class, code) = match specific {
            Some(code) if class != Class::Missing => (Class::Specific, code),
            _ => (class, self.document["x-faults"][class.key()].as_str().unwrap()),
        };
        self.broken.push(Broken {
            class,
            code: code.to_owned(),
            name: name.split(UNNAMED).next().unwrap().to_owned(),
        });
    }

    /// The code of a schema's values, unless a code from outside replaces it.
    pub(super) fn code(schema: &'d Value, inherited: Option<&'d str>) -> Option<&'d str> {
        inherited.or(schema["x-invalid-code"].as_str())
    }

    /// Judges a JSON value.
    pub(super) fn json(&mut self, value: &Json, schema: &'d Value, name: &str, inherited: Option<&'d str>) {
        let schema = self.resolve(schema);
        let code = Self::code(schema, inherited);
        match (schema["type"].as_str(), value) {
            (None, _) => {}
            (Some("object"), Json::Object(members)) => {
                self.object(members, schema, name);
                if schema["additionalProperties"].get("$ref").is_some()
                    || schema["additionalProperties"].get("type").is_some()
                {
                    self.map(members, &schema["additionalProperties"], name, code);
                }
            }
            (Some("array"), Json::List(items)) => {
                self.count(items.len(), schema, name, code);
                let different: BTreeSet<String> = items.iter().map(Json::to_string).collect();
                if schema["uniqueItems"] == true && different.len() < items.len() {
                    self.record(Class::Invalid, name, code);
                }
                let merges = std::mem::replace(&mut self.merges, false);
                for (index, item) in items.iter().enumerate() {
                    self.json(item, &schema["items"], &format!("{name}[{index}]"), code);
                }
                self.merges = merges;
            }
            (Some("string"), Json::Scalar(Value::String(text))) => self.text(text, schema, name, code),
            (Some("boolean"), Json::Scalar(Value::Bool(_))) => {}
            (Some("integer"), Json::Scalar(Value::Number(number))) if number.is_i64() => {
                self.number(number.as_f64().unwrap(), schema, name, code);
            }
            (Some("number"), Json::Scalar(Value::Number(number))) => {
                self.number(number.as_f64().unwrap(), schema, name, code);
            }
            _ => self.record(Class::Invalid, name, code),
        }
    }

    /// Judges the values of a map, in the order of their names.
    fn map(&mut self, members: &[(String, Json)], values: &'d Value, name: &str, inherited: Option<&'d str>) {
        let last: BTreeMap<&String, &Json> = members.iter().map(|(key, value)| (key, value)).collect();
        for (key, value) in last {
            let is_named = !key.is_empty() && !key.contains(|c: char| c.is_control() || ",.[]|;".contains(c));
            let name = match (is_named, name) {
                (false, _) => format!("{name}{UNNAMED}"),
                (true, "") => key.clone(),
                (true, _) => format!("{name}.{key}"),
            };
            if members.iter().filter(|(known, _)| known == key).count() > 1 {
                self.record(Class::Invalid, &name, None);
            } else {
                self.json(value, values, &name, inherited);
            }
        }
    }

    fn object(&mut self, members: &[(String, Json)], schema: &'d Value, name: &str) {
        let child = |member: &str| match name {
            "" => member.to_owned(),
            _ => format!("{name}.{member}"),
        };
        let last = |wanted: &str| members.iter().rev().find(|(known, _)| known == wanted);
        let is_there =
            |wanted: &&str| last(wanted).is_some_and(|(_, value)| *value != Json::Scalar(Value::Null));
        for keyword in ["anyOf", "oneOf"] {
            let Some(branches) = schema[keyword].as_array() else {
                continue;
            };
            let names = |branch: &'d Value| branch["required"].as_array().unwrap().iter();
            let met: Vec<&Value> = branches
                .iter()
                .filter(|branch| names(branch).all(|name| is_there(&name.as_str().unwrap())))
                .collect();
            if met.is_empty() {
                let all: Vec<String> = branches
                    .iter()
                    .flat_map(names)
                    .map(|name| child(name.as_str().unwrap()))
                    .collect();
                self.record(Class::OneOf, &all.join(","), None);
            } else if keyword == "oneOf" && met.len() > 1 {
                for name in met.into_iter().flat_map(names) {
                    self.record(Class::Invalid, &child(name.as_str().unwrap()), None);
                }
            }
        }
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        for (member, of_member) in schema["properties"].as_object().into_iter().flatten() {
            let name = child(member);
            let is_required = required.contains(&Value::from(member.as_str()));
            let nullable = self.resolve(of_member)["nullable"] == true || (self.merges && !is_required);
            match last(member) {
                None if is_required => self.record(Class::Missing, &name, None),
                Some((_, Json::Scalar(Value::Null))) if is_required && !nullable => {
                    self.record(Class::Missing, &name, None);
                }
                None => {}
                Some(_) if members.iter().filter(|(known, _)| known == member).count() > 1 => {
                    self.record(Class::Invalid, &name, None);
                }
                Some((_, Json::Scalar(Value::Null))) if nullable => {}
                Some((_, value)) => self.json(value, of_member, &name, None),
            }
        }
    }

    /// Judges the text of a parameter, as it is after decoding.
    pub(super) fn parameter(
        &mut self,
        text: &str,
        schema: &'d Value,
        name: &str,
        inherited: Option<&'d str>,
    ) {
        let schema = self.resolve(schema);
        let code = Self::code(schema, inherited);
        match schema["type"].as_str().unwrap() {
            "string" => self.text(text, schema, name, code),
            "boolean" if matches!(text, "true" | "false") => {}
            "integer" if text.parse::<i64>().is_ok() => {
                // No bound of these documents is beyond what this conversion keeps exactly.
                self.number(text.parse::<f64>().unwrap(), schema, name, code);
            }
            "number" if text.parse::<f64>().is_ok_and(f64::is_finite) => {
                self.number(text.parse().unwrap(), schema, name, code);
            }
            "array" => {
                let entries: Vec<&str> = if text.is_empty() {
                    Vec::new()
                } else {
                    text.split(',').collect()
                };
                let items = self.resolve(&schema["items"]);
                if items["type"] == "integer" && entries.iter().any(|entry| entry.parse::<i64>().is_err()) {
                    // A list with an entry that is no number is no list of numbers.
                    return self.record(Class::Invalid, name, code);
                }
                self.count(entries.len(), schema, name, code);
                let different: BTreeSet<&&str> = entries.iter().collect();
                if schema["uniqueItems"] == true && different.len() < entries.len() {
                    self.record(Class::Invalid, name, code);
                }
                for entry in entries {
                    self.parameter(entry, items, name, code);
                }
            }
            _ => self.record(Class::Invalid, name, code),
        }
    }

    fn text(&mut self, text: &str, schema: &Value, name: &str, code: Option<&str>) {
        let length = text.chars().count();
        self.length(length, &schema["minLength"], &schema["maxLength"], name, code);
        if let Some(pattern) = schema["pattern"].as_str()
            && !matches(pattern, text)
        {
            self.record(Class::Invalid, name, code);
        }
        if let Some(pattern) = schema["format"].as_str().and_then(pattern_of)
            && !matches(&pattern, text)
        {
            self.record(Class::Invalid, name, code);
        }
        if let Some(values) = schema["enum"].as_array()
            && !values.contains(&Value::from(text))
        {
            self.record(Class::Invalid, name, code);
        }
    }

    fn count(&mut self, items: usize, schema: &Value, name: &str, code: Option<&str>) {
        self.length(items, &schema["minItems"], &schema["maxItems"], name, code);
    }

    fn length(&mut self, length: usize, least: &Value, most: &Value, name: &str, code: Option<&str>) {
        let length = u64::try_from(length).unwrap();
        if least.as_u64().is_some_and(|least| length < least) {
            self.record(Class::TooShort, name, code);
        }
        if most.as_u64().is_some_and(|most| length > most) {
            self.record(Class::TooLong, name, code);
        }
    }

    fn number(&mut self, number: f64, schema: &Value, name: &str, code: Option<&str>) {
        let (least, most) = (schema["minimum"].as_f64(), schema["maximum"].as_f64());
        let beyond = least.is_some_and(|least| number < least)
            || most.is_some_and(|most| number > most)
            || (schema["exclusiveMinimum"] == true && least == Some(number))
            || (schema["exclusiveMaximum"] == true && most == Some(number))
            || (schema["format"] == "int32"
                && (number < f64::from(i32::MIN) || number > f64::from(i32::MAX)));
        if beyond {
            self.record(Class::Invalid, name, code);
        }
    }
}
