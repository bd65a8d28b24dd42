//! The names of the faults and violations that a document must map to codes.
//!
//! Kept here and not imported, because the generator depends on no crate that it generates for; a test
//! holds the lists against the enums of `fonedynamics-contract`.

/// A fault: its name in the document and its variant.
pub const FAULTS: &[(&str, &str)] = &[
    ("malformed", "Malformed"),
    ("head-too-large", "HeadTooLarge"),
    ("read-timeout", "ReadTimeout"),
    ("unknown-route", "UnknownRoute"),
    ("wrong-method", "WrongMethod"),
    (CREDENTIALS, "Credentials"),
    (FORBIDDEN, "Forbidden"),
    ("media-type", "MediaType"),
    ("syntax", "Syntax"),
    ("too-large", "TooLarge"),
    ("panic", "Panic"),
    ("serialization", "Serialization"),
    ("not-offered", "NotOffered"),
    ("handler-timeout", "HandlerTimeout"),
    ("internal", "Internal"),
    (LAYER_BAD_REQUEST, "LayerBadRequest"),
    (LAYER_FORBIDDEN, "LayerForbidden"),
    (LAYER_RATE_LIMITED, "LayerRateLimited"),
    (UNAVAILABLE, "Unavailable"),
];

/// A violation: its name in the document and its variant.
pub const VIOLATIONS: &[(&str, &str)] = &[
    (MISSING, "Missing"),
    (ONE_OF, "OneOf"),
    (TOO_SHORT, "TooShort"),
    (TOO_LONG, "TooLong"),
    (INVALID, "Invalid"),
];

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
