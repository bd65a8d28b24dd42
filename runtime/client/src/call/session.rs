//! What every request of a client carries. Decides nothing about single operations.

use std::sync::Arc;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};

use crate::{BuildError, Credentials, MAX_BODY_BYTES, OperationInfo, Retries, Unanswered};
use crate::{call::send::Manner, retry::policy::Allowance};

/// What every request of one client carries, the `Authorization` header, and how it is sent.
///
/// Generated clients hold it as their inner value. `Debug` hides the header.
#[derive(Clone, Debug)]
pub struct Session {
    /// Marked as sensitive, which keeps it out of `Debug` here, and of logs and header compression below.
    authorization: HeaderValue,
    retries: Retries,
    /// Shared by all clones, because they call the same server.
    allowance: Arc<Allowance>,
    max_body_bytes: usize,
}

impl Session {
    /// Prepares the credentials.
    ///
    /// # Errors
    ///
    /// [`BuildError::UnusableCredentials`] if they cannot be sent.
    pub fn new(credentials: &Credentials) -> Result<Self, BuildError> {
        Ok(Self {
            authorization: credentials.authorization()?,
            retries: Retries::default(),
            allowance: Arc::new(Allowance::full()),
            max_body_bytes: MAX_BODY_BYTES,
        })
    }

    /// Sets how requests are sent again.
    #[must_use]
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the longest body that is read, in bytes.
    #[must_use]
    pub fn max_body_bytes(mut self, max_body_bytes: usize) -> Self {
        self.max_body_bytes = max_body_bytes;
        self
    }

    /// Makes a request of generated code ready to be sent.
    ///
    /// Sets `Authorization` without waiting to be asked for it, and replaces `Content-Type` where the
    /// document says another media type than the JSON that generated code assumes. A `media_type` that
    /// cannot stand in a header is passed over.
    pub fn prepare(&self, request: &mut reqwest::Request, media_type: Option<&'static str>) {
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, self.authorization.clone());
        if let Some(Ok(media_type)) = media_type.map(HeaderValue::from_str) {
            headers.insert(CONTENT_TYPE, media_type);
        }
    }

    /// Sends a request that is ready, again where [`Retries`] say so, in a `tracing` span named `call` with
    /// the fields `operation`, `method`, `path` (the template), `status`, `error_code` and `attempts`.
    ///
    /// # Errors
    ///
    /// Whatever kept an answer from arriving. An answer of any status is no error here.
    pub async fn send(
        &self,
        client: &reqwest::Client,
        request: reqwest::Request,
        info: &OperationInfo,
    ) -> Result<reqwest::Response, Unanswered> {
        let manner = Manner {
            retries: self.retries,
            allowance: &self.allowance,
            limit: self.max_body_bytes,
        };
        manner.send(client, request, info).await
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};

    use super::Session;
    use crate::{Credentials, testing::http_client};

    fn session() -> Session {
        Session::new(&Credentials::basic("Aladdin", "opensesame")).unwrap()
    }

    fn request() -> reqwest::Request {
        http_client().patch("http://localhost/").json(&1).build().unwrap()
    }

    #[test]
    fn prepared_request_authenticates() {
        let mut request = request();
        session().prepare(&mut request, None);
        assert_eq!(request.headers()[AUTHORIZATION], "Basic QWxhZGRpbjpvcGVuc2VzYW1l");
        assert!(request.headers()[AUTHORIZATION].is_sensitive());
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
    }

    #[test]
    fn documented_media_type_replaces_the_assumed_one() {
        let mut request = request();
        session().prepare(&mut request, Some("application/merge-patch+json"));
        let sent: Vec<_> = request.headers().get_all(CONTENT_TYPE).iter().collect();
        assert_eq!(sent, ["application/merge-patch+json"]);
    }

    #[test]
    fn debug_hides_the_authorization() {
        let shown = format!("{:?}", session());
        assert!(!shown.contains("Basic") && !shown.contains("QWxh"), "{shown}");
    }
}
