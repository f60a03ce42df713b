//! The names that requests may be meant for.

use std::collections::BTreeSet;
use std::net::IpAddr;

use actix_web::dev::RequestHead;
use actix_web::http::header::HOST;
use actix_web::http::uri::Authority;

/// The names and addresses that requests may be meant for. Those of this machine alone always are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hosts {
    names: BTreeSet<String>,
    any_address: bool,
}

impl Hosts {
    /// These names as well, whatever the port.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let names = names.into_iter().map(|name| name.to_ascii_lowercase()).collect();
        Self { names, any_address: false }
    }

    /// Every address as well, for a server that listens on all of them. No site can make a browser
    /// ask for an address as one of its own names, so this opens nothing to them.
    #[must_use]
    pub const fn with_any_address(mut self) -> Self {
        self.any_address = true;
        self
    }

    /// The name or address in the authority of a URL.
    #[must_use]
    pub fn name_in(url: &str) -> Option<String> {
        let (_, rest) = url.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        name(authority).map(str::to_ascii_lowercase)
    }

    /// Whether a request is meant for us: the target, where it is absolute, and the header.
    ///
    /// A request of HTTP/1.0 need not say; whoever asks so is no browser.
    pub(crate) fn allow(&self, request: &RequestHead) -> bool {
        authorities(request).all(|authority| self.knows(authority))
    }

    /// Whether a request can come from a program in our own network: it also names an address, or
    /// a machine without the dot that every name of a site in a browser has.
    pub(crate) fn allow_near(&self, request: &RequestHead) -> bool {
        let is_near = |authority| {
            let bare = name(authority).map(|name| name.trim_matches(['[', ']']));
            bare.is_some_and(|bare| !bare.contains('.') || bare.parse::<IpAddr>().is_ok())
        };
        authorities(request).all(|authority| self.knows(authority) || is_near(authority))
    }

    fn knows(&self, authority: &str) -> bool {
        let Some(name) = name(authority) else { return false };
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&name);
        let address = bare.parse::<IpAddr>().ok();
        name == "localhost"
            || self.names.contains(bare)
            || address.is_some_and(|it| self.any_address || it.to_canonical().is_loopback())
    }
}

/// Whom a request is meant for: its target, where that is absolute, and its header.
fn authorities(request: &RequestHead) -> impl Iterator<Item = &str> {
    let target = request.uri.authority().map(Authority::as_str);
    let named = request.headers.get_all(HOST).map(|host| host.to_str().unwrap_or_default());
    target.into_iter().chain(named)
}

/// The name in `name:port`; `None` when it is neither.
fn name(authority: &str) -> Option<&str> {
    let end = authority.rfind(']').map_or(0, |end| end + 1);
    let (name, port) = match authority.get(end..)?.rfind(':') {
        Some(colon) => (authority.get(..end + colon)?, authority.get(end + colon + 1..)?),
        None => (authority, ""),
    };
    let is_port = port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = !name.is_empty() && !name.contains(['@', '/', '\\', '?', '#', ' ']);
    let brackets = name.starts_with('[') == name.ends_with(']');
    let is_bare = name.starts_with('[') || !name.contains(':');
    (is_port && is_name && brackets && is_bare).then_some(name)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn this_machine_is_always_meant() {
        let hosts = Hosts::default();
        for host in
            ["localhost", "LOCALHOST:8080", "localhost.", "127.0.0.1", "127.9.9.9:1", "[::1]:80"]
        {
            assert!(hosts.knows(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "192.0.2.1", "[2001:db8::1]", ""] {
            assert!(!hosts.knows(host), "{host}");
        }
    }

    #[test]
    fn a_name_is_meant_whole_and_by_itself() {
        let hosts = Hosts::new(["Books.example.com".to_owned(), "2001:db8::1".to_owned()]);
        for host in
            ["books.example.com", "BOOKS.EXAMPLE.COM:443", "books.example.com.", "[2001:db8::1]:8"]
        {
            assert!(hosts.knows(host), "{host}");
        }
        for host in [
            "books.example.com.evil",
            "x.books.example.com",
            "example.com",
            "evil@books.example.com",
            "books.example.com:80:80",
            "books.example.com:x",
            "books.example.com/",
            "[books.example.com]x",
        ] {
            assert!(!hosts.knows(host), "{host}");
        }
    }

    #[test]
    fn on_all_addresses_every_address_is_meant_and_no_name() {
        let hosts = Hosts::default().with_any_address();
        assert!(hosts.knows("192.0.2.1:8080") && hosts.knows("[2001:db8::1]"));
        assert!(!hosts.knows("evil.example"));
    }

    #[test]
    fn a_program_nearby_names_no_site() {
        let near = |host| {
            let request = TestRequest::default().insert_header((HOST, host)).to_http_request();
            Hosts::new(["figures.example.com".to_owned()]).allow_near(request.head())
        };
        for host in ["10.0.0.7:9464", "[2001:db8::1]:9464", "gaara:9464", "figures.example.com"] {
            assert!(near(host), "{host}");
        }
        assert!(!near("evil.example:9464") && !near("evil@gaara"));
    }

    #[test]
    fn the_name_of_a_url_is_found() {
        let name = |url| Hosts::name_in(url);
        assert_eq!(name("https://Books.example.com/app").as_deref(), Some("books.example.com"));
        assert_eq!(name("http://127.0.0.1:8080").as_deref(), Some("127.0.0.1"));
        assert_eq!(name("books.example.com"), None);
    }
}
