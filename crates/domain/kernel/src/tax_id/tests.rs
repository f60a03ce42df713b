//! Tax numbers of many countries, good and bad.

use super::*;

fn parse(country: &str, text: &str) -> Option<String> {
    TaxId::parse(Country::parse(country).unwrap(), text).ok().map(|id| id.as_str().to_owned())
}

/// Numbers that are published by those who carry them, or as examples of the rule.
const GOOD: &[(&str, &str)] = &[
    ("SA", "310122393500003"),
    ("AE", "100123456700003"),
    ("EG", "123456789"),
    ("AT", "ATU13585627"),
    ("BE", "BE0403019261"),
    ("BG", "BG175074752"),
    ("CY", "CY10259033P"),
    ("CZ", "CZ25123891"),
    ("DE", "DE136695976"),
    ("DK", "DK13585628"),
    ("EE", "EE100931558"),
    ("ES", "ESB58378431"),
    ("FI", "FI20774740"),
    ("FR", "FR40303265045"),
    ("FR", "FRK7399859412"),
    ("GR", "EL094259216"),
    ("HR", "HR33392005961"),
    ("HU", "HU12892312"),
    ("IE", "IE6433435F"),
    ("IE", "IE3628739UA"),
    ("IT", "IT00743110157"),
    ("LT", "LT119511515"),
    ("LU", "LU15027442"),
    ("LV", "LV40003521600"),
    ("MT", "MT11679112"),
    ("NL", "NL004495445B01"),
    ("PL", "PL8567346215"),
    ("PT", "PT501964843"),
    ("RO", "RO18547290"),
    ("SE", "SE123456789701"),
    ("SI", "SI50223054"),
    ("SK", "SK2022749619"),
];

#[test]
fn numbers_of_many_countries_are_read() {
    for (country, text) in GOOD {
        assert_eq!(parse(country, text).as_deref(), Some(*text), "{country} {text}");
    }
}

#[test]
fn the_union_has_a_rule_for_each_member() {
    let union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
    for code in union.split(' ') {
        assert!(rule_of(Country::parse(code).unwrap()).is_some(), "{code}");
        assert!(GOOD.iter().any(|(country, _)| *country == code), "{code}");
    }
    assert_eq!(union.split(' ').count(), 27);
}

#[test]
fn a_changed_digit_is_found_where_the_rule_has_check_digits() {
    let checked = "AT BE DE DK EE FI GR HR HU IT LU MT NL PL PT SI SK";
    for (country, text) in GOOD.iter().filter(|(country, _)| checked.contains(country)) {
        // The fifth from the end is a digit that is checked in every one of these countries.
        let place = text.len() - 5;
        let (head, tail) = text.split_at(place);
        let digit = tail[..1].parse::<u32>().unwrap();
        let changed = format!("{head}{}{}", (digit + 1) % 10, &tail[1..]);
        assert_eq!(parse(country, &changed), None, "{country} {changed}");
    }
    assert_eq!(parse("FR", "FR41303265045"), None);
    assert_eq!(parse("SE", "SE123456788701"), None);
}

#[test]
fn the_prefix_of_the_union_is_added_and_signs_between_are_left_out() {
    assert_eq!(parse("DE", "136 695 976").as_deref(), Some("DE136695976"));
    assert_eq!(parse("GR", "094259216").as_deref(), Some("EL094259216"));
    assert_eq!(parse("BE", "be 0403.019.261").as_deref(), Some("BE0403019261"));
    assert_eq!(parse("NL", "004495445b01").as_deref(), Some("NL004495445B01"));
    assert_eq!(parse("SA", "310 122 393 500 003").as_deref(), Some("310122393500003"));
}

#[test]
fn other_shapes_are_refused() {
    for (country, text) in [
        ("SA", "210122393500003"),
        ("SA", "310122393500002"),
        ("SA", "31012239350000"),
        ("SA", "3101223935000033"),
        ("SA", "٣١٠١٢٢٣٩٣٥٠٠٠٠٣"),
        ("AE", "10012345670000"),
        ("EG", "12345678"),
        ("EG", "12345678A"),
        ("DE", "ATU13585627"),
        ("AT", "13585627"),
        ("FR", "FR4030326504"),
        ("US", ""),
        ("US", "a\u{202E}b"),
    ] {
        assert_eq!(parse(country, text), None, "{country} {text}");
    }
    assert_eq!(parse("US", &"1".repeat(65)), None);
}

#[test]
fn where_no_rule_is_known_any_line_is_taken_as_it_is() {
    assert_eq!(parse("US", " 12-3456789 ").as_deref(), Some("12-3456789"));
    let id = TaxId::from_stored("12".to_owned());
    assert!(id.fits(Country::parse("US").unwrap()));
    assert!(!id.fits(Country::parse("SA").unwrap()));
}
