//! TLS of the HTTP client that is built here. Installs no provider of cryptography for the process.

use std::sync::Arc;

use rustls::crypto::{CryptoProvider, ring};
use rustls::{ClientConfig, Error, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;

/// Trusts the certificates that the machine trusts. Cryptography is that of the process's default provider, and ring's
/// where it has none.
///
/// A client that never uses TLS does not load the certificates of the machine: where there are none, as in a bare
/// container, it could not be built at all.
///
/// # Errors
///
/// The machine's certificates cannot be loaded.
pub(super) fn configuration(base_url: &str) -> Result<ClientConfig, Error> {
    let provider = CryptoProvider::get_default().cloned();
    let provider = provider.unwrap_or_else(|| Arc::new(ring::default_provider()));
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let builder = if base_url.starts_with("http:") {
        builder.with_root_certificates(RootCertStore::empty())
    } else {
        builder.with_platform_verifier()?
    };
    let mut configuration = builder.with_no_client_auth();
    configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(configuration)
}
