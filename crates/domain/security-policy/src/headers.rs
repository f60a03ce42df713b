//! Headers that every response carries, errors included (OWASP HTTP headers; ASVS 3.4).

/// Name and value of each header.
pub const RESPONSE_HEADERS: [(&str, &str); 9] = [
    (
        "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("x-xss-protection", "0"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), \
         fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), \
         payment=(), picture-in-picture=(), screen-wake-lock=(), \
         usb=(), web-share=(), xr-spatial-tracking=()",
    ),
    ("cache-control", "no-store"),
];

/// The value of `Strict-Transport-Security`, which only an answer over TLS may carry (RFC 6797;
/// ASVS 3.4.1). Being preloaded by browsers has to be asked for: it cannot be taken back soon.
#[must_use]
pub const fn strict_transport_security(preload: bool) -> &'static str {
    if preload {
        "max-age=31536000; includeSubDomains; preload"
    } else {
        "max-age=31536000; includeSubDomains"
    }
}

/// The content security policy of a page: scripts and styles that carry this nonce, pictures and
/// data of its own server, and nothing else. A nonce is 128 random bits, fresh for each answer.
#[must_use]
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; connect-src 'self'; \
         object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_policy_lets_anything_in_by_its_place_in_the_page() {
        let (_, strict) = RESPONSE_HEADERS[0];
        for policy in [strict, &page_policy("0123456789abcdef")] {
            assert!(policy.starts_with("default-src 'none';"));
            assert!(
                policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'")
            );
            assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        }
    }

    #[test]
    fn a_page_names_its_nonce_for_scripts_and_styles() {
        assert_eq!(page_policy("abc").matches("'nonce-abc'").count(), 2);
    }

    #[test]
    fn preloading_has_to_be_asked_for() {
        assert!(!strict_transport_security(false).contains("preload"));
        assert!(strict_transport_security(true).ends_with("preload"));
    }
}
