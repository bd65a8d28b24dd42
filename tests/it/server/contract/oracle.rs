//! The response that a server must give, according to the document and to nothing else.

use serde_json::Value;

use super::request::{Content, Json, Request};
use super::schema::{Class, Judge};

/// The one header that is right. Another user with the same password may do nothing.
pub(super) const RIGHT: &[u8] = b"Basic QUMxOnNlY3JldA==";
/// The one token that is right, where the document takes tokens.
pub(super) const TOKEN: &[u8] = b"Bearer c2VjcmV0";
/// A caller who is known and may do nothing.
pub(super) const GUEST: &[u8] = b"Basic QUMyOnNlY3JldA==";

/// The response that must be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// The operation's handler is called with something that it can accept.
    Success { operation: String },
    /// A failure.
    Failure(Failure),
}

/// What a failing response must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// `None` where no operation was reached.
    pub(super) operation: Option<String>,
    pub(crate) code: String,
    pub(super) fields: Vec<String>,
    /// Which methods the path has, where the method was wrong.
    pub(super) allow: Vec<String>,
}

/// The document, seen as the authority on responses.
pub(crate) struct Oracle {
    pub(super) document: Value,
}

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

impl Oracle {
    pub(crate) fn new(text: &str) -> Self {
        Self {
            document: serde_yaml::from_str(text).unwrap(),
        }
    }

    /// The template and its methods for a path.
    fn route(&self, path: &str) -> Option<(&str, &Value)> {
        let paths = self.document["paths"].as_object().unwrap();
        let fits = |template: &str| {
            let (wanted, given): (Vec<_>, Vec<_>) =
                (template.split('/').collect(), path.split('/').collect());
            wanted.len() == given.len()
                && wanted
                    .iter()
                    .zip(&given)
                    .all(|(wanted, given)| wanted == given || (wanted.starts_with('{') && !given.is_empty()))
        };
        let found = paths.iter().find(|(template, _)| fits(template));
        found.map(|(template, item)| (template.as_str(), item))
    }

    fn fault(&self, name: &str) -> String {
        self.document["x-faults"][name].as_str().unwrap().to_owned()
    }

    /// The names in HTTP of the schemes that callers choose from.
    pub(super) fn schemes(&self) -> Vec<&'static str> {
        let declared = &self.document["components"]["securitySchemes"];
        let requirements = self.document["security"].as_array().unwrap();
        let names = requirements
            .iter()
            .flat_map(|requirement| requirement.as_object().unwrap().keys());
        names
            .map(|name| match declared[name]["scheme"].as_str() {
                Some("bearer") => "Bearer",
                _ => "Basic",
            })
            .collect()
    }

    /// The operation with an identifier, its path and its method.
    pub(crate) fn operation(&self, id: &str) -> (&str, &str, &Value) {
        self.operations()
            .into_iter()
            .find(|(_, _, operation)| operation["operationId"] == id)
            .unwrap()
    }

    /// Every operation with its path and its method.
    pub(crate) fn operations(&self) -> Vec<(&str, &str, &Value)> {
        let paths = self.document["paths"].as_object().unwrap();
        let methods = |(path, item)| {
            let item: &Value = item;
            METHODS.iter().filter_map(move |method| {
                let operation = item.get(*method)?;
                Some((path, *method, operation))
            })
        };
        paths
            .iter()
            .map(|(path, item)| (path.as_str(), item))
            .flat_map(methods)
            .collect()
    }

    /// The parameters of an operation in the order of evaluation.
    pub(crate) fn parameters(&self, path: &str, operation: &'_ Value) -> Vec<&Value> {
        let id = operation["operationId"].as_str().unwrap();
        let (_, _, operation) = self.operation(id);
        let judge = Judge::new(&self.document);
        let of_path = self.document["paths"][path]["parameters"]
            .as_array()
            .into_iter()
            .flatten();
        let of_operation = operation["parameters"].as_array().into_iter().flatten();
        let all: Vec<&Value> = of_path
            .chain(of_operation)
            .map(|node| judge.resolve(node))
            .collect();
        let located = |place: &str| {
            all.iter()
                .copied()
                .filter(|node| node["in"] == place)
                .collect::<Vec<_>>()
        };
        [located("path"), located("query"), located("header")].concat()
    }

    /// The code's status in the document.
    pub(super) fn status_of(&self, code: &str) -> u16 {
        let schemas = self.document["components"]["schemas"].as_object().unwrap();
        let table = schemas
            .values()
            .find_map(|schema| schema.get("x-error-codes"))
            .unwrap();
        u16::try_from(table[code]["status"].as_u64().unwrap()).unwrap()
    }

    /// The response that a request must get.
    pub(crate) fn judge(&self, request: &Request) -> Expected {
        let fail = |operation: Option<&Value>, fault: &str, fields: &[&str]| {
            Expected::Failure(Failure {
                operation: operation.map(|operation| operation["operationId"].as_str().unwrap().to_owned()),
                code: self.fault(fault),
                fields: fields.iter().map(|&field| field.to_owned()).collect(),
                allow: Vec::new(),
            })
        };
        let Some((template, item)) = self.route(&request.path) else {
            return fail(None, "unknown-route", &[]);
        };
        let method = if request.method == "HEAD" {
            "GET"
        } else {
            &request.method
        };
        let is_known = method.chars().all(|letter| letter.is_ascii_uppercase());
        let Some(operation) = item.get(method.to_lowercase()).filter(|_| is_known) else {
            let mut allow: Vec<String> = Vec::new();
            for known in METHODS.iter().filter(|known| item.get(**known).is_some()) {
                allow.push(known.to_uppercase());
                if *known == "get" {
                    allow.push("HEAD".to_owned());
                }
            }
            return Expected::Failure(Failure {
                operation: None,
                code: self.fault("wrong-method"),
                fields: Vec::new(),
                allow,
            });
        };
        let security = operation.get("security").unwrap_or(&self.document["security"]);
        if security.as_array().is_some_and(|schemes| !schemes.is_empty()) {
            match request.header("Authorization").as_slice() {
                [RIGHT] => {}
                [TOKEN] if self.schemes().contains(&"Bearer") => {}
                [GUEST] => return fail(Some(operation), "forbidden", &[]),
                _ => return fail(Some(operation), "credentials", &[]),
            }
        }
        let mut body = None;
        if let Some(content) = operation["requestBody"]["content"].as_object() {
            let (media_type, content) = content.iter().next().unwrap();
            let is_absent = operation["requestBody"]["required"] != true && request.body().is_empty();
            match self.read(request, media_type) {
                _ if is_absent => {}
                Ok(json) => {
                    body = Some((
                        json,
                        &content["schema"],
                        media_type == "application/merge-patch+json",
                    ));
                }
                Err((fault, fields)) => return fail(Some(operation), fault, fields),
            }
        }
        let mut judge = Judge::new(&self.document);
        for parameter in self.parameters(template, operation) {
            judge_parameter(&mut judge, request, template, parameter);
        }
        if let Some((json, schema, merges)) = &body {
            let before = judge.broken.len();
            judge.merges = *merges;
            judge.json(json, schema, "", None);
            if request.body().is_empty() && judge.broken.len() == before {
                judge.record(Class::Missing, "", None);
            }
        }
        let id = operation["operationId"].as_str().unwrap().to_owned();
        let first = judge
            .broken
            .iter()
            .enumerate()
            .min_by_key(|(index, broken)| (broken.class, *index));
        let Some((_, first)) = first else {
            return Expected::Success { operation: id };
        };
        let mut fields: Vec<String> = Vec::new();
        for broken in judge.broken.iter().filter(|broken| broken.code == first.code) {
            if !broken.name.is_empty() && !fields.contains(&broken.name) {
                fields.push(broken.name.clone());
            }
        }
        Expected::Failure(Failure {
            operation: Some(id),
            code: first.code.clone(),
            fields,
            allow: Vec::new(),
        })
    }

    fn read(
        &self,
        request: &Request,
        media_type: &str,
    ) -> Result<Json, (&'static str, &'static [&'static str])> {
        const NAMED: (&str, &[&str]) = ("media-type", &["Content-Type"]);
        let body = request.body();
        match request.header("Content-Type").as_slice() {
            [] if body.is_empty() => {}
            [given] => {
                let given = String::from_utf8_lossy(given).to_lowercase();
                if given.split(';').next().unwrap().trim() != media_type {
                    return Err(NAMED);
                }
            }
            _ => return Err(NAMED),
        }
        match &request.content {
            Content::Json(json) => Ok(json.clone()),
            _ if body.is_empty() => Ok(Json::Object(Vec::new())),
            _ => match serde_json::from_slice::<Value>(&body) {
                Ok(value) => Ok(Json::from(&value)),
                Err(_) => Err(("syntax", &[])),
            },
        }
    }
}

/// Undoes percent escapes; a plus sign is a space in a query only.
fn decoded(raw: &str, plus: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = raw.as_bytes().iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digit = |digit: u8| char::from(digit).to_digit(16);
                let value = digit(digits[0])? * 16 + digit(digits[1])?;
                bytes.push(u8::try_from(value).unwrap());
            }
            b'+' => bytes.extend(plus.bytes()),
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).ok()
}

fn judge_parameter<'d>(judge: &mut Judge<'d>, request: &Request, template: &str, parameter: &'d Value) {
    let name = parameter["name"].as_str().unwrap();
    let schema = judge.resolve(&parameter["schema"]);
    let code = parameter["x-invalid-code"].as_str();
    let values: Vec<Option<String>> = match parameter["in"].as_str().unwrap() {
        "path" => {
            let segments = template.split('/').zip(request.path.split('/'));
            let own = segments.filter(|(step, _)| *step == format!("{{{name}}}"));
            own.map(|(_, segment)| decoded(segment, "+")).collect()
        }
        "query" => request
            .query
            .iter()
            .filter(|(key, _)| decoded(key, " ").as_deref() == Some(name))
            .map(|(_, value)| decoded(value, " "))
            .collect(),
        _ => request
            .header(name)
            .into_iter()
            .map(|value| String::from_utf8(value.to_vec()).ok())
            .collect(),
    };
    let is_list = schema["type"] == "array";
    if is_list && !values.is_empty() && values.iter().all(Option::is_some) {
        let texts: Vec<String> = values.into_iter().flatten().collect();
        let mut text = texts.join(",");
        if parameter["in"] == "header" {
            // A list of HTTP: blanks around commas and empty items say nothing.
            let items = text.split(',').map(|item| item.trim_matches([' ', '\t']));
            text = items
                .filter(|item| !item.is_empty())
                .collect::<Vec<_>>()
                .join(",");
        }
        return judge.parameter(&text, schema, name, code);
    }
    match values.as_slice() {
        [_, _, ..] if !is_list => judge.record(Class::Invalid, name, None),
        [] if parameter["required"] == true => judge.record(Class::Missing, name, None),
        [] => {}
        [Some(text)] => {
            let prefix = parameter["x-omit-prefix"].as_str().unwrap_or_default();
            let text = text.strip_prefix(prefix).unwrap_or(text);
            judge.parameter(text, schema, name, code);
        }
        _ => judge.record(Class::Invalid, name, Judge::code(schema, code)),
    }
}
