//! What tests need: a client of the generated shape, and a server with canned responses on loopback.

pub(crate) mod loopback;
pub(crate) mod sample;

use crate::{Credentials, Options};

/// An HTTP client that needs nothing of the machine, not even its certificates.
pub(crate) fn http_client() -> reqwest::Client {
    let options = Options::new(Credentials::basic("a", "b"));
    options
        .connect("http://localhost", "kettles/1")
        .unwrap()
        .http_client
}
