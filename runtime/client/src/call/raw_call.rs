//! Calls that the document does not cover, with everything else as in the ones that it does. Reaches no host
//! but the client's.

use bytes::Bytes;
use fonedynamics_contract::Envelope;
use reqwest::{
    Method, RequestBuilder,
    header::{CONTENT_TYPE, HeaderMap},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use url::Url;

use super::{ClientInfo, OperationInfo, Session, read::read};
use crate::{
    error::Error,
    response::{self, Form, Received, ResponseValue, Typed},
};

/// The operation of every raw call, for traces. The path stays out of them, because it may hold identifiers.
const OPERATION: OperationInfo = OperationInfo {
    operation_id: "raw",
    path: "",
};

/// A call that the document does not cover: the same credentials, retries and errors as everywhere else, and
/// JSON without a type. Any 2xx is a success.
#[must_use = "nothing is sent until `send` or `send_for_bytes` is awaited"]
pub struct RawCall<'client, C, E> {
    client: &'client C,
    request: Result<RequestBuilder, Error<E>>,
}

impl<'client, C, E> RawCall<'client, C, E>
where
    C: ClientInfo<Session>,
    E: Envelope + Serialize + DeserializeOwned,
{
    /// Begins a call. `path` follows the base URL: it begins with a slash, may end in a query, and is
    /// encoded already. A path that a URL would change is an error of [`send`](Self::send), because the call
    /// would reach something else than it names: one with white space, control characters or backslashes, or
    /// with `.` or `..` for a segment, encoded or not.
    pub fn new(client: &'client C, method: Method, path: &str) -> Self {
        let request = below(client.baseurl(), path).map(|url| {
            let is_patch = method == Method::PATCH;
            let request = client.client().request(method, url);
            match is_patch {
                true => request.header(CONTENT_TYPE, "application/merge-patch+json"),
                false => request,
            }
        });
        Self {
            client,
            request: request.map_err(|reason| Error::InvalidRequest(reason.to_owned())),
        }
    }

    /// Adds query parameters: a struct or a map of scalars, or pairs of names and scalars. `None` sends
    /// nothing, numbers are sent as Rust prints them (`NaN` too), and a parameter that is repeated is several
    /// pairs. Anything else, such as an array in a struct, fails as [`Error::InvalidRequest`] when the call is
    /// sent.
    pub fn query<T: Serialize + ?Sized>(self, query: &T) -> Self {
        self.with(|request| request.query(query))
    }

    /// Sets headers, in place of those of the same name. The credentials cannot be replaced.
    pub fn headers(self, headers: HeaderMap) -> Self {
        self.with(|request| request.headers(headers))
    }

    /// Sets the body, as JSON; for PATCH as a merge patch, unless the headers that are set say otherwise.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.with(|request| request.json(body))
    }

    /// Sends the call and reads the body of a successful response as JSON. An empty body is null.
    ///
    /// # Errors
    ///
    /// The same as of every other call. A response fails by its status, or by an error code in its body.
    pub async fn send(self) -> Result<ResponseValue<Value>, Error<E>> {
        read(self.received().await?, |body| match body.is_empty() {
            true => Ok(Typed::whole(Value::Null)),
            false => response::read(body, Form::Any, E::MEMBERS),
        })
    }

    /// Sends the call and gives the body of a successful response as it is.
    ///
    /// # Errors
    ///
    /// The same as of every other call. A response fails by its status alone.
    pub async fn send_for_bytes(self) -> Result<ResponseValue<Bytes>, Error<E>> {
        let received = self.received().await?;
        match received.cut {
            None => {
                let body = Typed::whole(received.body.clone());
                Ok(ResponseValue::from_received(body, received))
            }
            Some(_) => Err(Error::from_received(received, None)),
        }
    }

    fn with(mut self, change: impl FnOnce(RequestBuilder) -> RequestBuilder) -> Self {
        self.request = self.request.map(change);
        self
    }

    /// The response, if its status is a success.
    async fn received(self) -> Result<Received, Error<E>> {
        let received = self.client.inner().send(self.request?, &OPERATION).await?;
        match received.is_success() {
            true => Ok(received),
            false => Err(Error::from_received(received, None)),
        }
    }
}

/// The URL of a path below a base, which it cannot leave: neither to another host, nor upwards.
fn below(base: &str, path: &str) -> Result<Url, &'static str> {
    if !path.starts_with('/') {
        return Err("a path has to begin with a slash");
    }
    if path.contains('#') {
        return Err("a path cannot have a fragment");
    }
    if path.contains(|character: char| character.is_ascii_control() || character.is_ascii_whitespace()) {
        return Err("a path cannot have white space or control characters");
    }
    let (segments, _) = path.split_once('?').unwrap_or((path, ""));
    if segments.contains('\\') {
        return Err("a path cannot have a backslash");
    }
    if segments.split('/').any(is_dots) {
        return Err("a path cannot have a segment that is `.` or `..`");
    }
    let base = Url::parse(base).map_err(|_| "the base URL cannot be parsed")?;
    let text = format!("{}{path}", base.as_str().trim_end_matches('/'));
    let url = Url::parse(&text).map_err(|_| "the path cannot be parsed")?;
    let stays = url.origin() == base.origin()
        && url.username().is_empty()
        && url.password().is_none()
        && url
            .path()
            .starts_with(&format!("{}/", base.path().trim_end_matches('/')));
    if stays {
        Ok(url)
    } else {
        Err("the path leads away from the base URL")
    }
}

/// Whether a URL takes a segment for a step to the same place or upwards.
fn is_dots(segment: &str) -> bool {
    matches!(
        segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
        "." | ".."
    )
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn path_stays_below_the_base() {
        for (base, path, expected) in [
            (
                "https://api.example",
                "/v2/Calls?A=b%2Fc",
                "https://api.example/v2/Calls?A=b%2Fc",
            ),
            ("https://api.example/base", "/v2", "https://api.example/base/v2"),
            (
                "http://127.0.0.1:1",
                "//other.example/x",
                "http://127.0.0.1:1//other.example/x",
            ),
            (
                "https://api.example",
                "/a..b/...?c=/../\\",
                "https://api.example/a..b/...?c=/../\\",
            ),
            ("https://api.example", "/%zz/é", "https://api.example/%zz/%C3%A9"),
            (
                "https://api.example",
                "/@other.example",
                "https://api.example/@other.example",
            ),
        ] {
            assert_eq!(below(base, path).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn path_that_would_leave_the_base_is_refused() {
        for path in [
            "",
            "v2",
            "@other.example/",
            ".other.example/",
            ":8443/",
            "https://other.example/",
            "?a=b",
            "/v2#x",
            "/../v2",
            "/x/%2e%2e/../../v2",
            "/..",
        ] {
            assert!(below("https://api.example/base", path).is_err(), "{path}");
        }
    }

    #[test]
    fn path_that_would_reach_something_else_is_refused() {
        for path in [
            "/a/../b",
            "/a/.",
            "/a/%2E%2e",
            "/a/.%2e/b",
            "/a/%2e?b",
            "/a\\b",
            "/a\nb",
            "/a\tb?c",
            "/a\u{0}",
            "/a\r\nX-B: c",
            "/a ",
            "/a?b=c d",
            "/a?b\n",
            "/a\u{7f}",
        ] {
            assert!(below("https://api.example", path).is_err(), "{path:?}");
        }
    }
}
