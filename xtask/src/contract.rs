//! The contract: what the document says, reduced to what emitters need.
//!
//! Plain data. References are resolved, each item has its Rust name beside its API name, and the pointer to
//! it in the document. Knows nothing of OpenAPI and nothing of tokens.

mod credentials;
mod schema;

use serde_json::Value;

use crate::names;
use crate::pointer::Pointer;

pub use credentials::{Credentials, Scheme};
pub use schema::{
    Choice, ChoiceKind, Collection, Constraints, EnumValue, Member, Object, Range, Schema, Shape, Type,
};

/// Everything that the crates and the reference are derived from.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The API as a whole.
    pub info: Info,
    /// Which schemas and members make up the error envelope.
    pub envelope: Envelope,
    /// Whose credentials are taken, each an alternative. Never empty.
    pub schemes: Vec<Scheme>,
    /// What the parts of the credentials are called.
    pub credentials: Credentials,
    /// The error codes, in the order of the document.
    pub error_codes: Vec<ErrorCode>,
    /// The code of each fault and each violation, by its name, in the order of [`crate::faults`].
    pub faults: Vec<(String, String)>,
    /// The objects, arrays and enums, in the order of the document.
    pub schemas: Vec<Schema>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// The examples of bodies, in the order of the document.
    pub examples: Vec<Example>,
}

/// The API as a whole.
#[derive(Clone, Debug)]
pub struct Info {
    /// The API's name.
    pub title: String,
    /// The document's version.
    pub version: String,
    /// What the API is.
    pub description: String,
    /// What the names of the generated crates begin with.
    pub crate_prefix: String,
    /// The base URL, without a trailing slash.
    pub server: String,
}

/// Which schemas and members make up the error envelope. Wire names and schema names of the document.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The schema of an error response's body.
    pub wrapper: String,
    /// Its only member.
    pub member: String,
    /// The schema of that member.
    pub status: String,
    /// The member with the error code.
    pub code: String,
    /// The schema of the error code.
    pub code_schema: String,
    /// The member with the message.
    pub message: String,
    /// The member with the array of entries.
    pub entries: String,
    /// The schema of an entry.
    pub entry: String,
    /// The member of an entry with the parameter's name.
    pub field: String,
}

/// One error code.
#[derive(Clone, Debug)]
pub struct ErrorCode {
    /// The code on the wire.
    pub code: String,
    /// The variant.
    pub variant: String,
    /// The status of its responses.
    pub status: u16,
    /// Where it is documented.
    pub origin: Origin,
    /// What callers read, with [`FIELD_NAME`] where parameters are named.
    pub message: String,
    /// What it means.
    pub meaning: String,
    /// Why this is believed, where no public page says so.
    pub inferred: Option<String>,
    /// What usually causes it.
    pub causes: Vec<String>,
    /// What the caller can do.
    pub remedy: String,
}

/// The placeholder in a [`message`](ErrorCode::message) for the names of the invalid parameters.
pub const FIELD_NAME: &str = "{FieldName}";

impl ErrorCode {
    /// Whether a failure with this code names a parameter.
    #[must_use]
    pub fn names_parameter(&self) -> bool {
        self.message.contains(FIELD_NAME)
    }

    /// The message of a failure that names these parameters.
    #[must_use]
    pub fn message_for(&self, fields: &[&str]) -> String {
        // One entry can hold several names, joined with commas.
        let names = fields.join(",").replace(',', ", ");
        self.message.replace(FIELD_NAME, &names)
    }
}

/// Where an error code is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The API's page of error codes.
    ErrorPage,
    /// The page of an operation.
    OperationPage,
    /// No public page.
    Extension,
}

/// An operation.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// The schema's name in the document.
    pub schema: String,
    /// The media type on the wire.
    pub media_type: String,
    /// Whether a request must have one.
    pub required: bool,
}

/// A successful response.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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

/// An example of a body: a round-trip vector.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its place.
    pub at: Pointer,
    /// The schema's name in the document.
    pub schema: String,
    /// The value.
    pub value: Value,
}

impl Contract {
    /// The schema of a name.
    #[must_use]
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        self.schemas.iter().find(|schema| schema.name == name)
    }

    /// The open enums, the error codes' own among them.
    pub fn enums(&self) -> impl Iterator<Item = (&Schema, &[EnumValue])> {
        self.schemas.iter().filter_map(|schema| match &schema.shape {
            Shape::Enum(values) => Some((schema, values.as_slice())),
            Shape::Object(_) | Shape::Array(_) | Shape::Map(_) => None,
        })
    }

    /// Whether the success of an operation has headers.
    #[must_use]
    pub fn has_response_headers(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|operation| !operation.success.headers.is_empty())
    }

    /// The variant of an error code.
    #[must_use]
    pub fn variant_of(&self, code: &str) -> Option<&str> {
        self.error_codes
            .iter()
            .find(|known| known.code == code)
            .map(|known| known.variant.as_str())
    }

    /// The code of a fault or a violation.
    #[must_use]
    pub fn code_of(&self, name: &str) -> Option<&str> {
        self.faults
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, code)| code.as_str())
    }
}
