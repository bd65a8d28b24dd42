//! Reads the envelope from a body as strictly as a client may that follows the document to the letter.

use serde_json::Value;

use super::document::at;

/// What an envelope says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Envelope {
    pub(super) code: String,
    pub(super) fields: Vec<String>,
}

/// Reads an envelope, or says in a few words what keeps a body from being one.
pub(super) fn read(body: &[u8]) -> Result<Envelope, &'static str> {
    if body.is_empty() {
        return Err("the body is empty");
    }
    let value: Value = serde_json::from_slice(body).map_err(|_| "the body is not JSON")?;
    let status = at(&value, "ResponseStatus")
        .as_object()
        .ok_or("ResponseStatus is no object")?;
    let string = |name: &str| {
        status
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let code = string("ErrorCode").ok_or("ErrorCode is no string")?;
    string("Message").ok_or("Message is no string")?;
    let entries = match status.get("Errors") {
        None => &Vec::new(),
        Some(Value::Array(entries)) => entries,
        Some(_) => return Err("Errors is no array"),
    };
    let names = entries
        .iter()
        .map(|entry| at(entry, "FieldName").as_str().filter(|name| !name.is_empty()));
    let fields: Option<Vec<String>> = names.map(|name| name.map(str::to_owned)).collect();
    Ok(Envelope {
        code: code.to_owned(),
        fields: fields.ok_or("an entry of Errors has no FieldName")?,
    })
}
