//! One operation of the document, as the server sees it. Knows nothing of requests.

use std::fmt;

/// One operation of the document. Generated code holds one constant for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The `operationId` of the document.
    pub id: &'static str,
    /// The method it answers to.
    pub method: Method,
    /// The path template, with its parameters in braces: `/shelves/{ShelfId}`.
    pub path: &'static str,
    /// The status of an answer that did not fail.
    pub success: u16,
    /// Whether a caller needs credentials.
    pub secured: bool,
    /// Every error code, in its wire form, that the document lists for the operation. A handler that raises
    /// any other is answered as a failure of the server.
    pub codes: &'static [&'static str],
}

/// The methods that an operation can have. A `HEAD` is answered by the `GET` of its path, and no operation
/// has the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `DELETE`
    Delete,
    /// `GET`
    Get,
    /// `PATCH`
    Patch,
    /// `POST`
    Post,
    /// `PUT`
    Put,
}

impl Method {
    /// The method as it is written in a request.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "DELETE",
            Self::Get => "GET",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
