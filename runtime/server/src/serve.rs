//! Puts a router behind a listener. The place for guards on connections; decides nothing about requests.

use std::io;

use axum::Router;
use tokio::net::TcpListener;

/// Answers connections until the process ends.
///
/// # Errors
///
/// If the listener fails for good. Failures of single connections are not errors.
pub async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    axum::serve(listener, router).await
}

/// Answers connections until `shutdown` completes, then lets the requests under way finish.
///
/// # Errors
///
/// As for [`serve`].
pub async fn serve_until(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router)
        .with_graceful_shutdown(shutdown)
        .await
}
