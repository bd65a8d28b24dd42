//! What is different about some calls of a client. Sends nothing.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::retry::RetryPolicy;

/// What is different about some calls: what is not set here is as the client's
/// [`Options`](crate::Options) say.
///
/// A client's method `with` gives a client for such calls. `Debug` hides the values of headers.
#[derive(Clone, Debug)]
pub struct CallOptions {
    pub(super) timeout: Option<Duration>,
    pub(super) retries: Option<RetryPolicy>,
    /// The headers, or why there are none: the first that cannot be sent.
    pub(super) headers: Result<HeaderMap, String>,
}

impl Default for CallOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl CallOptions {
    /// Options that change nothing.
    #[must_use]
    pub fn new() -> Self {
        Self {
            timeout: None,
            retries: None,
            headers: Ok(HeaderMap::new()),
        }
    }

    /// How long each attempt may take, from its start to the last byte of the response.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How requests are retried. The retry budget stays that of the client.
    #[must_use]
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.retries = Some(retries);
        self
    }

    /// Sends a header with every attempt, in place of those of the same name. The credentials cannot be replaced.
    ///
    /// A name or a value that no header may have is an [`Error::InvalidRequest`](crate::Error::InvalidRequest) of
    /// the call.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers = self.headers.and_then(|mut headers| {
            let (name, value) = parsed(name, value)?;
            headers.insert(name, value);
            Ok(headers)
        });
        self
    }

    /// Sends the header `Idempotency-Key`, the same with every attempt.
    ///
    /// Only a server that knows the header ignores a request that it has seen before. Because the document does not
    /// say so, the key changes nothing about which requests are retried.
    #[must_use]
    pub fn idempotency_key(self, key: &str) -> Self {
        self.header("Idempotency-Key", key)
    }

    /// These options, and below them what they leave open.
    pub(super) fn over(self, below: &Self) -> Self {
        let headers = below.headers.clone().and_then(|mut headers| {
            headers.extend(self.headers?);
            Ok(headers)
        });
        Self {
            timeout: self.timeout.or(below.timeout),
            retries: self.retries.or(below.retries),
            headers,
        }
    }
}

/// A header whose value `Debug` hides.
fn parsed(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let unusable = || format!("the header {name:?} cannot be sent: its name or its value is malformed");
    let name = HeaderName::try_from(name).map_err(|_| unusable())?;
    let mut value = HeaderValue::try_from(value).map_err(|_| unusable())?;
    value.set_sensitive(true);
    Ok((name, value))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::CallOptions;
    use crate::retry::RetryPolicy;

    #[test]
    fn options_are_laid_over_those_before() {
        let below = CallOptions::new()
            .timeout(Duration::from_secs(1))
            .header("X-A", "1")
            .header("X-B", "1");
        let above = CallOptions::new()
            .retries(RetryPolicy::off())
            .header("x-b", "2")
            .idempotency_key("k");
        let both = above.over(&below);
        assert_eq!(both.timeout, Some(Duration::from_secs(1)));
        assert_eq!(both.retries, Some(RetryPolicy::off()));
        let headers = both.headers.unwrap();
        let values = ["x-a", "x-b", "idempotency-key"].map(|name| headers[name].to_str().unwrap());
        assert_eq!((headers.len(), values), (3, ["1", "2", "k"]));
    }

    #[test]
    fn debug_hides_the_values_of_headers() {
        let shown = format!("{:?}", CallOptions::new().header("X-Key", "hunter2"));
        assert!(shown.contains("x-key") && !shown.contains("hunter2"), "{shown}");
        let shown = format!("{:?}", CallOptions::new().header("X-Key", "hunter2\n"));
        assert!(shown.contains("X-Key") && !shown.contains("hunter2"), "{shown}");
    }
}
