//! The faults and violations that a document must map to codes.
//!
//! Kept here and not imported, because the generator depends on no crate that it generates for; tests hold the lists
//! against the enums of `fonedynamics-contract` and against the boundary of the server.

/// A failure outside a handler.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// Its name in the document.
    pub name: &'static str,
    /// Its variant.
    pub variant: &'static str,
    /// What callers read.
    pub message: &'static str,
    /// The statuses with which others report it. A response of a layer around the operations that has one of them
    /// becomes this fault.
    pub elsewhere: &'static [u16],
}

/// Every fault, in the order in which a request can meet them.
pub const FAULTS: &[Fault] = &[
    Fault {
        name: "malformed",
        variant: "Malformed",
        message: "The request is not well-formed HTTP/1.1.",
        elsewhere: &[],
    },
    Fault {
        name: "head-too-large",
        variant: "HeadTooLarge",
        message: "The request line and the headers are larger than the server accepts.",
        elsewhere: &[431],
    },
    Fault {
        name: "read-timeout",
        variant: "ReadTimeout",
        message: "The request was not finished in time.",
        elsewhere: &[],
    },
    Fault {
        name: "unknown-route",
        variant: "UnknownRoute",
        message: "There is no operation at this path.",
        elsewhere: &[404],
    },
    Fault {
        name: "wrong-method",
        variant: "WrongMethod",
        message: "The method is not available at this path; see the Allow header.",
        elsewhere: &[405],
    },
    Fault {
        name: CREDENTIALS,
        variant: "Credentials",
        message: "Credentials are missing or wrong.",
        elsewhere: &[401, 407],
    },
    Fault {
        name: FORBIDDEN,
        variant: "Forbidden",
        message: "The credentials do not permit this operation.",
        elsewhere: &[],
    },
    Fault {
        name: "media-type",
        variant: "MediaType",
        message: "The body has no documented media type (Content-Type), or is encoded (Content-Encoding).",
        elsewhere: &[415],
    },
    Fault {
        name: "syntax",
        variant: "Syntax",
        message: "The body is not a well-formed JSON document in UTF-8.",
        elsewhere: &[],
    },
    Fault {
        name: "too-large",
        variant: "TooLarge",
        message: "The body is larger than the server accepts.",
        elsewhere: &[413],
    },
    Fault {
        name: "panic",
        variant: "Panic",
        message: "The server could not process the request.",
        elsewhere: &[],
    },
    Fault {
        name: "serialization",
        variant: "Serialization",
        message: "The server could not process the request.",
        elsewhere: &[],
    },
    Fault {
        name: "not-offered",
        variant: "NotOffered",
        message: "The server could not process the request.",
        elsewhere: &[],
    },
    Fault {
        name: "handler-timeout",
        variant: "HandlerTimeout",
        message: "The server could not process the request in time.",
        elsewhere: &[504],
    },
    Fault {
        name: "internal",
        variant: "Internal",
        message: "The server could not process the request.",
        elsewhere: &[500],
    },
    Fault {
        name: LAYER_BAD_REQUEST,
        variant: "LayerBadRequest",
        message: "The server does not accept this request.",
        elsewhere: &[400, 406, 422],
    },
    Fault {
        name: LAYER_FORBIDDEN,
        variant: "LayerForbidden",
        message: "The server does not accept the request for now.",
        elsewhere: &[402, 403, 409, 410, 412, 423, 424, 425, 451],
    },
    Fault {
        name: LAYER_RATE_LIMITED,
        variant: "LayerRateLimited",
        message: "There are too many requests for now.",
        elsewhere: &[429],
    },
    Fault {
        name: UNAVAILABLE,
        variant: "Unavailable",
        message: "The server is not available for now.",
        elsewhere: &[408, 502, 503],
    },
];

/// A violation: its name in the document and its variant.
pub const VIOLATIONS: &[(&str, &str)] = &[
    (MISSING, "Missing"),
    (ONE_OF, "OneOf"),
    (TOO_SHORT, "TooShort"),
    (TOO_LONG, "TooLong"),
    (INVALID, "Invalid"),
];

/// The names of all faults and all violations.
pub fn names() -> impl Iterator<Item = &'static str> {
    let faults = FAULTS.iter().map(|fault| fault.name);
    faults.chain(VIOLATIONS.iter().map(|(name, _)| *name))
}

/// Only secured operations have it.
pub const CREDENTIALS: &str = "credentials";
/// Only secured operations have it.
pub const FORBIDDEN: &str = "forbidden";
/// Raised by layers outside the operations.
pub const LAYER_BAD_REQUEST: &str = "layer-bad-request";
/// Raised by layers outside the operations.
pub const LAYER_FORBIDDEN: &str = "layer-forbidden";
/// Raised by layers outside the operations.
pub const LAYER_RATE_LIMITED: &str = "layer-rate-limited";
/// Raised by layers outside the operations.
pub const UNAVAILABLE: &str = "unavailable";
/// The faults of layers around the operations, whatever the operation. Which layers there are
/// is a matter of each deployment, so no operation promises their codes.
pub const AROUND: &[&str] = &[
    LAYER_BAD_REQUEST,
    LAYER_FORBIDDEN,
    LAYER_RATE_LIMITED,
    UNAVAILABLE,
];
/// A required value is absent.
pub const MISSING: &str = "missing";
/// Of several values none is present, or more than one where only one may be.
pub const ONE_OF: &str = "one-of";
/// A length is below the minimum.
pub const TOO_SHORT: &str = "too-short";
/// A length is above the maximum.
pub const TOO_LONG: &str = "too-long";
/// Anything else.
pub const INVALID: &str = "invalid";
