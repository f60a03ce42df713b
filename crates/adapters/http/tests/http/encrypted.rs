//! Connections under TLS on a real socket, counted like those in plain.
#![expect(clippy::unwrap_used, reason = "what a test stands on ends it when it fails")]

use std::fs;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use actix_web::rt::task::JoinHandle;
use gaara_http::{Certificate, HttpConfig, Listeners, Stopper, start};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::support::empty;

type Connection = StreamOwned<ClientConnection, TcpStream>;

fn connect(address: SocketAddr, trusted: &CertificateDer<'static>) -> Connection {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = "localhost".try_into().unwrap();
    let client = ClientConnection::new(Arc::new(config), name).unwrap();
    StreamOwned::new(client, TcpStream::connect(address).unwrap())
}

/// Asks how the server is, and reads the first line of the answer.
fn ask(connection: &mut Connection) -> io::Result<String> {
    connection.write_all(b"HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        connection.read_exact(&mut byte)?;
        head.extend(byte);
    }
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    Ok(String::from_utf8_lossy(line).into_owned())
}

/// A server under TLS, of which one address may hold so many connections.
struct Target {
    address: SocketAddr,
    trusted: CertificateDer<'static>,
    stopper: Stopper,
    served: JoinHandle<io::Result<()>>,
}

impl Target {
    fn start(config: HttpConfig) -> Self {
        let issued = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let directory = tempfile::tempdir().unwrap();
        let (chain, key) = (directory.path().join("chain.pem"), directory.path().join("key.pem"));
        fs::write(&chain, issued.cert.pem()).unwrap();
        fs::write(&key, issued.signing_key.serialize_pem()).unwrap();
        let main = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = main.local_addr().unwrap();
        let certificate = Some(Arc::new(Certificate::read(chain, key).unwrap()));
        let config = HttpConfig { workers: Some(1), uncounted: Vec::new(), ..config };
        let listeners = Listeners { certificate, ..Listeners::plain(main) };
        let running = start(empty().app, listeners, &config).unwrap();
        let stopper = running.stopper();
        let served = actix_web::rt::spawn(running.ended());
        Self { address, trusted: issued.cert.der().clone(), stopper, served }
    }

    async fn stop(self) {
        self.stopper.stop().await;
        self.served.await.unwrap().unwrap();
    }
}

#[actix_web::test]
async fn one_address_holds_no_more_connections_under_tls_than_it_may() {
    let target =
        Target::start(HttpConfig { connections_per_address_max: 1, ..HttpConfig::default() });
    let (address, trusted) = (target.address, target.trusted.clone());

    let answers = actix_web::rt::task::spawn_blocking(move || {
        let mut first = connect(address, &trusted);
        let before = ask(&mut first);
        let mut second = connect(address, &trusted);
        [before, ask(&mut second), ask(&mut first)].map(Result::ok)
    });

    let stays = Some("HTTP/1.1 200 OK".to_owned());
    assert_eq!(answers.await.unwrap(), [stays.clone(), None, stays]);
    target.stop().await;
}

#[actix_web::test]
async fn who_does_not_even_begin_with_tls_is_counted_and_not_waited_for() {
    let target = Target::start(HttpConfig {
        connections_per_address_max: 2,
        head_timeout: Duration::from_secs(2),
        ..HttpConfig::default()
    });
    let (address, trusted) = (target.address, target.trusted.clone());

    let (refused, ended, after) = actix_web::rt::task::spawn_blocking(move || {
        let mut silent = [(); 2].map(|()| TcpStream::connect(address).unwrap());
        let refused = ask(&mut connect(address, &trusted)).is_err();
        let ended = silent.each_mut().map(|stream| stream.read(&mut [0]).unwrap());
        (refused, ended, ask(&mut connect(address, &trusted)).unwrap())
    })
    .await
    .unwrap();

    assert!(refused, "two are there already");
    assert_eq!(ended, [0, 0], "the server ends both");
    assert_eq!(after, "HTTP/1.1 200 OK");
    target.stop().await;
}
