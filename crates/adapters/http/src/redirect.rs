//! The plain listener beside TLS: people are led to the encrypted address, programs are refused.
//!
//! A program that is redirected has sent its password in the clear already, and would never learn
//! (ASVS 4.1.2).

use actix_web::http::{Uri, header};
use actix_web::{HttpRequest, HttpResponse, web};

use crate::code::Code;
use crate::config::HttpConfig;
use crate::problem::Problem;

/// Where the encrypted server is.
#[derive(Debug, Clone)]
pub(crate) struct Encrypted {
    /// Its address as people reach it, without a slash at the end, where that is known.
    pub(crate) public_url: Option<String>,
    /// Its port, for everybody who came by another name.
    pub(crate) port: u16,
}

impl Encrypted {
    /// The same page over TLS; `None` when the request does not say where it wanted to go.
    fn location(&self, host: Option<&str>, target: &str) -> Option<String> {
        if let Some(url) = &self.public_url {
            return Some(format!("{url}{target}"));
        }
        // Parsed, a host is a name or an address and nothing that leads elsewhere.
        let host: Uri = host?.parse().ok()?;
        let host = host.host()?;
        let port = if self.port == 443 { String::new() } else { format!(":{}", self.port) };
        Some(format!("https://{host}{port}{target}"))
    }
}

/// Leads to the encrypted address, or refuses.
pub(crate) async fn lead(
    request: HttpRequest,
    encrypted: web::Data<Encrypted>,
    config: web::Data<HttpConfig>,
) -> Result<HttpResponse, Problem> {
    if !config.hosts.allow(request.head()) {
        return Err(Problem::new(Code::HttpMisdirected));
    }
    let refused = || Problem::new(Code::HttpTlsRequired);
    if !is_page(request.path()) {
        return Err(refused());
    }
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let location = encrypted.location(host, target).ok_or_else(refused)?;
    Ok(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, location)).finish())
}

/// Whether people go there with a browser.
fn is_page(path: &str) -> bool {
    let pages = ["/", "/setup", "/password", "/api/docs", "/api/redoc"];
    pages.contains(&path) || path.starts_with("/problems/") || path.starts_with("/api/docs/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_led_to_the_same_place() {
        let known =
            Encrypted { public_url: Some("https://books.example.com".to_owned()), port: 8443 };
        let unknown = Encrypted { public_url: None, port: 8443 };
        let usual = Encrypted { public_url: None, port: 443 };

        let location = |to: &Encrypted, host| to.location(Some(host), "/setup?a=b");

        assert_eq!(
            location(&known, "evil.example").as_deref(),
            Some("https://books.example.com/setup?a=b")
        );
        assert_eq!(
            location(&unknown, "books.test:8080").as_deref(),
            Some("https://books.test:8443/setup?a=b")
        );
        assert_eq!(location(&usual, "[::1]:80").as_deref(), Some("https://[::1]/setup?a=b"));
        for host in ["", "a b", "a/../b", "evil.example@books.test", "http://x/"] {
            let led = location(&usual, host);
            assert!(
                led.as_deref().is_none_or(|led| !led.contains('@') && !led.contains(' ')),
                "{led:?}"
            );
        }
        assert_eq!(usual.location(None, "/"), None);
    }

    #[test]
    fn programs_are_refused() {
        assert!(is_page("/setup") && is_page("/problems/internal") && is_page("/api/docs/"));
        assert!(!is_page("/api/v1/auth/login") && !is_page("/health") && !is_page("/api/schema"));
    }
}
