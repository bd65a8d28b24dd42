//! A response as far as the model foretells it: everything but the sentences for people.

use std::fmt;

use fonedynamics_client::types::ErrorCode;
use serde_json::{Map, Value, json};

/// The members of a JSON object.
pub(super) type Object = Map<String, Value>;

/// What stands for a value that callers cannot foretell and need not understand.
const OPAQUE: &str = "(opaque)";

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Response {
    status: u16,
    /// The body of a success; the code and the names of a failure.
    says: Value,
}

/// A failing response.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: &'static str,
    pub(super) fields: Vec<String>,
}

/// The failure with a code at one parameter.
pub(super) fn failure(code: &'static str, field: &str) -> Failure {
    Failure {
        code,
        fields: vec![field.to_owned()],
    }
}

/// Fails with `PARAMETER_INVALID` if a parameter is.
pub(super) fn all_valid(invalid: Vec<&str>) -> Result<(), Failure> {
    let fields: Vec<_> = invalid.into_iter().map(str::to_owned).collect();
    match fields.is_empty() {
        true => Ok(()),
        false => Err(Failure {
            code: "PARAMETER_INVALID",
            fields,
        }),
    }
}

impl Response {
    /// What the model says.
    pub(super) fn foretold(outcome: Result<Value, Failure>) -> Self {
        match outcome {
            Ok(Value::Null) => Self {
                status: 204,
                says: Value::Null,
            },
            Ok(body) => Self {
                status: 200,
                says: body,
            },
            Err(failure) => Self {
                status: ErrorCode::from(failure.code).status().unwrap(),
                says: json!({"code": failure.code, "fields": failure.fields}),
            },
        }
    }

    /// What the sandbox says.
    pub(super) fn read(status: u16, body: &Value) -> Self {
        if status >= 400 {
            let failed = &body["ResponseStatus"];
            let errors = failed["Errors"].as_array().into_iter().flatten();
            let fields: Vec<_> = errors.map(|error| error["FieldName"].clone()).collect();
            let says = json!({"code": failed["ErrorCode"], "fields": fields});
            return Self { status, says };
        }
        let mut says = body.clone();
        if let Some(token) = says.get_mut("NextPageToken") {
            assert!(token.is_string(), "{token}");
            *token = OPAQUE.into();
        }
        for entry in says.as_array_mut().into_iter().flatten() {
            if entry.get("ErrorCode").is_some() {
                let message = entry.as_object_mut().unwrap().remove("Message");
                assert!(message.is_some_and(|message| message.is_string()));
            }
        }
        Self { status, says }
    }
}

impl fmt::Display for Response {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.status, self.says)
    }
}

/// One page of a list, and whether more follows.
pub(super) fn page(
    all: Vec<Value>,
    count: Option<i64>,
    default: i64,
    skip: Option<i64>,
) -> (Vec<Value>, bool) {
    let count = usize::try_from(count.unwrap_or(default)).unwrap();
    let skip = usize::try_from(skip.unwrap_or(0)).unwrap();
    let more = skip + count < all.len();
    (all.into_iter().skip(skip).take(count).collect(), more)
}

/// A page of a list that says how many entries there are.
pub(super) fn counted_page(name: &str, all: Vec<Value>, count: Option<i64>, skip: Option<i64>) -> Value {
    let total = all.len();
    let (items, more) = page(all, count, 50, skip);
    let mut page = json!({name: items, "TotalCount": total});
    if more {
        page["NextPageToken"] = OPAQUE.into();
    }
    page
}

/// Some members of an object, without those that are not there or null.
pub(super) fn members(object: &Value, names: &[&str]) -> Object {
    let present = |name: &&str| {
        let value = object.get(*name).filter(|value| !value.is_null())?;
        Some(((*name).to_owned(), value.clone()))
    };
    names.iter().filter_map(present).collect()
}
