//! What is measured, in a process of its own: some requests to one router, in process or behind a socket.

use std::convert::Infallible;
use std::io::{self, Read as _, Write as _};
use std::thread;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use http_body_util::BodyExt as _;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tower::{Service, ServiceExt as _};

use super::rows::Row;
use super::{by_hand, generated};

/// A router that is written by hand.
fn by_hand(name: &str) -> Router {
    match name {
        "plain" => by_hand::plain(),
        "checked" => by_hand::checked(),
        _ => panic!("{name} is no router"),
    }
}

/// Has a router respond so many times to the request of a row. The router `none` only drops it, to know what it costs to
/// make one.
pub(crate) fn respond(name: &str, row: &str, count: &str) {
    let count: usize = count.parse().expect("a number of requests");
    let request = Row::of(row).template();
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        match name {
            "none" => (0..count).for_each(|_| drop(request())),
            "generated" => respond_by(generated::service(), request, count).await,
            // As `axum::serve` does.
            _ => respond_by(by_hand(name).with_state(()), request, count).await,
        }
    });
}

async fn respond_by<S>(service: S, request: impl Fn() -> Request, count: usize)
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone,
{
    for _ in 0..count {
        let Ok(response) = service.clone().oneshot(request()).await;
        response.into_body().collect().await.expect("a body");
    }
}

/// Serves a router in one thread, on a port that the first line of the output names, until the input ends.
pub(crate) fn serve(name: &str) {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        println!("{address}");
        io::stdout().flush().expect("a reader");
        let (end, ended) = oneshot::channel();
        thread::spawn(move || {
            let _ = io::stdin().read(&mut [0]);
            let _ = end.send(());
        });
        let shutdown = async {
            let _ = ended.await;
        };
        match name {
            "generated" => generated::serve(listener, shutdown).await,
            _ => by_hand::serve(listener, by_hand(name), shutdown).await,
        }
    });
}
