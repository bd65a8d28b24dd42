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
pub(super) struct Judge<'d> {
    pub(super) document: &'d Value,
    pub(super) broken: Vec<Broken>,
}

impl<'d> Judge<'d> {
    pub(super) fn new(document: &'d Value) -> Self {
        Self {
            document,
            broken: Vec::new(),
        }
    }

    pub(super) fn resolve(&self, node: &'d Value) -> &'d Value {
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
            name: name.to_owned(),
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
            (Some("object"), Json::Object(members)) => self.object(members, schema, name),
            (Some("array"), Json::List(items)) => {
                self.count(items.len(), schema, name, code);
                let different: BTreeSet<String> = items.iter().map(Json::to_string).collect();
                if schema["uniqueItems"] == true && different.len() < items.len() {
                    self.record(Class::Invalid, name, code);
                }
                for (index, item) in items.iter().enumerate() {
                    self.json(item, &schema["items"], &format!("{name}[{index}]"), code);
                }
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
            match last(member) {
                _ if required.contains(&Value::from(member.as_str())) && !is_there(&member.as_str()) => {
                    self.record(Class::Missing, &name, None);
                }
                None => {}
                Some(_) if members.iter().filter(|(known, _)| known == member).count() > 1 => {
                    self.record(Class::Invalid, &name, None);
                }
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
