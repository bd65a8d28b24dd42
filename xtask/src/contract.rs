//! The contract: what the document says, reduced to what emitters need.
//!
//! Plain data. References are resolved, each item has its Rust name beside its API name, and the pointer to
//! it in the document. Knows nothing of OpenAPI and nothing of tokens.

mod credentials;
mod operation;
mod schema;
mod schemas;

use serde_json::Value;

use crate::pointer::Pointer;

pub use credentials::{Credentials, Scheme};
pub use operation::{
    Body, Location, MERGE_PATCH, Operation, Pages, Parameter, ResponseHeader, ResponseHeaderName, Success,
};
pub use schema::{
    Choice, ChoiceKind, Collection, Constraints, EnumValue, Member, Object, Range, Schema, Shape, Type,
};
pub use schemas::Schemas;

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
    /// The codes that no server sends any more, and that programs may still name.
    pub retired_codes: Vec<EnumValue>,
    /// The code of each fault and each violation, by its name, in the order of [`crate::faults`].
    pub faults: Vec<(String, String)>,
    /// The objects, arrays and enums, in the order of the document.
    pub schemas: Schemas,
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
#[derive(Clone, Debug, PartialEq)]
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

impl Envelope {
    /// The names of its schemas.
    #[must_use]
    pub fn schemas(&self) -> [&str; 4] {
        [&self.wrapper, &self.status, &self.code_schema, &self.entry]
    }
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

/// An example of a body: a round-trip vector.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its place.
    pub at: Pointer,
    /// The schema's name in the document.
    pub schema: String,
    /// The value.
    pub value: Value,
    /// Of a failing response: what the request had in the parameters that it names, where that is known.
    pub sent: Vec<(String, String)>,
}

impl Contract {
    /// The schema of a name.
    #[must_use]
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        self.schemas.named(name)
    }

    /// The open enums, the error codes' own among them.
    pub fn enums(&self) -> impl Iterator<Item = (&Schema, &[EnumValue])> {
        self.schemas.iter().filter_map(|schema| match &schema.shape {
            Shape::Enum(values) => Some((schema, values.as_slice())),
            Shape::Object(_) | Shape::Array(_) | Shape::Map(_) => None,
        })
    }

    /// The first example of the body of a request: that of the operation itself, if it has one.
    #[must_use]
    pub fn body_example(&self, operation: &Operation) -> Option<&Value> {
        let schema = &operation.body.as_ref()?.schema;
        let own = format!("{}/requestBody/", operation.at.as_str());
        let mut of_schema = self.examples.iter().filter(|example| example.schema == *schema);
        let is_own = |example: &&Example| example.at.as_str().starts_with(&own);
        let example = of_schema.clone().find(is_own).or_else(|| of_schema.next())?;
        Some(&example.value)
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
