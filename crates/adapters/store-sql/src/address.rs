//! What the address of a PostgreSQL server says about TLS, and what is not taken from it.

use std::fs::File;
use std::str::FromStr;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// What an address says about certificates: its parameter, and the variable of PostgreSQL's own
/// programs.
const FILES: [(&str, &str); 3] =
    [("sslrootcert", "PGSSLROOTCERT"), ("sslcert", "PGSSLCERT"), ("sslkey", "PGSSLKEY")];

/// Reads the address of a PostgreSQL server, whose TLS has to be what it looks like.
///
/// # Errors
/// What is wrong with it, without any of its values but names of files.
pub(crate) fn read(url: &str) -> Result<PgConnectOptions, String> {
    let options = PgConnectOptions::from_str(url).map_err(|_| {
        "it cannot be read; postgres://USER:PASSWORD@HOST/NAME is wanted".to_owned()
    })?;
    let files = files(&options);
    let names = |parameter| files.iter().any(|(name, _)| *name == parameter);
    match options.get_ssl_mode() {
        PgSslMode::Allow => {
            return Err("sslmode=allow speaks in plain; say prefer, require or verify-full".into());
        }
        // The driver takes the public authorities for known as well, and any of them gives anybody
        // a certificate for a name of their own.
        PgSslMode::VerifyCa => {
            return Err(
                "sslmode=verify-ca lets whoever has any certificate of a public authority \
                        be the server; say verify-full"
                    .into(),
            );
        }
        PgSslMode::VerifyFull => {}
        PgSslMode::Disable | PgSslMode::Prefer | PgSslMode::Require => {
            if names("sslrootcert") {
                return Err("sslrootcert is looked at with sslmode=verify-full alone".into());
            }
        }
    }
    if names("sslcert") != names("sslkey") {
        return Err("sslcert and sslkey have to be set together".into());
    }
    for (parameter, path) in &files {
        File::open(path).map_err(|error| format!("the file of {parameter}, {path}: {error}"))?;
    }
    Ok(options)
}

/// Whether somebody on the network may listen: TLS is not asked for, and the server is not on this
/// machine by its address.
#[must_use]
pub fn may_be_overheard(url: &str) -> bool {
    let Ok(options) = PgConnectOptions::from_str(url) else { return false };
    let host = options.get_host();
    let is_here = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    let is_plain =
        matches!(options.get_ssl_mode(), PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Prefer);
    is_plain && !is_here && !url.starts_with("sqlite:")
}

/// What is wrong with the address of a database; none where it can be used. The files that it names
/// are looked for.
#[must_use]
pub fn complaint_about(url: &str) -> Option<String> {
    let is_postgres = url.starts_with("postgres:") || url.starts_with("postgresql:");
    if is_postgres { read(url).err() } else { None }
}

/// The same settings for PostgreSQL's own programs, as their variables.
pub(crate) fn variables(options: &PgConnectOptions) -> Vec<(&'static str, String)> {
    let (mode, is_full) = match options.get_ssl_mode() {
        PgSslMode::Disable => ("disable", false),
        PgSslMode::Allow => ("allow", false),
        PgSslMode::Prefer => ("prefer", false),
        PgSslMode::Require => ("require", false),
        PgSslMode::VerifyCa => ("verify-ca", false),
        PgSslMode::VerifyFull => ("verify-full", true),
    };
    let mut all = vec![("PGSSLMODE", mode.to_owned())];
    let files = files(options);
    for (parameter, variable) in FILES {
        if let Some((_, path)) = files.iter().find(|(name, _)| name == parameter) {
            all.push((variable, path.clone()));
        } else if is_full && parameter == "sslrootcert" {
            // Those programs would look into somebody's home otherwise.
            all.push((variable, "system".to_owned()));
        }
    }
    all
}

/// The address that options come from, so that it can be read again.
pub(crate) fn written(options: &PgConnectOptions) -> String {
    let mut url = options.to_url_lossy().to_string();
    // The driver writes files as people read them.
    for (parameter, _) in FILES {
        url = url.replace(&format!("&{parameter}=file%3A+"), &format!("&{parameter}="));
    }
    url
}

/// The files that are named: parameter and path.
fn files(options: &PgConnectOptions) -> Vec<(String, String)> {
    let url = options.to_url_lossy();
    let named = |name: &str| FILES.iter().any(|(parameter, _)| *parameter == name);
    let pairs = url.query_pairs().filter(|(name, _)| named(name));
    let path = |value: &str| value.strip_prefix("file: ").unwrap_or(value).to_owned();
    pairs.map(|(name, value)| (name.into_owned(), path(&value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(parameters: &str) -> String {
        complaint_about(&format!("postgres://gaara:secret@db.example/books{parameters}"))
            .unwrap_or_default()
    }

    #[test]
    fn what_would_not_be_what_it_looks_like_is_refused() {
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        for (parameters, told) in [
            ("?sslmode=allow".to_owned(), "in plain"),
            ("?sslmode=verify-ca".to_owned(), "public authority"),
            ("?sslmode=never".to_owned(), "cannot be read"),
            (format!("?sslmode=require&sslrootcert={here}"), "verify-full alone"),
            (format!("?sslrootcert={here}"), "verify-full alone"),
            (format!("?sslmode=verify-full&sslcert={here}"), "set together"),
            ("?sslmode=verify-full&sslrootcert=/nowhere.pem".to_owned(), "/nowhere.pem"),
        ] {
            let complaint = complaint(&parameters);
            assert!(complaint.contains(told), "{parameters}: {complaint}");
            assert!(!complaint.contains("secret"), "{complaint}");
        }
        for mode in ["disable", "prefer", "require", "verify-full"] {
            assert_eq!(complaint(&format!("?sslmode={mode}")), "", "{mode}");
        }
        assert_eq!(complaint(&format!("?sslmode=verify-full&sslrootcert={here}")), "");
        assert_eq!(complaint_about("sqlite:books.db"), None);
    }

    #[test]
    fn who_may_be_overheard_is_told() {
        for (url, expected) in [
            ("postgres://a@db.example/books", true),
            ("postgres://a@10.0.0.7/books?sslmode=disable", true),
            ("postgres://a@db.example/books?sslmode=require", false),
            ("postgres://a@127.0.0.1/books", false),
            ("postgres://a@[::1]/books", false),
            ("postgres://a@localhost/books", false),
            ("postgres:///books?host=/run/postgresql", false),
            ("sqlite:books.db", false),
        ] {
            assert_eq!(may_be_overheard(url), expected, "{url}");
        }
    }

    #[test]
    fn other_programs_are_told_the_same() {
        let told = |url| variables(&PgConnectOptions::from_str(url).unwrap());
        let all = told("postgres://a@h/b?sslmode=verify-full&sslrootcert=/r&sslcert=/c&sslkey=/k");
        let expected = [
            ("PGSSLMODE", "verify-full"),
            ("PGSSLROOTCERT", "/r"),
            ("PGSSLCERT", "/c"),
            ("PGSSLKEY", "/k"),
        ];
        assert_eq!(all, expected.map(|(name, value)| (name, value.to_owned())));
        let url = "postgres://a@h/b?sslmode=verify-full&sslrootcert=/r%20s&sslcert=/c&sslkey=/k";
        let again = written(&PgConnectOptions::from_str(url).unwrap());
        assert_eq!(told(&again), told(url));
        assert_eq!(told(url)[1].1, "/r s");
        let system = told("postgres://a@h/b?sslmode=verify-full");
        assert_eq!(system[1], ("PGSSLROOTCERT", "system".to_owned()));
    }
}
