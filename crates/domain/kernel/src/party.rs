//! What a party says about itself beside its name, and how that is changed.

use crate::address::Address;
use crate::contact::{Contact, PhoneNumber};
use crate::country::Country;
use crate::email::EmailAddress;
use crate::identifier::{ElectronicAddress, LegalIdentifier, LegalIdentifiers};
use crate::short_text::ShortText;
use crate::text::BilingualText;

/// What a customer, a supplier or the organisation says about itself; all of it may be unknown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PartyDetails {
    /// The name it is registered under (EN 16931 BT-27, BT-44), where it has another one.
    pub legal_name: Option<BilingualText>,
    /// The name it trades under (BT-28, BT-45).
    pub trade_name: Option<BilingualText>,
    /// Its legal registrations.
    pub identifiers: LegalIdentifiers,
    /// Where electronic documents reach it.
    pub electronic_address: Option<ElectronicAddress>,
    /// Where it is, and where invoices go.
    pub billing_address: Option<Address>,
    /// Where goods go, if that is elsewhere.
    pub delivery_address: Option<Address>,
    /// Whom to ask for.
    pub contact: Contact,
}

/// What changes of a text in two languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TextChange {
    /// Nothing.
    #[default]
    Keep,
    /// It is taken away.
    Clear,
    /// It becomes this.
    Replace(BilingualText),
    /// One language or both: `None` keeps a language, `Some(None)` takes it away.
    Merge {
        /// The Arabic text.
        ar: Option<Option<String>>,
        /// The English text.
        en: Option<Option<String>>,
    },
}

impl TextChange {
    /// The text after the change; nothing where neither language is left.
    #[must_use]
    pub fn apply(&self, before: Option<&BilingualText>) -> Option<BilingualText> {
        match self {
            Self::Keep => before.cloned(),
            Self::Clear => None,
            Self::Replace(text) => Some(text.clone()),
            Self::Merge { ar, en } => {
                let (old_ar, old_en) =
                    (before.and_then(BilingualText::ar), before.and_then(BilingualText::en));
                let ar = ar.as_ref().map_or(old_ar, Option::as_deref);
                let en = en.as_ref().map_or(old_en, Option::as_deref);
                BilingualText::try_new(ar, en).ok()
            }
        }
    }
}

/// A field of a change: `None` keeps it, `Some(None)` takes it away.
pub type Wish<T> = Option<Option<T>>;

fn wished<T: Clone>(wish: Option<&Option<T>>, before: Option<&T>) -> Option<T> {
    wish.cloned().unwrap_or_else(|| before.cloned())
}

/// What changes of an address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AddressChange {
    /// The street.
    pub line_1: TextChange,
    /// What helps to find the place.
    pub line_2: TextChange,
    /// The number of the building.
    pub building_number: Wish<ShortText>,
    /// The district.
    pub district: TextChange,
    /// The city.
    pub city: TextChange,
    /// The postal code.
    pub postal_code: Wish<ShortText>,
    /// The region, province or emirate.
    pub subdivision: Wish<ShortText>,
    /// The country; that of the party where a new address names none.
    pub country: Option<Country>,
}

impl AddressChange {
    /// The address after the change.
    #[must_use]
    pub fn apply(&self, before: Option<&Address>, home: Country) -> Address {
        let fresh = Address::in_country(home);
        let before = before.unwrap_or(&fresh);
        Address {
            line_1: self.line_1.apply(before.line_1.as_ref()),
            line_2: self.line_2.apply(before.line_2.as_ref()),
            building_number: wished(self.building_number.as_ref(), before.building_number.as_ref()),
            district: self.district.apply(before.district.as_ref()),
            city: self.city.apply(before.city.as_ref()),
            postal_code: wished(self.postal_code.as_ref(), before.postal_code.as_ref()),
            subdivision: wished(self.subdivision.as_ref(), before.subdivision.as_ref()),
            country: self.country.unwrap_or(before.country),
        }
    }
}

/// What changes of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactChange {
    /// The name.
    pub name: Wish<ShortText>,
    /// The telephone number.
    pub phone: Wish<PhoneNumber>,
    /// The e-mail address.
    pub email: Wish<EmailAddress>,
}

/// What changes of a party's details; nothing by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DetailsChange {
    /// The registered name.
    pub legal_name: TextChange,
    /// The trading name.
    pub trade_name: TextChange,
    /// The registrations, as a whole.
    pub identifiers: Option<LegalIdentifiers>,
    /// Where electronic documents reach it.
    pub electronic_address: Wish<ElectronicAddress>,
    /// Where it is.
    pub billing_address: Wish<AddressChange>,
    /// Where goods go.
    pub delivery_address: Wish<AddressChange>,
    /// Whom to ask for.
    pub contact: Wish<ContactChange>,
}

impl DetailsChange {
    /// The details after the change. A new address that names no country is at `home`.
    #[must_use]
    pub fn apply(&self, before: &PartyDetails, home: Country) -> PartyDetails {
        let address = |wish: Option<&Option<AddressChange>>, before: Option<&Address>| match wish {
            None => before.cloned(),
            Some(None) => None,
            Some(Some(change)) => Some(change.apply(before, home)),
        };
        let contact = match &self.contact {
            None => before.contact.clone(),
            Some(None) => Contact::default(),
            Some(Some(change)) => Contact {
                name: wished(change.name.as_ref(), before.contact.name.as_ref()),
                phone: wished(change.phone.as_ref(), before.contact.phone.as_ref()),
                email: wished(change.email.as_ref(), before.contact.email.as_ref()),
            },
        };
        PartyDetails {
            legal_name: self.legal_name.apply(before.legal_name.as_ref()),
            trade_name: self.trade_name.apply(before.trade_name.as_ref()),
            identifiers: self.identifiers.clone().unwrap_or_else(|| before.identifiers.clone()),
            electronic_address: wished(
                self.electronic_address.as_ref(),
                before.electronic_address.as_ref(),
            ),
            billing_address: address(
                self.billing_address.as_ref(),
                before.billing_address.as_ref(),
            ),
            delivery_address: address(
                self.delivery_address.as_ref(),
                before.delivery_address.as_ref(),
            ),
            contact,
        }
    }
}

impl PartyDetails {
    /// What it may be searched by: further names, registrations and whom to ask for.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let names = [&self.legal_name, &self.trade_name].into_iter().flatten();
        let names = names.flat_map(|name| [name.ar(), name.en()]).flatten();
        let numbers = self.identifiers.as_slice().iter().map(LegalIdentifier::value);
        let person = self.contact.name.iter().map(ShortText::as_str);
        let mail = self.contact.email.iter().map(EmailAddress::as_str);
        names.chain(numbers).chain(person).chain(mail)
    }

    /// Each field by name, as one text; empty where nothing is known. For the audit log.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, String)> {
        let text = |text: Option<&BilingualText>| text.map(told_text).unwrap_or_default();
        let address = |address: Option<&Address>| address.map(told_address).unwrap_or_default();
        let entries = self.identifiers.as_slice().iter();
        let identifiers: Vec<String> =
            entries.map(|entry| format!("{} {}", entry.scheme(), entry.value())).collect();
        let electronic = self.electronic_address.as_ref();
        let Contact { name, phone, email } = &self.contact;
        let contact = [
            name.as_ref().map(ToString::to_string),
            phone.as_ref().map(ToString::to_string),
            email.as_ref().map(ToString::to_string),
        ];
        vec![
            ("legal_name", text(self.legal_name.as_ref())),
            ("trade_name", text(self.trade_name.as_ref())),
            ("identifiers", identifiers.join(", ")),
            (
                "electronic_address",
                electronic.map(|it| format!("{} {}", it.scheme(), it.value())).unwrap_or_default(),
            ),
            ("billing_address", address(self.billing_address.as_ref())),
            ("delivery_address", address(self.delivery_address.as_ref())),
            ("contact", contact.into_iter().flatten().collect::<Vec<_>>().join(", ")),
        ]
    }
}

fn told_text(text: &BilingualText) -> String {
    [text.ar(), text.en()].into_iter().flatten().collect::<Vec<_>>().join(" / ")
}

fn told_address(address: &Address) -> String {
    let short = |text: &Option<ShortText>| text.as_ref().map(ToString::to_string);
    let text = |text: &Option<BilingualText>| text.as_ref().map(told_text);
    let parts = [
        short(&address.building_number),
        text(&address.line_1),
        text(&address.line_2),
        text(&address.district),
        text(&address.city),
        short(&address.postal_code),
        short(&address.subdivision),
        Some(address.country.to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    fn city(en: &str) -> AddressChange {
        let city = TextChange::Merge { ar: None, en: Some(Some(en.to_owned())) };
        AddressChange { city, ..AddressChange::default() }
    }

    #[test]
    fn a_change_keeps_what_it_does_not_name() {
        let arabic = BilingualText::try_new(Some("الرياض"), None).unwrap();
        let first = DetailsChange {
            billing_address: Some(Some(AddressChange {
                city: TextChange::Replace(arabic),
                postal_code: Some(Some(ShortText::parse("12345").unwrap())),
                ..AddressChange::default()
            })),
            ..DetailsChange::default()
        };
        let details = first.apply(&PartyDetails::default(), country("SA"));
        let second = DetailsChange {
            billing_address: Some(Some(city("Riyadh"))),
            ..DetailsChange::default()
        };

        let after = second.apply(&details, country("AE"));

        let address = after.billing_address.clone().unwrap();
        let city = address.city.unwrap();
        assert_eq!((city.ar(), city.en()), (Some("الرياض"), Some("Riyadh")));
        assert_eq!(address.postal_code.unwrap().as_str(), "12345");
        assert_eq!(address.country, country("SA"), "an address stays where it is");
        assert_eq!(DetailsChange::default().apply(&after, country("AE")), after);
        let told = after.told();
        assert!(told.contains(&("billing_address", "الرياض / Riyadh, 12345, SA".to_owned())));
    }

    #[test]
    fn what_is_taken_away_is_gone() {
        let change = DetailsChange {
            legal_name: TextChange::Replace(BilingualText::from_plain("Najd LLC").unwrap()),
            delivery_address: Some(Some(city("Jeddah"))),
            contact: Some(Some(ContactChange {
                phone: Some(Some(PhoneNumber::parse("+966 11 123").unwrap())),
                ..ContactChange::default()
            })),
            ..DetailsChange::default()
        };
        let details = change.apply(&PartyDetails::default(), country("SA"));
        assert!(details.contact.phone.is_some());
        let clear = DetailsChange {
            legal_name: TextChange::Merge { ar: None, en: Some(None) },
            delivery_address: Some(None),
            contact: Some(None),
            ..DetailsChange::default()
        };

        assert_eq!(clear.apply(&details, country("SA")), PartyDetails::default());
    }
}
