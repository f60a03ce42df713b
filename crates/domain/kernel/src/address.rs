//! Postal addresses, as an electronic invoice tells them.

use crate::country::Country;
use crate::short_text::ShortText;
use crate::text::BilingualText;

/// Where somebody is: the country, and as much else as is known.
///
/// The fields are those of EN 16931 BG-5 and BG-8, with the building number and the district that
/// Saudi addresses have (KSA-17, KSA-3). Which of them a document needs is for the profile of that
/// document to say.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// The street (BT-35, BT-50).
    pub line_1: Option<BilingualText>,
    /// What helps to find the place (BT-36, BT-51).
    pub line_2: Option<BilingualText>,
    /// The number of the building.
    pub building_number: Option<ShortText>,
    /// The district.
    pub district: Option<BilingualText>,
    /// The city (BT-37, BT-52).
    pub city: Option<BilingualText>,
    /// The postal code (BT-38, BT-53).
    pub postal_code: Option<ShortText>,
    /// The region, province or emirate (BT-39, BT-54).
    pub subdivision: Option<ShortText>,
    /// The country (BT-40, BT-55).
    pub country: Country,
}

impl Address {
    /// An address of which only the country is known.
    #[must_use]
    pub const fn in_country(country: Country) -> Self {
        Self {
            line_1: None,
            line_2: None,
            building_number: None,
            district: None,
            city: None,
            postal_code: None,
            subdivision: None,
            country,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_enough() {
        let country = Country::parse("SA").unwrap();
        let address = Address::in_country(country);
        assert_eq!((address.country, address.city), (country, None));
    }
}
