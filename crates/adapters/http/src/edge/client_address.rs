//! Where a request comes from, as far as declared proxies can be believed.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use actix_web::http::header::{FORWARDED, HeaderMap, HeaderName, X_FORWARDED_FOR};

use super::network::Network;

/// The address of the client.
///
/// Without declared proxies it is the peer, whatever the headers say. A declared proxy is believed
/// about its own peer: the lists of `X-Forwarded-For` and `Forwarded` (RFC 7239) are walked from
/// right to left to the first address that is no declared proxy. What stands left of it was written
/// by that client and counts for nothing. A proxy writes one of the two headers and passes on the
/// other as it came: when they disagree neither is believed, and the address is the proxy's own.
pub(crate) fn client_address(
    peer: Option<SocketAddr>,
    headers: &HeaderMap,
    trusted: &[Network],
) -> Option<IpAddr> {
    let peer = peer?.ip().to_canonical();
    if !is_trusted(peer, trusted) {
        return Some(peer);
    }
    let written = [(X_FORWARDED_FOR, false), (FORWARDED, true)];
    let mut told = written.iter().filter(|(name, _)| headers.contains_key(name)).map(
        |(name, has_parameters)| {
            let hops = list(headers, name, *has_parameters);
            walk(peer, hops.iter().map(|hop| hop_address(hop, *has_parameters)), trusted)
        },
    );
    match (told.next(), told.next()) {
        (None, _) => Some(peer),
        (Some(one), None) => Some(one),
        (Some(one), Some(other)) => Some(if one == other { one } else { peer }),
    }
}

fn is_trusted(address: IpAddr, trusted: &[Network]) -> bool {
    trusted.iter().any(|network| network.contains(address))
}

/// Every entry of a list header, the last one first.
fn list(headers: &HeaderMap, name: &HeaderName, has_quotes: bool) -> Vec<String> {
    // Bytes that are no text spoil their own entry and leave what a proxy wrote after them.
    let lines = headers.get_all(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let mut hops = Vec::new();
    for line in lines {
        let entries =
            if has_quotes { split_unquoted(&line, ',') } else { line.split(',').collect() };
        hops.extend(entries.into_iter().map(|entry| entry.trim().to_owned()));
    }
    hops.reverse();
    hops
}

/// The parts of a text between separators that stand in no quoted string (RFC 7230, section 3.2.6);
/// a quote that never ends leaves nothing that can be believed.
fn split_unquoted(text: &str, separator: char) -> Vec<&str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let is_end = |sign: char| {
        let is_plain = !is_escaped;
        is_escaped = is_quoted && sign == '\\' && is_plain;
        is_quoted ^= sign == '"' && is_plain;
        sign == separator && !is_quoted
    };
    let parts = text.split(is_end).collect();
    if is_quoted { vec![""] } else { parts }
}

fn walk(peer: IpAddr, hops: impl Iterator<Item = Option<IpAddr>>, trusted: &[Network]) -> IpAddr {
    let mut nearest = peer;
    for hop in hops {
        // What a proxy could not name is behind the proxy that was named last.
        let Some(address) = hop else { return nearest };
        nearest = address;
        if !is_trusted(address, trusted) {
            return address;
        }
    }
    nearest
}

/// The address in one entry.
fn hop_address(entry: &str, has_parameters: bool) -> Option<IpAddr> {
    if !has_parameters {
        return address(entry);
    }
    let parameters = split_unquoted(entry, ';').into_iter();
    let mut nodes = parameters
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| name.eq_ignore_ascii_case("for"));
    // Whoever is named twice was named by somebody else as well.
    let ((_, node), None) = (nodes.next()?, nodes.next()) else { return None };
    let node = node.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(node);
    address(node)
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok();
    let address = text.parse::<IpAddr>().ok().or_else(|| bracketed().map(IpAddr::V6));
    let address = address.or_else(|| text.parse::<SocketAddr>().ok().map(|it| it.ip()))?;
    Some(address.to_canonical())
}

/// The part of an address that one subscriber cannot change at will: all of IPv4, 64 bits of IPv6.
pub(crate) fn prefix(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = address.to_bits() >> 64 << 64;
            format!("{}/64", Ipv6Addr::from_bits(network))
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn seen(peer: &str, headers: &[(&'static str, &str)], trusted: &[&str]) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        }
        let trusted: Vec<Network> = trusted.iter().map(|it| it.parse().unwrap()).collect();
        let peer = SocketAddr::new(peer.parse().unwrap(), 4_711);
        client_address(Some(peer), &map, &trusted).unwrap().to_string()
    }

    #[test]
    fn nobody_is_believed_who_was_not_declared() {
        let headers = [
            ("x-forwarded-for", "203.0.113.9"),
            ("forwarded", "for=203.0.113.9"),
            ("x-real-ip", "203.0.113.9"),
        ];
        assert_eq!(seen("192.0.2.1", &headers, &[]), "192.0.2.1");
        assert_eq!(seen("192.0.2.1", &headers, &["10.0.0.0/8"]), "192.0.2.1");
        assert_eq!(seen("::ffff:192.0.2.1", &headers, &[]), "192.0.2.1");
    }

    #[test]
    fn the_list_is_walked_from_the_right_to_the_first_stranger() {
        let proxies = ["10.0.0.0/8"];
        let told = |list| seen("10.0.0.1", &[("x-forwarded-for", list)], &proxies);
        assert_eq!(told("203.0.113.9"), "203.0.113.9");
        assert_eq!(told("1.1.1.1, 203.0.113.9, 10.0.0.7"), "203.0.113.9");
        assert_eq!(told("10.9.9.9, 10.0.0.7"), "10.9.9.9", "a client within");
        assert_eq!(told("203.0.113.9:80, [2001:db8::5]:443"), "2001:db8::5");
        assert_eq!(told("203.0.113.9, garbage, 10.0.0.7"), "10.0.0.7");
        assert_eq!(told("\u{e9}, 203.0.113.9, 10.0.0.7"), "203.0.113.9");
        assert_eq!(told(""), "10.0.0.1");
        let lines = [("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "203.0.113.9")];
        assert_eq!(seen("10.0.0.1", &lines, &proxies), "203.0.113.9", "several lines are one list");
    }

    #[test]
    fn the_standard_header_says_the_same() {
        let told = |list| seen("10.0.0.1", &[("forwarded", list)], &["10.0.0.0/8"]);
        assert_eq!(told("for=1.1.1.1, for=203.0.113.9;proto=https;by=10.0.0.2"), "203.0.113.9");
        assert_eq!(told("proto=https; For=\"[2001:db8::5]:4711\""), "2001:db8::5");
        assert_eq!(told("for=203.0.113.9, for=_hidden"), "10.0.0.1");
        assert_eq!(told("for=unknown"), "10.0.0.1");
    }

    #[test]
    fn a_name_that_a_proxy_copies_does_not_hide_who_asks() {
        let told = |list| seen("10.0.0.1", &[("forwarded", list)], &["10.0.0.0/8"]);
        let copied = "host=\"x,for=6.6.6.6;y\";for=203.0.113.9";
        assert_eq!(told(copied), "203.0.113.9");
        assert_eq!(told("host=\"a\\\",for=6.6.6.6\";for=203.0.113.9"), "203.0.113.9");
        assert_eq!(told("for=203.0.113.9;for=6.6.6.6"), "10.0.0.1", "named twice");
        assert_eq!(told("for=6.6.6.6, host=\"never ends"), "10.0.0.1");
    }

    #[test]
    fn two_headers_that_disagree_are_both_worth_nothing() {
        let told = |list, standard| {
            let headers = [("x-forwarded-for", list), ("forwarded", standard)];
            seen("10.0.0.1", &headers, &["10.0.0.0/8"])
        };
        assert_eq!(told("203.0.113.9", "for=203.0.113.9"), "203.0.113.9");
        assert_eq!(told("203.0.113.9", "for=198.51.100.1"), "10.0.0.1");
        assert_eq!(told("198.51.100.1", "for=203.0.113.9"), "10.0.0.1");
    }

    #[test]
    fn real_ip_is_never_read() {
        assert_eq!(seen("10.0.0.1", &[("x-real-ip", "203.0.113.9")], &["10.0.0.0/8"]), "10.0.0.1");
    }

    #[test]
    fn tries_are_counted_by_what_a_subscriber_cannot_change() {
        let of = |text: &str| prefix(text.parse().unwrap());
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    }
}
