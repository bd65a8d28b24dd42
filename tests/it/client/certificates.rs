//! Certificates that no client trusts. The key is no secret: it is for this test alone.

use std::error::Error as _;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fonedynamics_client::reqwest::redirect;
use fonedynamics_client::{Category, RetryPolicy};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::support::http::http_client_builder;
use crate::support::read;
use crate::support::scripted::{client, listen};

fn acceptor() -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(read("tests/fixtures/tls/certificate.pem").as_bytes());
    let key = PrivateKeyDer::from_pem_slice(read("tests/fixtures/tls/key.pem").as_bytes());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.unwrap()], key.unwrap())
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

#[tokio::test]
async fn certificate_that_is_not_trusted_is_not_tried_again() {
    let (listener, address) = listen().await;
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    let acceptor = acceptor();
    let task = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            count.fetch_add(1, Ordering::Relaxed);
            // The client hangs up in the middle of it.
            drop(acceptor.accept(stream).await);
        }
    });
    let http = http_client_builder()
        .redirect(redirect::Policy::none())
        .build()
        .unwrap();
    let client = client(&format!("https://{address}"), |options| {
        options
            .http_client(http)
            .retries(RetryPolicy::default().max_attempts(5))
    });
    let error = client.get_address("AD1").await.unwrap_err();
    task.abort();
    let mut causes = String::new();
    let mut next = error.source();
    while let Some(cause) = next {
        write!(causes, "{cause}; ").unwrap();
        next = cause.source();
    }
    assert!(causes.contains("certificate"), "{causes}");
    assert_eq!(
        (error.category(), error.is_retryable()),
        (Category::Transport, false)
    );
    assert_eq!((error.attempts(), connections.load(Ordering::Relaxed)), (1, 1));
}
