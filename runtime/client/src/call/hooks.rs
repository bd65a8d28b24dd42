//! The seams between generated methods and the client around them. Changes no request by itself.

use std::future::Future;

use reqwest::{RequestBuilder, header};
use serde::Serialize;
use url::form_urlencoded;

use crate::{
    Error, Unanswered,
    call::query::pairs_of,
    call::sent::{Dispatch, Sent},
};

/// The operation that a hook runs for.
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

    /// The value that the client carries for its hooks.
    fn inner(&self) -> &Inner;
}

impl<T: ClientInfo<Inner>, Inner> ClientInfo<Inner> for &T {
    fn api_version() -> &'static str {
        T::api_version()
    }

    fn baseurl(&self) -> &str {
        (**self).baseurl()
    }

    fn client(&self) -> &reqwest::Client {
        (**self).client()
    }

    fn inner(&self) -> &Inner {
        (**self).inner()
    }
}

/// What happens around every request of a generated client. Each hook does the obvious by default; an
/// implementation may write them as `async fn`.
///
/// All futures are `Send`, so that every method of a client can be spawned.
pub trait ClientHooks<Inner = ()>: ClientInfo<Inner> + Sync {
    /// Runs before a request is sent, and may change it.
    ///
    /// # Errors
    ///
    /// A failure ends the call: nothing is sent.
    fn pre<E>(
        &self,
        _request: &mut reqwest::Request,
        _info: &OperationInfo,
    ) -> impl Future<Output = Result<(), Error<E>>> + Send {
        async { Ok(()) }
    }

    /// Runs after an answer arrived, or none did. The body has not been read yet.
    ///
    /// # Errors
    ///
    /// A failure ends the call in place of the answer.
    fn post<E>(
        &self,
        _result: &Result<reqwest::Response, Unanswered>,
        _info: &OperationInfo,
    ) -> impl Future<Output = Result<(), Error<E>>> + Send {
        async { Ok(()) }
    }

    /// Sends a request. The place to send it more than once, or to record that it was sent.
    ///
    /// # Errors
    ///
    /// Whatever kept an answer from arriving. An answer of any status is no error here.
    fn exec(
        &self,
        request: reqwest::Request,
        _info: &OperationInfo,
    ) -> impl Future<Output = Result<reqwest::Response, Unanswered>> + Send {
        async {
            let method = request.method().clone();
            match self.client().execute(request).await {
                Ok(mut response) => {
                    response.extensions_mut().insert(Sent {
                        dispatch: Dispatch::once(&method),
                        ..Sent::default()
                    });
                    Ok(response)
                }
                Err(error) => Err(Unanswered::new(error, &method)),
            }
        }
    }
}

/// What generated code needs beyond [`reqwest::RequestBuilder`].
pub trait RequestBuilderExt<E>: Sized {
    /// Sets a form as the body. Follows the rules of [`QueryParam`](crate::QueryParam) for an object.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] if the value has no form as a form's fields.
    fn form_urlencoded<T: Serialize + ?Sized>(self, body: &T) -> Result<Self, Error<E>>;
}

impl<E> RequestBuilderExt<E> for RequestBuilder {
    fn form_urlencoded<T: Serialize + ?Sized>(self, body: &T) -> Result<Self, Error<E>> {
        let pairs = pairs_of("body", body).map_err(|error| Error::InvalidRequest(error.to_string()))?;
        let text = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        Ok(self
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(text))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use reqwest::header::CONTENT_TYPE;

    use super::{ClientHooks, ClientInfo, OperationInfo, RequestBuilderExt};
    use crate::{Error, Unanswered, testing::http_client};

    /// A client without hooks and without anything for them.
    struct Plain {
        client: reqwest::Client,
    }

    impl ClientInfo<()> for Plain {
        fn api_version() -> &'static str {
            "2.0"
        }

        fn baseurl(&self) -> &str {
            "http://localhost"
        }

        fn client(&self) -> &reqwest::Client {
            &self.client
        }

        fn inner(&self) -> &() {
            &()
        }
    }

    // The form in which code is generated for a client that may or may not have hooks.
    impl ClientHooks for &Plain {}

    #[tokio::test]
    async fn default_hooks_change_nothing_and_can_be_spawned() -> Result<(), Error<()>> {
        fn sendable<T: Send>(future: T) -> T {
            future
        }
        let plain = &Plain {
            client: http_client(),
        };
        let info = OperationInfo {
            operation_id: "get_kettle",
            path: "/kettle",
        };
        let mut request = plain.client().get(plain.baseurl()).build()?;
        sendable(plain.pre::<()>(&mut request, &info)).await?;
        assert!(request.headers().is_empty());

        let failed = plain.client().get("no url").build().unwrap_err();
        let failed = Err(Unanswered::new(failed, &reqwest::Method::GET));
        sendable(plain.post::<()>(&failed, &info)).await?;
        drop(sendable(plain.exec(request, &info)));
        Ok(())
    }

    #[test]
    fn form_is_encoded_and_labelled() -> Result<(), Error<()>> {
        let fields = BTreeMap::from([("Lid", vec!["a b"]), ("Sizes", vec!["1", "2"])]);
        let request = http_client()
            .post("http://localhost/")
            .form_urlencoded(&fields)?
            .build()?;
        assert_eq!(
            request.headers()[CONTENT_TYPE],
            "application/x-www-form-urlencoded"
        );
        assert_eq!(
            request.body().unwrap().as_bytes().unwrap(),
            b"Lid=a+b&Sizes=1&Sizes=2"
        );
        Ok(())
    }

    #[test]
    fn value_that_is_no_form_is_an_invalid_request() {
        let fields = BTreeMap::from([("Lid", BTreeMap::from([("Size", 1)]))]);
        let failed: Result<_, Error<()>> = http_client().post("http://localhost/").form_urlencoded(&fields);
        assert!(matches!(failed, Err(Error::InvalidRequest(_))));
    }
}
