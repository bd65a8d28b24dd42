//! Requests with a wrong body, or with one wrong member of it.

use serde_json::{Value, json};

use crate::probe::call::Call;
use crate::probe::case::Case;
use crate::probe::document::{Body, Document, Operation, Violation, at};
use crate::probe::values;

pub(super) fn cases(document: &Document, operation: &Operation) -> Vec<Case> {
    let Some(body) = &operation.body else {
        return Vec::new();
    };
    let right = Call::right(operation);
    let case = |name: &str, call: Call, expected| Case {
        name: name.to_owned(),
        operation: operation.id.clone(),
        request: call.request(),
        expected,
    };
    let media_type = document.fault("media-type", &["Content-Type"]);
    let missing = document.violation(Violation::Missing, None, &required(&body.schema));
    let mut cases = vec![
        case(
            "media type",
            right.clone().with_media_type(Some("text/plain")),
            media_type,
        ),
        case(
            "syntax",
            right.clone().with_bytes("{"),
            document.fault("syntax", &[]),
        ),
        case("body required", right.clone().with_bytes(""), missing),
    ];
    if let Some(value) = values::of_another_type(&body.schema) {
        let invalid = document.violation(Violation::Invalid, None, &[]);
        cases.push(case("body type", right.clone().with_json(value), invalid));
    }
    let breaks = Breaks::of(document, body);
    cases.extend(breaks.found.into_iter().map(|found| {
        let fields: Vec<&str> = found.fields.iter().map(String::as_str).collect();
        let expected = document.violation(found.violation, found.code.as_deref(), &fields);
        case(&found.name, right.clone().with_json(found.body), expected)
    }));
    cases
}

/// The names of required members, in the order of the document.
fn required(schema: &Value) -> Vec<&str> {
    let members = at(schema, "properties").as_object().into_iter().flatten();
    let is_required = |name: &str| {
        at(schema, "required")
            .as_array()
            .is_some_and(|names| names.contains(&json!(name)))
    };
    members
        .map(|(name, _)| name.as_str())
        .filter(|name| is_required(name))
        .collect()
}

/// A body that breaks one constraint.
struct Break {
    name: String,
    body: Value,
    violation: Violation,
    /// The code of the value's own.
    code: Option<String>,
    fields: Vec<String>,
}

/// Where in a body something is broken.
#[derive(Clone)]
struct Site<'b> {
    /// A right body that has the value.
    body: &'b Value,
    pointer: String,
    /// As it is in `FieldName`.
    name: String,
}

/// All that can be broken in a body, one at a time.
struct Breaks<'d> {
    document: &'d Document,
    found: Vec<Break>,
}

impl<'d> Breaks<'d> {
    fn of(document: &'d Document, body: &Body) -> Self {
        let mut breaks = Self {
            document,
            found: Vec::new(),
        };
        for (name, node) in at(&body.schema, "properties").as_object().into_iter().flatten() {
            let examples = body.examples.iter();
            let showing = examples
                .filter(|example| example.get(name).is_some())
                .chain(&body.examples);
            for example in showing.take(1) {
                let root = Site {
                    body: example,
                    pointer: String::new(),
                    name: String::new(),
                };
                breaks.member(&root, &body.schema, name, node);
            }
        }
        breaks
    }

    fn record(
        &mut self,
        keyword: &str,
        site: &Site<'_>,
        value: Option<Value>,
        violation: Violation,
        code: Option<&str>,
    ) {
        let mut body = site.body.clone();
        put(&mut body, &site.pointer, value);
        self.found.push(Break {
            name: format!("{} {keyword}", site.name),
            body,
            violation,
            code: code.map(str::to_owned),
            fields: vec![site.name.clone()],
        });
    }

    /// A member of the object at `parent`.
    fn member(&mut self, parent: &Site<'_>, of: &Value, name: &str, node: &Value) {
        let schema = self.document.resolve(node);
        let others = exclusive(of, name);
        let mut body = parent.body.clone();
        for other in &others {
            put(&mut body, &format!("{}/{other}", parent.pointer), None);
        }
        let separator = if parent.name.is_empty() { "" } else { "." };
        let site = Site {
            body: &body,
            pointer: format!("{}/{name}", parent.pointer),
            name: format!("{}{separator}{name}", parent.name),
        };
        let code = at(&schema, "x-invalid-code").as_str();
        // Without one of several, another constraint is broken.
        let is_alternative = !others.is_empty() || alternatives(of, "anyOf").contains(&name);
        if required(of).contains(&name) {
            self.record("required", &site, None, Violation::Missing, None);
            if at(&schema, "nullable") != true {
                self.record("null", &site, Some(Value::Null), Violation::Missing, None);
            }
        } else if at(&schema, "nullable") != true && !is_alternative {
            self.record("null", &site, Some(Value::Null), Violation::Invalid, code);
        }
        self.value(&site, &schema, code);
    }

    /// A value that is not null.
    fn value(&mut self, site: &Site<'_>, schema: &Value, code: Option<&str>) {
        if let Some(value) = values::of_another_type(schema) {
            self.record("type", site, Some(value), Violation::Invalid, code);
        }
        for (keyword, violation, value) in values::breaking(schema) {
            self.record(keyword, site, Some(value), violation, code);
        }
        match at(schema, "type").as_str() {
            Some("object") => self.object(site, schema),
            Some("array") => self.array(site, schema, code),
            _ => {}
        }
    }

    fn array(&mut self, site: &Site<'_>, schema: &Value, code: Option<&str>) {
        let Some(first) = site.body.pointer(&site.pointer).and_then(|items| items.get(0)) else {
            return;
        };
        let of = |count: u64| {
            Some(Value::Array(vec![
                first.clone();
                usize::try_from(count).unwrap_or_default()
            ]))
        };
        if let Some(least) = at(schema, "minItems").as_u64().filter(|least| *least > 0) {
            self.record("minItems", site, of(least - 1), Violation::TooShort, code);
        }
        if let Some(most) = at(schema, "maxItems").as_u64() {
            self.record("maxItems", site, of(most + 1), Violation::TooLong, code);
        }
        if at(schema, "uniqueItems") == true {
            self.record("uniqueItems", site, of(2), Violation::Invalid, code);
        }
        let item = Site {
            body: site.body,
            pointer: format!("{}/0", site.pointer),
            name: format!("{}[0]", site.name),
        };
        let schema = self.document.resolve(at(schema, "items"));
        self.value(&item, &schema, code.or(at(&schema, "x-invalid-code").as_str()));
    }

    fn object(&mut self, site: &Site<'_>, schema: &Value) {
        self.alternatives(site, schema);
        for (name, node) in at(schema, "properties").as_object().into_iter().flatten() {
            self.member(site, schema, name, node);
        }
    }

    /// Members of which one, or exactly one, must be present.
    fn alternatives(&mut self, site: &Site<'_>, schema: &Value) {
        let Some(right) = site.body.pointer(&site.pointer) else {
            return;
        };
        for (keyword, is_exclusive) in [("anyOf", false), ("oneOf", true)] {
            let names = alternatives(schema, keyword);
            if names.is_empty() {
                continue;
            }
            let paths: Vec<String> = names.iter().map(|name| format!("{}.{name}", site.name)).collect();
            let mut with = |label: &str, value: fn(&Value) -> Option<Value>, violation, fields| {
                let mut object = right.clone();
                for name in &names {
                    let node = self.document.resolve(at(at(schema, "properties"), name));
                    put(&mut object, &format!("/{name}"), value(&node));
                }
                let mut body = site.body.clone();
                put(&mut body, &site.pointer, Some(object));
                self.found.push(Break {
                    name: format!("{} {label}", site.name),
                    body,
                    violation,
                    code: None,
                    fields,
                });
            };
            with(
                "none of several",
                |_| None,
                Violation::OneOf,
                vec![paths.join(",")],
            );
            if is_exclusive {
                with(
                    "more than one",
                    |node| Some(values::fitting(node)),
                    Violation::Invalid,
                    paths,
                );
            }
        }
    }
}

/// The members of which one must be present.
fn alternatives<'v>(schema: &'v Value, keyword: &str) -> Vec<&'v str> {
    let branches = at(schema, keyword).as_array().into_iter().flatten();
    let names = branches.flat_map(|branch| at(branch, "required").as_array().into_iter().flatten());
    names.filter_map(Value::as_str).collect()
}

/// The members that may not be there beside one of them. Nothing where it is no alternative.
fn exclusive<'v>(schema: &'v Value, name: &str) -> Vec<&'v str> {
    let mut names = alternatives(schema, "oneOf");
    if names.contains(&name) {
        names.retain(|other| *other != name);
        names
    } else {
        Vec::new()
    }
}

/// Sets or removes the value at a JSON Pointer.
fn put(root: &mut Value, pointer: &str, value: Option<Value>) {
    let Some((parent, name)) = pointer.rsplit_once('/') else {
        *root = value.unwrap_or_default();
        return;
    };
    match (root.pointer_mut(parent), value) {
        (Some(Value::Object(members)), Some(value)) => drop(members.insert(name.to_owned(), value)),
        (Some(Value::Object(members)), None) => drop(members.shift_remove(name)),
        (Some(Value::Array(items)), Some(value)) => {
            if let Some(item) = name.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
                *item = value;
            }
        }
        _ => {}
    }
}
