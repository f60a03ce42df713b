//! Where the server listens, and the certificate it shows there.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gaara_http::{Certificate, Listeners};
use tokio::time::{MissedTickBehavior, interval};

use crate::config::Edge;
use crate::failure::Failure;
use crate::output;
use crate::stop::Hangup;

/// Opens every listener that is configured, without answering yet.
pub(crate) fn open(edge: &Edge) -> Result<Listeners, Failure> {
    let certificate = certificate(edge)?;
    let main = bind(edge.listen)?;
    let redirect = edge.redirect_listen.map(bind).transpose()?;
    let metrics = edge.metrics_listen.map(bind).transpose()?;
    Ok(Listeners { main, certificate, redirect, metrics })
}

/// Reads the certificate that is configured, where there is one.
pub(crate) fn certificate(edge: &Edge) -> Result<Option<Arc<Certificate>>, Failure> {
    let Some(files) = &edge.certificate else { return Ok(None) };
    match Certificate::read(&files.certificate, &files.key) {
        Ok(certificate) => Ok(Some(Arc::new(certificate))),
        Err(error) => {
            Err(Failure::Configuration(vec![format!("server.tls: {}", output::chain(&error))]))
        }
    }
}

fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .map_err(|error| Failure::Other(format!("cannot listen on {address}: {error}")))
}

/// Reads the certificate again whenever its files change, or somebody asks by SIGHUP. What cannot
/// be used changes nothing: files are replaced one after the other.
pub(crate) async fn renew(certificate: Arc<Certificate>, every: Duration, mut hangup: Hangup) {
    let mut turns = interval(every);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last = stamps(&certificate);
    loop {
        let is_asked = tokio::select! {
            () = hangup.heard() => true,
            _ = turns.tick() => false,
        };
        let now = stamps(&certificate);
        if !is_asked && now == last {
            continue;
        }
        last = now;
        match certificate.read_again() {
            Ok(()) => tracing::info!("the certificate was read again"),
            Err(error) => {
                let error = output::chain(&error);
                tracing::warn!(error, "the certificate stays as it was");
            }
        }
    }
}

/// What changes with a file: when it was written, and how long it is.
fn stamps(certificate: &Certificate) -> [Option<(SystemTime, u64)>; 2] {
    certificate.files().map(|path| {
        let metadata = fs::metadata(path).ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    })
}
