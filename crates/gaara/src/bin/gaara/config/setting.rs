//! The one table of settings: everything an operator may set, and what each is called where.

/// What a value looks like in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text between quotes.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
}

/// One setting.
#[derive(Debug)]
pub(crate) struct Setting {
    /// The key in the file: `section.name`.
    pub(crate) key: &'static str,
    /// What its value looks like.
    pub(crate) kind: Kind,
    /// Its value when nobody sets it.
    pub(crate) default: &'static str,
    /// Whether its value must never be shown.
    pub(crate) secret: bool,
    /// What it does, in one line.
    pub(crate) help: &'static str,
}

impl Setting {
    const fn text(key: &'static str, default: &'static str, help: &'static str) -> Self {
        Self { key, kind: Kind::Text, default, secret: false, help }
    }

    const fn flag(key: &'static str, default: &'static str, help: &'static str) -> Self {
        Self { key, kind: Kind::Flag, default, secret: false, help }
    }

    const fn number(key: &'static str, default: &'static str, help: &'static str) -> Self {
        Self { key, kind: Kind::Number, default, secret: false, help }
    }

    /// The environment variable: `GAARA_SECTION__NAME`.
    pub(crate) fn variable(&self) -> String {
        format!("GAARA_{}", self.key.replace('.', "__").to_uppercase())
    }

    /// The same variable with one underscore: `GAARA_SECTION_NAME`.
    pub(crate) fn short_variable(&self) -> String {
        format!("GAARA_{}", self.key.replace('.', "_").to_uppercase())
    }
}

/// Every setting, section by section.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting::text("server.listen", "127.0.0.1:8080", "The address to listen on; port 0 is any."),
    Setting::flag(
        "server.insecure_http",
        "false",
        "Whether plain HTTP may leave this machine; only in a network that is private by itself.",
    ),
    Setting::text(
        "server.public_url",
        "",
        "The address as people reach it, for links in mail; the one listened on when empty.",
    ),
    Setting::text(
        "server.hosts",
        "",
        "More names that requests may be meant for, between commas; beside public_url and localhost.",
    ),
    Setting::text(
        "server.trusted_proxies",
        "",
        "Proxies that are believed about addresses: 10.0.0.0/8, 192.0.2.7; none when empty.",
    ),
    Setting::text(
        "server.cors_origins",
        "",
        "Other sites whose pages may use the API: https://app.example.com; none when empty.",
    ),
    Setting::number("server.head_bytes_max", "32768", "The largest head of a request, in bytes."),
    Setting::number("server.body_bytes_max", "262144", "The largest body, in bytes."),
    Setting::number("server.batch_bytes_max", "2097152", "The largest body of a batch, in bytes."),
    Setting::number(
        "server.import_bytes_max",
        "10485760",
        "The largest body of an import, in bytes.",
    ),
    Setting::number(
        "server.head_timeout_ms",
        "5000",
        "How long the head of a request may take to arrive, in milliseconds.",
    ),
    Setting::number(
        "server.body_timeout_ms",
        "15000",
        "How long a body may take to arrive, in milliseconds.",
    ),
    Setting::number(
        "server.body_rate_min",
        "1024",
        "How many bytes of a body must arrive in a second.",
    ),
    Setting::number(
        "server.body_grace_ms",
        "2000",
        "How long that does not count yet, in milliseconds.",
    ),
    Setting::number(
        "server.request_timeout_ms",
        "20000",
        "How long answering may take, in milliseconds.",
    ),
    Setting::number(
        "server.export_timeout_ms",
        "120000",
        "How long answering with a table (CSV) may take, in milliseconds.",
    ),
    Setting::number(
        "server.answer_timeout_ms",
        "30000",
        "How long an answer may wait in all for its reader to take more of it, in milliseconds; each body_rate_min bytes taken give a second more.",
    ),
    Setting::number(
        "server.keep_alive_ms",
        "5000",
        "How long an idle connection stays open, in milliseconds.",
    ),
    Setting::number("server.connections_max", "4096", "The most connections."),
    Setting::number(
        "server.connections_per_address_max",
        "64",
        "The most connections of one address; this machine and trusted proxies are not counted.",
    ),
    Setting::flag(
        "server.docs",
        "true",
        "Whether /api/docs and /api/redoc show the API to people; /api/schema stays.",
    ),
    Setting::number(
        "server.drain_delay_ms",
        "5000",
        "How long a server that is told to stop serves on while it calls itself unready, in milliseconds.",
    ),
    Setting::number(
        "server.shutdown_timeout_ms",
        "25000",
        "How long requests may take then to come to their end, in milliseconds.",
    ),
    Setting::text(
        "server.tls.certificate",
        "",
        "A PEM file with the certificate and its chain; with it the server speaks TLS only.",
    ),
    Setting::text("server.tls.key", "", "A PEM file with the key of the certificate."),
    Setting::number(
        "server.tls.reload_every_ms",
        "10000",
        "How often both files are looked at for a change, in milliseconds; SIGHUP reads them at once.",
    ),
    Setting::text(
        "server.tls.redirect_listen",
        "",
        "An address for plain HTTP beside TLS, which leads people on and refuses programs.",
    ),
    Setting::flag(
        "server.tls.proxy",
        "false",
        "Whether a proxy in front speaks TLS with the world; plain HTTP may leave this machine then.",
    ),
    Setting::flag(
        "server.tls.hsts_preload",
        "false",
        "Whether browsers may have this host built in as one that speaks TLS only.",
    ),
    Setting::flag("rate_limit.enabled", "true", "Whether requests are limited at all."),
    Setting::number("rate_limit.per_minute", "100", "The most requests of one user in a minute."),
    Setting::number("rate_limit.per_hour", "2000", "The most requests of one user in an hour."),
    Setting::text(
        "rate_limit.routes",
        "",
        "Limits of their own: GET /api/v1/reports 20 200, /api/v1/imports 5 50 shadow.",
    ),
    Setting::flag("rate_limit.shadow", "false", "Whether refusals are only logged."),
    Setting::number(
        "rate_limit.expected_nodes",
        "1",
        "How many instances share the limit while Redis is away and each counts for itself.",
    ),
    Setting::number(
        "rate_limit.redis_timeout_ms",
        "20",
        "How long Redis may take before this instance counts for itself, in milliseconds.",
    ),
    Setting::text(
        "breaker.forced_open",
        "",
        "What is not to be called: payment, mail, webhook, secrets, external, rate_limit, throttle.",
    ),
    Setting::text("breaker.disabled", "", "What is called however often it fails, by name."),
    Setting::number(
        "health.disk_percent_min",
        "5",
        "How much of its disk has to be free for the server to be ready, in percent.",
    ),
    Setting::number("health.disk_mib_min", "256", "The same in MiB; both have to be free."),
    Setting::text(
        "metrics.listen",
        "",
        "An address for figures at /metrics, such as 127.0.0.1:9464; none when empty, and open to everybody who can reach it.",
    ),
    Setting::text("data.dir", "./data", "The directory of the SQLite file and of generated keys."),
    Setting::text(
        "database.url",
        "",
        "sqlite:FILE, or postgres://USER:PASSWORD@HOST/NAME?sslmode=verify-full&sslrootcert=FILE; gaara.db in data.dir when empty.",
    ),
    Setting::number("database.read_connections_max", "8", "The most connections that read."),
    Setting::number(
        "database.write_connections_max",
        "8",
        "The most connections that write; always one on SQLite.",
    ),
    Setting::number(
        "database.acquire_timeout_ms",
        "4000",
        "How long a request waits for a connection, and for a database that says nothing, in milliseconds.",
    ),
    Setting::number(
        "database.statement_timeout_ms",
        "15000",
        "How long a statement may run on PostgreSQL, in milliseconds.",
    ),
    Setting::number(
        "database.lock_timeout_ms",
        "5000",
        "How long a statement waits for a lock on PostgreSQL, in milliseconds.",
    ),
    Setting::flag(
        "database.allow_newer_schema",
        "false",
        "Whether this program may start on the schema of a later one; while instances are replaced.",
    ),
    Setting {
        secret: true,
        ..Setting::text(
            "redis.url",
            "",
            "redis://:PASSWORD@HOST/0, for limits that all instances share; none when empty.",
        )
    },
    Setting::text(
        "security.password_profile",
        "standard",
        "standard asks for three of four kinds of characters, nist for none.",
    ),
    Setting::text("mail.from", "Gaara <gaara@localhost>", "Whom mail comes from."),
    Setting {
        secret: true,
        ..Setting::text(
            "mail.smtp_url",
            "",
            "smtps://USER:PASSWORD@HOST, or smtp://HOST:25; no invitations by mail when empty.",
        )
    },
    Setting::text(
        "mail.directory",
        "",
        "Where mail is written instead while somebody works on the program; nowhere when empty.",
    ),
    Setting::text(
        "backup.directory",
        "",
        "Where backups are kept; in the data directory when empty, which one disk may take along.",
    ),
    Setting::text(
        "backup.postgres_programs",
        "",
        "The directory of pg_dump and pg_restore; looked for when empty.",
    ),
    Setting::text("secrets.backend", "file", "Where secrets are kept: file."),
    Setting::text("log.format", "auto", "auto (by terminal), pretty or json."),
    Setting::text(
        "log.level",
        "info,actix_server=warn",
        "error, warn, info, debug or trace; after a comma, target=level.",
    ),
];

/// Finds a setting by its key.
pub(crate) fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

/// The candidate that somebody who wrote `wrong` most likely meant, as `; did you mean …?`.
pub(crate) fn hint(wrong: &str, candidates: impl Iterator<Item = String>) -> String {
    let likeness = |candidate: String| (strsim::jaro_winkler(wrong, &candidate), candidate);
    let best = candidates.map(likeness).max_by(|(a, _), (b, _)| a.total_cmp(b));
    match best {
        Some((likeness, candidate)) if likeness > 0.8 => format!("; did you mean {candidate}?"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_settings_share_a_name() {
        let names = |name: fn(&Setting) -> String| SETTINGS.iter().map(name).collect::<Vec<_>>();
        let all = [names(Setting::variable), names(Setting::short_variable)].concat();

        let unique: BTreeSet<_> = all.iter().collect();

        assert_eq!(unique.len(), all.len());
        assert!(all.iter().all(|name| !name.ends_with("_FILE") && !name.contains("SECRET__")));
    }

    #[test]
    fn every_setting_has_a_section_and_a_line_of_help() {
        for setting in SETTINGS {
            assert!(
                setting.key.split_once('.').is_some_and(|(_, name)| name.matches('.').count() < 2)
            );
            assert!(setting.help.ends_with('.') && !setting.help.contains('\n'), "{}", setting.key);
        }
    }

    #[test]
    fn a_slip_is_recognised_and_nonsense_is_not() {
        let keys = || SETTINGS.iter().map(|setting| setting.key.to_owned());
        assert_eq!(hint("server.lisen", keys()), "; did you mean server.listen?");
        assert_eq!(hint("databse.url", keys()), "; did you mean database.url?");
        assert_eq!(hint("zzz", keys()), "");
    }
}
