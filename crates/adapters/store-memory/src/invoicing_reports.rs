//! Documents and payments in memory, added up.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gaara_invoicing::report::{
    Account, Counterparty, EntrySource, InvoicingReports, NamedParty, OpenItem, PartyCredit,
    Period, SalesBy, SalesRow, Side, StatementEntry, TaxReturnRow, in_books,
};
use gaara_invoicing::totals::Tax;
use gaara_invoicing::{
    Direction, DocumentType, Invoice, IssuedInvoice, PartyId, Payment, PaymentState,
};
use gaara_kernel::{Currency, CustomerId, Date, DocumentId, Id, InvoiceId, Money, StoreError};

use crate::records::Records;
use crate::sold::sales;
use crate::store::MemoryView;

#[async_trait]
impl InvoicingReports for MemoryView {
    async fn open_items(
        &mut self,
        side: Side,
        as_of: Date,
        party: Option<Counterparty>,
    ) -> Result<Vec<OpenItem>, StoreError> {
        let records = &*self.records;
        let mut sums: BTreeMap<(Counterparty, &str, Date), Money> = BTreeMap::new();
        let invoices = issued(records).filter(|it| !is_credit_note(it));
        for issued in invoices.filter(|it| it.issue_date <= as_of) {
            let owner = counterparty(issued);
            let amount = open_at(records, issued, as_of)?;
            let key = (owner, amount.currency().code(), issued.due_date);
            if owner.side() == side && party.is_none_or(|party| party == owner) {
                let sum = sums.entry(key).or_insert(Money::zero(amount.currency()));
                *sum = sum.plus(amount).map_err(internal)?;
            }
        }
        let item = |((owner, _, due_date), amount)| {
            Ok(OpenItem { party: named(records, owner)?, due_date, amount })
        };
        sums.into_iter().filter(|(_, amount)| !amount.is_zero()).map(item).collect()
    }

    async fn party_credits(
        &mut self,
        side: Side,
        as_of: Date,
        party: Option<Counterparty>,
    ) -> Result<Vec<PartyCredit>, StoreError> {
        let records = &*self.records;
        let mut sums: BTreeMap<(Counterparty, &str), Money> = BTreeMap::new();
        let paid = payments(records).filter(|it| it.payment_date() <= as_of);
        let mut credits = Vec::new();
        for payment in paid {
            credits.push((counterparty_of(payment.party()), unallocated_at(payment, as_of)?));
        }
        let notes = issued(records).filter(|it| is_credit_note(it) && it.issue_date <= as_of);
        for note in notes {
            credits.push((counterparty(note), open_at(records, note, as_of)?));
        }
        for (owner, amount) in credits {
            if owner.side() == side && party.is_none_or(|party| party == owner) {
                let sum = sums.entry((owner, amount.currency().code()));
                let sum = sum.or_insert(Money::zero(amount.currency()));
                *sum = sum.plus(amount).map_err(internal)?;
            }
        }
        let credit =
            |((owner, _), amount)| Ok(PartyCredit { party: named(records, owner)?, amount });
        sums.into_iter().filter(|(_, amount)| !amount.is_zero()).map(credit).collect()
    }

    async fn balance_before(&mut self, account: &Account, day: Date) -> Result<Money, StoreError> {
        let before = entries(&self.records, account).into_iter().filter(|it| it.date < day);
        let nothing = Money::zero(account.currency);
        before.map(|entry| entry.amount).try_fold(nothing, Money::plus).map_err(internal)
    }

    async fn statement_entries(
        &mut self,
        account: &Account,
        period: Period,
    ) -> Result<Vec<StatementEntry>, StoreError> {
        let mut entries = entries(&self.records, account);
        entries.retain(|entry| period.holds(entry.date));
        entries.sort_by_key(|entry| {
            let (kind, id) = match entry.source {
                EntrySource::Invoice(id) => (0, id.as_uuid()),
                EntrySource::CreditNote(id) => (0, id.as_uuid()),
                EntrySource::Payment(id) => (1, id.as_uuid()),
            };
            (entry.date, kind, id)
        });
        Ok(entries)
    }

    async fn sales(
        &mut self,
        books: Currency,
        by: SalesBy,
        period: Period,
    ) -> Result<Vec<SalesRow>, StoreError> {
        sales(&self.records, books, by, period)
    }

    async fn taxed(
        &mut self,
        books: Currency,
        period: Period,
    ) -> Result<Vec<TaxReturnRow>, StoreError> {
        let mut sums: BTreeMap<(Side, Tax), [Money; 2]> = BTreeMap::new();
        for document in issued(&self.records).filter(|it| period.holds(it.issue_date)) {
            let groups = &document.content.totals.tax_groups;
            let taxables: Vec<Money> = groups.iter().map(|group| group.taxable).collect();
            let taxes: Vec<Money> = groups.iter().map(|group| group.tax_amount).collect();
            let taxables = in_books(document.base.net, &taxables).map_err(internal)?;
            let taxes = in_books(document.base.tax, &taxes).map_err(internal)?;
            for ((group, taxable), tax_amount) in groups.iter().zip(taxables).zip(taxes) {
                let sum = sums
                    .entry((counterparty(document).side(), group.tax))
                    .or_insert([Money::zero(books); 2]);
                let [before, tax_before] = *sum;
                *sum = [
                    before.plus(signed(document, taxable)).map_err(internal)?,
                    tax_before.plus(signed(document, tax_amount)).map_err(internal)?,
                ];
            }
        }
        let row = |((side, tax), [taxable, tax_amount]): ((Side, Tax), [Money; 2])| TaxReturnRow {
            side,
            tax,
            taxable,
            tax_amount,
        };
        Ok(sums.into_iter().map(row).collect())
    }
}

pub(crate) fn internal(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Internal(Box::new(error))
}

/// The documents that were issued.
pub(crate) fn issued(records: &Records) -> impl Iterator<Item = &IssuedInvoice> {
    records.invoices.values().filter_map(|invoice| {
        let Invoice::Issued(issued) = &**invoice else { return None };
        Some(&**issued)
    })
}

/// The other side of a document.
pub(crate) fn counterparty(document: &IssuedInvoice) -> Counterparty {
    counterparty_of(document.content.written.party)
}

fn is_credit_note(document: &IssuedInvoice) -> bool {
    document.content.written.document_type() == DocumentType::CreditNote
}

/// What an amount of a document counts: credit notes are taken off.
pub(crate) fn signed(document: &IssuedInvoice, amount: Money) -> Money {
    if is_credit_note(document) { amount.negated() } else { amount }
}

/// Whether money went the way that settles.
fn settles(payment: &Payment) -> bool {
    matches!(
        (payment.party(), payment.direction()),
        (PartyId::Customer(_), Direction::In) | (PartyId::Supplier(_), Direction::Out)
    )
}

/// What was left of a payment at the end of a day; less than nothing where money went the other
/// way.
fn unallocated_at(payment: &Payment, as_of: Date) -> Result<Money, StoreError> {
    let later = payment.allocations().iter().filter(|part| part.allocation_date > as_of);
    let left = later.map(|part| part.amount).try_fold(payment.unallocated(), Money::plus);
    let left = left.map_err(internal)?;
    Ok(if settles(payment) { left } else { left.negated() })
}

const fn counterparty_of(party: PartyId) -> Counterparty {
    match party {
        PartyId::Customer(id) => Counterparty::Customer(id),
        PartyId::Supplier(id) => Counterparty::Supplier(id),
    }
}

fn payments(records: &Records) -> impl Iterator<Item = &Payment> {
    let all = records.payments.values().map(|payment| &**payment);
    all.filter(|payment| payment.state() == PaymentState::Posted)
}

/// What is open now, and what was settled after the day.
fn open_at(records: &Records, issued: &IssuedInvoice, as_of: Date) -> Result<Money, StoreError> {
    let id: InvoiceId = issued.content.written.id;
    let later = payments(records).flat_map(Payment::allocations);
    let later = later.filter(|part| part.invoice == id && part.allocation_date > as_of);
    let notes = self::issued(records).filter(|note| note.issue_date > as_of);
    let notes = notes.filter(|note| {
        note.content.written.corrects.as_ref().is_some_and(|corrected| corrected.invoice == id)
    });
    let mut later = later.map(|part| part.amount).chain(notes.map(|note| note.credited));
    later.try_fold(issued.open(), Money::plus).map_err(internal)
}

fn named(records: &Records, party: Counterparty) -> Result<NamedParty, StoreError> {
    let name = match party {
        Counterparty::Customer(id) => customer_name(records, id),
        Counterparty::Supplier(id) => records.suppliers.get(&id).map(|it| it.name.clone()),
    };
    let name = name.ok_or(StoreError::Corrupt { entity: "party" })?;
    Ok(NamedParty { party, name })
}

pub(crate) fn customer_name(
    records: &Records,
    id: CustomerId,
) -> Option<gaara_kernel::BilingualText> {
    records.customers.get(&id).map(|customer| customer.name.clone())
}

/// What changed an account, in no particular order.
fn entries(records: &Records, account: &Account) -> Vec<StatementEntry> {
    let is_own = |party: Counterparty, amount: Money| {
        account.party == party && amount.currency() == account.currency
    };
    let documents = issued(records)
        .filter(|it| is_own(counterparty(it), it.content.totals.payable))
        .map(|issued| StatementEntry {
            date: issued.issue_date,
            source: match issued.content.written.document_id() {
                DocumentId::Invoice(id) => EntrySource::Invoice(id),
                DocumentId::CreditNote(id) => EntrySource::CreditNote(id),
            },
            number: Some(issued.number.text()),
            due_date: Some(issued.due_date),
            amount: signed(issued, issued.content.totals.payable),
        });
    let paid = payments(records)
        .filter(|payment| is_own(counterparty_of(payment.party()), payment.amount()))
        .map(|payment| StatementEntry {
            date: payment.payment_date(),
            source: EntrySource::Payment(payment.id()),
            number: None,
            due_date: None,
            amount: if settles(payment) { payment.amount().negated() } else { payment.amount() },
        });
    documents.chain(paid).collect()
}
