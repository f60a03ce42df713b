//! How a connection begins: counted first, then encrypted, then timed.

use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::either::Either;

use super::count::Entry;
use super::{Connection, Connections, Patience, Patient};

/// Lets connections in.
#[derive(Clone)]
pub(crate) struct Acceptor {
    pub(crate) connections: Arc<Connections>,
    pub(crate) tls: Option<Arc<ServerConfig>>,
    pub(crate) handshake_timeout: Duration,
    pub(crate) patience: Patience,
}

/// What carries a connection: TCP, or TLS over it.
pub(crate) type Socket = Either<TcpStream, Box<TlsStream<TcpStream>>>;

impl Acceptor {
    /// Lets a connection in.
    ///
    /// # Errors
    /// The address has as many as it may have, or the client did not agree on TLS in time.
    pub(crate) async fn accept(
        &self,
        stream: TcpStream,
    ) -> io::Result<(Patient<Socket>, Option<SocketAddr>)> {
        let peer = stream.peer_addr()?;
        let stay = match self.connections.enter(peer.ip()) {
            Entry::Exempt => None,
            Entry::Counted(stay) => Some(stay),
            Entry::Full => return Err(io::ErrorKind::ConnectionRefused.into()),
        };
        // An answer is written whole: there is nothing to wait for that could go with it.
        stream.set_nodelay(true)?;
        let stream = match &self.tls {
            None => Either::Left(stream),
            Some(config) => {
                let handshake = TlsAcceptor::from(Arc::clone(config)).accept(stream);
                Either::Right(Box::new(timeout(self.handshake_timeout, handshake).await??))
            }
        };
        let connection = Rc::new(Connection::new(self.tls.is_some(), stay));
        Ok((Patient::new(stream, connection, self.patience), Some(peer)))
    }
}
