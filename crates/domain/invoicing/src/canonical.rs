//! The one byte form of what an issued document says, over which its digest is taken.
//!
//! It is UTF-8 text: a line `path=value` for each thing that is said, each ended by a line feed, in
//! the order of this file, with `gaara-invoice 1` as its first line. What is absent is left out. In
//! values a backslash is written `\\` and a line feed `\n`. Amounts carry their currency's decimals;
//! quantities, prices and percentages no needless zeros; dates are `YYYY-MM-DD`; positions count
//! from 1. Left out is what may change later, or is nobody's business but ours: notes, tags,
//! payments, warehouses and costs.

use std::fmt::Display;

use gaara_kernel::{Address, BilingualText, Contact, Money};

use crate::details::{DatedReference, InvoiceDetails, Period};
use crate::draft::NewLine;
use crate::issued::IssuedInvoice;
use crate::snapshot::{LineSnapshot, PartySnapshot};
use crate::totals::{
    Adjustment, AdjustmentPart, AdjustmentValue, DocumentAdjustment, LineTotals, Tax, TaxGroup,
};

impl IssuedInvoice {
    /// The byte form of what the document says.
    #[must_use]
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut text = Text(String::from("gaara-invoice 1\n"));
        self.write_head(&mut text);
        text.party("seller", &self.snapshot.seller);
        text.party("buyer", &self.snapshot.buyer);
        text.details(&self.content.written.details);
        let named = self.snapshot.lines.iter().map(Some).chain(std::iter::repeat(None));
        for (index, ((line, totals), names)) in self.content.lines().zip(named).enumerate() {
            text.line(&format!("line.{}", index + 1), line, totals, names);
        }
        self.write_totals(&mut text);
        text.0.into_bytes()
    }

    fn write_head(&self, text: &mut Text) {
        let written = &self.content.written;
        text.field("id", &written.document_id());
        text.field("kind", &written.kind().code());
        text.field("type", &written.document_type().code());
        text.field("number", &self.number.text());
        text.field("issue_date", &self.issue_date);
        text.field("due_date", &self.due_date);
        for (index, part) in self.instalments.iter().enumerate() {
            text.field(&format!("instalment.{}.due_date", index + 1), &part.due_date);
            text.amount(&format!("instalment.{}.amount", index + 1), part.amount);
        }
        text.field("issued_at", &self.issued_at);
        text.field("currency", &written.currency);
        text.field("prices_include_tax", &written.prices_include_tax);
        text.optional("supplier_reference", written.supplier_reference.as_ref());
        if let Some(correction) = &written.corrects {
            text.field("corrects.id", &correction.invoice);
            text.field("corrects.number", &correction.number);
            text.field("corrects.issue_date", &correction.issue_date);
            text.optional("corrects.reason_code", correction.reason_code.as_ref());
            text.optional("corrects.reason", correction.reason.as_ref());
        }
        text.field("party", &written.party);
    }

    fn write_totals(&self, text: &mut Text) {
        let (written, totals) = (&self.content.written, &self.content.totals);
        text.adjustments("allowance", &written.allowances, &totals.allowance_parts);
        text.adjustments("charge", &written.charges, &totals.charge_parts);
        for (index, group) in totals.tax_groups.iter().enumerate() {
            text.group(&format!("tax_group.{}", index + 1), group);
        }
        let amounts: [(&str, Money); 9] = [
            ("lines_net", totals.lines_net),
            ("allowances", totals.allowances),
            ("charges", totals.charges),
            ("tax_exclusive", totals.tax_exclusive),
            ("tax", totals.tax),
            ("tax_inclusive", totals.tax_inclusive),
            ("prepaid", totals.prepaid),
            ("rounding", totals.rounding),
            ("payable", totals.payable),
        ];
        for (name, amount) in amounts {
            text.amount(&format!("totals.{name}"), amount);
        }
        text.field("base.currency", &self.base.currency());
        text.field("base.rate", &self.base.rate);
        let amounts = [
            ("net", self.base.net),
            ("tax", self.base.tax),
            ("total", self.base.total),
            ("payable", self.base.payable),
        ];
        for (name, amount) in amounts {
            text.amount(&format!("base.{name}"), amount);
        }
    }
}

/// The text while it is written.
struct Text(String);

impl Text {
    fn field(&mut self, path: &str, value: &dyn Display) {
        let value = value.to_string().replace('\\', "\\\\").replace('\n', "\\n");
        for part in [path, "=", &value, "\n"] {
            self.0.push_str(part);
        }
    }

    fn optional<T: Display>(&mut self, path: &str, value: Option<&T>) {
        if let Some(value) = value {
            self.field(path, value);
        }
    }

    fn bilingual(&mut self, path: &str, value: Option<&BilingualText>) {
        self.optional(&format!("{path}.ar"), value.and_then(BilingualText::ar).as_ref());
        self.optional(&format!("{path}.en"), value.and_then(BilingualText::en).as_ref());
    }

    fn amount(&mut self, path: &str, value: Money) {
        self.field(path, &value.amount());
    }

    fn tax(&mut self, path: &str, tax: Tax) {
        self.field(&format!("{path}.category"), &tax.category().code());
        self.field(&format!("{path}.rate"), &tax.rate());
    }

    fn group(&mut self, path: &str, group: &TaxGroup) {
        self.tax(path, group.tax);
        self.amount(&format!("{path}.taxable"), group.taxable);
        self.amount(&format!("{path}.tax"), group.tax_amount);
    }

    fn party(&mut self, path: &str, party: &PartySnapshot) {
        self.bilingual(&format!("{path}.name"), Some(&party.name));
        self.bilingual(&format!("{path}.trade_name"), party.trade_name.as_ref());
        self.optional(&format!("{path}.tax_id"), party.tax_id.as_ref());
        for identifier in party.identifiers.as_slice() {
            let path = format!("{path}.identifier.{}", identifier.scheme());
            self.field(&path, &identifier.value());
        }
        if let Some(electronic) = &party.electronic_address {
            let path = format!("{path}.electronic_address.{}", electronic.scheme());
            self.field(&path, &electronic.value());
        }
        self.address(&format!("{path}.address"), Some(&party.address));
        let Contact { name, phone, email } = &party.contact;
        self.optional(&format!("{path}.contact.name"), name.as_ref());
        self.optional(&format!("{path}.contact.phone"), phone.as_ref());
        self.optional(&format!("{path}.contact.email"), email.as_ref());
    }

    fn address(&mut self, path: &str, address: Option<&Address>) {
        let Some(address) = address else { return };
        self.bilingual(&format!("{path}.line_1"), address.line_1.as_ref());
        self.bilingual(&format!("{path}.line_2"), address.line_2.as_ref());
        self.optional(&format!("{path}.building_number"), address.building_number.as_ref());
        self.bilingual(&format!("{path}.district"), address.district.as_ref());
        self.bilingual(&format!("{path}.city"), address.city.as_ref());
        self.optional(&format!("{path}.postal_code"), address.postal_code.as_ref());
        self.optional(&format!("{path}.subdivision"), address.subdivision.as_ref());
        self.field(&format!("{path}.country"), &address.country);
    }

    fn period(&mut self, path: &str, period: Option<Period>) {
        if let Some(period) = period {
            self.field(&format!("{path}.from"), &period.from());
            self.field(&format!("{path}.to"), &period.to());
        }
    }

    fn details(&mut self, details: &InvoiceDetails) {
        self.optional("type_code", details.type_code.as_ref());
        self.field("transaction", &details.transaction.kind.code());
        for flag in &details.transaction.flags {
            self.field("transaction.flag", &flag.code());
        }
        self.optional("reference.buyer", details.references.buyer.as_ref());
        for (name, reference) in details.references.dated() {
            self.reference(&format!("reference.{name}"), reference);
        }
        self.optional("delivery.date", details.delivery.date.as_ref());
        self.optional("delivery.end_date", details.delivery.end_date.as_ref());
        self.address("delivery.address", details.delivery.address.as_ref());
        self.period("period", details.period);
        for (index, means) in details.payment_means.iter().enumerate() {
            let path = format!("payment_means.{}", index + 1);
            self.field(&format!("{path}.code"), &means.code);
            self.optional(&format!("{path}.iban"), means.iban.as_ref());
            self.optional(&format!("{path}.bic"), means.bic.as_ref());
            self.optional(&format!("{path}.account_name"), means.account_name.as_ref());
            self.optional(&format!("{path}.remittance"), means.remittance.as_ref());
        }
        self.bilingual("payment_terms", details.payment_terms.as_ref());
        self.optional("tax_point", details.tax_point.as_ref());
        self.optional("tax_currency", details.tax_currency.as_ref());
        for exemption in &details.exemptions {
            let path = format!("exemption.{}", exemption.category.code());
            self.optional(&format!("{path}.code"), exemption.code.as_ref());
            self.bilingual(&format!("{path}.text"), exemption.text.as_ref());
        }
    }

    fn reference(&mut self, path: &str, reference: Option<&DatedReference>) {
        if let Some(reference) = reference {
            self.field(path, &reference.id);
            self.optional(&format!("{path}.date"), reference.date.as_ref());
        }
    }

    fn line(
        &mut self,
        path: &str,
        line: &NewLine,
        totals: &LineTotals,
        names: Option<&LineSnapshot>,
    ) {
        let at = |name: &str| format!("{path}.{name}");
        self.optional(&at("product"), line.product.as_ref());
        if let Some(product) = names.and_then(|names| names.product.as_ref()) {
            self.field(&at("sku"), &product.sku);
            self.bilingual(&at("product_name"), Some(&product.name));
        }
        self.bilingual(&at("description"), Some(&line.description));
        self.optional(&at("corrects"), line.corrects_line.map(|index| index + 1).as_ref());
        self.field(&at("quantity"), &line.input.quantity);
        self.field(&at("unit"), &line.unit);
        self.bilingual(&at("unit_name"), names.and_then(|names| names.unit_name.as_ref()));
        self.field(&at("unit_price"), &line.input.unit_price);
        self.field(&at("base_quantity"), &line.input.base_quantity);
        self.optional(&at("gross_price"), line.input.gross_price.as_ref());
        self.optional(&at("price_discount"), line.input.price_discount.as_ref());
        self.line_adjustments(&at("allowance"), &line.input.allowances);
        self.line_adjustments(&at("charge"), &line.input.charges);
        self.tax(&at("tax"), line.input.tax);
        self.optional(&at("tax_rate"), line.tax_rate.as_ref());
        self.bilingual(&at("note"), line.note.as_ref());
        self.period(&at("period"), line.period);
        let amounts = [
            ("gross", totals.gross),
            ("allowances", totals.allowances),
            ("charges", totals.charges),
            ("net", totals.net),
            ("tax_amount", totals.tax_amount),
            ("total", totals.total),
        ];
        for (name, amount) in amounts {
            self.amount(&at(name), amount);
        }
    }

    fn line_adjustments(&mut self, path: &str, adjustments: &[Adjustment]) {
        for (index, adjustment) in adjustments.iter().enumerate() {
            self.value(&format!("{path}.{}", index + 1), adjustment.value);
        }
    }

    fn value(&mut self, path: &str, value: AdjustmentValue) {
        match value {
            AdjustmentValue::Amount(amount) => self.amount(&format!("{path}.amount"), amount),
            AdjustmentValue::Percent { percent, base } => {
                self.field(&format!("{path}.percent"), &percent);
                if let Some(base) = base {
                    self.amount(&format!("{path}.base"), base);
                }
            }
        }
    }

    fn adjustments(
        &mut self,
        path: &str,
        adjustments: &[DocumentAdjustment],
        parts: &[AdjustmentPart],
    ) {
        for (index, adjustment) in adjustments.iter().enumerate() {
            let path = format!("{path}.{}", index + 1);
            self.value(&path, adjustment.value);
            if let Some(tax) = adjustment.tax {
                self.tax(&path, tax);
            }
            for (place, part) in parts.iter().filter(|part| part.index == index).enumerate() {
                let path = format!("{path}.part.{}", place + 1);
                self.tax(&path, part.tax);
                self.amount(&format!("{path}.amount"), part.amount);
            }
        }
    }
}
