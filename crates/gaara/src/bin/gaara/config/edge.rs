//! What is configured about the edge: TLS, the end of the server, its health.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use gaara_http::HttpConfig;

use super::reader::{Address, Reader};

/// The certificate and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CertificateFiles {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

/// Everything about the edge that is configured.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    pub(crate) listen: SocketAddr,
    insecure_http: bool,
    http: HttpConfig,
    pub(crate) drain_delay: Duration,
    /// With them the server speaks TLS.
    pub(crate) certificate: Option<CertificateFiles>,
    pub(crate) reload_every: Duration,
    pub(crate) redirect_listen: Option<SocketAddr>,
    pub(crate) metrics_listen: Option<SocketAddr>,
    pub(crate) disk_percent_min: u64,
    pub(crate) disk_mib_min: u64,
}

impl Edge {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let address = reader.parse("server.listen", "an address like 127.0.0.1:8080");
        let insecure_http = reader.parse("server.insecure_http", "true or false");
        let docs = reader.parse("server.docs", "true or false");
        let drain_delay = reader.delay("server.drain_delay_ms");
        let shutdown_timeout = reader.delay("server.shutdown_timeout_ms");
        let certificate: Option<String> = reader.parse("server.tls.certificate", "a file");
        let key: Option<String> = reader.parse("server.tls.key", "a file");
        let reload_every = reader.duration("server.tls.reload_every_ms");
        let address_or_none = "an address like 127.0.0.1:9464, or nothing";
        let redirect: Option<Address> = reader.parse("server.tls.redirect_listen", address_or_none);
        let metrics: Option<Address> = reader.parse("metrics.listen", address_or_none);
        let tls_proxy = reader.parse("server.tls.proxy", "true or false");
        let hsts_preload = reader.parse("server.tls.hsts_preload", "true or false");
        let disk_percent_min = reader.percent("health.disk_percent_min");
        let disk_mib_min = reader.parse("health.disk_mib_min", "a number of MiB");
        let certificate = files(certificate?, key?, reader);
        let redirect_listen = redirect?.0;
        if redirect_listen.is_some() && certificate.is_none() {
            reader.complain(
                "server.tls.redirect_listen leads to TLS: it needs server.tls.certificate",
            );
        }
        let http = HttpConfig {
            docs: docs?,
            tls_proxy: tls_proxy?,
            hsts_preload: hsts_preload?,
            shutdown_timeout: shutdown_timeout?,
            ..HttpConfig::default()
        };
        Some(Self {
            listen: address?,
            insecure_http: insecure_http?,
            http,
            drain_delay: drain_delay?,
            certificate,
            reload_every: reload_every?,
            redirect_listen,
            metrics_listen: metrics?.0,
            disk_percent_min: disk_percent_min?,
            disk_mib_min: disk_mib_min?,
        })
    }

    /// Why the server must not listen where it is told to; `None` when it may.
    pub(crate) fn exposure(&self) -> Option<String> {
        let stays = self.listen.ip().is_loopback() || self.certificate.is_some();
        let is_exposed = !stays && !self.http.tls_proxy && !self.insecure_http;
        is_exposed.then(|| {
            format!(
                "server.listen is {}: passwords and tokens would leave this machine unencrypted. \
                 Name a certificate and its key (server.tls.certificate, server.tls.key), or say \
                 server.tls.proxy when a proxy in front speaks TLS, or --insecure-http when the \
                 network is private by itself",
                self.listen
            )
        })
    }

    /// `https` with a certificate, else `http`.
    pub(crate) const fn scheme(&self) -> &'static str {
        if self.certificate.is_some() { "https" } else { "http" }
    }

    /// Where this machine reaches a server that listens there.
    pub(crate) fn own_address(&self) -> SocketAddr {
        let ip = match self.listen.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        SocketAddr::new(ip, self.listen.port())
    }

    /// How the server behaves.
    pub(crate) fn http(&self, public_url: Option<String>) -> HttpConfig {
        HttpConfig { public_url, ..self.http.clone() }
    }
}

/// Both files or none: one alone is a slip that would leave the server without TLS.
fn files(certificate: String, key: String, reader: &mut Reader) -> Option<CertificateFiles> {
    if certificate.is_empty() != key.is_empty() {
        reader.complain("server.tls.certificate and server.tls.key are set together");
    }
    let both = !certificate.is_empty() && !key.is_empty();
    both.then(|| CertificateFiles { certificate: certificate.into(), key: key.into() })
}
