//! The shapes of tax numbers by country, as data.

use super::check;
use crate::country::Country;

/// How the tax numbers of a country look.
pub(super) struct Rule {
    country: &'static str,
    /// What a number begins with on documents; nothing where numbers have no prefix.
    pub(super) prefix: &'static str,
    /// The shapes, apart by spaces: `9` stands for a digit, `A` for a letter, `X` for either, and
    /// anything else for itself. A small letter is a capital one that stands for itself.
    shapes: &'static str,
    /// What check digits add.
    check: fn(&str) -> bool,
}

impl Rule {
    /// Whether a number without its prefix has one of the shapes, and its digits agree.
    pub(super) fn accepts(&self, number: &str) -> bool {
        self.shapes.split(' ').any(|shape| has_shape(number, shape)) && (self.check)(number)
    }
}

/// The rule of a country; `None` where none is known.
pub(super) fn rule_of(country: Country) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.country == country.code())
}

fn has_shape(number: &str, shape: &str) -> bool {
    let fits = |(letter, wanted): (u8, u8)| match wanted {
        b'9' => letter.is_ascii_digit(),
        b'A' => letter.is_ascii_uppercase(),
        b'X' => letter.is_ascii_digit() || letter.is_ascii_uppercase(),
        other => letter == other.to_ascii_uppercase(),
    };
    number.len() == shape.len() && number.bytes().zip(shape.bytes()).all(fits)
}

const fn rule(
    country: &'static str,
    prefix: &'static str,
    shapes: &'static str,
    check: fn(&str) -> bool,
) -> Rule {
    Rule { country, prefix, shapes, check }
}

/// Sources: ZATCA BR-KSA-40 and BR-KSA-44; the Federal Tax Authority of the Emirates; the Egyptian
/// Tax Authority; for the union, the structure of numbers in VIES, and the check digits that the
/// tax authorities publish.
const RULES: &[Rule] = &[
    rule("SA", "", "399999999999993", check::none),
    rule("AE", "", "999999999999999", check::none),
    rule("EG", "", "999999999", check::none),
    rule("AT", "AT", "u99999999", check::austria),
    rule("BE", "BE", "0999999999 1999999999", check::belgium),
    rule("BG", "BG", "999999999 9999999999", check::none),
    rule("CY", "CY", "99999999A", check::none),
    rule("CZ", "CZ", "99999999 999999999 9999999999", check::none),
    rule("DE", "DE", "999999999", check::modulus_11_10),
    rule("DK", "DK", "99999999", check::denmark),
    rule("EE", "EE", "999999999", check::estonia),
    rule("ES", "ES", "A9999999X 99999999A", check::none),
    rule("FI", "FI", "99999999", check::finland),
    rule("FR", "FR", "XX999999999", check::france),
    rule("GR", "EL", "999999999", check::greece),
    rule("HR", "HR", "99999999999", check::modulus_11_10),
    rule("HU", "HU", "99999999", check::hungary),
    rule("IE", "IE", "9999999A 9999999AA 9X99999A 9+99999A 9*99999A", check::none),
    rule("IT", "IT", "99999999999", check::luhn),
    rule("LT", "LT", "999999999 999999999999", check::none),
    rule("LU", "LU", "99999999", check::luxembourg),
    rule("LV", "LV", "99999999999", check::none),
    rule("MT", "MT", "99999999", check::malta),
    rule("NL", "NL", "999999999b99", check::netherlands),
    rule("PL", "PL", "9999999999", check::poland),
    rule("PT", "PT", "999999999", check::portugal),
    rule("RO", "RO", "99 999 9999 99999 999999 9999999 99999999 999999999 9999999999", check::none),
    rule("SE", "SE", "999999999999", check::sweden),
    rule("SI", "SI", "99999999", check::slovenia),
    rule("SK", "SK", "9999999999", check::slovakia),
];
