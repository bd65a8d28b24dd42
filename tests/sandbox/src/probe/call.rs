//! A request in the making: a right one for an operation, and what can be changed about it. Judges nothing.

use serde_json::Value;

use super::document::{Operation, Place};
use super::values;

/// A request to an operation.
#[derive(Clone, Debug)]
pub(super) struct Call {
    method: String,
    /// With its parameters in braces.
    path: String,
    /// Names, and values as they are on the wire.
    path_parameters: Vec<(String, String)>,
    query: Vec<(String, String)>,
    has_credentials: bool,
    media_type: Option<String>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Nothing,
    Json(Value),
    Bytes(Vec<u8>),
}

/// A request, ready to be sent.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: String,
    /// The path and the query, as they are on the wire.
    pub(super) target: String,
    pub(super) has_credentials: bool,
    pub(super) media_type: Option<String>,
    pub(super) body: Option<Vec<u8>>,
}

impl Request {
    /// Whether no server changes anything because of it, however wrong it is: HTTP says of these methods that they only
    /// read.
    pub(super) fn is_safe(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "PROPFIND")
    }
}

impl Call {
    /// A request without parameters and without a body.
    pub(super) fn new(method: &str, path: &str) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            path_parameters: Vec::new(),
            query: Vec::new(),
            has_credentials: true,
            media_type: None,
            content: Content::Nothing,
        }
    }

    /// A request that the operation accepts: the parameters that are required, and the body that the document shows first.
    /// Identifiers are well formed
    /// and most likely nobody's: what a request is tested for comes before existence.
    pub(super) fn right(operation: &Operation) -> Self {
        let mut call = Self::new(&operation.method, &operation.path);
        for parameter in operation
            .parameters
            .iter()
            .filter(|parameter| parameter.is_required)
        {
            let text = values::text(&values::fitting(&parameter.schema));
            call = match parameter.place {
                Place::Path => call.with_path(&parameter.name, &encoded(&text)),
                Place::Query => call.with_query(&parameter.name, &encoded(&text)),
            };
        }
        if let Some(declared) = &operation.body {
            call.media_type = Some(declared.media_type.clone());
            let example = declared.examples.first().cloned();
            call.content = example.map_or(Content::Nothing, Content::Json);
        }
        call
    }

    /// Sets a path parameter, to text as it is on the wire.
    pub(super) fn with_path(mut self, name: &str, text: &str) -> Self {
        self.path_parameters.retain(|(known, _)| known != name);
        self.path_parameters.push((name.to_owned(), text.to_owned()));
        self
    }

    /// Sets a query parameter, to text as it is on the wire.
    pub(super) fn with_query(self, name: &str, text: &str) -> Self {
        let mut call = self.without_query(name);
        call.query.push((name.to_owned(), text.to_owned()));
        call
    }

    pub(super) fn without_query(mut self, name: &str) -> Self {
        self.query.retain(|(known, _)| known != name);
        self
    }

    /// Sends this as the body.
    pub(super) fn with_json(self, body: Value) -> Self {
        Self {
            content: Content::Json(body),
            ..self
        }
    }

    /// Sends these bytes as the body.
    pub(super) fn with_bytes(self, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            content: Content::Bytes(bytes.into()),
            ..self
        }
    }

    /// Sends another media type, or none.
    pub(super) fn with_media_type(self, media_type: Option<&str>) -> Self {
        Self {
            media_type: media_type.map(str::to_owned),
            ..self
        }
    }

    /// Leaves the credentials out.
    pub(super) fn without_credentials(self) -> Self {
        Self {
            has_credentials: false,
            ..self
        }
    }

    pub(super) fn request(self) -> Request {
        let fill = |path: String, (name, text): &(String, String)| path.replace(&format!("{{{name}}}"), text);
        let path = self.path_parameters.iter().fold(self.path, fill);
        let pairs: Vec<String> = self
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let question = if pairs.is_empty() { "" } else { "?" };
        Request {
            method: self.method,
            target: format!("{path}{question}{}", pairs.join("&")),
            has_credentials: self.has_credentials,
            media_type: self.media_type,
            body: match self.content {
                Content::Nothing => None,
                Content::Json(value) => Some(value.to_string().into_bytes()),
                Content::Bytes(bytes) => Some(bytes),
            },
        }
    }
}

/// Text as it can be in a target.
pub(super) fn encoded(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}
