//! Reading an invoice, whole or onto what was there before.

use std::mem::take;

use gaara_application::invoicing::{CalculateInvoice, WrittenInvoice};
use gaara_invoicing::details::Reference;
use gaara_invoicing::{Annotations, DocumentKind, DocumentType, InvoiceDetails, PartyId};
use gaara_kernel::{Date, InvoiceId, Money, WarehouseId};

use super::super::details::DetailsMembers;
use super::super::document::read_adjustments;
use super::super::notes::NoteMembers;
use super::InvoiceRequest;
use crate::code::Code;
use crate::json::{Check, DecimalText, Field, List};
use crate::problem::FieldProblem;

/// What an invoice says besides its other side and its amounts.
struct Head {
    id: Option<InvoiceId>,
    supplier_reference: Option<Reference>,
    warehouse: Option<WarehouseId>,
    issue_date: Option<Date>,
    due_date: Option<Date>,
    details: InvoiceDetails,
    annotations: Annotations,
}

impl InvoiceRequest {
    /// Reads what is to be stored, and whether to issue it at once.
    pub(in crate::routes::invoices) fn read_stored(
        mut self,
        check: &mut Check,
    ) -> Option<(WrittenInvoice, bool)> {
        let issue = check.or_default("/issue", take(&mut self.issue), false);
        let written = self.read_onto(check, None);
        Some((written?, issue?))
    }

    /// Reads what changes of a draft: what is absent stays (RFC 7396).
    pub(in crate::routes::invoices) fn read_changed(
        self,
        check: &mut Check,
        before: &WrittenInvoice,
    ) -> Option<WrittenInvoice> {
        check.only_when_new("id", &self.id);
        check.only_when_new("issue", &self.issue);
        self.read_onto(check, Some(before))
    }

    /// Reads what is only to be calculated.
    pub(in crate::routes::invoices) fn read_calculated(
        mut self,
        check: &mut Check,
    ) -> Option<CalculateInvoice> {
        let party = self.read_party(check, None);
        let amounts = self.read_amounts(check, None);
        // Whether the rest is well formed is told here too.
        let head = self.read_head(check, None);
        party?;
        head?;
        amounts
    }

    fn read_onto(
        mut self,
        check: &mut Check,
        before: Option<&WrittenInvoice>,
    ) -> Option<WrittenInvoice> {
        let party = self.read_party(check, before);
        let party = party.and_then(|(kind, party)| party.or_else(|| party_missing(check, kind)));
        let amounts = self.read_amounts(check, before);
        let head = self.read_head(check, before);
        let (amounts, head) = (amounts?, head?);
        Some(WrittenInvoice {
            id: head.id,
            party: party?,
            supplier_reference: head.supplier_reference,
            warehouse: head.warehouse,
            currency: amounts.currency,
            issue_date: head.issue_date,
            due_date: head.due_date,
            prices_include_tax: amounts.prices_include_tax,
            lines: amounts.lines,
            allowances: amounts.allowances,
            charges: amounts.charges,
            prepaid: amounts.prepaid,
            rounding: amounts.rounding,
            details: head.details,
            annotations: head.annotations,
        })
    }

    /// Reads the other side; `None` inside where none is named.
    fn read_party(
        &mut self,
        check: &mut Check,
        before: Option<&WrittenInvoice>,
    ) -> Option<(DocumentKind, Option<PartyId>)> {
        let before = before.map(|before| before.party);
        let kind = check.keep("/kind", take(&mut self.kind), before.map(PartyId::kind));
        let customer_before = before.and_then(PartyId::customer);
        let supplier_before = before.and_then(PartyId::supplier);
        let unfit = [
            ("/customer_id", DocumentKind::Purchase, is_value(&self.customer_id)),
            ("/supplier_id", DocumentKind::Sale, is_value(&self.supplier_id)),
        ];
        let customer = check.keep("/customer_id", take(&mut self.customer_id), customer_before);
        let supplier = check.keep("/supplier_id", take(&mut self.supplier_id), supplier_before);
        let kind = kind?.unwrap_or(DocumentKind::Sale);
        for (pointer, of, is_given) in unfit {
            if is_given && kind == of {
                check.fault(FieldProblem::new(pointer, Code::InvoicePartyUnfit));
            }
        }
        let party = match kind {
            DocumentKind::Sale => customer?.map(PartyId::Customer),
            DocumentKind::Purchase => supplier?.map(PartyId::Supplier),
        };
        Some((kind, party))
    }

    /// Reads everything that amounts come from.
    fn read_amounts(
        &mut self,
        check: &mut Check,
        before: Option<&WrittenInvoice>,
    ) -> Option<CalculateInvoice> {
        let currency =
            check.keep("/currency", take(&mut self.currency), before.map(|it| it.currency));
        if currency == Some(None) {
            check.fault(FieldProblem::new("/currency", Code::ValidationRequired));
        }
        let currency = currency.flatten();
        // Amounts of another currency do not become amounts of this one.
        let kept = before.filter(|before| Some(before.currency) == currency);
        if kept.is_none() && currency.is_some() {
            self.check_told_anew(check, before);
        }
        let inclusive = check.keep(
            "/prices_include_tax",
            take(&mut self.prices_include_tax),
            before.map(|it| it.prices_include_tax),
        );
        let lines = kept.map(|it| it.lines.clone()).unwrap_or_default();
        let lines = check.keep_each("/lines", take(&mut self.lines), lines, |line, check| {
            line.read(check, currency)
        });
        let allowances = kept.map(|it| it.allowances.clone()).unwrap_or_default();
        let allowances = read_adjustments(
            "/allowances",
            take(&mut self.allowances),
            check,
            currency,
            allowances,
        );
        let charges = kept.map(|it| it.charges.clone()).unwrap_or_default();
        let charges =
            read_adjustments("/charges", take(&mut self.charges), check, currency, charges);
        let mut amount = |pointer: &str, field: &mut Field<DecimalText>, before: Option<Money>| {
            if matches!(field, Field::Missing) {
                return Some(before);
            }
            check.optional_money(pointer, take(field), currency)
        };
        let prepaid = amount("/prepaid", &mut self.prepaid, kept.map(|it| it.prepaid));
        let rounding = amount("/rounding", &mut self.rounding, kept.map(|it| it.rounding));
        let currency = currency?;
        Some(CalculateInvoice {
            currency,
            prices_include_tax: inclusive?.unwrap_or_default(),
            lines: lines?,
            allowances: allowances?,
            charges: charges?,
            prepaid: prepaid?.unwrap_or(Money::zero(currency)),
            rounding: rounding?.unwrap_or(Money::zero(currency)),
        })
    }

    /// Refuses another currency while amounts of the old one would stay.
    fn check_told_anew(&self, check: &mut Check, before: Option<&WrittenInvoice>) {
        let Some(before) = before else { return };
        for (pointer, stays) in [
            ("/lines", matches!(self.lines, List::Missing) && !before.lines.is_empty()),
            (
                "/allowances",
                matches!(self.allowances, List::Missing) && !before.allowances.is_empty(),
            ),
            ("/charges", matches!(self.charges, List::Missing) && !before.charges.is_empty()),
            ("/prepaid", matches!(self.prepaid, Field::Missing) && !before.prepaid.is_zero()),
            ("/rounding", matches!(self.rounding, Field::Missing) && !before.rounding.is_zero()),
        ] {
            if stays {
                check.fault(FieldProblem::new(pointer, Code::ValidationRequired));
            }
        }
    }

    /// Reads everything but the other side and the amounts.
    fn read_head(self, check: &mut Check, before: Option<&WrittenInvoice>) -> Option<Head> {
        let id = check.optional("/id", self.id);
        let reference = before.and_then(|it| it.supplier_reference.clone());
        let reference = check.keep("/supplier_reference", self.supplier_reference, reference);
        let warehouse =
            check.keep("/warehouse_id", self.warehouse_id, before.and_then(|it| it.warehouse));
        let issue_date =
            check.keep("/issue_date", self.issue_date, before.and_then(|it| it.issue_date));
        let due_date = check.keep("/due_date", self.due_date, before.and_then(|it| it.due_date));
        let notes = before.map(|it| it.annotations.clone()).unwrap_or_default();
        let members = NoteMembers { note: self.note, tags: self.tags, due_note: self.due_note };
        let annotations = members.read(check, notes);
        let details = before.map(|it| it.details.clone()).unwrap_or_default();
        let members = DetailsMembers {
            type_code: self.type_code,
            transaction: self.transaction,
            references: self.references,
            delivery: self.delivery,
            billing_period: self.billing_period,
            payment_means: self.payment_means,
            payment_terms: self.payment_terms,
            tax_point_date: self.tax_point_date,
            tax_currency: self.tax_currency,
            exemptions: self.exemptions,
        };
        let details = members.read(check, details, DocumentType::Invoice);
        Some(Head {
            id: id?,
            supplier_reference: reference?,
            warehouse: warehouse?,
            issue_date: issue_date?,
            due_date: due_date?,
            details: details?,
            annotations: annotations?,
        })
    }
}

fn party_missing(check: &mut Check, kind: DocumentKind) -> Option<PartyId> {
    let pointer = match kind {
        DocumentKind::Sale => "/customer_id",
        DocumentKind::Purchase => "/supplier_id",
    };
    check.fault(FieldProblem::new(pointer, Code::ValidationRequired));
    None
}

const fn is_value<T>(field: &Field<T>) -> bool {
    matches!(field, Field::Value(_))
}
