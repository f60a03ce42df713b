//! Asking a server how it is, as the last step of a container's health check.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, RootCertStore,
    SignatureScheme, StreamOwned,
};

use crate::output;

/// How long a server may take for each step of its answer.
const STEP_MAX: Duration = Duration::from_secs(3);
/// The longest answer that is looked at, in bytes.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// Whom a server over TLS has to show itself as.
pub(crate) enum Trust {
    /// Whoever the machine's own authorities vouch for.
    Machine,
    /// The holder of this certificate, in DER: a machine asks itself by an address that no
    /// certificate names.
    Only(Vec<u8>),
}

/// Asks for a page and answers its status, or why there is none.
pub(crate) fn ask(url: &str, trust: Trust) -> Result<u16, String> {
    let (is_encrypted, rest) = match (url.strip_prefix("http://"), url.strip_prefix("https://")) {
        (Some(rest), _) => (false, rest),
        (_, Some(rest)) => (true, rest),
        _ => return Err("the address must begin with http:// or https://".to_owned()),
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = if path.is_empty() { "health/ready" } else { path };
    let (host, port) = place(authority, if is_encrypted { 443 } else { 80 })?;
    let stream = connect(&host, port)?;
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");
    if is_encrypted {
        exchange(encrypt(stream, &host, trust)?, &request)
    } else {
        exchange(stream, &request)
    }
}

/// The host and the port of `host:port`, `[::1]:port` or a host alone.
fn place(authority: &str, usual_port: u16) -> Result<(String, u16), String> {
    let wrong = || format!("{authority} is no host and port");
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().map_err(|_| wrong())?),
        _ => (authority, usual_port),
    };
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || ".:-".contains(sign);
    if host.is_empty() || !host.chars().all(is_plain) {
        Err(wrong())
    } else {
        Ok((host.to_owned(), port))
    }
}

fn connect(host: &str, port: u16) -> Result<TcpStream, String> {
    let told = |error: std::io::Error| format!("cannot reach {host}:{port}: {error}");
    let mut addresses = (host, port).to_socket_addrs().map_err(told)?;
    let address = addresses.next().ok_or_else(|| format!("{host} has no address"))?;
    let stream = TcpStream::connect_timeout(&address, STEP_MAX).map_err(told)?;
    stream.set_read_timeout(Some(STEP_MAX)).map_err(told)?;
    stream.set_write_timeout(Some(STEP_MAX)).map_err(told)?;
    Ok(stream)
}

fn encrypt(
    stream: TcpStream,
    host: &str,
    trust: Trust,
) -> Result<StreamOwned<ClientConnection, TcpStream>, String> {
    let told = |error: rustls::Error| output::chain(&error);
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let config = config.with_safe_default_protocol_versions().map_err(told)?;
    let config = match trust {
        Trust::Machine => {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            config.with_root_certificates(roots)
        }
        Trust::Only(leaf) => {
            let verifier = Arc::new(Pinned { leaf, provider });
            config.dangerous().with_custom_certificate_verifier(verifier)
        }
    };
    let name = ServerName::try_from(host.to_owned()).map_err(|error| output::chain(&error))?;
    let connection =
        ClientConnection::new(Arc::new(config.with_no_client_auth()), name).map_err(told)?;
    Ok(StreamOwned::new(connection, stream))
}

fn exchange(mut stream: impl Read + Write, request: &str) -> Result<u16, String> {
    let told = |error: std::io::Error| output::chain(&error);
    stream.write_all(request.as_bytes()).map_err(told)?;
    let mut answer = Vec::new();
    // Some servers close without a farewell; what they said before counts.
    let ended = stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    match answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok()) {
        Some(status) => Ok(status),
        None => Err(ended.err().map_or_else(|| "it did not answer in HTTP".to_owned(), told)),
    }
}

/// Takes one certificate and no other, whatever name it is for and until when.
#[derive(Debug)]
struct Pinned {
    leaf: Vec<u8>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if end_entity.as_ref() == self.leaf {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_host_and_a_port() {
        let of = |text| place(text, 443);
        assert_eq!(of("localhost"), Ok(("localhost".to_owned(), 443)));
        assert_eq!(of("127.0.0.1:8080"), Ok(("127.0.0.1".to_owned(), 8080)));
        assert_eq!(of("[::1]:8443"), Ok(("::1".to_owned(), 8443)));
        assert_eq!(of("[::1]"), Ok(("::1".to_owned(), 443)));
        for wrong in ["", ":80", "host:port", "user@host", "a b"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}
