//! The two sides of a document, as they were frozen.

use gaara_invoicing::{PartySnapshot, Snapshot};
use gaara_kernel::{Address, BilingualText, ShortText};

use super::html::{both, escape, field, figure, label};

/// Who sold and who bought.
pub(super) fn sides(snapshot: &Snapshot) -> String {
    format!(
        "<div class=\"sides\">\n{}{}</div>\n",
        side(&label("Seller", "البائع"), &snapshot.seller),
        side(&label("Buyer", "المشتري"), &snapshot.buyer),
    )
}

fn side(title: &str, party: &PartySnapshot) -> String {
    let mut fields = vec![field("Name", "الاسم", &both(&party.name))];
    if let Some(name) = &party.trade_name {
        fields.push(field("Trade name", "الاسم التجاري", &both(name)));
    }
    if let Some(tax_id) = &party.tax_id {
        fields.push(field("Tax number", "الرقم الضريبي", &figure(tax_id.as_str())));
    }
    for identifier in party.identifiers.as_slice() {
        let text = format!("{} {}", identifier.scheme(), identifier.value());
        fields.push(field("Registration", "السجل", &figure(&text)));
    }
    fields.push(field("Address", "العنوان", &address(&party.address)));
    if let Some(phone) = &party.contact.phone {
        fields.push(field("Telephone", "الهاتف", &figure(phone.as_str())));
    }
    format!("<section><h2>{title}</h2><dl>{}</dl></section>\n", fields.concat())
}

/// The parts of an address that are known, the country last.
fn address(address: &Address) -> String {
    let words = |text: &Option<BilingualText>| text.as_ref().map(both);
    let short = |text: &Option<ShortText>| text.as_ref().map(|text| escape(text.as_str()));
    let parts = [
        short(&address.building_number),
        words(&address.line_1),
        words(&address.line_2),
        words(&address.district),
        words(&address.city),
        short(&address.postal_code),
        short(&address.subdivision),
        Some(address.country.code().to_owned()),
    ];
    let parts = parts.into_iter().flatten().map(|part| format!("<bdi>{part}</bdi>"));
    parts.collect::<Vec<_>>().join("<br>")
}
