//! What is sent with every request of a client, and how. Decides nothing about single operations.

use fonedynamics_contract::Envelope;
use reqwest::{
    RequestBuilder, StatusCode,
    header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, HeaderValue},
};
use serde::{Serialize, de::DeserializeOwned};
use tracing::{
    Instrument as _,
    field::{self, Empty},
    info_span,
};

use super::{CallOptions, OperationInfo, attempt::Hook, read::read, send::Sender};
use crate::{
    error::{Error, TransportError},
    response::{self, Form, MAX_BODY_BYTES, Received, ResponseValue, Typed, Unreadable},
    retry::{Attempts, Redirects, RetryBudget, RetryPolicy},
};

/// What is sent with every request of one client, the `Authorization` header, and how it is sent.
///
/// Generated clients hold it as their inner value. `Debug` hides the header.
#[derive(Clone, Debug)]
pub struct Session {
    /// Marked as sensitive, which keeps it out of `Debug` here, and of logs and header compression below.
    authorization: HeaderValue,
    sender: Sender,
    options: CallOptions,
}

impl Session {
    /// Starts from the value of the `Authorization` header.
    pub(crate) fn new(authorization: HeaderValue) -> Self {
        Self {
            authorization,
            sender: Sender {
                retries: RetryPolicy::default(),
                budget: RetryBudget::default(),
                redirects: Redirects::Possible,
                max_body_bytes: MAX_BODY_BYTES,
                hook: None,
            },
            options: CallOptions::new(),
        }
    }

    /// Sets how requests are retried.
    #[must_use]
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.sender.retries = retries;
        self
    }

    /// Sets the budget of retries.
    #[must_use]
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.sender.budget = budget;
        self
    }

    /// Sets the longest body that is read, in bytes.
    #[must_use]
    pub fn max_body_bytes(mut self, max_body_bytes: usize) -> Self {
        self.sender.max_body_bytes = max_body_bytes;
        self
    }

    /// Says what the HTTP client does with redirects.
    pub(crate) fn redirects(mut self, redirects: Redirects) -> Self {
        self.sender.redirects = redirects;
        self
    }

    /// Sets what is called after each attempt.
    pub(crate) fn hook(mut self, hook: Option<Hook>) -> Self {
        self.sender.hook = hook;
        self
    }

    /// The same with other options for calls: what they leave open stays as it is. The budget is shared.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        let mut session = self.clone();
        session.options = options.over(&self.options);
        session.sender.retries = session.options.retries.unwrap_or(self.sender.retries);
        session
    }

    /// Calls an operation whose successful response has a JSON body.
    ///
    /// Any 2xx whose body can be read is a success. A 204, which has no body, is read as an object without members.
    ///
    /// The request is sent with the credentials, retried as the [`RetryPolicy`] says, and recorded in a
    /// `tracing` span named `call` with the fields `operation`, `method`, `path` (the template), `status`,
    /// `error_code`, `attempts`, `misfits` (how many values did not fit, if any) and `error` (why there was no
    /// response).
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
        self.send_for(request, operation, |body| {
            response::read(body, Form::Object, E::MEMBERS)
        })
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
        self.send_for(request, operation, |body| {
            response::read(body, Form::Page(items), E::MEMBERS)
        })
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
        self.send_for(request, operation, |body| {
            response::read(body, Form::Array, E::MEMBERS)
        })
        .await
    }

    /// Calls an operation whose successful response has no content. A body is not parsed, unless as an error
    /// envelope. For the rest, see [`send_for_json`](Self::send_for_json).
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
        self.send_for(request, operation, |_| Ok(Typed::whole(()))).await
    }

    async fn send_for<T, E>(
        &self,
        request: RequestBuilder,
        operation: &OperationInfo,
        parse: impl FnOnce(&[u8]) -> Result<Typed<T>, Unreadable>,
    ) -> Result<ResponseValue<T>, Error<E>>
    where
        E: Envelope + Serialize + DeserializeOwned,
    {
        let received = self.send(request, operation).await?;
        if !received.is_success() {
            return Err(Error::from_received(received, None));
        }
        let no_content = received.status == StatusCode::NO_CONTENT;
        read(received, |body| parse(if no_content { b"{}" } else { body }))
    }

    /// Sends a request until there is a response or a retry is out of the question.
    pub(super) async fn send<E>(
        &self,
        request: RequestBuilder,
        operation: &OperationInfo,
    ) -> Result<Received, Error<E>> {
        let (client, request) = request.build_split();
        let mut request = request?;
        let extra = self.options.headers.clone().map_err(Error::InvalidRequest)?;
        let headers = request.headers_mut();
        headers.extend(extra);
        headers.insert(AUTHORIZATION, self.authorization.clone());
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        headers.entry(ACCEPT_ENCODING).or_insert(response::ACCEPTED);
        if let Some(timeout) = self.options.timeout {
            *request.timeout_mut() = Some(timeout);
        }
        let span = info_span!(
            "call",
            operation = operation.operation_id,
            method = request.method().as_str(),
            path = operation.path,
            status = Empty,
            error_code = Empty,
            attempts = Empty,
            misfits = Empty,
            error = Empty,
        );
        let mut attempts = Attempts::first(request.method());
        let result = self
            .sender
            .send(&client, request, operation, &mut attempts, &span)
            .instrument(span.clone())
            .await;
        span.record("attempts", attempts.count);
        let received = result.map_err(|error| {
            let error = TransportError::after(error, attempts);
            span.record("error", field::display(error.reason()));
            error
        })?;
        span.record("status", received.status.as_u16());
        Ok(received)
    }
}

#[cfg(test)]
mod tests {
    use super::Session;
    use crate::Credentials;

    #[test]
    fn debug_hides_the_authorization() {
        let session = Session::new(
            Credentials::basic("Aladdin", "opensesame")
                .authorization()
                .unwrap(),
        );
        let shown = format!("{session:?}");
        assert!(!shown.contains("Basic") && !shown.contains("QWxh"), "{shown}");
    }
}
