//! What is configured about the edge: TLS, the end of the server, its health.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use gaara_http::HttpConfig;

use super::reader::{Reader, listen};

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
    docs: bool,
    pub(crate) drain_delay: Duration,
    shutdown_timeout: Duration,
    /// With them the server speaks TLS.
    pub(crate) certificate: Option<CertificateFiles>,
    pub(crate) reload_every: Duration,
    pub(crate) redirect_listen: Option<SocketAddr>,
    pub(crate) metrics_listen: Option<SocketAddr>,
    tls_proxy: bool,
    hsts_preload: bool,
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
        let redirect = "an address like 0.0.0.0:80, or nothing";
        let redirect_listen = reader.parse_with("server.tls.redirect_listen", redirect, listen);
        let metrics = "an address like 127.0.0.1:9464, or nothing";
        let metrics_listen = reader.parse_with("metrics.listen", metrics, listen);
        let tls_proxy = reader.parse("server.tls.proxy", "true or false");
        let hsts_preload = reader.parse("server.tls.hsts_preload", "true or false");
        let disk_percent_min = reader.percent("health.disk_percent_min");
        let disk_mib_min = reader.parse("health.disk_mib_min", "a number of MiB");
        let certificate = both(certificate?, key?, reader)?;
        if redirect_listen?.is_some() && certificate.is_none() {
            reader.complain(
                "server.tls.redirect_listen leads to TLS: it needs server.tls.certificate",
            );
        }
        Some(Self {
            listen: address?,
            insecure_http: insecure_http?,
            docs: docs?,
            drain_delay: drain_delay?,
            shutdown_timeout: shutdown_timeout?,
            certificate,
            reload_every: reload_every?,
            redirect_listen: redirect_listen?,
            metrics_listen: metrics_listen?,
            tls_proxy: tls_proxy?,
            hsts_preload: hsts_preload?,
            disk_percent_min: disk_percent_min?,
            disk_mib_min: disk_mib_min?,
        })
    }

    /// Why the server must not listen where it is told to; `None` when it may.
    pub(crate) fn exposure(&self) -> Option<String> {
        let stays = self.listen.ip().is_loopback() || self.certificate.is_some();
        let is_exposed = !stays && !self.tls_proxy && !self.insecure_http;
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
        HttpConfig {
            docs: self.docs,
            tls_proxy: self.tls_proxy,
            hsts_preload: self.hsts_preload,
            shutdown_timeout: self.shutdown_timeout,
            public_url,
            ..HttpConfig::default()
        }
    }
}

/// Both files or none: one alone is a slip that would leave the server without TLS.
fn both(certificate: String, key: String, reader: &mut Reader) -> Option<Option<CertificateFiles>> {
    match (certificate.is_empty(), key.is_empty()) {
        (true, true) => Some(None),
        (false, false) => {
            Some(Some(CertificateFiles { certificate: certificate.into(), key: key.into() }))
        }
        _ => {
            reader.complain("server.tls.certificate and server.tls.key are set together");
            None
        }
    }
}
