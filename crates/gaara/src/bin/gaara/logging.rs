//! Log lines: for people on a terminal, for programs otherwise, always to standard error.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// What clients can have written at will: a line at level ERROR for each request that is none.
const SILENT: &str = "actix_http::h1=off";

/// Begins to log.
pub(crate) fn start(config: &Config) {
    let filter = EnvFilter::try_new(format!("{SILENT},{}", config.log_level)).unwrap_or_default();
    let is_terminal = io::stderr().is_terminal();
    let is_json = match config.log_format {
        LogFormat::Auto => !is_terminal,
        LogFormat::Pretty => false,
        LogFormat::Json => true,
    };
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    // A second start in one process keeps the first, which logs just as well.
    drop(if is_json {
        lines.json().flatten_event(true).with_current_span(false).try_init()
    } else {
        lines.with_ansi(is_terminal).try_init()
    });
}
