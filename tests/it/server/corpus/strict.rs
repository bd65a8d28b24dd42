//! Reads a response as strictly as it can be read: whatever is not exactly the contract is an error.
//!
//! The form is one that every ServiceStack client reads, the two of the vendor among them, which fail or lose the code
//! where a body is merely similar. The body is JSON without a byte order mark, and begins with `{"`; names are in
//! PascalCase; `ResponseStatus` is an object, `ErrorCode` a string, because null means success, and `Message` a string
//! with characters in it; `Errors` is absent, or has entries whose `FieldName` is a string with characters in it. The
//! media type is `application/json`, and a 401 asks for HTTP Basic, without which one client sends no credentials.

use std::fmt;

use fonedynamics_client::types::ErrorCode;
use serde::{Deserialize, Serialize};

/// A failing response that is exactly the envelope.
pub(super) struct Failed {
    version: &'static str,
    status: u16,
    code: String,
    fields: Vec<String>,
    connection: String,
    pub(super) request_id: String,
}

impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            version,
            status,
            code,
            connection,
            ..
        } = self;
        write!(formatter, "{version} {status} {code}")?;
        if !self.fields.is_empty() {
            write!(formatter, " [{}]", self.fields.join(" "))?;
        }
        write!(formatter, ", {connection}")
    }
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Wrapper {
    response_status: ResponseStatus,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ResponseStatus {
    error_code: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<Entry>>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Entry {
    field_name: String,
}

fn fields_of(envelope: &ResponseStatus) -> impl Iterator<Item = &str> {
    let entries = envelope.errors.iter().flatten();
    entries.map(|entry| entry.field_name.as_str())
}

/// Reads all bytes of a connection as one failing response.
pub(super) fn read(bytes: &[u8]) -> Result<Failed, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    read_text(text).map_err(|why| format!("{why}: {text:?}"))
}

fn read_text(text: &str) -> Result<Failed, String> {
    if text.is_empty() {
        return Err("there is no response".to_owned());
    }
    let (head, body) = text.split_once("\r\n\r\n").ok_or("the head has no end")?;
    let mut lines = head.split("\r\n");
    let line = lines.next().unwrap_or_default();
    let version = match line.get(..9) {
        Some("HTTP/1.1 ") => "1.1",
        Some("HTTP/1.0 ") => "1.0",
        _ => return Err("this is not HTTP".to_owned()),
    };
    let status: u16 = line
        .get(9..12)
        .unwrap_or_default()
        .parse()
        .map_err(|_| "there is no status")?;
    let headers: Vec<_> = lines
        .map(|line| line.split_once(": ").ok_or("a header has no value"))
        .collect::<Result<_, _>>()?;
    let header = |name: &str| {
        let mut values = headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        match (values.next(), values.next()) {
            (Some((_, value)), None) => Ok(*value),
            (None, _) => Err(format!("there is no {name}")),
            _ => Err(format!("{name} is there twice")),
        }
    };

    let Wrapper {
        response_status: envelope,
    } = serde_json::from_str(body).map_err(|error| error.to_string())?;
    let fields = fields_of(&envelope).map(str::to_owned).collect();
    let code = ErrorCode::from(envelope.error_code.as_str());
    let demands = [
        (
            header("content-type")? == "application/json",
            "the media type is another",
        ),
        (
            header("content-length")? == body.len().to_string(),
            "the length is wrong",
        ),
        (header("transfer-encoding").is_err(), "the length is said twice"),
        (header("date").is_ok(), "there is no date"),
        (
            [400, 401, 403, 500].contains(&status),
            "the status is none of the four",
        ),
        (
            code.status() == Some(status),
            "the status is not the one of the code",
        ),
        (
            header("www-authenticate").is_ok() == (status == 401),
            "the challenge does not fit the status",
        ),
        (
            status != 401 || header("www-authenticate")?.starts_with("Basic realm=\""),
            "the challenge is not the one of HTTP Basic",
        ),
        (body.starts_with("{\""), "the body does not begin with a member"),
        (!envelope.message.is_empty(), "there is no message"),
        (
            fields_of(&envelope).all(|name| !name.is_empty()),
            "an entry names nothing",
        ),
        (
            envelope.errors.as_ref().is_none_or(|errors| !errors.is_empty()),
            "the list is empty",
        ),
    ];
    if let Some((_, why)) = demands.iter().find(|(holds, _)| !holds) {
        return Err((*why).to_owned());
    }
    let code = envelope.error_code.clone();
    // The order of the members, and no byte between them.
    let written = serde_json::to_string(&Wrapper {
        response_status: envelope,
    });
    if written.map_err(|error| error.to_string())? != body {
        return Err("the body is written in another way".to_owned());
    }
    Ok(Failed {
        version,
        status,
        code,
        fields,
        connection: header("connection")?.to_owned(),
        request_id: header("x-request-id")?.to_owned(),
    })
}
