//! What an operator may set about the HTTP server.

use std::thread::available_parallelism;
use std::time::Duration;

use crate::edge::{Hosts, Network, Origins, RateLimits};

/// The largest body that is read unless the configuration says otherwise: 256 KiB.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// The largest body of a batch unless the configuration says otherwise: 2 MiB.
pub const BATCH_BYTES_MAX: usize = 2 * 1024 * 1024;

/// The largest body of an import unless the configuration says otherwise: 10 MiB.
pub const IMPORT_BYTES_MAX: usize = 10 * 1024 * 1024;

/// The largest head of a request unless the configuration says otherwise: 32 KiB.
pub const HEAD_BYTES_MAX: usize = 32 * 1024;

/// How the HTTP server behaves.
#[derive(Debug, Clone)]
pub struct HttpConfig {
    /// The names that requests may be meant for.
    pub hosts: Hosts,
    /// The proxies that are believed about where a request comes from.
    pub trusted_proxies: Vec<Network>,
    /// The other sites whose pages may use the API.
    pub origins: Origins,
    /// How many requests may be made; as many as anybody likes when absent.
    pub rate_limits: Option<RateLimits>,
    /// The largest head of a request, in bytes.
    pub head_bytes_max: usize,
    /// The largest body, in bytes.
    pub body_bytes_max: usize,
    /// The largest body of a batch, in bytes.
    pub batch_bytes_max: usize,
    /// The largest body of an import, in bytes.
    pub import_bytes_max: usize,
    /// How long a body may take to arrive.
    pub body_timeout: Duration,
    /// How many bytes of a body must arrive, or be taken, in a second.
    pub body_rate_min: u32,
    /// How long that does not count yet.
    pub body_grace: Duration,
    /// How long answering may take.
    pub request_timeout: Duration,
    /// How long answering with a table may take.
    pub export_timeout: Duration,
    /// How long an answer may wait for whoever asked to take more of it, in all, and a second more
    /// for each [`HttpConfig::body_rate_min`] bytes that were taken.
    pub answer_timeout: Duration,
    /// How long the head of a request may take to arrive, and before it to agree on TLS.
    pub head_timeout: Duration,
    /// How long an idle connection stays open.
    pub keep_alive: Duration,
    /// How many connections there may be.
    pub connections_max: usize,
    /// How many of them may come from one address.
    pub connections_per_address_max: usize,
    /// Whose connections are not counted, beside those of the proxies.
    pub uncounted: Vec<Network>,
    /// How long requests that are being worked on may take once the server stops.
    pub shutdown_timeout: Duration,
    /// Whether the pages that show the OpenAPI document are served.
    pub docs: bool,
    /// Whether a proxy in front of the server speaks TLS with the world.
    pub tls_proxy: bool,
    /// Whether browsers may carry the rule that this host is asked over TLS only.
    pub hsts_preload: bool,
    /// The address of the server as people reach it, without a slash at the end, where configured.
    pub public_url: Option<String>,
    /// How many threads serve; one per core when absent.
    pub workers: Option<usize>,
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            hosts: Hosts::default(),
            trusted_proxies: Vec::new(),
            origins: Origins::default(),
            rate_limits: None,
            head_bytes_max: HEAD_BYTES_MAX,
            body_bytes_max: BODY_BYTES_MAX,
            batch_bytes_max: BATCH_BYTES_MAX,
            import_bytes_max: IMPORT_BYTES_MAX,
            body_timeout: Duration::from_secs(15),
            body_rate_min: 1_024,
            body_grace: Duration::from_secs(2),
            request_timeout: Duration::from_secs(20),
            export_timeout: Duration::from_mins(2),
            answer_timeout: Duration::from_secs(30),
            head_timeout: Duration::from_secs(5),
            keep_alive: Duration::from_secs(5),
            connections_max: 4_096,
            connections_per_address_max: 64,
            uncounted: Network::LOOPBACK.to_vec(),
            shutdown_timeout: Duration::from_secs(25),
            docs: true,
            tls_proxy: false,
            hsts_preload: false,
            public_url: None,
            workers: None,
        }
    }
}

impl HttpConfig {
    /// The largest body that a request to this path may have, in bytes.
    pub(crate) fn bytes_max_at(&self, path: &str) -> usize {
        if path.starts_with("/api/v1/imports") {
            self.import_bytes_max
        } else if path.ends_with("/batch") {
            self.batch_bytes_max
        } else {
            self.body_bytes_max
        }
    }

    /// When so many bytes of a body must have arrived at the latest, from its beginning.
    pub(crate) fn body_due(&self, received: usize) -> Duration {
        let millis = u64::try_from(received).unwrap_or(u64::MAX).saturating_mul(1_000)
            / u64::from(self.body_rate_min.max(1));
        self.body_grace.saturating_add(Duration::from_millis(millis)).min(self.body_timeout)
    }

    /// How many threads serve.
    pub(crate) fn threads(&self) -> usize {
        self.workers.unwrap_or_else(|| available_parallelism().map_or(1, Into::into))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_must_keep_up_after_two_seconds_and_end_within_fifteen() {
        let config = HttpConfig::default();
        assert_eq!(config.body_due(0), Duration::from_secs(2));
        assert_eq!(config.body_due(2_048), Duration::from_secs(4));
        assert_eq!(config.body_due(usize::MAX), Duration::from_secs(15));
    }

    #[test]
    fn an_import_may_be_larger_than_a_batch_and_that_than_the_rest() {
        let config = HttpConfig::default();
        let paths = ["/api/v1/imports", "/api/v1/products/batch", "/api/v1/products"];
        let sizes = paths.map(|path| config.bytes_max_at(path));
        assert_eq!(sizes, [IMPORT_BYTES_MAX, BATCH_BYTES_MAX, BODY_BYTES_MAX]);
    }
}
