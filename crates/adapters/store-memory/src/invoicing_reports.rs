//! Documents and payments in memory, added up.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gaara_invoicing::report::{
    Account, Counterparty, EntrySource, InvoicingReports, NamedParty, OpenItem, PartyCredit,
    Period, SalesBy, SalesRow, Side, StatementEntry, TaxReturnRow,
};
use gaara_invoicing::totals::Tax;
use gaara_invoicing::{Invoice, IssuedInvoice, PartyId, Payment};
use gaara_kernel::{Currency, CustomerId, Date, Id, InvoiceId, Money, StoreError};

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
        for issued in issued(records).filter(|it| it.issue_date <= as_of) {
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
        for payment in payments(records).filter(|it| it.payment_date() <= as_of) {
            let owner = counterparty_of(payment.party());
            let amount = payment.unallocated();
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
        let mut sums: BTreeMap<Tax, [Money; 2]> = BTreeMap::new();
        for document in issued(&self.records).filter(|it| period.holds(it.issue_date)) {
            for group in &document.content.totals.tax_groups {
                let sum = sums.entry(group.tax).or_insert([Money::zero(books); 2]);
                let [taxable, tax] = *sum;
                *sum = [
                    taxable.plus(group.taxable).map_err(internal)?,
                    tax.plus(group.tax_amount).map_err(internal)?,
                ];
            }
        }
        let row = |(tax, [taxable, tax_amount]): (Tax, [Money; 2])| TaxReturnRow {
            side: Side::Sales,
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

const fn counterparty_of(party: PartyId) -> Counterparty {
    match party {
        PartyId::Customer(id) => Counterparty::Customer(id),
        PartyId::Supplier(id) => Counterparty::Supplier(id),
    }
}

fn payments(records: &Records) -> impl Iterator<Item = &Payment> {
    records.payments.values().map(|payment| &**payment)
}

/// What is open now, and what was settled after the day.
fn open_at(records: &Records, issued: &IssuedInvoice, as_of: Date) -> Result<Money, StoreError> {
    let id: InvoiceId = issued.content.written.id;
    let later = payments(records).filter(|payment| payment.payment_date() > as_of);
    let later = later.flat_map(Payment::allocations).filter(|part| part.invoice == id);
    later.map(|part| part.amount).try_fold(issued.open(), Money::plus).map_err(internal)
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
            source: EntrySource::Invoice(issued.content.written.id),
            number: Some(issued.number.text()),
            due_date: Some(issued.due_date),
            amount: issued.content.totals.payable,
        });
    let paid = payments(records)
        .filter(|payment| is_own(counterparty_of(payment.party()), payment.amount()))
        .map(|payment| StatementEntry {
            date: payment.payment_date(),
            source: EntrySource::Payment(payment.id()),
            number: None,
            due_date: None,
            amount: payment.amount().negated(),
        });
    documents.chain(paid).collect()
}
