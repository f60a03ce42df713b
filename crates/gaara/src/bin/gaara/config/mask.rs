//! Showing settings without showing what is secret in them.

use super::setting::Setting;

/// What stands in place of a secret.
const REDACTED: &str = "[redacted]";

/// The value as anybody may see it.
pub(super) fn shown(setting: &Setting, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else if setting.secret {
        REDACTED.to_owned()
    } else if setting.key == "database.url" {
        database_url(text)
    } else {
        text.to_owned()
    }
}

/// Takes the password out of an address; all of it where the password cannot be told apart.
fn database_url(url: &str) -> String {
    if url.starts_with("sqlite:") {
        return url.to_owned();
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return REDACTED.to_owned();
    };
    if rest.to_lowercase().contains("password") {
        return REDACTED.to_owned();
    }
    match rest.rsplit_once('@') {
        None => url.to_owned(),
        Some((user, _)) if user.contains(['@', '/', '?', '#']) => REDACTED.to_owned(),
        Some((user, host)) => match user.split_once(':') {
            Some((user, _)) => format!("{scheme}://{user}:{REDACTED}@{host}"),
            None => url.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_everything_but_its_password() {
        for (url, shown) in [
            ("postgres://u:canary@host:5432/db", "postgres://u:[redacted]@host:5432/db"),
            ("postgres://u@host/db", "postgres://u@host/db"),
            ("postgres://host/db", "postgres://host/db"),
            ("sqlite:data/gaara.db", "sqlite:data/gaara.db"),
        ] {
            assert_eq!(database_url(url), shown);
        }
    }

    #[test]
    fn a_password_is_not_shown_wherever_it_stands() {
        for url in [
            "postgres://u:can/ary@host/db",
            "postgres://u:can@ary@host/db",
            "postgres://u:can#ary@host/db",
            "postgres://host/db?user=u&password=canary",
            "postgres://host/db?PASSWORD=can@ary",
            "u:canary@host",
        ] {
            let shown = database_url(url);
            assert!(!shown.contains("can") && !shown.contains("ary"), "{url} shows as {shown}");
        }
    }
}
