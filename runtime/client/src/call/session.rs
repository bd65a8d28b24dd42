//! What is sent with every request of a client, and how. Decides nothing about single operations.

use std::sync::Arc;

use fonedynamics_contract::Envelope;
use reqwest::{
    RequestBuilder,
    header::{ACCEPT, AUTHORIZATION, HeaderValue},
};
use serde::{Serialize, de::DeserializeOwned};
use tracing::{Instrument as _, Span, field::Empty, info_span};

use super::{OperationInfo, lists, read::read, send::send};
use crate::{
    config::{BuildError, Credentials},
    error::{Error, TransportError},
    response::{MAX_BODY_BYTES, Received, ResponseValue, receive},
    retry::{Attempts, RetryBudget, RetryPolicy},
};

/// What is sent with every request of one client, the `Authorization` header, and how it is sent.
///
/// Generated clients hold it as their inner value. `Debug` hides the header.
#[derive(Clone, Debug)]
pub struct Session {
    /// Marked as sensitive, which keeps it out of `Debug` here, and of logs and header compression below.
    authorization: HeaderValue,
    retries: RetryPolicy,
    /// Shared by all clones, because they call the same server.
    budget: Arc<RetryBudget>,
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
            retries: RetryPolicy::default(),
            budget: Arc::new(RetryBudget::full()),
            max_body_bytes: MAX_BODY_BYTES,
        })
    }

    /// Sets how requests are retried.
    #[must_use]
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the longest body that is read, in bytes.
    #[must_use]
    pub fn max_body_bytes(mut self, max_body_bytes: usize) -> Self {
        self.max_body_bytes = max_body_bytes;
        self
    }

    /// Calls an operation whose successful response has a JSON body.
    ///
    /// The request is sent with the credentials, retried as the [`RetryPolicy`] says, and recorded in a
    /// `tracing` span named `call` with the fields `operation`, `method`, `path` (the template), `status`,
    /// `error_code` and `attempts`.
    ///
    /// # Errors
    ///
    /// Whatever keeps the documented response away.
    pub async fn send_for_json<T, E>(
        &self,
        request: RequestBuilder,
        operation: &OperationInfo,
    ) -> Result<ResponseValue<T>, Error<E>>
    where
        T: DeserializeOwned,
        E: Envelope + Serialize + DeserializeOwned,
    {
        self.send_for(request, operation, |body| serde_json::from_slice(body))
            .await
    }

    /// Calls an operation whose successful response is a page: an object in which the member `items` has the
    /// items. A response that is nothing but the array of items is read as a page of them. For the rest, see
    /// [`send_for_json`](Self::send_for_json).
    ///
    /// # Errors
    ///
    /// Whatever keeps the documented response away.
    pub async fn send_for_page<T, E>(
        &self,
        request: RequestBuilder,
        operation: &OperationInfo,
        items: &'static str,
    ) -> Result<ResponseValue<T>, Error<E>>
    where
        T: DeserializeOwned,
        E: Envelope + Serialize + DeserializeOwned,
    {
        self.send_for(request, operation, |body| lists::page(body, items))
            .await
    }

    /// Calls an operation whose successful response is an array. A response that is an object with one array in
    /// it is read as that array. For the rest, see [`send_for_json`](Self::send_for_json).
    ///
    /// # Errors
    ///
    /// Whatever keeps the documented response away.
    pub async fn send_for_array<T, E>(
        &self,
        request: RequestBuilder,
        operation: &OperationInfo,
    ) -> Result<ResponseValue<T>, Error<E>>
    where
        T: DeserializeOwned,
        E: Envelope + Serialize + DeserializeOwned,
    {
        self.send_for(request, operation, lists::array).await
    }

    /// Calls an operation whose successful response has no content. Its body is not read. For the rest, see
    /// [`send_for_json`](Self::send_for_json).
    ///
    /// # Errors
    ///
    /// Whatever keeps the documented response away.
    pub async fn send_for_no_content<E>(
        &self,
        request: RequestBuilder,
        operation: &OperationInfo,
    ) -> Result<ResponseValue<()>, Error<E>>
    where
        E: Envelope + Serialize + DeserializeOwned,
    {
        let exchange = self.send(request, operation).await?;
        if exchange.is(operation.success) {
            Ok(exchange.without_body())
        } else {
            Err(Error::from_received(exchange.receive().await, None))
        }
    }

    async fn send_for<T, E>(
        &self,
        request: RequestBuilder,
        operation: &OperationInfo,
        parse: impl FnOnce(&[u8]) -> serde_json::Result<T>,
    ) -> Result<ResponseValue<T>, Error<E>>
    where
        E: Envelope + Serialize + DeserializeOwned,
    {
        let exchange = self.send(request, operation).await?;
        let succeeded = exchange.is(operation.success);
        let received = exchange.receive().await;
        match succeeded {
            true => read(received, parse),
            false => Err(Error::from_received(received, None)),
        }
    }

    /// Sends a request until there is a response or a retry is out of the question.
    pub(super) async fn send<E>(
        &self,
        request: RequestBuilder,
        operation: &OperationInfo,
    ) -> Result<Exchange, Error<E>> {
        let (client, request) = request.build_split();
        let mut request = request?;
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, self.authorization.clone());
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        let span = info_span!(
            "call",
            operation = operation.operation_id,
            method = request.method().as_str(),
            path = operation.path,
            status = Empty,
            error_code = Empty,
            attempts = Empty,
        );
        let mut attempts = Attempts::first(request.method());
        let result = send(&client, request, self.retries, &self.budget, &mut attempts)
            .instrument(span.clone())
            .await;
        span.record("attempts", attempts.count);
        let response = result.map_err(|error| TransportError::after(error, attempts))?;
        span.record("status", response.status().as_u16());
        Ok(Exchange {
            response,
            attempts,
            limit: self.max_body_bytes,
            span,
        })
    }
}

/// A response whose head has arrived.
pub(super) struct Exchange {
    response: reqwest::Response,
    attempts: Attempts,
    /// The longest body that is kept, in bytes.
    limit: usize,
    /// The span of the call, which ends when the body was read.
    span: Span,
}

impl Exchange {
    fn is(&self, status: u16) -> bool {
        self.response.status().as_u16() == status
    }

    pub(super) fn is_success(&self) -> bool {
        self.response.status().is_success()
    }

    /// Reads the body.
    pub(super) async fn receive(self) -> Received {
        receive(self.response, self.limit, self.attempts, self.span).await
    }

    fn without_body(self) -> ResponseValue<()> {
        ResponseValue::from_received((), Received::head(self.response, self.attempts, self.span))
    }
}

#[cfg(test)]
mod tests {
    use super::Session;
    use crate::Credentials;

    #[test]
    fn debug_hides_the_authorization() {
        let session = Session::new(&Credentials::basic("Aladdin", "opensesame")).unwrap();
        let shown = format!("{session:?}");
        assert!(!shown.contains("Basic") && !shown.contains("QWxh"), "{shown}");
    }
}
