//! Postal addresses, as requests write them.

use gaara_kernel::{Address, BilingualText, Country, ShortText};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::code::Code;
use crate::json::{Check, Field};
use crate::problem::FieldProblem;
use crate::views::BilingualBody;

/// A postal address; what is absent stays as it was, where there was one.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct DeliveryAddressRequest {
    /// Street.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    line_1: Field<BilingualText>,
    /// More of the street.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    line_2: Field<BilingualText>,
    /// The number of the building.
    #[schema(value_type = Option<String>, max_length = 100, example = "3242")]
    #[serde(default)]
    building_number: Field<ShortText>,
    /// The district.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    district: Field<BilingualText>,
    /// The city.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    city: Field<BilingualText>,
    /// The postal code.
    #[schema(value_type = Option<String>, max_length = 100, example = "12345")]
    #[serde(default)]
    postal_code: Field<ShortText>,
    /// The province, emirate or state.
    #[schema(value_type = Option<String>, max_length = 100)]
    #[serde(default)]
    subdivision: Field<ShortText>,
    /// The country: ISO 3166-1.
    #[schema(value_type = String, required = true, example = "SA")]
    #[serde(default)]
    country: Field<Country>,
}

impl DeliveryAddressRequest {
    /// Reads an address onto the one that was there before.
    pub(super) fn read(self, check: &mut Check, before: Option<&Address>) -> Option<Address> {
        let was =
            |field: fn(&Address) -> &Option<BilingualText>| before.and_then(|it| field(it).clone());
        let short =
            |field: fn(&Address) -> &Option<ShortText>| before.and_then(|it| field(it).clone());
        let line_1 = check.keep("/line_1", self.line_1, was(|it| &it.line_1));
        let line_2 = check.keep("/line_2", self.line_2, was(|it| &it.line_2));
        let number = short(|it| &it.building_number);
        let number = check.keep("/building_number", self.building_number, number);
        let district = check.keep("/district", self.district, was(|it| &it.district));
        let city = check.keep("/city", self.city, was(|it| &it.city));
        let postal = check.keep("/postal_code", self.postal_code, short(|it| &it.postal_code));
        let subdivision = check.keep("/subdivision", self.subdivision, short(|it| &it.subdivision));
        let country = check.keep("/country", self.country, before.map(|it| it.country));
        if country == Some(None) {
            check.fault(FieldProblem::new("/country", Code::ValidationRequired));
        }
        Some(Address {
            line_1: line_1?,
            line_2: line_2?,
            building_number: number?,
            district: district?,
            city: city?,
            postal_code: postal?,
            subdivision: subdivision?,
            country: country??,
        })
    }
}
