//! Every figure that is exported, by name.

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It only grows, until the process ends.
    Counter,
    /// It goes up and down.
    Gauge,
    /// Counts below bounds, a count and a sum.
    Histogram,
}

impl Kind {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// A figure that is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// What it tells, in one line.
    pub help: &'static str,
}

const fn metric(name: &'static str, kind: Kind, help: &'static str) -> Metric {
    Metric { name, kind, help }
}

/// Every figure there is; nothing else is exported.
pub const METRICS: &[Metric] = &[
    metric("gaara_build_info", Kind::Gauge, "Always 1; the version is a label."),
    metric("gaara_uptime_seconds", Kind::Gauge, "How long the server has been running."),
    metric("gaara_draining", Kind::Gauge, "1 once the server is about to stop."),
    metric("gaara_http_requests_in_flight", Kind::Gauge, "Requests that are being worked on."),
    metric(
        "gaara_http_request_duration_seconds",
        Kind::Histogram,
        "How long requests took, by route, method and class of status.",
    ),
    metric("gaara_problems_total", Kind::Counter, "Requests that ended in a problem, by code."),
    metric("gaara_sign_ins_total", Kind::Counter, "Sign-ins with a password, by outcome."),
    metric(
        "gaara_database_connections",
        Kind::Gauge,
        "Open connections to the database, by pool and state.",
    ),
    metric(
        "gaara_database_connections_max",
        Kind::Gauge,
        "The most connections that a pool opens.",
    ),
    metric("gaara_hashing_running", Kind::Gauge, "Passwords that are being hashed."),
    metric("gaara_hashing_waiting", Kind::Gauge, "Passwords that wait for being hashed."),
    metric("gaara_mail_sent_total", Kind::Counter, "Mails that were taken."),
    metric("gaara_mail_failures_total", Kind::Counter, "Attempts to hand mail over that failed."),
    metric(
        "gaara_breaker_state",
        Kind::Gauge,
        "1 for the state that the breaker of a dependency is in, 0 for the others.",
    ),
    metric("gaara_breaker_openings_total", Kind::Counter, "How often a breaker opened."),
    metric("gaara_breaker_refusals_total", Kind::Counter, "Calls that a breaker did not let pass."),
    metric("process_resident_memory_bytes", Kind::Gauge, "Memory that the process holds."),
    metric("process_open_fds", Kind::Gauge, "Files and sockets that the process has open."),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_as_prometheus_wants_them() {
        let names: BTreeSet<&str> = METRICS.iter().map(|metric| metric.name).collect();
        assert_eq!(names.len(), METRICS.len());
        for metric in METRICS {
            let fits = |sign: char| sign.is_ascii_lowercase() || sign == '_';
            assert!(metric.name.chars().all(fits), "{}", metric.name);
            assert_eq!(metric.name.ends_with("_total"), metric.kind == Kind::Counter);
            assert!(metric.help.ends_with('.') && !metric.help.contains('\n'));
        }
    }
}
