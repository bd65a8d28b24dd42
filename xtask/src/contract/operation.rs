//! The operations of the contract: parameters, bodies, successes. Plain data, and names that follow from it.

use serde_json::Value;

use super::{Constraints, Type};
use crate::names;
use crate::pointer::Pointer;

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The document's `operationId`.
    pub id: String,
    /// The method of the client and of the trait.
    pub rust: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path's template.
    pub path: String,
    /// What it does, in one line.
    pub summary: String,
    /// What there is to know.
    pub description: String,
    /// The parameters, in order of evaluation: path, query, header; in each the order of the document.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The successful response.
    pub success: Success,
    /// The statuses of the failing responses that may say how long to wait.
    pub waits: Vec<u16>,
    /// How the operation is paged, if it is.
    pub pages: Option<Pages>,
    /// Every code that the operation can respond with, in the order of the error codes.
    pub codes: Vec<String>,
    /// Those of them that its handler raises, because they take state to decide.
    pub raises: Vec<String>,
    /// Whether new code should do without it.
    pub deprecated: bool,
    /// Whether credentials are required.
    pub secured: bool,
    /// Its place.
    pub at: Pointer,
}

impl Operation {
    /// The query parameters.
    pub fn query(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Query)
    }

    /// The struct that holds the query parameters, if there are any.
    #[must_use]
    pub fn query_struct(&self) -> Option<String> {
        self.query().next().map(|_| names::query_struct(self.source()))
    }

    /// The name from which all its Rust names are made: its identifier, unless the document chooses another.
    #[must_use]
    pub fn source(&self) -> &str {
        names::source(&self.id, &self.rust, names::value_name)
    }
}

/// How an operation is paged. Wire names.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages {
    /// The client's method that streams all items.
    pub rust: String,
    /// The client's method that streams the pages.
    pub pages: String,
    /// The member of the response with the items of one page.
    pub items: String,
    /// The query parameter that limits a page.
    pub count: String,
    /// The query parameter with the number of items to skip.
    pub skip: String,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The component that it is declared in, where it has one.
    pub component: Option<String>,
    /// Where it is sent.
    pub location: Location,
    /// The wire name.
    pub name: String,
    /// The argument or field.
    pub rust: String,
    /// The description.
    pub docs: String,
    /// The type. An array is sent as a comma list.
    pub ty: Type,
    /// Whether it is required.
    pub required: bool,
    /// What its value must satisfy, as it is on the wire.
    pub constraints: Constraints,
    /// Whether new code should do without it.
    pub deprecated: bool,
    /// What a handler gets where the parameter is absent, as it would be sent.
    pub default: Option<String>,
    /// The prefix that the value loses on the wire.
    pub omit_prefix: Option<String>,
    /// A value for examples of calls.
    pub example: Value,
}

impl Parameter {
    /// The name from which its Rust name is made: its own, unless the document chooses another.
    #[must_use]
    pub fn source(&self) -> &str {
        names::source(&self.name, &self.rust, names::value_name)
    }
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

impl Location {
    /// Its name in OpenAPI.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

/// The media type of a merge patch.
pub const MERGE_PATCH: &str = "application/merge-patch+json";

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The schema's name in the document.
    pub schema: String,
    /// The media type on the wire.
    pub media_type: String,
    /// Whether a request must have one.
    pub required: bool,
}

/// A successful response.
#[derive(Clone, Debug, PartialEq)]
pub struct Success {
    /// The status.
    pub status: u16,
    /// The schema of the body, if there is one.
    pub schema: Option<String>,
    /// The headers, in the order of the document.
    pub headers: Vec<ResponseHeader>,
    /// The description.
    pub docs: String,
}

/// A header of a successful response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseHeader {
    /// Which it is.
    pub name: ResponseHeaderName,
    /// Whether every response has it.
    pub required: bool,
    /// The description.
    pub docs: String,
}

/// The headers that a document can give a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseHeaderName {
    /// Where something is.
    Location,
    /// After how many seconds to ask again.
    RetryAfter,
}

impl ResponseHeaderName {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Location, Self::RetryAfter];

    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Location => "Location",
            Self::RetryAfter => "Retry-After",
        }
    }

    /// The method that reads it, and the one that sets it.
    #[must_use]
    pub fn rust(self) -> &'static str {
        match self {
            Self::Location => "location",
            Self::RetryAfter => "retry_after",
        }
    }

    /// The type of its value.
    #[must_use]
    pub fn json_type(self) -> &'static str {
        match self {
            Self::Location => "string",
            Self::RetryAfter => "integer",
        }
    }
}
