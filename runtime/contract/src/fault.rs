//! The failures that happen outside a handler. Says nothing about which code belongs to which.

/// A failure outside a handler. Closed on purpose: the document gives each one an error code, under the
/// key [`Fault::name`] of `x-faults`, and each one is a row of the wire test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// What was sent is not HTTP that can be read, or breaks off.
    Malformed,
    /// The request line and the headers exceed the server's limits.
    HeadTooLarge,
    /// A request was begun and not finished in time.
    ReadTimeout,
    /// There is no operation at the path.
    UnknownRoute,
    /// The path exists, but not with this method.
    WrongMethod,
    /// Credentials are missing, malformed or wrong.
    Credentials,
    /// The caller is known and may not use the operation.
    Forbidden,
    /// The body's media type is missing or is not the documented one.
    MediaType,
    /// The body cannot be parsed.
    Syntax,
    /// The body exceeds the server's limit.
    TooLarge,
    /// A handler panicked.
    Panic,
    /// What a handler returned could not be serialised.
    Serialization,
    /// The operation is documented, and this server does not implement it.
    NotOffered,
    /// A handler did not finish in time.
    HandlerTimeout,
    /// A handler failed for a reason of its own.
    Internal,
    /// A layer around the operations refused the request, which has to change.
    LayerBadRequest,
    /// A layer around the operations refused the request for now.
    LayerForbidden,
    /// A layer around the operations has had too many requests.
    LayerRateLimited,
    /// Something behind the server is not available.
    Unavailable,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 19] = [
        Self::Malformed,
        Self::HeadTooLarge,
        Self::ReadTimeout,
        Self::UnknownRoute,
        Self::WrongMethod,
        Self::Credentials,
        Self::Forbidden,
        Self::MediaType,
        Self::Syntax,
        Self::TooLarge,
        Self::Panic,
        Self::Serialization,
        Self::NotOffered,
        Self::HandlerTimeout,
        Self::Internal,
        Self::LayerBadRequest,
        Self::LayerForbidden,
        Self::LayerRateLimited,
        Self::Unavailable,
    ];

    /// The key under which the document gives this fault its error code.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::HeadTooLarge => "head-too-large",
            Self::ReadTimeout => "read-timeout",
            Self::UnknownRoute => "unknown-route",
            Self::WrongMethod => "wrong-method",
            Self::Credentials => "credentials",
            Self::Forbidden => "forbidden",
            Self::MediaType => "media-type",
            Self::Syntax => "syntax",
            Self::TooLarge => "too-large",
            Self::Panic => "panic",
            Self::Serialization => "serialization",
            Self::NotOffered => "not-offered",
            Self::HandlerTimeout => "handler-timeout",
            Self::Internal => "internal",
            Self::LayerBadRequest => "layer-bad-request",
            Self::LayerForbidden => "layer-forbidden",
            Self::LayerRateLimited => "layer-rate-limited",
            Self::Unavailable => "unavailable",
        }
    }

    /// The text that goes to the caller: constant, and free of anything internal.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Malformed => "The request is not well-formed HTTP/1.1.",
            Self::HeadTooLarge => "The request line and the headers are larger than the server accepts.",
            Self::ReadTimeout => "The request was not finished in time.",
            Self::UnknownRoute => "There is no operation at this path.",
            Self::WrongMethod => "The method is not available at this path; see the Allow header.",
            Self::Credentials => "Credentials are missing or wrong.",
            Self::Forbidden => "The credentials do not permit this operation.",
            Self::MediaType => {
                "The body has no documented media type (Content-Type), or is encoded (Content-Encoding)."
            }
            Self::Syntax => "The body is not a well-formed JSON document in UTF-8.",
            Self::TooLarge => "The body is larger than the server accepts.",
            Self::HandlerTimeout => "The server could not process the request in time.",
            Self::Panic | Self::Serialization | Self::NotOffered | Self::Internal => {
                "The server could not process the request."
            }
            Self::LayerBadRequest => "The server does not accept this request.",
            Self::LayerForbidden => "The server does not accept the request for now.",
            Self::LayerRateLimited => "There are too many requests for now.",
            Self::Unavailable => "The server is not available for now.",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Fault;
    use crate::Violation;

    #[test]
    fn every_fault_and_violation_has_a_name_of_its_own() {
        let names: BTreeSet<_> = Fault::ALL
            .map(Fault::name)
            .into_iter()
            .chain(Violation::ALL.map(Violation::name))
            .collect();
        assert_eq!(names.len(), Fault::ALL.len() + Violation::ALL.len());
    }
}
