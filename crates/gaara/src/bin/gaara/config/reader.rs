//! Reading values out of the winning layer, and collecting what is wrong with them.

use std::net::{AddrParseError, SocketAddr};
use std::str::FromStr;
use std::time::Duration;

use gaara::security_policy::PasswordPolicy;
use tracing_subscriber::EnvFilter;

use super::layer::{Found, Layer};

/// The winning values, by key.
pub(super) struct Values(pub(super) Layer);

impl Values {
    pub(super) fn find(&self, key: &str) -> Found {
        let nothing = || Found { text: String::new(), origin: String::new() };
        self.0.get(key).cloned().unwrap_or_else(nothing)
    }
}

/// Reads values and collects what is wrong with them.
pub(super) struct Reader {
    pub(super) values: Values,
    pub(super) complaints: Vec<String>,
}

impl Reader {
    pub(super) fn parse<T: FromStr>(&mut self, key: &str, expected: &str) -> Option<T> {
        self.parse_with(key, expected, |text| text.parse().ok())
    }

    pub(super) fn parse_with<T>(
        &mut self,
        key: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let Found { text, origin } = self.values.find(key);
        let value = parse(&text);
        if value.is_none() {
            // The value stays untold: it may be a secret that was put into the wrong place.
            self.complaints.push(format!("{key} (from {origin}) must be {expected}"));
        }
        value
    }

    /// Adds what is wrong with several settings together.
    pub(super) fn complain(&mut self, complaint: &str) {
        self.complaints.push(complaint.to_owned());
    }

    pub(super) fn count(&mut self, key: &str) -> Option<u32> {
        let count = |text: &str| text.parse().ok().filter(|count| (1..=1000).contains(count));
        self.parse_with(key, "a number from 1 to 1000", count)
    }

    pub(super) fn up_to(&mut self, key: &str, max: u32) -> Option<u32> {
        let number = |text: &str| text.parse().ok().filter(|number| (1..=max).contains(number));
        self.parse_with(key, &format!("a number from 1 to {max}"), number)
    }

    /// Values between commas; empty for none.
    pub(super) fn list<T: FromStr>(&mut self, key: &str, expected: &str) -> Option<Vec<T>> {
        let list = |text: &str| {
            let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
            entries.map(|entry| entry.parse().ok()).collect()
        };
        self.parse_with(key, expected, list)
    }

    pub(super) fn percent(&mut self, key: &str) -> Option<u64> {
        let percent = |text: &str| text.parse().ok().filter(|percent| *percent <= 100);
        self.parse_with(key, "a percentage from 0 to 100", percent)
    }

    /// A duration that may be nothing at all.
    pub(super) fn delay(&mut self, key: &str) -> Option<Duration> {
        let milliseconds = |text: &str| text.parse().ok().filter(|ms| *ms <= 3_600_000);
        self.parse_with(key, "milliseconds up to 3600000", milliseconds).map(Duration::from_millis)
    }

    pub(super) fn duration(&mut self, key: &str) -> Option<Duration> {
        let milliseconds = |text: &str| text.parse().ok().filter(|ms| (1..=3_600_000).contains(ms));
        self.parse_with(key, "milliseconds from 1 to 3600000", milliseconds)
            .map(Duration::from_millis)
    }
}

pub(super) fn password_profile(text: &str) -> Option<PasswordPolicy> {
    match text {
        "standard" => Some(PasswordPolicy::STANDARD),
        "nist" => Some(PasswordPolicy::NIST),
        _ => None,
    }
}

pub(super) fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn level(text: &str) -> Option<String> {
    EnvFilter::try_new(text).ok().and_then(|_| non_empty(text))
}

pub(super) fn database_url(text: &str) -> Option<String> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    let is_known = text.is_empty() || known.iter().any(|scheme| text.starts_with(scheme));
    is_known.then(|| text.to_owned())
}

pub(super) fn public_url(text: &str) -> Option<String> {
    let known = ["http://", "https://"];
    let is_known = text.is_empty() || known.iter().any(|scheme| text.starts_with(scheme));
    is_known.then(|| text.to_owned())
}

/// An address to listen on, or none.
pub(super) struct Address(pub(super) Option<SocketAddr>);

impl FromStr for Address {
    type Err = AddrParseError;

    fn from_str(text: &str) -> Result<Self, AddrParseError> {
        if text.is_empty() { Ok(Self(None)) } else { text.parse().map(|it| Self(Some(it))) }
    }
}

pub(super) fn smtp_url(text: &str) -> Option<String> {
    let known = ["smtp://", "smtps://"];
    let is_known = text.is_empty() || known.iter().any(|scheme| text.starts_with(scheme));
    is_known.then(|| text.to_owned())
}
