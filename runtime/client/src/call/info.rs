//! What generated code tells the runtime about itself. Does nothing by itself.

/// One operation of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationInfo {
    /// The document's `operationId`.
    pub operation_id: &'static str,
    /// The path as the document writes it, with the names of its parameters.
    pub path: &'static str,
}

/// What a generated client knows about itself.
pub trait ClientInfo<Inner> {
    /// The `info.version` of the document that the client was generated from.
    fn api_version() -> &'static str;

    /// The URL in front of every path, without a slash at its end.
    fn baseurl(&self) -> &str;

    /// The HTTP client that sends the requests.
    fn client(&self) -> &reqwest::Client;

    /// What is sent with every request, and how.
    fn inner(&self) -> &Inner;
}
