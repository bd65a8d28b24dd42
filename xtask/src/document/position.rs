//! What a value of the document is, by where it stands: a schema, a parameter, data of the API.
//!
//! The way from the root decides, never the last key alone: a property may be called `headers` or `example`. Looks
//! at no value.

/// What OpenAPI has in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// The whole document.
    Root,
    /// `info`
    Info,
    /// Whom to ask.
    Contact,
    /// Under which terms the document can be used.
    License,
    /// Where the API is.
    Server,
    /// A part of a server's address.
    ServerVariable,
    /// A group of operations.
    Tag,
    /// What to read besides.
    ExternalDocs,
    /// `components`
    Components,
    /// The operations of a path.
    PathItem,
    /// An operation.
    Operation,
    /// A parameter.
    Parameter,
    /// A request body.
    RequestBody,
    /// The responses of an operation.
    Responses,
    /// A response.
    Response,
    /// A header of a response.
    Header,
    /// A body of one media type.
    MediaType,
    /// How a part of a form is encoded.
    Encoding,
    /// An example with a name.
    Example,
    /// A schema.
    Schema,
    /// How a value says which of several schemas it has.
    Discriminator,
    /// How a value looks in XML.
    Xml,
    /// How a caller says who it is.
    SecurityScheme,
    /// The ways to get a token of OAuth.
    Flows,
    /// One of these ways.
    Flow,
    /// What leads from a response to another operation.
    Link,
    /// A call of the server to its caller.
    Callback,
    /// A mapping from names of the API to something of one kind, in which no key is a keyword.
    Names(&'static Position),
    /// An array of something of one kind.
    Items(&'static Position),
    /// A value of the API, in which nothing is a keyword.
    Data,
    /// The value of an `x-` key.
    Extension,
    /// Something that no rule asks for.
    Other,
}

impl Position {
    /// What a member of an object in this position is.
    #[must_use]
    pub fn member(self, key: &str) -> Self {
        match (self, key) {
            (Self::Data, _) => Self::Data,
            (Self::Extension, _) => Self::Extension,
            // Paths begin with a slash, and what a callback calls with an expression.
            (Self::Names(Self::PathItem), key) if key.starts_with("x-") => Self::Extension,
            (Self::Names(inner), _) => *inner,
            (_, key) if key.starts_with("x-") => Self::Extension,
            (Self::Root, "info") => Self::Info,
            (Self::Info, "contact") => Self::Contact,
            (Self::Info, "license") => Self::License,
            (Self::Root | Self::PathItem | Self::Operation, "servers") => Self::Items(&Self::Server),
            (Self::Link, "server") => Self::Server,
            (Self::Server, "variables") => Self::Names(&Self::ServerVariable),
            (Self::Root, "tags") => Self::Items(&Self::Tag),
            (Self::Root | Self::Operation | Self::Tag | Self::Schema, "externalDocs") => Self::ExternalDocs,
            (Self::Schema, "discriminator") => Self::Discriminator,
            (Self::Schema, "xml") => Self::Xml,
            (Self::SecurityScheme, "flows") => Self::Flows,
            (Self::Flows, _) => Self::Flow,
            (Self::Root, "paths") => Self::Names(&Self::PathItem),
            (Self::Callback, _) => Self::PathItem,
            (Self::Root, "components") => Self::Components,
            (Self::PathItem, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace") => {
                Self::Operation
            }
            (Self::PathItem | Self::Operation, "parameters") => Self::Items(&Self::Parameter),
            (Self::Operation, "requestBody") => Self::RequestBody,
            (Self::Components, "schemas") | (Self::Schema, "properties") => Self::Names(&Self::Schema),
            (Self::Components, "parameters") => Self::Names(&Self::Parameter),
            (Self::Components, "requestBodies") => Self::Names(&Self::RequestBody),
            (Self::Components, "responses") => Self::Names(&Self::Response),
            (Self::Operation, "responses") => Self::Responses,
            (Self::Responses, _) => Self::Response,
            (Self::Components | Self::Response | Self::Encoding, "headers") => Self::Names(&Self::Header),
            (Self::Components, "securitySchemes") => Self::Names(&Self::SecurityScheme),
            (Self::Components | Self::Response, "links") => Self::Names(&Self::Link),
            (Self::Components | Self::Operation, "callbacks") => Self::Names(&Self::Callback),
            (Self::Components | Self::Parameter | Self::Header | Self::MediaType, "examples") => {
                Self::Names(&Self::Example)
            }
            (Self::Parameter | Self::Header | Self::RequestBody | Self::Response, "content") => {
                Self::Names(&Self::MediaType)
            }
            (Self::MediaType, "encoding") => Self::Names(&Self::Encoding),
            (Self::Parameter | Self::Header | Self::MediaType, "schema")
            | (Self::Schema, "items" | "not" | "additionalProperties") => Self::Schema,
            (Self::Schema, "allOf" | "anyOf" | "oneOf") => Self::Items(&Self::Schema),
            (Self::Schema, "example" | "default" | "enum")
            | (Self::Parameter | Self::Header | Self::MediaType, "example")
            | (Self::Example, "value")
            | (Self::Link, "parameters" | "requestBody") => Self::Data,
            _ => Self::Other,
        }
    }

    /// What an item of an array in this position is.
    #[must_use]
    pub fn item(self) -> Self {
        match self {
            Self::Items(inner) => *inner,
            Self::Data | Self::Extension => self,
            _ => Self::Other,
        }
    }

    /// Whether nothing in this position is part of what the document says: a value of the API, or an `x-` key's.
    #[must_use]
    pub fn is_opaque(self) -> bool {
        matches!(self, Self::Data | Self::Extension)
    }

    /// The kind of component that belongs in this position, as it is called under `components`.
    #[must_use]
    pub fn components(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Response => "responses",
            Self::Header => "headers",
            Self::Example => "examples",
            Self::SecurityScheme => "securitySchemes",
            Self::Link => "links",
            Self::Callback => "callbacks",
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Position;

    #[test]
    fn the_way_from_the_root_decides_and_not_the_last_key() {
        for (way, position) in [
            ("components schemas Book properties headers", Position::Schema),
            ("components schemas properties", Position::Schema),
            ("components schemas Book properties example", Position::Schema),
            (
                "components schemas Book properties parameters items",
                Position::Schema,
            ),
            ("components schemas Book example", Position::Data),
            (
                "components schemas Book x-error-codes schema",
                Position::Extension,
            ),
            ("components responses items", Position::Response),
            ("components responses Bad headers schema schema", Position::Schema),
            ("components parameters properties", Position::Parameter),
            (
                "components parameters properties examples value value properties",
                Position::Data,
            ),
            ("paths /paths get", Position::Operation),
            (
                "paths /paths get callbacks on {$url} post responses 200 content",
                Position::Names(&Position::MediaType),
            ),
            ("paths x-note get", Position::Extension),
            ("servers schema", Position::Other),
        ] {
            let found = way.split(' ').fold(Position::Root, Position::member);
            assert_eq!(found, position, "{way}");
        }
    }
}
