//! The language a request asks for (RFC 9110, section 12.5.4).

use gaara_kernel::Language;

/// Chooses between Arabic and English by an `Accept-Language` header; English when it names
/// neither.
///
/// ```
/// use gaara_http::negotiate;
/// use gaara_kernel::Language;
///
/// assert_eq!(negotiate(Some("fr, ar-SA;q=0.8, en;q=0.7")), Language::Arabic);
/// assert_eq!(negotiate(None), Language::English);
/// ```
#[must_use]
pub fn negotiate(header: Option<&str>) -> Language {
    let mut best = None;
    for part in header.unwrap_or_default().split(',') {
        let mut pieces = part.split(';');
        let range = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = pieces.find_map(|piece| weight(piece.trim())).unwrap_or(1000);
        let language = match range.split('-').next().unwrap_or_default() {
            "*" => Some(Language::default()),
            tag => Language::from_tag(tag),
        };
        if let Some(language) = language.filter(|_| weight > 0) {
            let better = best.is_none_or(|(_, heaviest)| weight > heaviest);
            if better {
                best = Some((language, weight));
            }
        }
    }
    best.map_or(Language::default(), |(language, _)| language)
}

/// A weight `q=0.8` in thousandths; a weight nobody can read counts as nothing.
pub(crate) fn weight(piece: &str) -> Option<i64> {
    let text = piece.strip_prefix("q=").or_else(|| piece.strip_prefix("Q="))?;
    Some(gaara_kernel::parse_scaled(text, 3).unwrap_or(0).clamp(0, 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_wins_and_the_first_of_equals() {
        let cases = [
            ("ar", Language::Arabic),
            ("AR-eg", Language::Arabic),
            ("en, ar", Language::English),
            ("ar, en", Language::Arabic),
            ("en;q=0.5, ar;q=0.9", Language::Arabic),
            ("ar;q=0, en;q=0.1", Language::English),
            ("ar;q=nonsense", Language::English),
            ("fr, de;q=0.5", Language::English),
            ("*, ar;q=0.5", Language::English),
            ("", Language::English),
            (";;,,", Language::English),
        ];

        for (header, expected) in cases {
            assert_eq!(negotiate(Some(header)), expected, "{header}");
        }
    }
}
