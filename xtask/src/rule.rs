//! The rules: one variant each, with its id and its help.
//!
//! Checks nothing itself. For every rule the tests have a document that breaks it and no other.

mod all;
mod explanation;

/// A rule. Its id is a statement of what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The file is larger than the limit.
    DocumentTooLarge,
    /// The file is not UTF-8 text.
    NotUtf8,
    /// The text is not YAML.
    NotYaml,
    /// A key is repeated in one mapping.
    DuplicateKey,
    /// The document uses anchors, aliases, merge keys or tags.
    AnchorOrAlias,
    /// A string without quotes that readers of YAML take for something else.
    UnquotedString,
    /// The document nests too deep.
    NestedTooDeep,
    /// The document is not OpenAPI 3.0.
    UnsupportedVersion,
    /// The document does not have the form of OpenAPI 3.0.
    NotOpenapi,
    /// A key that OpenAPI 3.0 does not know in its place.
    UnknownKey,
    /// A `$ref` that points to nothing in this document.
    DanglingReference,
    /// `info` or `servers` lacks the names or the server of the generated crates.
    InfoIncomplete,
    /// Something that consumers see has no description.
    DescriptionMissing,
    /// An operation without an id.
    OperationIdMissing,
    /// A tag that is not declared, or that no operation has.
    TagsDiffer,
    /// A name that generated Rust cannot use.
    NameReserved,
    /// Two names that are equal in Rust.
    NamesCollide,
    /// A path or a method that the generated crates do not support.
    PathUnsupported,
    /// The path's template and its declared parameters differ.
    PathParametersDiffer,
    /// Credentials that the generated crates do not support.
    SecurityUnsupported,
    /// A kind of parameter that the generated crates do not support.
    ParameterUnsupported,
    /// A request or response body that the generated crates do not support.
    BodyUnsupported,
    /// An operation without exactly one successful response.
    SuccessNotSingle,
    /// An operation that lacks an error response for the status of one of its codes.
    ErrorResponseMissing,
    /// A response for a status that no error code has.
    StatusOutsideContract,
    /// An error response that is not the shared one.
    ErrorResponseNotShared,
    /// The response 401 does not promise its challenge.
    ChallengeMissing,
    /// A header of a response that the generated crates neither read nor write.
    HeaderUnsupported,
    /// The body of the error responses is not an envelope.
    EnvelopeUnrecognized,
    /// `enum` and `x-error-codes` do not have the same error codes.
    ErrorCodesDiffer,
    /// An error code that lacks a part of its description.
    ErrorCodeIncomplete,
    /// An error code that is not a single upper-case word.
    ErrorCodeName,
    /// A retired code that is in use again.
    RetiredCodeListed,
    /// An error code without an example.
    ErrorCodeWithoutExample,
    /// An example of an error that names a parameter which no operation with the code has.
    FieldNameUnknown,
    /// `x-faults` does not map every fault and violation to a code.
    FaultsIncomplete,
    /// A code that the document does not define.
    UnknownErrorCode,
    /// `x-raises` lists a code that is derived.
    RaisesDerivedCode,
    /// A code that the operation names and cannot respond with.
    RaisesIncomplete,
    /// A schema that the generated types cannot express.
    SchemaUnsupported,
    /// A keyword that nothing obeys.
    KeywordWithoutEffect,
    /// Bounds that no value is within.
    NoValueFits,
    /// A pattern that part of a value can match.
    PatternUnanchored,
    /// An enum that has no name.
    EnumNotComponent,
    /// A schema of a response that refuses further members.
    ClosedResponseSchema,
    /// The schema of a body has no example.
    BodyWithoutExample,
    /// A default that its schema does not allow.
    DefaultBreaksSchema,
    /// An example that its schema does not allow.
    ExampleBreaksSchema,
    /// An error code that no operation can respond with.
    CodeNeverRaised,
    /// An example that belongs to no body.
    ExampleUnattached,
    /// A component that nothing refers to.
    ComponentUnused,
    /// One of our keys where it has no effect.
    ExtensionWithoutEffect,
    /// What a value must be is not said in one short phrase.
    ExpectedNotAPhrase,
    /// A key that is almost one of ours.
    ExtensionMisspelt,
    /// progenitor does not support the document.
    GeneratorRefused,
}

impl Rule {
    /// The rule's name in reports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.id_and_help().0
    }

    /// What to do about it, in one line.
    #[must_use]
    pub const fn help(self) -> &'static str {
        self.id_and_help().1
    }

    const fn id_and_help(self) -> (&'static str, &'static str) {
        match self {
            Self::DocumentTooLarge => (
                "document-too-large",
                "take out what is not part of the contract; the limits are 64 MiB and a million values",
            ),
            Self::NotUtf8 => ("not-utf8", "save the file as UTF-8"),
            Self::NotYaml => (
                "not-yaml",
                "correct the syntax; indentation is by spaces, and every key ends with a colon and a \
                 space",
            ),
            Self::DuplicateKey => (
                "duplicate-key",
                "keep one of the two; the other would be ignored silently",
            ),
            Self::AnchorOrAlias => (
                "anchor-or-alias",
                "write the value out, or use a `$ref` to a component",
            ),
            Self::UnquotedString => (
                "unquoted-string",
                "put it between quotes; a boolean is `true` or `false`",
            ),
            Self::NestedTooDeep => (
                "nested-too-deep",
                "move inner parts into components; the limit is 64 levels",
            ),
            Self::UnsupportedVersion => (
                "unsupported-version",
                "write `openapi: 3.0.3` at the top; 2.0 and 3.1 are not supported",
            ),
            Self::NotOpenapi => (
                "not-openapi",
                "compare this place with the OpenAPI 3.0 specification",
            ),
            Self::UnknownKey => (
                "unknown-key",
                "correct the spelling, remove the key, or prefix it with `x-` if it is an extension",
            ),
            Self::DanglingReference => (
                "dangling-reference",
                "point it to a component of this document, `#/components/…`",
            ),
            Self::InfoIncomplete => (
                "info-incomplete",
                "give `info` a title, a version in printable ASCII and an `x-crate-prefix` in lower case, \
                 and the document one https server",
            ),
            Self::DescriptionMissing => (
                "description-missing",
                "describe it; that becomes the documentation of the generated item",
            ),
            Self::OperationIdMissing => (
                "operation-id-missing",
                "add an `operationId` in lowerCamelCase; it names the generated method",
            ),
            Self::TagsDiffer => (
                "tags-differ",
                "declare each tag once under `tags` at the root, and give each operation one of them",
            ),
            Self::NameReserved => (
                "name-reserved",
                "choose another name, or another in Rust by `x-rust-name`; this one is taken, or no identifier of Rust",
            ),
            Self::NamesCollide => (
                "names-collide",
                "rename one of the two, or only its name in Rust: by `x-rust-name`, or `x-rust-names` of the \
                 schema of a property or a value",
            ),
            Self::PathUnsupported => (
                "path-unsupported",
                "use GET, POST, PUT, PATCH or DELETE, and paths that differ in more than the names of parameters",
            ),
            Self::SecurityUnsupported => (
                "security-unsupported",
                "require, at the root, a scheme with `type: http` and `scheme: basic` or `scheme: bearer`",
            ),
            Self::PathParametersDiffer => (
                "path-parameters-differ",
                "declare each `{Name}` of the path once, with `in: path` and `required: true`",
            ),
            Self::ParameterUnsupported => (
                "parameter-unsupported",
                "use path, query or header parameters with a plain `schema`; arrays only in headers, and in \
                 the query with `explode: false`",
            ),
            Self::BodyUnsupported => (
                "body-unsupported",
                "use one media type, `application/json` (or `application/merge-patch+json` for a \
                 request), with a `schema` that is a `$ref` to a component",
            ),
            Self::SuccessNotSingle => (
                "success-not-single",
                "document one success: 200, 201 or 202 with a body, or 201, 202 or 204 without one",
            ),
            Self::ErrorResponseMissing => (
                "error-response-missing",
                "refer to the shared response of each status that one of the operation's error codes has",
            ),
            Self::StatusOutsideContract => (
                "status-outside-contract",
                "document one success and the statuses that error codes have",
            ),
            Self::ErrorResponseNotShared => (
                "error-response-not-shared",
                "write `$ref: '#/components/responses/…'`, the same for every operation, with the \
                 envelope as its only body",
            ),
            Self::ChallengeMissing => (
                "challenge-missing",
                "add the header `WWW-Authenticate` with `required: true` to the shared response",
            ),
            Self::HeaderUnsupported => (
                "header-unsupported",
                "remove it; a success can have `Location` and `Retry-After`, an error `Retry-After`, and a 401 \
                 `WWW-Authenticate`",
            ),
            Self::EnvelopeUnrecognized => (
                "envelope-unrecognized",
                "the body of error responses wraps one object with the error code (a `$ref` to the \
                 schema with `x-error-codes`), a string, and an array of objects with one string each",
            ),
            Self::ErrorCodesDiffer => (
                "error-codes-differ",
                "list every code in `enum` and describe it in `x-error-codes`, in the same order",
            ),
            Self::ErrorCodeIncomplete => (
                "error-code-incomplete",
                "give `status` (400 to 599), `origin` (error-page, operation-page or extension), `message`, \
                 `meaning`, `causes` and `remedy`",
            ),
            Self::ErrorCodeName => (
                "error-code-name",
                "use upper-case letters, digits and underscores: `SHELF_NOT_FOUND`",
            ),
            Self::RetiredCodeListed => (
                "retired-code-listed",
                "choose another code, or take this one out of `x-retired-codes`",
            ),
            Self::ErrorCodeWithoutExample => (
                "error-code-without-example",
                "give the code one example, named after it, under the shared response of its status",
            ),
            Self::FieldNameUnknown => (
                "field-name-unknown",
                "name a parameter, or a path into the body, of an operation that raises the code",
            ),
            Self::FaultsIncomplete => (
                "faults-incomplete",
                "map each fault and violation to one of the error codes, and nothing else",
            ),
            Self::UnknownErrorCode => (
                "unknown-error-code",
                "correct the spelling, or add the code to `ErrorCode`",
            ),
            Self::RaisesDerivedCode => (
                "raises-derived-code",
                "remove it: validation codes follow from the constraints, and the codes of faults \
                 from the operation",
            ),
            Self::RaisesIncomplete => (
                "raises-incomplete",
                "add the code to `x-raises`, or correct the text",
            ),
            Self::SchemaUnsupported => (
                "schema-unsupported",
                "use string, integer, number, boolean, an array, an object, a map, or a `$ref`; `anyOf` and \
                 `oneOf` only on objects, to say which members are `required`",
            ),
            Self::KeywordWithoutEffect => (
                "keyword-without-effect",
                "remove the keyword, or correct the `type`",
            ),
            Self::NoValueFits => ("no-value-fits", "correct the bounds"),
            Self::PatternUnanchored => (
                "pattern-unanchored",
                "begin the pattern with `^`, end it with `$`, and put alternatives into a group: `^(a|b)$`",
            ),
            Self::EnumNotComponent => (
                "enum-not-component",
                "move it to `components/schemas` and refer to it",
            ),
            Self::ClosedResponseSchema => (
                "closed-response-schema",
                "remove `additionalProperties: false`; it would make every later addition a breaking \
                 change",
            ),
            Self::BodyWithoutExample => (
                "body-without-example",
                "add an entry under `examples` of a media type that uses it; examples are the \
                 round-trip vectors",
            ),
            Self::DefaultBreaksSchema => ("default-breaks-schema", "correct the default or the schema"),
            Self::ExampleBreaksSchema => ("example-breaks-schema", "correct the example or the schema"),
            Self::CodeNeverRaised => (
                "code-never-raised",
                "add it to `x-raises` of the operations that respond with it, name it in an \
                 `x-invalid-code`, or retire it",
            ),
            Self::ExampleUnattached => (
                "example-unattached",
                "move it to `examples` of the media type of a body that is used, or delete it",
            ),
            Self::ComponentUnused => ("component-unused", "refer to it, or delete it"),
            Self::ExtensionWithoutEffect => (
                "extension-without-effect",
                "move it to where it has an effect, give it a value that has one, or delete it",
            ),
            Self::ExpectedNotAPhrase => (
                "expected-not-a-phrase",
                "write how the sentence \"It must be …\" ends, in one line of at most 100 bytes and without \
                 the full stop",
            ),
            Self::ExtensionMisspelt => ("extension-misspelt", "correct the spelling"),
            Self::GeneratorRefused => (
                "generator-refused",
                "this is a gap in the rules: please report it with the document",
            ),
        }
    }
}
