//! The published document, as the authority on what a server must respond. Knows nothing of requests on the wire.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The document.
pub(super) struct Document {
    root: Value,
}

/// An operation, as far as requests are concerned.
pub(super) struct Operation {
    pub(super) id: String,
    /// In capital letters.
    pub(super) method: String,
    /// The path with its parameters in braces.
    pub(super) path: String,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    /// Whether it takes credentials.
    pub(super) is_secured: bool,
}

/// A parameter of a path or a query; the document has no others.
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) is_required: bool,
    pub(super) schema: Value,
    /// The code of a value that fails validation, if it has one of its own.
    pub(super) code: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Path,
    Query,
}

/// A request body.
pub(super) struct Body {
    pub(super) media_type: String,
    pub(super) schema: Value,
    /// What the document shows as right.
    pub(super) examples: Vec<Value>,
}

/// How a request breaks a constraint. In the document, each but `Invalid` has one code for all values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Violation {
    Missing,
    OneOf,
    TooShort,
    TooLong,
    Invalid,
}

/// The response that the document demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) status: u16,
    pub(super) code: String,
    /// The names in `Errors`. Their order is not compared, because the document promises none.
    pub(super) fields: Vec<String>,
    /// The header that the status or the situation needs, in lower case.
    pub(super) header: Option<&'static str>,
}

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

impl Document {
    /// Reads the document that the server crate carries.
    pub(super) fn read() -> Result<Self, serde_json::Error> {
        let root = serde_json::from_str(fonedynamics_server::DOCUMENT)?;
        Ok(Self { root })
    }

    /// Every operation, in the order of the document.
    pub(super) fn operations(&self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in at(&self.root, "paths").as_object().into_iter().flatten() {
            for (method, node) in item.as_object().into_iter().flatten() {
                if METHODS.contains(&method.as_str()) {
                    operations.push(self.operation(path, method, item, node));
                }
            }
        }
        operations
    }

    fn operation(&self, path: &str, method: &str, item: &Value, node: &Value) -> Operation {
        let parameters = [item, node]
            .into_iter()
            .flat_map(|node| at(node, "parameters").as_array().into_iter().flatten());
        let security = node.get("security").unwrap_or(at(&self.root, "security"));
        Operation {
            id: text(at(node, "operationId")),
            method: method.to_uppercase(),
            path: path.to_owned(),
            parameters: parameters.map(|parameter| self.parameter(parameter)).collect(),
            body: self.body(at(node, "requestBody")),
            is_secured: security.as_array().is_some_and(|schemes| !schemes.is_empty()),
        }
    }

    fn parameter(&self, node: &Value) -> Parameter {
        let node = self.resolve(node);
        Parameter {
            name: text(at(&node, "name")),
            place: if at(&node, "in") == "path" {
                Place::Path
            } else {
                Place::Query
            },
            is_required: at(&node, "required") == true,
            schema: self.resolve(at(&node, "schema")),
            code: at(&node, "x-invalid-code").as_str().map(str::to_owned),
        }
    }

    fn body(&self, node: &Value) -> Option<Body> {
        let node = self.resolve(node);
        let (media_type, content) = at(&node, "content").as_object()?.iter().next()?;
        let examples = at(content, "examples").as_object().into_iter().flatten();
        Some(Body {
            media_type: media_type.clone(),
            schema: self.resolve(at(content, "schema")),
            examples: examples
                .map(|(_, example)| at(&self.resolve(example), "value").clone())
                .collect(),
        })
    }

    /// A node without references at its own level: those of `$ref` are followed, those of `allOf` merged.
    pub(super) fn resolve(&self, node: &Value) -> Value {
        if let Some(reference) = at(node, "$ref").as_str() {
            let target = self.root.pointer(reference.trim_start_matches('#'));
            return target.map_or(Value::Null, |target| self.resolve(target));
        }
        let Some(parts) = at(node, "allOf").as_array() else {
            return node.clone();
        };
        let mut merged = Map::new();
        for part in parts {
            if let Value::Object(members) = self.resolve(part) {
                merged.extend(members);
            }
        }
        let own = node.as_object().into_iter().flatten();
        merged.extend(
            own.filter(|(key, _)| *key != "allOf")
                .map(|(key, value)| (key.clone(), value.clone())),
        );
        Value::Object(merged)
    }

    /// What a fault or a violation must get, by its key in `x-faults`.
    pub(super) fn fault(&self, name: &str, fields: &[&str]) -> Failure {
        let header = match name {
            "credentials" => Some("www-authenticate"),
            "wrong-method" => Some("allow"),
            _ => None,
        };
        let failure = self.failure(&text(at(at(&self.root, "x-faults"), name)), fields);
        Failure { header, ..failure }
    }

    /// What a violation must get; `code` is the one of the value's own.
    pub(super) fn violation(&self, violation: Violation, code: Option<&str>, fields: &[&str]) -> Failure {
        match (violation, code) {
            (Violation::Missing, _) => self.fault("missing", fields),
            (Violation::OneOf, _) => self.fault("one-of", fields),
            (_, Some(code)) => self.failure(code, fields),
            (Violation::TooShort, None) => self.fault("too-short", fields),
            (Violation::TooLong, None) => self.fault("too-long", fields),
            (Violation::Invalid, None) => self.fault("invalid", fields),
        }
    }

    /// The response with an error code.
    fn failure(&self, code: &str, fields: &[&str]) -> Failure {
        Failure {
            status: self.status_of(code).unwrap_or_default(),
            code: code.to_owned(),
            fields: fields.iter().map(|&field| field.to_owned()).collect(),
            header: None,
        }
    }

    /// The status of an error code; `None` for one that the document does not list.
    pub(super) fn status_of(&self, code: &str) -> Option<u16> {
        u16::try_from(at(self.codes()?.get(code)?, "status").as_u64()?).ok()
    }

    /// The statuses of failures.
    pub(super) fn statuses(&self) -> BTreeSet<u16> {
        let codes = self.codes().into_iter().flatten();
        codes.filter_map(|(code, _)| self.status_of(code)).collect()
    }

    fn codes(&self) -> Option<&Map<String, Value>> {
        let mut schemas = at(at(&self.root, "components"), "schemas").as_object()?.values();
        schemas.find_map(|schema| at(schema, "x-error-codes").as_object())
    }
}

/// A member of an object; null where there is none.
pub(super) fn at<'v>(value: &'v Value, name: &str) -> &'v Value {
    value.get(name).unwrap_or(&Value::Null)
}

fn text(node: &Value) -> String {
    node.as_str().unwrap_or_default().to_owned()
}
