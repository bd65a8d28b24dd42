//! How a client is set up. Connects to nothing and reads no environment.

use std::{fmt, time::Duration};

use url::{Host, Url};

use super::{BuildError, Credentials, tls};
use crate::{
    call::{Attempt, Hook, Session},
    response::MAX_BODY_BYTES,
    retry::{Redirects, RetryBudget, RetryPolicy},
};

/// How long connecting may take, unless set.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long an attempt may take from its start to the last byte of the response, unless set.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How a client is set up. Only the credentials are required.
///
/// Redirects are not followed: an API has one host, and the credentials stay there. Proxies of the
/// environment are not used. For anything else, bring a client with [`http_client`](Self::http_client).
///
/// With the feature `rustls`, https trusts what the machine trusts, and its cryptography is that of the default
/// provider of the process, such as `rustls::crypto::aws_lc_rs`, or ring's where none is installed.
#[derive(Clone)]
pub struct Options {
    credentials: Credentials,
    base_url: Option<String>,
    user_agent: Option<String>,
    connect_timeout: Option<Duration>,
    timeout: Option<Duration>,
    allow_http: bool,
    retries: RetryPolicy,
    retry_budget: Option<RetryBudget>,
    hook: Option<Hook>,
    max_body_bytes: usize,
    http_client: Option<reqwest::Client>,
}

impl Options {
    /// Starts from credentials and the defaults.
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            base_url: None,
            user_agent: None,
            connect_timeout: None,
            timeout: None,
            allow_http: false,
            retries: RetryPolicy::default(),
            retry_budget: None,
            hook: None,
            max_body_bytes: MAX_BODY_BYTES,
            http_client: None,
        }
    }

    /// Calls another server than the documented one, such as a sandbox. Must be https; http is accepted
    /// for a loopback host only, unless [allowed](Self::allow_http).
    #[must_use]
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Accepts http for any host. Whoever is between can read and change everything, the credentials included.
    #[must_use]
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Sends another `User-Agent`.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// How long connecting may take. 10 seconds by default.
    #[must_use]
    pub fn connect_timeout(mut self, connect_timeout: Duration) -> Self {
        self.connect_timeout = Some(connect_timeout);
        self
    }

    /// How long an attempt may take, from its start to the last byte of the response. 30 seconds by default.
    ///
    /// A call takes no longer than this and [`RetryPolicy::max_total_time`] together, because no attempt begins
    /// after the latter. [`CallOptions::timeout`](crate::CallOptions::timeout) sets it for some calls.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How requests are retried. [`RetryPolicy::off`] sends each of them once.
    #[must_use]
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.retries = retries;
        self
    }

    /// How many retries all calls of the client have together. By default each client has a budget of its own.
    #[must_use]
    pub fn retry_budget(mut self, retry_budget: RetryBudget) -> Self {
        self.retry_budget = Some(retry_budget);
        self
    }

    /// Calls a function after each attempt at a request, for metrics and logs of your own. It runs within the call,
    /// so it must not block.
    #[must_use]
    pub fn on_attempt(mut self, function: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        self.hook = Some(Hook::new(function));
        self
    }

    /// The longest body that is read, in bytes. 8 MiB by default. Of a longer one, so much is kept and the
    /// call fails.
    #[must_use]
    pub fn max_body_bytes(mut self, max_body_bytes: usize) -> Self {
        self.max_body_bytes = max_body_bytes;
        self
    }

    /// Uses this HTTP client as it is: its timeouts, its user agent, and whether it follows redirects are its own
    /// settings. Setting one of them here too is a [`BuildError`].
    ///
    /// It should follow none. Most redirects make a GET of a POST, so a success behind a redirect is an error of
    /// [`Category::Unconfirmed`](crate::Category::Unconfirmed) unless the method was GET or HEAD; a redirect to the
    /// same URL cannot be noticed. Nor can the target of a redirect be told from the API itself where a connection
    /// fails, so with a client of your own that makes no POST or PATCH retryable.
    ///
    /// TLS is its own too. [`http_client_builder`](Self::http_client_builder) begins one with ours; reqwest's own
    /// builder panics where nothing else, such as its feature `rustls`, brings cryptography.
    #[must_use]
    pub fn http_client(mut self, http_client: reqwest::Client) -> Self {
        self.http_client = Some(http_client);
        self
    }

    /// The beginning of an [HTTP client](Self::http_client) of your own, with the TLS of ours: for a proxy, a client
    /// certificate or other redirects. All else is as reqwest has it.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up.
    pub fn http_client_builder() -> Result<reqwest::ClientBuilder, BuildError> {
        tls::http_client_builder("https:")
    }

    /// Checks everything and prepares what a generated client consists of. Nothing is sent.
    ///
    /// # Errors
    ///
    /// The first thing that makes a client impossible; see [`BuildError`].
    pub fn connect(self, default_base_url: &str, default_user_agent: &str) -> Result<Connection, BuildError> {
        let text = self.base_url.as_deref().unwrap_or(default_base_url);
        let url = Url::parse(text).map_err(BuildError::MalformedBaseUrl)?;
        if !(self.allow_http && url.scheme() == "http") {
            check_is_secure(&url)?;
        }
        let base_url = checked_base(&url)?;
        if self.http_client.is_some() {
            let given = [
                (self.user_agent.is_some(), "user_agent"),
                (self.connect_timeout.is_some(), "connect_timeout"),
                (self.timeout.is_some(), "timeout"),
            ];
            if let Some((_, option)) = given.into_iter().find(|(is_given, _)| *is_given) {
                return Err(BuildError::VoidOption(option));
            }
        }
        let session = Session::new(self.credentials.authorization()?)
            .retries(self.retries)
            .retry_budget(self.retry_budget.unwrap_or_default())
            .hook(self.hook)
            .redirects(match self.http_client {
                Some(_) => Redirects::Possible,
                None => Redirects::Refused,
            })
            .max_body_bytes(self.max_body_bytes);
        let http_client = match self.http_client {
            Some(http_client) => http_client,
            None => tls::http_client_builder(&base_url)?
                .redirect(reqwest::redirect::Policy::none())
                // A proxy would see requests to this machine, credentials included.
                .no_proxy()
                .connect_timeout(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))
                .timeout(self.timeout.unwrap_or(TIMEOUT))
                .user_agent(self.user_agent.as_deref().unwrap_or(default_user_agent))
                .build()
                .map_err(BuildError::HttpClient)?,
        };
        Ok(Connection {
            base_url,
            http_client,
            session,
        })
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is left out: until it is checked, it may contain a password.
        formatter
            .debug_struct("Options")
            .field("credentials", &self.credentials)
            .field("user_agent", &self.user_agent)
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .field("retries", &self.retries)
            .field("retry_budget", &self.retry_budget)
            .field("max_body_bytes", &self.max_body_bytes)
            .finish_non_exhaustive()
    }
}

/// What a generated client consists of.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The URL in front of every path, without a slash at its end.
    pub base_url: String,
    /// Sends the requests.
    pub http_client: reqwest::Client,
    /// What is sent with every request.
    pub session: Session,
}

fn check_is_secure(url: &Url) -> Result<(), BuildError> {
    let is_local = || url.host().is_some_and(|host| is_loopback(&host));
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_local() => Ok(()),
        scheme => Err(BuildError::InsecureBaseUrl {
            scheme: scheme.to_owned(),
        }),
    }
}

/// The base URL in the form that paths are appended to.
fn checked_base(url: &Url) -> Result<String, BuildError> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BuildError::SurplusInBaseUrl(
            "a user name or a password: give them as credentials",
        ));
    }
    if url.query().is_some() {
        return Err(BuildError::SurplusInBaseUrl("a query"));
    }
    if url.fragment().is_some() {
        return Err(BuildError::SurplusInBaseUrl("a fragment"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{BuildError, Connection, Credentials, Options, RetryPolicy};

    fn options() -> Options {
        Options::new(Credentials::basic("AC1", "hunter2"))
    }

    fn connect(options: Options) -> Result<Connection, BuildError> {
        options.connect("https://api.example", "agent/1")
    }

    #[test]
    fn secure_and_loopback_bases_lose_only_their_last_slash() {
        for (given, kept) in [
            ("https://api.example", "https://api.example"),
            ("https://api.example/", "https://api.example"),
            ("https://api.example:8443/base/", "https://api.example:8443/base"),
            ("HTTPS://API.example", "https://api.example"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://127.9.9.9/", "http://127.9.9.9"),
            ("http://[::1]:1/", "http://[::1]:1"),
            ("http://localhost:3000", "http://localhost:3000"),
        ] {
            assert_eq!(connect(options().base_url(given)).unwrap().base_url, kept);
        }
    }

    #[test]
    fn insecure_bases_are_refused() {
        for given in [
            "http://api.example",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://10.0.0.1",
            "http://[::2]",
            "ftp://localhost",
            "localhost:8080",
            "file:///etc",
        ] {
            for options in [options(), options().allow_http()] {
                let allowed = options.allow_http && given.starts_with("http:");
                let refused = matches!(
                    connect(options.base_url(given)),
                    Err(BuildError::InsecureBaseUrl { .. })
                );
                assert_ne!(refused, allowed, "{given}");
            }
        }
    }

    #[test]
    fn bases_with_a_surplus_part_are_refused_without_being_shown() {
        for given in [
            "https://AC1:hunter2@api.example",
            "https://api.example?hunter2",
            "https://api.example/#hunter2",
        ] {
            let refused = connect(options().base_url(given)).unwrap_err();
            assert!(matches!(refused, BuildError::SurplusInBaseUrl(_)), "{given}");
            assert!(!format!("{refused} {refused:?}").contains("hunter2"));
        }
        let refused = connect(options().base_url("api.example")).unwrap_err();
        assert!(matches!(refused, BuildError::MalformedBaseUrl(_)));
    }

    #[test]
    fn user_agent_that_no_header_may_carry_is_refused() {
        let refused = options()
            .user_agent("a\nb")
            .connect("http://localhost", "agent/1");
        assert!(matches!(refused, Err(BuildError::HttpClient(_))));
    }

    #[test]
    fn options_that_an_http_client_of_ones_own_makes_void_are_refused() {
        let second = Duration::from_secs(1);
        for (given, option) in [
            (options().user_agent("agent/2"), "user_agent"),
            (options().timeout(second), "timeout"),
            (options().connect_timeout(second), "connect_timeout"),
        ] {
            let http_client = super::tls::http_client_builder("http:").unwrap().build().unwrap();
            let refused = connect(given.http_client(http_client)).unwrap_err();
            assert!(
                matches!(refused, BuildError::VoidOption(name) if name == option),
                "{refused}"
            );
        }
    }

    #[cfg(feature = "rustls")]
    #[test]
    fn client_with_tls_leaves_the_cryptography_of_the_process_alone() {
        assert!(connect(options()).is_ok());
        assert!(rustls::crypto::CryptoProvider::get_default().is_none());
    }

    #[test]
    fn server_that_never_responds_has_three_attempts_by_default() {
        let (attempts, hung) = (3, super::TIMEOUT);
        for made in 1..attempts {
            let delay =
                RetryPolicy::default().delay(made, None, hung * made + Duration::from_secs(made.into()));
            assert!(delay.is_some(), "{made}");
        }
    }

    #[test]
    fn debug_of_options_and_connection_hides_the_password() {
        let options = options().base_url("http://localhost:1");
        let shown = format!("{options:?}");
        assert!(shown.contains("AC1") && !shown.contains("hunter2"), "{shown}");

        let unchecked = options.clone().base_url("https://AC1:hunter2@api.example");
        let shown = format!("{unchecked:?}");
        assert!(!shown.contains("hunter2"), "{shown}");

        let connection = options.connect("https://api.example", "agent/1").unwrap();
        assert_eq!(connection.base_url, "http://localhost:1");
        let shown = format!("{connection:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("QUMx"), "{shown}");
    }
}
