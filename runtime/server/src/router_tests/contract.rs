//! A small envelope, written by hand in the generated style. Says no more than the tests need.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use fonedynamics_contract::{Envelope, Fault, Violation};
use serde::{Deserialize, Serialize};

pub(crate) type Failure<O> = crate::Failure<ErrorResponse, O>;
pub(crate) type HandlerResult<T, O> = Result<T, Failure<O>>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    Required,
    Invalid,
    TooShort,
    TooLong,
    OneOf,
    Forbidden,
    NotFound,
    UnknownCover,
    Isbn,
    Unauthorized,
    Internal,
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Required => "VALUE_MISSING",
            Self::Invalid => "VALUE_INVALID",
            Self::TooShort => "VALUE_TOO_SHORT",
            Self::TooLong => "VALUE_TOO_LONG",
            Self::OneOf => "ALTERNATIVE_MISSING",
            Self::Forbidden => "NOT_ALLOWED",
            Self::NotFound => "SHELF_NOT_FOUND",
            Self::UnknownCover => "UNKNOWN_COVER",
            Self::Isbn => "MALFORMED_ISBN",
            Self::Unauthorized => "UNKNOWN_CALLER",
            Self::Internal => "SERVER_BROKEN",
        })
    }
}

/// Some of the codes as types.
pub(crate) mod codes {
    use super::{Code, ErrorResponse};
    use crate::codegen;

    pub(crate) struct UnknownCaller;

    impl codegen::Code<ErrorResponse> for UnknownCaller {
        const CODE: Code = Code::Unauthorized;
        const NAME: &'static str = "UNKNOWN_CALLER";
    }

    impl codegen::AboutState for UnknownCaller {}

    pub(crate) struct NotAllowed;

    impl codegen::Code<ErrorResponse> for NotAllowed {
        const CODE: Code = Code::Forbidden;
        const NAME: &'static str = "NOT_ALLOWED";
    }

    impl codegen::AboutState for NotAllowed {}

    pub(crate) struct ShelfNotFound;

    impl codegen::Code<ErrorResponse> for ShelfNotFound {
        const CODE: Code = Code::NotFound;
        const NAME: &'static str = "SHELF_NOT_FOUND";
    }

    impl codegen::AboutParameter for ShelfNotFound {}
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ErrorResponse {
    response_status: ResponseStatus,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ResponseStatus {
    #[serde(serialize_with = "as_text")]
    error_code: Code,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Entry>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    field_name: String,
}

fn as_text<S: serde::Serializer>(code: &Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(code)
}

impl Envelope for ErrorResponse {
    type Code = Code;

    const MEMBERS: &'static [&'static str] = &["ResponseStatus"];

    fn from_parts(error_code: Code, message: String, fields: Vec<String>) -> Self {
        let errors = fields
            .into_iter()
            .map(|field_name| Entry { field_name })
            .collect();
        Self {
            response_status: ResponseStatus {
                error_code,
                message,
                errors,
            },
        }
    }

    fn code(&self) -> Option<&Code> {
        Some(&self.response_status.error_code)
    }

    fn message(&self) -> Option<&str> {
        Some(&self.response_status.message)
    }

    fn fields(&self) -> impl Iterator<Item = &str> {
        self.response_status
            .errors
            .iter()
            .map(|entry| entry.field_name.as_str())
    }

    fn status_of(code: &Code) -> Option<u16> {
        Some(match code {
            Code::Unauthorized => 401,
            Code::Forbidden => 403,
            Code::Internal => 500,
            _ => 400,
        })
    }

    fn message_of(code: &Code) -> Option<&'static str> {
        match code {
            Code::NotFound => Some("No shelf matches {FieldName}."),
            Code::Unauthorized => Some("Say who you are."),
            Code::Forbidden => Some("Not allowed."),
            _ => None,
        }
    }

    fn code_of_fault(fault: Fault) -> Code {
        match fault {
            Fault::Credentials => Code::Unauthorized,
            Fault::Forbidden | Fault::LayerForbidden | Fault::LayerRateLimited => Code::Forbidden,
            Fault::Malformed
            | Fault::HeadTooLarge
            | Fault::ReadTimeout
            | Fault::UnknownRoute
            | Fault::WrongMethod
            | Fault::MediaType
            | Fault::Syntax
            | Fault::TooLarge
            | Fault::LayerBadRequest => Code::Invalid,
            Fault::Panic
            | Fault::Serialization
            | Fault::NotOffered
            | Fault::HandlerTimeout
            | Fault::Internal
            | Fault::Unavailable => Code::Internal,
        }
    }

    fn code_of_violation(violation: Violation) -> Code {
        match violation {
            Violation::Missing => Code::Required,
            Violation::OneOf => Code::OneOf,
            Violation::TooShort => Code::TooShort,
            Violation::TooLong => Code::TooLong,
            Violation::Invalid => Code::Invalid,
        }
    }
}

/// An open enum: any string parses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cover(Cow<'static, str>);

impl Cover {
    pub(crate) const ALL: &[Self] = &[Self(Cow::Borrowed("Hard")), Self(Cow::Borrowed("Soft"))];
}

impl fmt::Display for Cover {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl PartialEq<str> for Cover {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl From<&str> for Cover {
    fn from(text: &str) -> Self {
        Self(Cow::Owned(text.to_owned()))
    }
}

impl FromStr for Cover {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct NewBook {
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) cover: Option<Cover>,
    #[serde(default)]
    pub(crate) volume: Option<i8>,
}

#[derive(Debug)]
pub(crate) struct FindBooksQuery {
    pub(crate) author: Option<String>,
    pub(crate) since: i64,
    pub(crate) cover: Option<Cover>,
}
