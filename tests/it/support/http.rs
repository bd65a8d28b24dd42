//! HTTP clients of the consumer's own, which trust no certificate. reqwest has no cryptography to build them with where
//! the client's feature `rustls` alone asks for TLS.

use std::sync::Arc;

use fonedynamics_client::reqwest::{Client, ClientBuilder};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

/// A client with the defaults of reqwest.
pub(crate) fn http_client() -> Client {
    http_client_builder().build().unwrap()
}

pub(crate) fn http_client_builder() -> ClientBuilder {
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    Client::builder().tls_backend_preconfigured(tls)
}
