//! What can be wrong with a document: one variant per rule, and where a document breaks it.
//!
//! Checks nothing itself and knows nothing of lines; `report` turns places into lines.

use crate::document::Pointer;

/// A rule that the document breaks, in one sentence, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule.
    pub rule: Rule,
    /// What is wrong in this very place.
    pub sentence: String,
    /// The place.
    pub place: Place,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the key of a value, or at the value where it has no key.
    Key(Pointer),
    /// At a value itself.
    Value(Pointer),
    /// At a line and a column, both from one: for texts that have no values yet.
    Position {
        /// The line.
        line: usize,
        /// The column, in characters.
        column: usize,
    },
    /// Nowhere in particular.
    Whole,
}

impl Problem {
    /// A problem.
    #[must_use]
    pub fn new(rule: Rule, place: Place, sentence: String) -> Self {
        Self {
            rule,
            sentence,
            place,
        }
    }
}

/// A rule. Its id is a statement of what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The file is larger than the limit.
    DocumentTooLarge,
    /// The file is not UTF-8 text.
    NotUtf8,
    /// The text is not YAML.
    NotYaml,
    /// A key stands twice in one mapping.
    DuplicateKey,
    /// The text uses anchors, aliases, merge keys or tags.
    AnchorOrAlias,
    /// The text nests too deep.
    NestedTooDeep,
    /// The document is not OpenAPI 3.0.
    UnsupportedVersion,
    /// The document does not have the form of OpenAPI 3.0.
    NotOpenapi,
    /// A key that OpenAPI 3.0 does not know in its place.
    UnknownKey,
    /// A `$ref` that points to nothing in this document.
    DanglingReference,
    /// `info` or `servers` lacks what the generated crates are named and connected by.
    InfoIncomplete,
    /// Something that consumers see has no description.
    DescriptionMissing,
    /// An operation without an id.
    OperationIdMissing,
    /// A name that generated Rust cannot use.
    NameReserved,
    /// Two names that become one in Rust.
    NamesCollide,
    /// The path's template and its declared parameters differ.
    PathParametersDiffer,
    /// A kind of parameter that the generated crates cannot carry.
    ParameterUnsupported,
    /// A request or response body that the generated crates cannot carry.
    BodyUnsupported,
    /// An operation without exactly one success.
    SuccessNotSingle,
    /// An operation that lacks one of the four error responses.
    ErrorResponseMissing,
    /// A response that the contract does not know.
    StatusOutsideContract,
    /// An error response that is not the shared one.
    ErrorResponseNotShared,
    /// The error responses do not lead to an envelope.
    EnvelopeUnrecognized,
    /// The list of error codes and their table are not the same.
    ErrorCodesDiffer,
    /// An error code that lacks a part of its description.
    ErrorCodeIncomplete,
    /// An error code that is not a single word in capitals.
    ErrorCodeName,
    /// An error code without an example.
    ErrorCodeWithoutExample,
    /// `x-faults` does not map every fault and violation to a code.
    FaultsIncomplete,
    /// A code that the document does not define.
    UnknownErrorCode,
    /// `x-raises` lists a code that is derived.
    RaisesDerivedCode,
    /// A schema that the generated types cannot express.
    SchemaUnsupported,
    /// An enum that has no name.
    EnumNotComponent,
    /// A schema of the envelope or of an answer refuses further members.
    ClosedErrorSchema,
    /// The schema of a body has no example.
    BodyWithoutExample,
    /// An example that its schema does not allow.
    ExampleBreaksSchema,
    /// The client generator cannot take the document.
    GeneratorRefused,
}

impl Rule {
    /// Every rule.
    pub const ALL: &[Self] = &[
        Self::DocumentTooLarge,
        Self::NotUtf8,
        Self::NotYaml,
        Self::DuplicateKey,
        Self::AnchorOrAlias,
        Self::NestedTooDeep,
        Self::UnsupportedVersion,
        Self::NotOpenapi,
        Self::UnknownKey,
        Self::DanglingReference,
        Self::InfoIncomplete,
        Self::DescriptionMissing,
        Self::OperationIdMissing,
        Self::NameReserved,
        Self::NamesCollide,
        Self::PathParametersDiffer,
        Self::ParameterUnsupported,
        Self::BodyUnsupported,
        Self::SuccessNotSingle,
        Self::ErrorResponseMissing,
        Self::StatusOutsideContract,
        Self::ErrorResponseNotShared,
        Self::EnvelopeUnrecognized,
        Self::ErrorCodesDiffer,
        Self::ErrorCodeIncomplete,
        Self::ErrorCodeName,
        Self::ErrorCodeWithoutExample,
        Self::FaultsIncomplete,
        Self::UnknownErrorCode,
        Self::RaisesDerivedCode,
        Self::SchemaUnsupported,
        Self::EnumNotComponent,
        Self::ClosedErrorSchema,
        Self::BodyWithoutExample,
        Self::ExampleBreaksSchema,
        Self::GeneratorRefused,
    ];

    /// The rule's name in reports, and of the document among the tests that breaks it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::DocumentTooLarge => "document-too-large",
            Self::NotUtf8 => "not-utf8",
            Self::NotYaml => "not-yaml",
            Self::DuplicateKey => "duplicate-key",
            Self::AnchorOrAlias => "anchor-or-alias",
            Self::NestedTooDeep => "nested-too-deep",
            Self::UnsupportedVersion => "unsupported-version",
            Self::NotOpenapi => "not-openapi",
            Self::UnknownKey => "unknown-key",
            Self::DanglingReference => "dangling-reference",
            Self::InfoIncomplete => "info-incomplete",
            Self::DescriptionMissing => "description-missing",
            Self::OperationIdMissing => "operation-id-missing",
            Self::NameReserved => "name-reserved",
            Self::NamesCollide => "names-collide",
            Self::PathParametersDiffer => "path-parameters-differ",
            Self::ParameterUnsupported => "parameter-unsupported",
            Self::BodyUnsupported => "body-unsupported",
            Self::SuccessNotSingle => "success-not-single",
            Self::ErrorResponseMissing => "error-response-missing",
            Self::StatusOutsideContract => "status-outside-contract",
            Self::ErrorResponseNotShared => "error-response-not-shared",
            Self::EnvelopeUnrecognized => "envelope-unrecognized",
            Self::ErrorCodesDiffer => "error-codes-differ",
            Self::ErrorCodeIncomplete => "error-code-incomplete",
            Self::ErrorCodeName => "error-code-name",
            Self::ErrorCodeWithoutExample => "error-code-without-example",
            Self::FaultsIncomplete => "faults-incomplete",
            Self::UnknownErrorCode => "unknown-error-code",
            Self::RaisesDerivedCode => "raises-derived-code",
            Self::SchemaUnsupported => "schema-unsupported",
            Self::EnumNotComponent => "enum-not-component",
            Self::ClosedErrorSchema => "closed-error-schema",
            Self::BodyWithoutExample => "body-without-example",
            Self::ExampleBreaksSchema => "example-breaks-schema",
            Self::GeneratorRefused => "generator-refused",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::DocumentTooLarge => {
                "split what is not part of the contract into other files; the limit is 4 MiB"
            }
            Self::NotUtf8 => "save the file as UTF-8",
            Self::NotYaml => {
                "correct the syntax; indentation is by spaces, and every key ends with a colon and a space"
            }
            Self::DuplicateKey => "keep one of the two; the other would be dropped in silence",
            Self::AnchorOrAlias => "write the value out, or use a `$ref` to a component",
            Self::NestedTooDeep => "move inner parts into components; the limit is 64 levels",
            Self::UnsupportedVersion => "write `openapi: 3.0.3` at the top; 2.0 and 3.1 are not supported",
            Self::NotOpenapi => "compare this place with the OpenAPI 3.0 specification",
            Self::UnknownKey => {
                "correct the spelling, remove the key, or prefix it with `x-` if it is an extension"
            }
            Self::DanglingReference => "point it to a component of this document, `#/components/…`",
            Self::InfoIncomplete => {
                "give `info.version` in printable ASCII, `info.x-crate-prefix` in lower case, and one https server"
            }
            Self::DescriptionMissing => {
                "add a `description`; it becomes the documentation of the generated item"
            }
            Self::OperationIdMissing => {
                "add an `operationId` in lowerCamelCase; it names the generated method"
            }
            Self::NameReserved => "choose another name; Rust or the generated code uses this one",
            Self::NamesCollide => "rename one of the two",
            Self::PathParametersDiffer => {
                "declare each `{Name}` of the path once, with `in: path` and `required: true`"
            }
            Self::ParameterUnsupported => {
                "use path, query or header parameters with a plain `schema`; lists only in the query, with `explode: false`"
            }
            Self::BodyUnsupported => {
                "use one media type, `application/json` (or `application/merge-patch+json` for a request), with a `schema` that is a `$ref` to a component"
            }
            Self::SuccessNotSingle => "document exactly one response of 2xx",
            Self::ErrorResponseMissing => "refer to the shared responses for 400, 401, 403 and 500",
            Self::StatusOutsideContract => {
                "failing answers have the status 400, 401, 403 or 500; fold the others into these"
            }
            Self::ErrorResponseNotShared => {
                "write `$ref: '#/components/responses/…'`, the same for every operation, with the envelope as its only body"
            }
            Self::EnvelopeUnrecognized => {
                "the body of error responses wraps one object with the error code (a `$ref` to the schema with `x-error-codes`), a text, and a list of objects with one text each"
            }
            Self::ErrorCodesDiffer => {
                "list every code in `enum` and describe it in `x-error-codes`, in the same order"
            }
            Self::ErrorCodeIncomplete => {
                "give `status` (400, 401, 403 or 500), `origin` (error-page, operation-page or extension), `meaning`, `causes` and `remedy`"
            }
            Self::ErrorCodeName => "use capitals, digits and underscores: `NUMBER_NOT_FOUND`",
            Self::ErrorCodeWithoutExample => {
                "add an example named after the code under the shared response of its status"
            }
            Self::FaultsIncomplete => {
                "map each fault and violation to one of the error codes, and nothing else"
            }
            Self::UnknownErrorCode => "correct the spelling, or add the code to `ErrorCode`",
            Self::RaisesDerivedCode => {
                "remove it: validation codes follow from the constraints, and the codes of faults from the operation"
            }
            Self::SchemaUnsupported => {
                "use string, integer, number, boolean, an array, an object, or a `$ref`; `anyOf` and `oneOf` only on objects, to say which members are `required`"
            }
            Self::EnumNotComponent => "move it to `components/schemas` and refer to it",
            Self::ClosedErrorSchema => {
                "remove `additionalProperties: false`; it would make every later addition a breaking change"
            }
            Self::BodyWithoutExample => {
                "add an entry under `examples` of a media type that uses it; examples are the round-trip vectors"
            }
            Self::ExampleBreaksSchema => "correct the example or the schema",
            Self::GeneratorRefused => "this is a gap in the rules: please report it with the document",
        }
    }
}
