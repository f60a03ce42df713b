//! Where somebody signed in from, as far as it is kept.

use std::net::IpAddr;

/// A place and a device, in words that tell one's own sessions apart and little else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The network: an IPv4 address without its last number, 48 bits of an IPv6 address.
    pub network: String,
    /// The browser or program, and its system.
    pub device: String,
}

/// Programs as they name themselves; the more telling name comes first, since most claim to be
/// several of them.
const PROGRAMS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];

/// Systems as programs name them.
const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

impl Origin {
    /// Keeps what is needed of an address and of what a program says about itself.
    #[must_use]
    pub fn of(address: &str, user_agent: &str) -> Self {
        let known = |names: &[(&str, &'static str)]| {
            names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
        };
        let device = match (known(&PROGRAMS), known(&SYSTEMS)) {
            (Some(program), Some(system)) => format!("{program}, {system}"),
            (Some(name), None) | (None, Some(name)) => name.to_owned(),
            (None, None) => String::new(),
        };
        Self { network: network(address), device }
    }
}

/// The network of an address; an address of IPv6 may be a prefix already.
fn network(address: &str) -> String {
    let host = address.split('/').next().unwrap_or_default();
    match host.parse() {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Ok(IpAddr::V6(address)) => {
            let network = address.to_bits() >> 80 << 80;
            format!("{}/48", std::net::Ipv6Addr::from_bits(network))
        }
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_says_no_more_than_its_owner_needs() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like \
            Gecko) Chrome/140.0.0.0 Safari/537.36";
        let origin = Origin::of("192.0.2.77", windows);
        assert_eq!(
            (origin.network.as_str(), origin.device.as_str()),
            ("192.0.2.0/24", "Chrome, Windows")
        );
        let origin = Origin::of("2001:db8:1:2::/64", &format!("{windows} Edg/140.0"));
        assert_eq!(
            (origin.network.as_str(), origin.device.as_str()),
            ("2001:db8:1::/48", "Edge, Windows")
        );
        assert_eq!(Origin::of("", "<script>"), Origin::default());
        assert_eq!(Origin::of("x", "curl/8.0").device, "curl");
    }
}
