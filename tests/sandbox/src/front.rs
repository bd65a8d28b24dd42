//! What stands between callers and the server of a test: it copies bytes both ways, and gives the bytes of a test in
//! place of a response. Understands no HTTP.

use std::collections::BTreeMap;
use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// A connection, as the server sees it.
pub(crate) type Peer = SocketAddr;

/// The connections that are open. Clones are one front.
#[derive(Clone, Debug, Default)]
pub(crate) struct Front(Arc<Mutex<BTreeMap<Peer, oneshot::Sender<Vec<u8>>>>>);

impl Front {
    /// Ends a connection with these bytes.
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
        if let Some(bytes) = bytes {
            caller.write_all(&bytes).await?;
            caller.shutdown().await?;
        }
        Ok(())
    }

    fn connections(&self) -> MutexGuard<'_, BTreeMap<Peer, oneshot::Sender<Vec<u8>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
