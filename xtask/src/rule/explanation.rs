//! Why there are the rules that there are: what `explain` prints. Says nothing about how to check them.

use super::Rule;

/// The paragraph about a rule.
pub(super) const fn of(rule: Rule) -> &'static str {
    match rule {
        Rule::DocumentTooLarge => {
            "The whole document is read into memory, and every problem is shown with its line. A \
             limit on the size keeps a wrong path, such as one to a database dump, from taking \
             the machine down. A contract of a thousand operations fits into the limit."
        }
        Rule::NotUtf8 => {
            "YAML and JSON are exchanged as UTF-8. A file in another encoding shows the wrong \
             letters in every description that is generated from it, so it is refused at the \
             first byte that is not UTF-8."
        }
        Rule::NotYaml => {
            "The text cannot be parsed as one YAML document. Usual causes are a tab as \
             indentation, a colon without a space behind it, a quotation mark that is not closed, \
             and a list item that stands too far left. JSON is YAML and is accepted."
        }
        Rule::DuplicateKey => {
            "A mapping has each key once. YAML parsers disagree about a key that stands twice: \
             some keep the first, some keep the last. Whichever is meant, half of what a reviewer \
             reads would have no effect."
        }
        Rule::AnchorOrAlias => {
            "Anchors, aliases and merge keys make one part of the text stand for another, so that \
             no line says what it means, and nested aliases can grow to gigabytes. Tags change \
             the type of a value in ways that JSON cannot express. OpenAPI has `$ref` for \
             sharing."
        }
        Rule::NestedTooDeep => {
            "A document nests at most 64 levels deep. No readable contract comes near the limit; \
             texts that do are made to exhaust the stack of whoever reads them."
        }
        Rule::UnsupportedVersion => {
            "The document's model is OpenAPI 3.0. Documents of 2.0 and 3.1 look alike and mean \
             different things, such as in `nullable` and `exclusiveMinimum`, so they are refused \
             instead of read approximately."
        }
        Rule::NotOpenapi => {
            "A value has another type than OpenAPI 3.0 gives to its place, such as a list where a \
             text belongs, or a required key is missing. The report shows the innermost place \
             that could be found."
        }
        Rule::UnknownKey => {
            "OpenAPI 3.0 lists the keys of each object. A key that is misspelt, belongs to 3.1, \
             or stands beside a `$ref` would be dropped in silence, and with it a constraint that \
             a reviewer believes to be in force."
        }
        Rule::DanglingReference => {
            "Every `$ref` leads to a component of the same document, and not back to itself. \
             References into other files are refused, because one file is the whole contract."
        }
        Rule::InfoIncomplete => {
            "The generated crates are named after `info.x-crate-prefix`: `library` gives \
             `library-types`, `library-client` and `library-server`. The client sends requests to \
             the one server of the document, over https. The version becomes part of the client's \
             code, so it is printable ASCII."
        }
        Rule::DescriptionMissing => {
            "Descriptions become the documentation of types, fields, methods and error codes. \
             What is missing here is missing for every consumer, and it can only be mended here."
        }
        Rule::OperationIdMissing => {
            "The `operationId` names the client's method, the server's method, and the operation \
             in logs. Nothing else in the document is a stable name for it."
        }
        Rule::NameReserved => {
            "Names of operations, components and parameters become names in Rust. Keywords, and \
             names that generated code uses for itself, cannot be taken over, and a silent change \
             of the name would be a surprise in a public interface. Names of parameters also \
             appear in error answers, where a comma or a dot would be read as a separator."
        }
        Rule::NamesCollide => {
            "Rust spells names in its own way: `FieldName` and `field_name` are one field, `A_B` \
             and `AB` may be one variant. Two names of the document that meet in Rust cannot both \
             be generated."
        }
        Rule::PathUnsupported => {
            "An operation is found by its method and its path. HEAD, OPTIONS and TRACE are answered by \
             the server itself, and two paths that differ only in the names of their parameters are one \
             path to it. All operations live at the document's one server."
        }
        Rule::SecurityUnsupported => {
            "The generated client sends HTTP Basic credentials with every request, and the generated \
             server asks for them before it reads anything else. Other schemes, a choice of schemes, and \
             optional credentials cannot be carried. An operation for everyone says `security: []`."
        }
        Rule::PathParametersDiffer => {
            "Each `{Name}` in a path is a parameter that must be declared, required, and declared \
             once. A parameter that is declared and does not stand in the path would be an \
             argument that is never sent."
        }
        Rule::ParameterUnsupported => {
            "Parameters travel in the path, in the query or in a header, as one text. A list is \
             written with commas, in the query, with `explode: false`. Cookies, objects and other \
             styles cannot be carried by the generated crates."
        }
        Rule::BodyUnsupported => {
            "A body has one media type, JSON, and a schema with a name. With an inline schema the \
             generated types would be named after the operation, and two of them could silently \
             become one. An optional request body cannot be expressed."
        }
        Rule::SuccessNotSingle => {
            "An operation has one answer if all goes well, so that the method has one return \
             type."
        }
        Rule::ErrorResponseMissing => {
            "Every operation can meet wrong requests, missing credentials, refusals and failures \
             of the server. All four are documented on each operation, so that no answer is a \
             surprise."
        }
        Rule::StatusOutsideContract => {
            "The contract has four statuses for failures: 400, 401, 403 and 500. What other APIs \
             answer with 404 or 409 is one of these with an error code. `default` and ranges such \
             as `4XX` would switch off the checks that other tools make."
        }
        Rule::ErrorResponseNotShared => {
            "All operations answer failures with the same four responses and one envelope. An \
             operation that writes its own could drift from the others without anyone noticing."
        }
        Rule::EnvelopeUnrecognized => {
            "The envelope is recognised by its form, whatever its members are called: an object \
             with one required member, which is an object with an error code, a required text, \
             and an optional list of objects that name a parameter. The runtimes read and write \
             it through these roles."
        }
        Rule::ErrorCodesDiffer => {
            "The `enum` is what tools read, and `x-error-codes` is what people read. They list \
             the same codes in the same order."
        }
        Rule::ErrorCodeIncomplete => {
            "An error code is a promise to whoever handles it: the status it comes with, where it \
             is documented, what it means, what leads to it, and what to do. All five become \
             documentation of the variant."
        }
        Rule::ErrorCodeName => {
            "A code is a single word in capitals, with digits and underscores, of at most 63 \
             characters. It is compared letter by letter in every client, so its form must never \
             be in doubt."
        }
        Rule::ErrorCodeWithoutExample => {
            "The example of a code shows the answer that a consumer will meet, and is a test of \
             the generated types. It stands under the shared response of the code's status."
        }
        Rule::FaultsIncomplete => {
            "Failures that happen outside any handler, and constraints that a request breaks, are \
             answered with a code too. `x-faults` says with which, for each of them and for \
             nothing else."
        }
        Rule::UnknownErrorCode => {
            "Codes are defined in one place, the schema with `x-error-codes`. Wherever else a \
             code is named, it must be one of those."
        }
        Rule::RaisesDerivedCode => {
            "`x-raises` is for what depends on state, such as a record that does not exist. The \
             codes of broken constraints follow from the constraints, and those of faults from \
             the operation; listing them again would be a second source that can disagree."
        }
        Rule::SchemaUnsupported => {
            "The generated types can express texts, numbers, flags, lists, objects and \
             references. `allOf`, `not` and alternatives between types cannot be expressed \
             without surprises. `anyOf` and `oneOf` may say which members of an object are \
             required."
        }
        Rule::EnumNotComponent => {
            "An enum becomes a type, and a type needs a name. Without one, the name would be made \
             up from the place and would change when the place does."
        }
        Rule::ClosedResponseSchema => {
            "A schema with `additionalProperties: false` refuses every member that is added \
             later. On anything that a server answers with, that turns each addition into a \
             breaking change for clients that validate."
        }
        Rule::BodyWithoutExample => {
            "Each schema that is the body of a request or an answer has at least one example. \
             Examples are read into the generated types and written again, and must come back as \
             they were."
        }
        Rule::ExampleBreaksSchema => {
            "An example is shown to people and used as a test, so it must fit its schema: types, \
             required members, known values of enums, lengths, patterns and ranges, and no member \
             that the schema does not name. The example of an error also stands under the status \
             of its code."
        }
        Rule::CodeNeverRaised => {
            "A code in the list is a code that consumers write handlers for. It has to be \
             possible: raised by a handler (`x-raises`), by a failing value (`x-invalid-code`), \
             by a broken constraint, or by a fault."
        }
        Rule::ExampleUnattached => {
            "Only the examples of bodies are read: those under `examples` of a media type of a \
             request or an answer that some operation has. An example anywhere else is never \
             checked against anything, so it can be wrong for years."
        }
        Rule::ExtensionWithoutEffect => {
            "Keys that begin with `x-` are allowed everywhere and mean something only where the \
             generator looks for them. One that stands elsewhere looks like a decision and is \
             none."
        }
        Rule::ExpectedNotAPhrase => {
            "Callers read `x-expected` as the end of a sentence, \"To must be a phone number in E.164 \
             form, such as +61255501234.\", and several of these sentences share one message of \
             256 bytes. A text with a full stop or of several lines would not read as one \
             sentence, and a long one would not be sent."
        }
        Rule::ExtensionMisspelt => {
            "Keys that begin with `x-` are never refused by OpenAPI tools, so a typing error in \
             one of ours would be silent. A key that differs from ours by a letter or two is \
             taken for a typing error; keys of other tools are left alone."
        }
        Rule::GeneratorRefused => {
            "The client is generated by progenitor, which cannot take every document. The other \
             rules are meant to catch all of these first; this one is what remains, and says \
             which operation it is about."
        }
    }
}
