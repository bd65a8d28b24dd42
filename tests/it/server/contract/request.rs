//! A request before it is sent, in a form that can say what no well-behaved client would. Judges nothing.

use std::fmt;

use axum::body::Body;
use axum::http;
use serde_json::{Value, json};

/// A JSON value that may say two things about one member.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Scalar(serde_json::Value),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl From<&serde_json::Value> for Json {
    fn from(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            serde_json::Value::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.clone(), Self::from(value)))
                    .collect(),
            ),
            scalar => Self::Scalar(scalar.clone()),
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar(value) => write!(formatter, "{value}"),
            Self::List(items) => {
                formatter.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(formatter, "{}{item}", if index > 0 { "," } else { "" })?;
                }
                formatter.write_str("]")
            }
            Self::Object(members) => {
                formatter.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    let comma = if index > 0 { "," } else { "" };
                    write!(
                        formatter,
                        "{comma}{}:{value}",
                        serde_json::Value::from(name.as_str())
                    )?;
                }
                formatter.write_str("}")
            }
        }
    }
}

/// What a request says in its body.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    Nothing,
    Json(Json),
    Bytes(Vec<u8>),
}

/// A request. The parts of the target are as they are on the wire, escapes included.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) content: Content,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Vec<&[u8]> {
        let same =
            |(known, value): &'_ (String, Vec<u8>)| known.eq_ignore_ascii_case(name).then_some(value.len());
        self.headers
            .iter()
            .filter(|header| same(header).is_some())
            .map(|(_, value)| value.as_slice())
            .collect()
    }

    pub(super) fn body(&self) -> Vec<u8> {
        match &self.content {
            Content::Nothing => Vec::new(),
            Content::Json(json) => json.to_string().into_bytes(),
            Content::Bytes(bytes) => bytes.clone(),
        }
    }

    fn target(&self) -> String {
        let pairs: Vec<String> = self
            .query
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        if pairs.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, pairs.join("&"))
        }
    }

    /// The request as JSON can say it: none that has bytes which are no text.
    pub(crate) fn to_json(&self) -> Option<Value> {
        let headers = self.headers.iter().map(|(name, value)| {
            let value = String::from_utf8(value.clone()).ok()?;
            Some(json!([name, value]))
        });
        let headers: Vec<_> = headers.collect::<Option<_>>()?;
        let body = String::from_utf8(self.body()).ok()?;
        Some(json!({ "method": self.method, "target": self.target(), "headers": headers, "body": body }))
    }

    /// The request as the router takes it.
    pub(super) fn build(&self) -> http::Request<Body> {
        let mut builder = http::Request::builder()
            .method(self.method.as_str())
            .uri(self.target());
        for (name, value) in &self.headers {
            builder = builder.header(name.as_str(), value.as_slice());
        }
        builder.body(Body::from(self.body())).unwrap()
    }
}

impl fmt::Display for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "> {} {}", self.method, self.target())?;
        for (name, value) in &self.headers {
            writeln!(formatter, "> {name}: {}", String::from_utf8_lossy(value))?;
        }
        write!(formatter, "> {}", String::from_utf8_lossy(&self.body()))
    }
}
