//! Why there is each rule: what `explain` prints.

use super::Rule;

impl Rule {
    /// Why there is such a rule, in a paragraph.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::DocumentTooLarge => {
                "The whole document is read into memory, and every problem is shown with its line. A \
                 limit on the size keeps a wrong path, such as one to a database dump, from exhausting \
                 the memory. A contract of a thousand operations fits into the limit."
            }
            Self::NotUtf8 => {
                "YAML and JSON are exchanged as UTF-8. A file in another encoding would show wrong \
                 characters in every generated description, so it is refused at the first byte that is \
                 not UTF-8."
            }
            Self::NotYaml => {
                "The text cannot be parsed as one YAML document. Usual causes are a tab as \
                 indentation, a colon without a space behind it, a quotation mark that is not closed, \
                 and an item that is indented too little. JSON is YAML and is accepted."
            }
            Self::DuplicateKey => {
                "A mapping has each key once. YAML parsers disagree about a repeated key: some keep the \
                 first value, some keep the last. Whichever is meant, half of what a reviewer reads \
                 would have no effect."
            }
            Self::AnchorOrAlias => {
                "Anchors, aliases and merge keys make one part of the text refer to another, so that \
                 a line cannot be read alone, and nested aliases can grow to gigabytes. Tags change \
                 the type of a value in ways that JSON cannot express. OpenAPI has `$ref` for \
                 sharing."
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
                "A value has another type than OpenAPI 3.0 gives to its place, such as an array instead of \
                 a string, or a required key is missing. The report shows the innermost place \
                 that is known."
            }
            Self::UnknownKey => {
                "OpenAPI 3.0 lists the keys of each object. A key that is misspelt, belongs to 3.1, \
                 or is a sibling of a `$ref` would be ignored silently, and with it a constraint that \
                 a reviewer believes to be in force."
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
            Self::NameReserved => {
                "Names of operations, components and parameters become names in Rust. Keywords, and \
                 names that generated code uses for itself, cannot be used, and a silent change \
                 of the name would be a surprise in a public interface. Names of parameters also \
                 appear in error responses, where a comma or a dot would be read as a separator."
            }
            Self::NamesCollide => {
                "Rust spells names in its own way: `FieldName` and `field_name` are one field, `A_B` \
                 and `AB` may be one variant. Two names of the document that are equal in Rust \
                 cannot both be generated."
            }
            Self::PathUnsupported => {
                "An operation is routed by its method and its path. HEAD, OPTIONS and TRACE are handled by \
                 the server itself, and two paths that differ only in the names of their parameters are one \
                 path to it. All operations belong to the document's one server."
            }
            Self::SecurityUnsupported => {
                "The generated client sends HTTP Basic credentials with every request, and the generated \
                 server checks them before it reads anything else. Other schemes, a choice of schemes, and \
                 optional credentials are not supported. A public operation says `security: []`."
            }
            Self::PathParametersDiffer => {
                "Each `{Name}` in a path is a parameter that must be declared, required, and declared \
                 once. A parameter that is declared and is not in the path would be an \
                 argument that is never sent."
            }
            Self::ParameterUnsupported => {
                "Parameters are sent in the path, in the query or in a header, as one string. An array is \
                 sent as a comma list, in the query, with `explode: false`. Cookies, objects and other \
                 styles are not supported by the generated crates."
            }
            Self::BodyUnsupported => {
                "A body has one media type, JSON, and a schema with a name. With an inline schema the \
                 generated types would be named after the operation, and two of them could silently \
                 become one. An optional request body cannot be expressed."
            }
            Self::SuccessNotSingle => {
                "An operation has one successful response, so that the method has one return type."
            }
            Self::ErrorResponseMissing => {
                "Every operation can fail because of the request, of missing credentials, of missing \
                 permissions and of the server. All four responses are documented on each operation, \
                 so that none is a surprise."
            }
            Self::StatusOutsideContract => {
                "The contract has four statuses for failures: 400, 401, 403 and 500. What is a \
                 404 or 409 in other APIs is one of these with an error code. `default` and ranges \
                 such as `4XX` would disable the checks of other tools."
            }
            Self::ErrorResponseNotShared => {
                "All operations share the same four error responses and one envelope. An operation that \
                 defined its own could differ from the others without anyone noticing."
            }
            Self::EnvelopeUnrecognized => {
                "The envelope is recognised by its form, whatever its members are called: an object \
                 with one required member, which is an object with an error code, a required message, \
                 and an optional array of objects that name a parameter. The runtimes read and write \
                 it through these roles."
            }
            Self::ErrorCodesDiffer => {
                "The `enum` is what tools read, and `x-error-codes` is what people read. They have \
                 the same codes in the same order."
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
            Self::ErrorCodeWithoutExample => {
                "The example of a code shows the response that a consumer will receive, and is a test of \
                 the generated types. It belongs to the shared response of the code's status."
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
            Self::SchemaUnsupported => {
                "The generated types can express strings, numbers, booleans, arrays, objects and \
                 references. `allOf`, `not` and alternatives between types cannot be expressed \
                 without surprises. `anyOf` and `oneOf` may say which members of an object are \
                 required."
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
            Self::ExampleBreaksSchema => {
                "An example is shown to people and used as a test, so it must fit its schema: types, \
                 required members, known values of enums, lengths, patterns and ranges, and no member \
                 that the schema does not name. The example of an error also belongs to the status \
                 of its code."
            }
            Self::CodeNeverRaised => {
                "Consumers write code for each listed error code. It has to be \
                 possible: raised by a handler (`x-raises`), by a failing value (`x-invalid-code`), \
                 by a broken constraint, or by a fault."
            }
            Self::ExampleUnattached => {
                "Only the examples of bodies are read: those under `examples` of a media type of a \
                 request or a response of an operation. An example anywhere else is never checked, so \
                 it can be wrong for years."
            }
            Self::ExtensionWithoutEffect => {
                "Keys that begin with `x-` are allowed everywhere and mean something only where the \
                 generator looks for them. Elsewhere such a key looks like a decision and \
                 has no effect."
            }
            Self::ExpectedNotAPhrase => {
                "Callers read `x-expected` as the end of a sentence, \"To must be a phone number in E.164 \
                 form, such as +61255501234.\", and several of these sentences share one message of \
                 256 bytes. A text with a full stop or of several lines would not read as one \
                 sentence, and a long one would not be sent."
            }
            Self::ExtensionMisspelt => {
                "Keys that begin with `x-` are never refused by OpenAPI tools, so a typing error in \
                 one of ours would be silent. A key that differs from ours by a letter or two is \
                 treated as a typing error; keys of other tools are ignored."
            }
            Self::GeneratorRefused => {
                "The client is generated by progenitor, which does not support every document. The \
                 other rules are meant to catch all of these first; this one covers the rest, and \
                 names the operation."
            }
        }
    }
}
