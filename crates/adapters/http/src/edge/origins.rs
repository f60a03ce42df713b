//! The sites whose pages may use the API from elsewhere.

use std::collections::BTreeSet;
use std::str::FromStr;

/// The origins whose pages browsers let read our answers (CORS): scheme, host and port, exactly.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins(BTreeSet<String>);

impl Origins {
    /// Whether no site but our own may.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the pages of an origin may. Browsers write origins in one form (RFC 6454), so the
    /// text is compared as it is.
    #[must_use]
    pub fn allow(&self, origin: &str) -> bool {
        self.0.contains(origin)
    }
}

impl FromStr for Origins {
    type Err = ();

    /// Reads origins between commas. `*` and `null` are none: they stand for everybody.
    fn from_str(text: &str) -> Result<Self, ()> {
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        entries.map(|entry| origin(entry).ok_or(())).collect::<Result<_, _>>().map(Self)
    }
}

/// An origin in the form of browsers: lower case, without the usual port and without a path.
fn origin(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let (scheme, authority) = text.split_once("://")?;
    let usual = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    let authority = authority.strip_suffix(usual).unwrap_or(authority);
    let is_authority = !authority.is_empty() && authority.bytes().all(known);
    is_authority.then(|| format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_allowed_exactly() {
        let origins: Origins = "https://app.example.com, http://localhost:5173".parse().unwrap();
        assert!(origins.allow("https://app.example.com") && origins.allow("http://localhost:5173"));
        for other in [
            "https://app.example.com.evil",
            "null",
            "*",
            "",
            "https://app.example.com:8443",
            "https://APP.example.com",
            "http://app.example.com",
            "https://x.app.example.com",
            "https://app.example.com/",
            "http://localhost",
        ] {
            assert!(!origins.allow(other), "{other}");
        }
    }

    #[test]
    fn nobody_is_allowed_unless_said() {
        let none: Origins = "".parse().unwrap();
        assert!(none.is_empty() && !none.allow("https://app.example.com"));
    }

    #[test]
    fn origins_are_brought_into_the_form_of_browsers() {
        let origins: Origins = "HTTPS://App.example.com:443".parse().unwrap();
        assert!(origins.allow("https://app.example.com"));
    }

    #[test]
    fn what_stands_for_everybody_is_refused() {
        for text in
            ["*", "null", "https://*.example.com", "app.example.com", "https://a/b", "ftp://a"]
        {
            assert_eq!(text.parse::<Origins>(), Err(()), "{text}");
        }
    }
}
