//! What stands between callers and the server of a test: it copies bytes both ways, and gives the bytes of a test in
//! place of a response. Understands no HTTP.

use std::collections::BTreeMap;
use std::future::pending;
use std::io::{self, Read as _};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncWriteExt as _, copy, copy_bidirectional, sink};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// A connection, as the server sees it.
pub(crate) type Peer = SocketAddr;

/// The connections that are open. Clones are one front.
#[derive(Clone, Debug, Default)]
pub(crate) struct Front(Arc<Mutex<BTreeMap<Peer, oneshot::Sender<Vec<u8>>>>>);

impl Front {
    /// Ends a connection with these bytes, after those that the server has sent already.
    pub(crate) fn respond(&self, peer: Peer, bytes: Vec<u8>) {
        if let Some(connection) = self.connections().remove(&peer) {
            // A connection that has just ended needs no bytes.
            drop(connection.send(bytes));
        }
    }

    /// Connects callers to the server, until it is dropped, which ends all connections.
    pub(crate) async fn run(self, listener: TcpListener, server: SocketAddr) {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = listener.accept() => {
                    // What fails to connect is the caller's to notice.
                    if let Ok((caller, _)) = accepted {
                        connections.spawn(self.clone().connect(caller, server));
                    }
                }
                Some(_) = connections.join_next() => {}
            }
        }
    }

    async fn connect(self, mut caller: TcpStream, server: SocketAddr) -> io::Result<()> {
        let mut server = TcpStream::connect(server).await?;
        // Both ends of the front are on one machine: without this, each response would wait for the next.
        caller.set_nodelay(true)?;
        server.set_nodelay(true)?;
        let peer = server.local_addr()?;
        let (sender, bytes) = oneshot::channel();
        self.connections().insert(peer, sender);
        let bytes = tokio::select! {
            _ = copy_bidirectional(&mut caller, &mut server) => None,
            bytes = async { match bytes.await { Ok(bytes) => bytes, Err(_) => pending().await } } => Some(bytes),
        };
        self.connections().remove(&peer);
        let Some(bytes) = bytes else { return Ok(()) };
        let mut last = Vec::new();
        // Of the socket itself: tokio may not know yet that there is something to read, and this must not wait for more.
        drop(server.into_std()?.read_to_end(&mut last));
        last.extend(bytes);
        let ((mut unread, mut caller), mut nowhere) = (caller.split(), sink());
        let respond = async {
            caller.write_all(&last).await?;
            caller.shutdown().await
        };
        // A connection that ends with bytes unread is reset, and a caller that still sends might lose the response.
        let (responded, _) = tokio::join!(respond, copy(&mut unread, &mut nowhere));
        responded
    }

    fn connections(&self) -> MutexGuard<'_, BTreeMap<Peer, oneshot::Sender<Vec<u8>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};

    use super::Front;

    /// A front that runs, a connection through it, and the same at the server.
    async fn connected() -> (Front, TcpStream, TcpStream) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let front = Front::default();
        tokio::spawn(front.clone().run(listener, server.local_addr().unwrap()));
        let mut caller = TcpStream::connect(address).await.unwrap();
        let (mut served, _) = server.accept().await.unwrap();
        caller.write_all(b"?").await.unwrap();
        assert_eq!(served.read_u8().await.unwrap(), b'?');
        (front, caller, served)
    }

    #[tokio::test]
    async fn bytes_come_after_what_the_server_has_sent() {
        for _ in 0..100 {
            let (front, mut caller, mut served) = connected().await;
            served.write_all(b"first, ").await.unwrap();
            front.respond(served.peer_addr().unwrap(), b"second".to_vec());
            let mut received = String::new();
            caller.read_to_string(&mut received).await.unwrap();
            assert_eq!(received, "first, second");
        }
    }

    #[tokio::test]
    async fn bytes_reach_a_caller_that_is_still_sending() {
        for _ in 0..20 {
            let (front, mut caller, served) = connected().await;
            front.respond(served.peer_addr().unwrap(), b"enough".to_vec());
            let (mut reading, mut writing) = caller.split();
            let (much, mut received) = (vec![b'.'; 8 << 20], String::new());
            let (sent, read) = tokio::join!(writing.write_all(&much), reading.read_to_string(&mut received));
            assert!(sent.is_ok() && read.is_ok(), "{sent:?} {read:?}");
            assert_eq!(received, "enough");
        }
    }
}
