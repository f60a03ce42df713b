//! What an operator may set about the HTTP server.

use std::time::Duration;

/// The largest body that is read unless the configuration says otherwise: 256 KiB.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// The largest body of a batch unless the configuration says otherwise: 2 MiB.
pub const BATCH_BYTES_MAX: usize = 2 * 1024 * 1024;

/// How the HTTP server behaves.
#[derive(Debug, Clone)]
pub struct HttpConfig {
    /// The largest body, in bytes.
    pub body_bytes_max: usize,
    /// The largest body of a batch, in bytes.
    pub batch_bytes_max: usize,
    /// How long a body may take to arrive.
    pub body_timeout: Duration,
    /// How long the head of a request may take to arrive.
    pub head_timeout: Duration,
    /// How long an idle connection stays open.
    pub keep_alive: Duration,
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
            body_bytes_max: BODY_BYTES_MAX,
            batch_bytes_max: BATCH_BYTES_MAX,
            body_timeout: Duration::from_secs(15),
            head_timeout: Duration::from_secs(5),
            keep_alive: Duration::from_secs(5),
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
        if path.ends_with("/batch") { self.batch_bytes_max } else { self.body_bytes_max }
    }
}
