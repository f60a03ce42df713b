//! A connection over TLS that stays open for several requests.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::crypto::aws_lc_rs;
use rustls::pki_types::ServerName;
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion,
};

use crate::authority::Authority;

/// An open connection.
pub(crate) struct Connection(StreamOwned<ClientConnection, TcpStream>);

impl Connection {
    /// Connects, trusting these authorities alone.
    pub(crate) fn open(
        address: &str,
        trusted: &[&Authority],
        versions: &[&'static SupportedProtocolVersion],
    ) -> io::Result<Self> {
        let mut roots = RootCertStore::empty();
        for authority in trusted {
            roots.add(authority.root.clone()).unwrap();
        }
        let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("127.0.0.1").unwrap();
        let connection = ClientConnection::new(Arc::new(config), name).unwrap();
        let mut stream = StreamOwned::new(connection, TcpStream::connect(address)?);
        stream.conn.complete_io(&mut stream.sock)?;
        Ok(Self(stream))
    }

    /// Sends a GET and answers everything that comes back, up to the end of its body.
    pub(crate) fn get(&mut self, path: &str) -> io::Result<String> {
        write!(self.0, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        let mut answer = Vec::new();
        let mut byte = [0];
        while !answer.ends_with(b"\r\n\r\n") {
            self.0.read_exact(&mut byte)?;
            answer.extend(byte);
        }
        let head = String::from_utf8_lossy(&answer).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
        self.0.read_exact(&mut body)?;
        answer.extend(body);
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }
}
