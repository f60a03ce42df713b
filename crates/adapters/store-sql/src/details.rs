//! What a party says about itself, as one JSON document in its row, and its payment terms.

use gaara_kernel::{
    Address, BilingualText, Contact, ElectronicAddress, EmailAddress, Instalment, LegalIdentifier,
    LegalIdentifiers, PartyDetails, PaymentTerms, PhoneNumber, ShortText, StoreError,
};
use serde_json::{Map, Value, json};

use crate::convert::Stored;

/// Members that are absent are left out, so that a document says only what is known.
fn object<const FIELDS: usize>(fields: [(&str, Option<Value>); FIELDS]) -> Option<Value> {
    let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let members: Map<String, Value> = known.collect();
    (!members.is_empty()).then_some(Value::Object(members))
}

fn text_to_json(text: Option<&BilingualText>) -> Option<Value> {
    let text = text?;
    object([("ar", text.ar().map(Value::from)), ("en", text.en().map(Value::from))])
}

fn short_to_json(text: Option<&ShortText>) -> Option<Value> {
    text.map(|text| text.as_str().into())
}

fn address_to_json(address: Option<&Address>) -> Option<Value> {
    let address = address?;
    object([
        ("line_1", text_to_json(address.line_1.as_ref())),
        ("line_2", text_to_json(address.line_2.as_ref())),
        ("building_number", short_to_json(address.building_number.as_ref())),
        ("district", text_to_json(address.district.as_ref())),
        ("city", text_to_json(address.city.as_ref())),
        ("postal_code", short_to_json(address.postal_code.as_ref())),
        ("subdivision", short_to_json(address.subdivision.as_ref())),
        ("country", Some(address.country.code().into())),
    ])
}

fn identifiers_to_json(identifiers: &LegalIdentifiers) -> Option<Value> {
    let pairs = identifiers.as_slice().iter();
    let members: Map<String, Value> =
        pairs.map(|it| (it.scheme().to_owned(), it.value().into())).collect();
    (!members.is_empty()).then_some(Value::Object(members))
}

/// The document of a party's details; `{}` when nothing is known.
pub(crate) fn details_to_json(details: &PartyDetails) -> Value {
    let Contact { name, phone, email } = &details.contact;
    let contact = object([
        ("name", short_to_json(name.as_ref())),
        ("phone", phone.as_ref().map(|phone| phone.as_str().into())),
        ("email", email.as_ref().map(|email| email.as_str().into())),
    ]);
    let electronic = details.electronic_address.as_ref();
    object([
        ("legal_name", text_to_json(details.legal_name.as_ref())),
        ("trade_name", text_to_json(details.trade_name.as_ref())),
        ("identifiers", identifiers_to_json(&details.identifiers)),
        (
            "electronic_address",
            electronic.map(|it| json!({"scheme": it.scheme(), "value": it.value()})),
        ),
        ("billing_address", address_to_json(details.billing_address.as_ref())),
        ("delivery_address", address_to_json(details.delivery_address.as_ref())),
        ("contact", contact),
    ])
    .unwrap_or_else(|| json!({}))
}

/// Reads the members of one document.
struct Members<'a> {
    stored: Stored,
    value: &'a Value,
}

impl<'a> Members<'a> {
    fn inner(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name)?;
        Some(Self { stored: self.stored, value })
    }

    fn text(&self, name: &str) -> Result<Option<&'a str>, StoreError> {
        let Some(value) = self.value.get(name) else { return Ok(None) };
        self.stored.some(value.as_str()).map(Some)
    }

    fn parsed<T, E>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, StoreError> {
        self.text(name)?.map(|text| self.stored.good(parse(text))).transpose()
    }

    fn bilingual(&self, name: &str) -> Result<Option<BilingualText>, StoreError> {
        let Some(inner) = self.inner(name) else { return Ok(None) };
        let text = BilingualText::try_new(inner.text("ar")?, inner.text("en")?);
        self.stored.good(text).map(Some)
    }

    fn address(&self, name: &str) -> Result<Option<Address>, StoreError> {
        let Some(inner) = self.inner(name) else { return Ok(None) };
        let country = self.stored.some(inner.text("country")?)?;
        Ok(Some(Address {
            line_1: inner.bilingual("line_1")?,
            line_2: inner.bilingual("line_2")?,
            building_number: inner.parsed("building_number", ShortText::parse)?,
            district: inner.bilingual("district")?,
            city: inner.bilingual("city")?,
            postal_code: inner.parsed("postal_code", ShortText::parse)?,
            subdivision: inner.parsed("subdivision", ShortText::parse)?,
            country: self.stored.country(country)?,
        }))
    }

    fn identifiers(&self) -> Result<LegalIdentifiers, StoreError> {
        let Some(inner) = self.inner("identifiers") else {
            return Ok(LegalIdentifiers::default());
        };
        let members = self.stored.some(inner.value.as_object())?;
        let entry = |(scheme, value): (&String, &Value)| {
            let value = self.stored.some(value.as_str())?;
            self.stored.good(LegalIdentifier::try_new(scheme, value))
        };
        let entries = members.iter().map(entry).collect::<Result<_, _>>()?;
        self.stored.good(LegalIdentifiers::try_new(entries))
    }

    fn electronic_address(&self) -> Result<Option<ElectronicAddress>, StoreError> {
        let Some(inner) = self.inner("electronic_address") else { return Ok(None) };
        let scheme = self.stored.some(inner.text("scheme")?)?;
        let value = self.stored.some(inner.text("value")?)?;
        self.stored.good(ElectronicAddress::try_new(scheme, value)).map(Some)
    }

    fn contact(&self) -> Result<Contact, StoreError> {
        let Some(inner) = self.inner("contact") else { return Ok(Contact::default()) };
        Ok(Contact {
            name: inner.parsed("name", ShortText::parse)?,
            phone: inner.parsed("phone", PhoneNumber::parse)?,
            email: inner.parsed("email", EmailAddress::parse)?,
        })
    }
}

/// A party's details out of its document.
pub(crate) fn details_from_json(stored: Stored, value: &Value) -> Result<PartyDetails, StoreError> {
    let members = Members { stored, value };
    Ok(PartyDetails {
        legal_name: members.bilingual("legal_name")?,
        trade_name: members.bilingual("trade_name")?,
        identifiers: members.identifiers()?,
        electronic_address: members.electronic_address()?,
        billing_address: members.address("billing_address")?,
        delivery_address: members.address("delivery_address")?,
        contact: members.contact()?,
    })
}

/// Instalments as pairs of millionths of a percent and days; nothing where the whole is due on one
/// day.
pub(crate) fn instalments_to_json(terms: &PaymentTerms) -> Option<Value> {
    let pair = |part: &Instalment| json!([part.percent.as_millionths(), part.net_days]);
    let pairs: Vec<Value> = terms.instalments().iter().map(pair).collect();
    (!pairs.is_empty()).then_some(Value::Array(pairs))
}

/// Payment terms out of the days and the instalments of a row.
pub(crate) fn terms_from_row(
    stored: Stored,
    net_days: i64,
    instalments: Option<&Value>,
) -> Result<PaymentTerms, StoreError> {
    let Some(instalments) = instalments else {
        return Ok(PaymentTerms::net(stored.number(net_days)?));
    };
    let part = |pair: &Value| {
        let number = |place: usize| stored.some(pair.get(place).and_then(Value::as_i64));
        Ok(Instalment {
            percent: stored.percent(number(0)?)?,
            net_days: stored.number(number(1)?)?,
        })
    };
    let parts = stored.some(instalments.as_array())?.iter().map(part);
    let parts = parts.collect::<Result<_, StoreError>>()?;
    stored.good(PaymentTerms::in_instalments(parts))
}
