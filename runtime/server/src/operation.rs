//! One operation of the document, as the server sees it. Knows nothing of requests.

pub use axum::http::Method;

/// One operation of the document. Generated code holds one constant for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The `operationId` of the document.
    pub id: &'static str,
    /// The method. A `HEAD` is handled by the `GET` of its path.
    pub method: Method,
    /// The path template, with its parameters in braces: `/shelves/{ShelfId}`.
    pub path: &'static str,
    /// The status of a successful response.
    pub success: u16,
    /// Whether a caller needs credentials.
    pub secured: bool,
    /// Every error code, in its wire form, that the document lists for the operation. A handler that raises
    /// any other becomes an internal failure.
    pub codes: &'static [&'static str],
}
