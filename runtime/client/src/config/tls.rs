//! TLS of the HTTP client that is built here. Installs no provider of cryptography for the process.

use super::BuildError;

/// The beginning of an HTTP client with our TLS.
///
/// # Errors
///
/// The machine's certificates cannot be loaded.
#[cfg(feature = "rustls")]
pub(super) fn http_client_builder(base_url: &str) -> Result<reqwest::ClientBuilder, BuildError> {
    let configuration = configuration(base_url).map_err(|error| BuildError::Tls(Box::new(error)))?;
    Ok(reqwest::Client::builder().tls_backend_preconfigured(configuration))
}

/// The beginning of an HTTP client with the TLS that reqwest was built with, if any.
#[cfg(not(feature = "rustls"))]
pub(super) fn http_client_builder(_base_url: &str) -> Result<reqwest::ClientBuilder, BuildError> {
    Ok(reqwest::Client::builder())
}

/// Trusts the certificates that the machine trusts. Cryptography is that of the process's default provider, and ring's
/// where it has none.
///
/// A client that never uses TLS does not load the certificates of the machine: where there are none, as in a bare
/// container, it could not be built at all.
#[cfg(feature = "rustls")]
fn configuration(base_url: &str) -> Result<rustls::ClientConfig, rustls::Error> {
    use rustls::crypto::{CryptoProvider, ring};
    use rustls_platform_verifier::BuilderVerifierExt as _;

    let provider = CryptoProvider::get_default().cloned();
    let provider = provider.unwrap_or_else(|| std::sync::Arc::new(ring::default_provider()));
    let builder =
        rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let builder = if base_url.starts_with("http:") {
        builder.with_root_certificates(rustls::RootCertStore::empty())
    } else {
        builder.with_platform_verifier()?
    };
    let mut configuration = builder.with_no_client_auth();
    configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(configuration)
}
