//! Why there is each rule: what `explain` prints.
//!
//! The first sentence says what the rule is; the list of all rules shows that sentence alone.

use super::Rule;

impl Rule {
    /// Why there is such a rule, in a paragraph.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::DocumentTooLarge => {
                "A document has at most 64 MiB, and in them at most a million values. It is read into memory \
                 whole, and the limits keep a wrong path, such as one to a database dump, from exhausting the \
                 memory. A contract of ten thousand operations fits into them."
            }
            Self::NotUtf8 => {
                "YAML and JSON are exchanged as UTF-8. A file in another encoding would show wrong \
                 characters in every generated description, so it is refused at the first byte that is \
                 not UTF-8."
            }
            Self::NotYaml => {
                "The text is one YAML document, without marks of a merge conflict. Usual causes are a tab as \
                 indentation, a colon without a space behind it, a quotation mark that is not closed, and an \
                 item that is indented too little. JSON is YAML and is accepted."
            }
            Self::DuplicateKey => {
                "A mapping has each key once. YAML parsers disagree about a repeated key: some keep the \
                 first value, some keep the last. Whichever is meant, half of what a reviewer reads \
                 would have no effect."
            }
            Self::AnchorOrAlias => {
                "The document has no anchors, aliases, merge keys or tags. The first three make one part of \
                 the text refer to another, so that a line cannot be read alone, and nested aliases can grow \
                 to gigabytes. Tags change the type of a value in ways that JSON cannot express. OpenAPI has \
                 `$ref` for sharing."
            }
            Self::UnquotedString => {
                "YAML 1.1, which many tools read, has more booleans, numbers and dates than YAML 1.2: `Off` \
                 and `yes` are booleans, `0800` and `12:30` are numbers. A status as a key, `200:`, is a \
                 number in both, where OpenAPI wants a string. Between quotes, all tools read the same."
            }
            Self::NestedTooDeep => {
                "A document nests at most 64 levels deep. No readable contract comes near the limit; \
                 documents that do are written to exhaust the stack of a parser."
            }
            Self::UnsupportedVersion => {
                "The document's model is OpenAPI 3.0. Documents of 2.0 and 3.1 look alike and mean \
                 different things, for example by `nullable` and `exclusiveMinimum`, so they are refused \
                 instead of read approximately."
            }
            Self::NotOpenapi => {
                "Each value has the type that OpenAPI 3.0 gives to its place, and no required key is missing. \
                 The report shows the innermost place that is known. What only OpenAPI 3.1 allows, such as a \
                 list of types, is refused here too."
            }
            Self::UnknownKey => {
                "Each key is one that OpenAPI 3.0 lists for its object. A key that is misspelt, belongs to \
                 3.1, or is a sibling of a `$ref` would be ignored silently, and with it a constraint that a \
                 reviewer believes to be in force."
            }
            Self::DanglingReference => {
                "Every `$ref` points to a component of the same document, and is not circular. \
                 References into other files are refused, because one file is the whole contract."
            }
            Self::InfoIncomplete => {
                "The generated crates are named after `info.x-crate-prefix`: `library` gives \
                 `library-types`, `library-client` and `library-server`. The client sends requests to \
                 the one server of the document, over https. The version becomes part of the client's \
                 code, so it is printable ASCII."
            }
            Self::DescriptionMissing => {
                "Descriptions become the documentation of types, fields, methods and error codes. \
                 What is missing here is missing for every consumer."
            }
            Self::OperationIdMissing => {
                "The `operationId` names the client's method, the server's method, and the operation \
                 in logs. Nothing else in the document is a stable name for it."
            }
            Self::TagsDiffer => {
                "Tags group the operations in the documentation that other tools make. A tag that is \
                 misspelt opens a second group with one operation in it. So each operation has a tag of \
                 those declared at the root, and each of those is used. A document without tags is fine."
            }
            Self::NameReserved => {
                "The names of operations, components and parameters can be used as names in Rust. Keywords, \
                 and names that generated code uses for itself, cannot be, and a silent change of the name \
                 would be a surprise in a public interface. `x-rust-name` of an operation, a component or a \
                 parameter gives it another name in Rust, spelt as Rust spells such names; so does \
                 `x-rust-names` of a schema for its properties or values. Names of parameters also appear in error \
                 responses, where a comma or a dot would be read as a separator."
            }
            Self::NamesCollide => {
                "No two names of one kind are equal in Rust. It spells names in its own way: `FieldName` and \
                 `field_name` are one field, `A_B` and `AB` may be one variant. So names that differ in the \
                 document may still be one name, and only one of them could be generated. `x-rust-name` and \
                 `x-rust-names` change a name in Rust alone: two parameters whose own names are equal stay a \
                 problem, because responses name a parameter without its location, and headers have no case."
            }
            Self::PathUnsupported => {
                "An operation is told apart from all others by its method and its path. HEAD, OPTIONS and \
                 TRACE are handled by the server itself, and two paths that differ only in the names of their \
                 parameters are one path to it. All operations belong to the document's one server."
            }
            Self::SecurityUnsupported => {
                "The generated client sends HTTP Basic or Bearer credentials with every request, and the \
                 generated server checks them before it reads anything else. The root may list both schemes as \
                 alternatives, and all operations take what it lists; a public operation says `security: []`. \
                 Other schemes, two of one kind, several at once, and optional credentials are not supported. \
                 `x-credentials` of a scheme says what the API calls the user and the password, or the token."
            }
            Self::PathParametersDiffer => {
                "Each `{Name}` in a path is a parameter that must be declared, required, and declared \
                 once. A parameter that is declared and is not in the path would be an \
                 argument that is never sent."
            }
            Self::ParameterUnsupported => {
                "Parameters are sent in the path, in the query or in a header, as one string. An array is \
                 sent as a comma list, in a header, or in the query with `explode: false`. Cookies, objects and other \
                 styles are not supported by the generated crates. A path holds no `format: password`: it is in every \
                 log on the way."
            }
            Self::BodyUnsupported => {
                "A body has one media type, JSON, and a schema with a name. With an inline schema the \
                 generated types would be named after the operation, and two of them could silently \
                 become one."
            }
            Self::SuccessNotSingle => {
                "An operation has one successful response, so that the method has one return type. Its \
                 status says what became of the request: 201 that something was created, 202 that it is not \
                 done yet, 200 or 204 anything else."
            }
            Self::ErrorResponseMissing => {
                "Each error code has a status, and each status has a response that all operations share. An \
                 operation documents the statuses of all its codes, derived ones included, so that none is a \
                 surprise."
            }
            Self::StatusOutsideContract => {
                "The statuses of failures are those that error codes have. A response for any other would be \
                 one that cannot occur. `default` and ranges such as `4XX` would disable the checks of other \
                 tools."
            }
            Self::ErrorResponseNotShared => {
                "All operations share one error response per status, and one envelope. An operation that \
                 defined its own could differ from the others without anyone noticing."
            }
            Self::ChallengeMissing => {
                "HTTP demands that a 401 says in the header `WWW-Authenticate` which credentials it wants, \
                 and some clients send theirs only then. The generated server sends the header, so the \
                 document promises it."
            }
            Self::HeaderUnsupported => {
                "A documented header is a promise: the generated server sends it, and the client reads it. \
                 `Location`, a string, and `Retry-After`, a number of seconds, can be documented on a success, \
                 `Retry-After` on an error response, where it is never required, and a 401 has its challenge. \
                 Nothing in the crates would keep the promise of another header."
            }
            Self::EnvelopeUnrecognized => {
                "The envelope is recognised by its form, whatever its members are called: an object \
                 with one required member, which is an object with an error code, a required message, \
                 and an optional array of objects that name a parameter. The runtimes read and write \
                 it through these roles."
            }
            Self::ErrorCodesDiffer => {
                "`enum` and `x-error-codes` have the same codes in the same order. The first is what tools \
                 read, and the second is what people read."
            }
            Self::ErrorCodeIncomplete => {
                "An error code is a promise to whoever handles it: its status, where it is \
                 documented, what callers read, what it means, what causes it, and what to do. All of \
                 these become documentation of the variant."
            }
            Self::ErrorCodeName => {
                "A code is a single word of upper-case letters, digits and underscores, of at most 63 \
                 characters. Every client compares it byte by byte, so its form must be unambiguous."
            }
            Self::RetiredCodeListed => {
                "Clients in the field still give a code that was retired its old meaning. So it stays \
                 reserved for ever and is neither listed nor described again."
            }
            Self::ErrorCodeWithoutExample => {
                "Each code has an example in the shared response of its status. It shows the response that a \
                 consumer will receive, and is a test of the generated types."
            }
            Self::FieldNameUnknown => {
                "The example of an error names the parameter at fault as a response would: the wire name, \
                 or for a nested member the path, such as `Messages[2].To`. An operation that can respond \
                 with the code must have it; otherwise the example shows a response that cannot occur."
            }
            Self::FaultsIncomplete => {
                "Failures that happen outside any handler, and constraints that a request breaks, have \
                 a code too. `x-faults` maps each of them to its code, and nothing else."
            }
            Self::UnknownErrorCode => {
                "Codes are defined in one place, the schema with `x-error-codes`. Wherever else a \
                 code is named, it must be one of those."
            }
            Self::RaisesDerivedCode => {
                "`x-raises` is for what depends on state, such as a record that does not exist. The \
                 codes of broken constraints follow from the constraints, and those of faults from \
                 the operation; listing them again would be a second source that can disagree."
            }
            Self::RaisesIncomplete => {
                "A description that names a code in backticks promises it, and so does an identifier in the \
                 path whose resource has a code that ends in `_NOT_FOUND`. If the operation does not list \
                 the code, the documentation, the client and the server would say different things."
            }
            Self::SchemaUnsupported => {
                "The generated types can express strings, numbers, booleans, arrays, objects and \
                 maps and references. `allOf`, `not` and alternatives between types cannot be expressed \
                 without surprises. `anyOf` and `oneOf` may say which members of an object are \
                 required. Only members of objects can be null. In a merge patch null removes a \
                 member, so its schema is used nowhere else. A format is supported where a server can \
                 check it."
            }
            Self::KeywordWithoutEffect => {
                "A keyword that does not fit the type, such as `minLength` of an integer, says nothing \
                 about any value. `additionalProperties: false` in a request and `default` in a body are \
                 not enforced by the generated server, which ignores members it does not know and fills in \
                 none. Of `callbacks`, `links`, `readOnly` and others, nothing generated would obey a word. Each \
                 of them looks like a decision and has no effect."
            }
            Self::NoValueFits => {
                "A minimum above its maximum, equal bounds of which one is exclusive, and an enum without \
                 values leave no value that a request could send. Such a parameter can only ever fail."
            }
            Self::PatternUnanchored => {
                "JSON Schema searches for a pattern anywhere in the value, so `[0-9]+` lets through every \
                 string with a digit in it. An alternative outside a group, as in `^a|b$`, has only one of \
                 the two anchors. Where anything may follow, the pattern says so: `^a.*$`."
            }
            Self::EnumNotComponent => {
                "An enum becomes a type, and a type needs a name. Without one, the name would be \
                 derived from the place and would change with it."
            }
            Self::ClosedResponseSchema => {
                "A schema with `additionalProperties: false` refuses every member that is added \
                 later. In a response, that makes each addition a breaking change for clients that \
                 validate."
            }
            Self::BodyWithoutExample => {
                "Each schema that is the body of a request or a response has at least one example. The \
                 tests deserialize each example into the generated types and serialize it again, and \
                 the result must be equal."
            }
            Self::DefaultBreaksSchema => {
                "The default of a parameter is the value that an operation assumes where the parameter is \
                 left out. It must be one that a caller could send as well."
            }
            Self::ExampleBreaksSchema => {
                "An example is shown to people and used as a test, so it must fit its schema: types, \
                 required members, known values of enums, lengths, patterns and ranges, and no member \
                 that the schema does not name."
            }
            Self::CodeNeverRaised => {
                "Each listed error code can be raised: by a handler (`x-raises`), by a failing value \
                 (`x-invalid-code`), by a broken constraint, or by a fault. Consumers write code for each of \
                 them."
            }
            Self::ExampleUnattached => {
                "Only the examples of bodies are read: those under `examples` of a media type of a \
                 request or a response of an operation. An example anywhere else is never checked, so \
                 it can be wrong for years."
            }
            Self::ComponentUnused => {
                "What no operation leads to is promised to nobody, and it is usually a leftover or the sign \
                 of a reference that points elsewhere. A component that only an unused one refers to is \
                 unused as well."
            }
            Self::ExtensionWithoutEffect => {
                "Each of our keys is where the generator looks for it. Keys that begin with `x-` are allowed \
                 everywhere, and elsewhere such a key looks like a decision and has no effect."
            }
            Self::ExpectedNotAPhrase => {
                "Callers read `x-expected` as the end of a sentence, \"To must be a phone number in E.164 \
                 form, such as +61255501234.\", and several of these sentences share one message of \
                 256 bytes. A text with a full stop or of several lines would not read as one \
                 sentence, and a long one would not be sent."
            }
            Self::ExtensionMisspelt => {
                "A key that differs from one of ours by a letter or two is a typing error. Keys that begin \
                 with `x-` are never refused by OpenAPI tools, so it would be silent. Keys of other tools are \
                 ignored."
            }
            Self::GeneratorRefused => {
                "The client is generated by progenitor, which does not support every document. The \
                 other rules are meant to catch all of these first; this one covers the rest, and \
                 names the operation."
            }
        }
    }
}
