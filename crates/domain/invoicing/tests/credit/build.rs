//! Invoices to be taken back, and the sum of the notes that did.

use gaara_invoicing::totals::{Adjustment, DocumentAdjustment, LineInput, Tax, TaxCategory};
use gaara_invoicing::{
    BaseTotals, Correction, CreditError, CreditLine, CreditScope, Credited, CreditedBase,
    CreditedLine, CreditedSoFar, Frozen, InvoiceContent, InvoiceNumber, IssuedInvoice, NewInvoice,
    NewLine, PartyId, PartySnapshot, PaymentTerms,
};
use gaara_kernel::{
    Address, BilingualText, Code, Country, Currency, CustomerId, Id, InvoiceId, Money, Percent,
    Quantity, Timestamp, UnitPrice, parse_date,
};

pub(crate) fn id<I: Id>() -> I {
    I::from_uuid("01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap())
}

pub(crate) fn money(text: &str, currency: Currency) -> Money {
    Money::parse(text, currency).unwrap()
}

pub(crate) fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

pub(crate) fn percent(text: &str) -> Percent {
    Percent::parse(text).unwrap()
}

pub(crate) fn standard(rate: &str) -> Tax {
    Tax::try_new(TaxCategory::Standard, percent(rate)).unwrap()
}

pub(crate) fn line(count: &str, price: &str, tax: Tax) -> LineInput {
    LineInput::new(quantity(count), UnitPrice::parse(price).unwrap(), tax)
}

/// The invoice of these lines, before its totals are calculated.
pub(crate) fn invoice(currency: &str, lines: Vec<LineInput>) -> NewInvoice {
    let currency = Currency::parse(currency).unwrap();
    let name = || BilingualText::try_new(None, Some("Work")).unwrap();
    let line = |input| NewLine::new(name(), Code::parse("EA").unwrap(), input);
    let party = PartyId::Customer(id::<CustomerId>());
    NewInvoice::new(id::<InvoiceId>(), party, currency, lines.into_iter().map(line).collect())
}

pub(crate) fn allowance(value: Adjustment, tax: Option<Tax>) -> DocumentAdjustment {
    DocumentAdjustment { value: value.value, tax }
}

/// So much of one line, counted from 0.
pub(crate) fn some(line: usize, count: &str) -> CreditScope {
    CreditScope::Lines(vec![CreditLine { line, quantity: quantity(count) }])
}

/// An invoice and the notes that took parts of it back.
pub(crate) struct Account {
    pub(crate) invoice: InvoiceContent,
    pub(crate) notes: Vec<Credited>,
    /// What the books were told of the notes, where they were told.
    pub(crate) bases: Vec<BaseTotals>,
}

impl Account {
    pub(crate) fn of(invoice: NewInvoice) -> Self {
        let invoice = invoice.into_content().unwrap();
        Self { invoice, notes: Vec::new(), bases: Vec::new() }
    }

    /// What the notes took back, added up as a store adds them up.
    pub(crate) fn so_far(&self) -> CreditedSoFar {
        let mut sum = CreditedSoFar { base: self.base_so_far(), ..CreditedSoFar::default() };
        for note in &self.notes {
            let before = sum.rounding.unwrap_or(Money::zero(self.invoice.written.currency));
            sum.rounding = Some(before.plus(note.totals.rounding).unwrap());
            for (line, totals) in note.lines.iter().zip(&note.totals.lines) {
                let index = line.corrects_line.unwrap();
                let (more, amount) = (line.input.quantity, totals.gross);
                match sum.lines.iter_mut().find(|sum| sum.line == index) {
                    Some(sum) => {
                        sum.quantity = sum.quantity.plus(more).unwrap();
                        sum.amount = sum.amount.plus(amount).unwrap();
                    }
                    None => sum.lines.push(CreditedLine { line: index, quantity: more, amount }),
                }
            }
            for group in &note.totals.tax_groups {
                match sum.groups.iter_mut().find(|sum| sum.tax == group.tax) {
                    Some(sum) => {
                        sum.taxable = sum.taxable.plus(group.taxable).unwrap();
                        sum.tax_amount = sum.tax_amount.plus(group.tax_amount).unwrap();
                    }
                    None => sum.groups.push(*group),
                }
            }
        }
        sum
    }

    fn base_so_far(&self) -> Option<CreditedBase> {
        let sum = |of: fn(&BaseTotals) -> Money| {
            let parts = self.bases.iter().map(of);
            parts.reduce(|sum, part| sum.plus(part).unwrap())
        };
        let (tax, total) = (sum(|base| base.tax)?, sum(|base| base.total)?);
        Some(CreditedBase { tax, total, payable: sum(|base| base.payable)? })
    }

    /// Takes something back and keeps the note.
    pub(crate) fn credit(&mut self, scope: &CreditScope) -> Result<&Credited, CreditError> {
        let note = self.invoice.credit(scope, &self.so_far())?;
        self.notes.push(note);
        Ok(self.notes.last().unwrap())
    }

    /// The sum of one amount over all notes, in minor units.
    pub(crate) fn sum(&self, amount: impl Fn(&Credited) -> Money) -> i64 {
        self.notes.iter().map(|note| amount(note).minor()).sum()
    }

    /// A note as the document that says it.
    pub(crate) fn document(&self, note: &Credited) -> NewInvoice {
        NewInvoice {
            corrects: Some(Correction {
                invoice: self.invoice.written.id,
                number: "INV-2026-00001".to_owned(),
                issue_date: parse_date("2026-11-23").unwrap(),
                reason_code: None,
                reason: None,
            }),
            lines: note.lines.clone(),
            allowances: note.allowances.clone(),
            charges: note.charges.clone(),
            prepaid: Money::zero(self.invoice.written.currency),
            rounding: note.totals.rounding,
            ..self.invoice.written.clone()
        }
    }
}

pub(crate) fn party(name: &str) -> PartySnapshot {
    let name = BilingualText::try_new(Some("نجد"), Some(name)).unwrap();
    PartySnapshot::named(name, Address::in_country(Country::parse("SA").unwrap()))
}

/// Issues a document on the first day of these tests.
pub(crate) fn issue(written: NewInvoice, frozen: Frozen) -> IssuedInvoice {
    let now = Timestamp::from_millis(1_795_420_800_000);
    let draft = written.into_draft(now).unwrap();
    let date = parse_date("2026-11-23").unwrap();
    let prepared = draft.prepare(date, &PaymentTerms::net(30)).unwrap();
    let number = InvoiceNumber {
        series: Code::parse("INV").unwrap(),
        year: 2026,
        sequence: 1,
        written: "INV-2026-00001".to_owned(),
    };
    prepared.issue(number, frozen, now, |bytes| {
        // No digest to rely on, but a different one for most texts.
        let sum = bytes.iter().fold(7_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
        [sum; 32]
    })
}
