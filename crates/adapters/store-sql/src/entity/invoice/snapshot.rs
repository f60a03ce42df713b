//! What a document froze when it was issued, as JSON of the column `snapshot`.

use gaara_invoicing::{LineSnapshot, PartySnapshot, ProductSnapshot, Snapshot};
use gaara_kernel::{BilingualText, StoreError, TaxId};
use serde::{Deserialize, Serialize};

use super::STORED;
use crate::convert::text;
use crate::entity::party_parts::{
    AddressRow, BilingualRow, ContactRow, IdentifierRow, identifiers,
};

/// Both sides and the names of things.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SnapshotRow {
    seller: PartyRow,
    buyer: PartyRow,
    lines: Vec<LineRow>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PartyRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name_ar: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name_en: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trade_name: Option<BilingualRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tax_id: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    identifiers: Vec<IdentifierRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    electronic_address: Option<IdentifierRow>,
    address: AddressRow,
    #[serde(default)]
    contact: ContactRow,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct LineRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_ar: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_ar: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_en: Option<String>,
}

impl From<&Snapshot> for SnapshotRow {
    fn from(snapshot: &Snapshot) -> Self {
        Self {
            seller: (&snapshot.seller).into(),
            buyer: (&snapshot.buyer).into(),
            lines: snapshot.lines.iter().map(Into::into).collect(),
        }
    }
}

impl From<&PartySnapshot> for PartyRow {
    fn from(party: &PartySnapshot) -> Self {
        Self {
            name_ar: text(party.name.ar()),
            name_en: text(party.name.en()),
            trade_name: party.trade_name.as_ref().map(Into::into),
            tax_id: party.tax_id.as_ref().map(|tax_id| tax_id.as_str().to_owned()),
            identifiers: party.identifiers.as_slice().iter().map(Into::into).collect(),
            electronic_address: party.electronic_address.as_ref().map(Into::into),
            address: (&party.address).into(),
            contact: (&party.contact).into(),
        }
    }
}

impl From<&LineSnapshot> for LineRow {
    fn from(line: &LineSnapshot) -> Self {
        let product = line.product.as_ref();
        let unit = line.unit_name.as_ref();
        Self {
            sku: product.map(|product| product.sku.to_string()),
            name_ar: product.and_then(|product| text(product.name.ar())),
            name_en: product.and_then(|product| text(product.name.en())),
            unit_ar: unit.and_then(|name| text(name.ar())),
            unit_en: unit.and_then(|name| text(name.en())),
        }
    }
}

impl TryFrom<SnapshotRow> for Snapshot {
    type Error = StoreError;

    fn try_from(row: SnapshotRow) -> Result<Self, StoreError> {
        Ok(Self {
            seller: row.seller.try_into()?,
            buyer: row.buyer.try_into()?,
            lines: row.lines.into_iter().map(LineSnapshot::try_from).collect::<Result<_, _>>()?,
        })
    }
}

impl TryFrom<PartyRow> for PartySnapshot {
    type Error = StoreError;

    fn try_from(row: PartyRow) -> Result<Self, StoreError> {
        let electronic = row.electronic_address.as_ref();
        Ok(Self {
            name: STORED.name(row.name_ar.as_ref(), row.name_en.as_ref())?,
            trade_name: row.trade_name.as_ref().map(|name| name.text(STORED)).transpose()?,
            tax_id: row.tax_id.map(TaxId::from_stored),
            identifiers: identifiers(STORED, &row.identifiers)?,
            electronic_address: electronic.map(|row| row.electronic_address(STORED)).transpose()?,
            address: row.address.address(STORED)?,
            contact: row.contact.contact(STORED)?,
        })
    }
}

impl TryFrom<LineRow> for LineSnapshot {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        let product = |sku: String| {
            Ok::<_, StoreError>(ProductSnapshot {
                sku: STORED.code(&sku)?,
                name: STORED.name(row.name_ar.as_ref(), row.name_en.as_ref())?,
            })
        };
        let unit_name = BilingualText::try_new(row.unit_ar.as_deref(), row.unit_en.as_deref());
        Ok(Self { product: row.sku.map(product).transpose()?, unit_name: unit_name.ok() })
    }
}
