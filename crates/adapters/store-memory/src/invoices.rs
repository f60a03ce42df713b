//! Invoices and credit notes in memory, written.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use gaara_invoicing::totals::{Tax, TaxGroup};
use gaara_invoicing::{
    CreditedLine, CreditedSoFar, DocumentType, DraftInvoice, Invoice, InvoiceRepository,
    InvoiceStatus, IssuedInvoice, NewInvoice, PartyId, VoidedInvoice,
};
use gaara_kernel::{Currency, CustomerId, InvoiceId, Money, MoneyError, StoreError};

use crate::records::{Records, add, copied, save, unique};
use crate::stock::add_up;
use crate::store::MemoryTransaction;

#[async_trait]
impl InvoiceRepository for MemoryTransaction {
    async fn add_draft(&mut self, draft: &DraftInvoice) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Arc::new(Invoice::Draft(Box::new(draft.clone())));
            add(&mut records.invoices, draft.content.written.id, row, "invoice.id")
        })
    }

    async fn lock(&mut self, id: InvoiceId) -> Result<Option<Invoice>, StoreError> {
        self.with(|records| Ok(copied(records.invoices.get(&id))))
    }

    async fn lock_many(&mut self, ids: &[InvoiceId]) -> Result<Vec<Invoice>, StoreError> {
        self.with(|records| {
            let asked = records.invoices.iter().filter(|(id, _)| ids.contains(id));
            Ok(asked.map(|(_, invoice)| Invoice::clone(invoice)).collect())
        })
    }

    async fn save_draft(&mut self, draft: &DraftInvoice) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Invoice::Draft(Box::new(draft.clone()));
            save_from(records, row, InvoiceStatus::Draft)
        })
    }

    async fn remove_draft(&mut self, id: InvoiceId) -> Result<(), StoreError> {
        self.with(|records| {
            check_status(records, id, InvoiceStatus::Draft)?;
            records.invoices.remove(&id);
            Ok(())
        })
    }

    async fn save_annotations(&mut self, invoice: &Invoice) -> Result<(), StoreError> {
        self.with(|records| save_from(records, invoice.clone(), invoice.status()))
    }

    async fn save_issued(&mut self, invoice: &IssuedInvoice) -> Result<(), StoreError> {
        self.with(|records| {
            let taken = |other: &Arc<Invoice>| {
                other.as_issued().is_some_and(|other| other.number == invoice.number)
            };
            unique(!records.invoices.values().any(taken), "invoice.number")?;
            let same = |other: &Arc<Invoice>| {
                other.status() == InvoiceStatus::Issued
                    && shares_reference(&other.content().written, &invoice.content.written)
            };
            unique(!records.invoices.values().any(same), "invoice.supplier_reference")?;
            let row = Invoice::Issued(Box::new(invoice.clone()));
            save_from(records, row, InvoiceStatus::Draft)
        })
    }

    async fn save_settlements(&mut self, invoices: &[IssuedInvoice]) -> Result<(), StoreError> {
        self.with(|records| {
            invoices.iter().try_for_each(|invoice| {
                let row = Invoice::Issued(Box::new(invoice.clone()));
                save_from(records, row, InvoiceStatus::Issued)
            })
        })
    }

    async fn save_voided(&mut self, invoice: &VoidedInvoice) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Invoice::Void(Box::new(invoice.clone()));
            save_from(records, row, InvoiceStatus::Issued)
        })
    }

    async fn credited(&mut self, invoice: InvoiceId) -> Result<CreditedSoFar, StoreError> {
        self.with(|records| credited(records, invoice))
    }

    async fn is_busy(&mut self, party: PartyId) -> Result<bool, StoreError> {
        let is_busy = |invoice: &Arc<Invoice>| {
            let is_open = match &**invoice {
                Invoice::Draft(_) => true,
                Invoice::Issued(issued) => !issued.open().is_zero(),
                Invoice::Void(_) => false,
            };
            is_open && invoice.content().written.party == party
        };
        self.with(|records| Ok(records.invoices.values().any(is_busy)))
    }

    async fn open_balance(
        &mut self,
        customer: CustomerId,
        currency: Currency,
    ) -> Result<Money, StoreError> {
        self.with(|records| {
            let open = |invoice: &Arc<Invoice>| match &**invoice {
                Invoice::Issued(issued) if is_owed_by(issued, customer, currency) => {
                    let open = issued.open().minor();
                    match issued.content.written.document_type() {
                        DocumentType::Invoice => open,
                        DocumentType::CreditNote => -open,
                    }
                }
                _ => 0,
            };
            let minor = records.invoices.values().map(open).sum();
            Money::from_minor(minor, currency).map_err(internal)
        })
    }
}

fn is_owed_by(issued: &IssuedInvoice, customer: CustomerId, currency: Currency) -> bool {
    let written = &issued.content.written;
    written.party.customer() == Some(customer) && written.currency == currency
}

/// Whether two documents bear the same reference of the same supplier.
fn shares_reference(a: &NewInvoice, b: &NewInvoice) -> bool {
    let same = a.supplier_reference == b.supplier_reference && a.party == b.party;
    same && a.supplier_reference.is_some() && a.document_type() == b.document_type()
}

fn check_status(records: &Records, id: InvoiceId, locked: InvoiceStatus) -> Result<(), StoreError> {
    let stored = records.invoices.get(&id).filter(|stored| stored.status() == locked);
    stored.map(|_| ()).ok_or(StoreError::Corrupt { entity: "invoice" })
}

/// Saves a document that stands in the state it was locked in.
fn save_from(
    records: &mut Records,
    invoice: Invoice,
    locked: InvoiceStatus,
) -> Result<(), StoreError> {
    let id = invoice.content().written.id;
    check_status(records, id, locked)?;
    save(&mut records.invoices, &id, Arc::new(invoice), "invoice")
}

fn credited(records: &Records, invoice: InvoiceId) -> Result<CreditedSoFar, StoreError> {
    let mut lines: BTreeMap<usize, CreditedLine> = BTreeMap::new();
    let mut groups: BTreeMap<Tax, TaxGroup> = BTreeMap::new();
    let notes = records.invoices.values().filter_map(|note| match &**note {
        Invoice::Issued(note) => Some(&note.content),
        _ => None,
    });
    let corrects = |note: &gaara_invoicing::InvoiceContent| {
        note.written.corrects.as_ref().is_some_and(|it| it.invoice == invoice)
    };
    let mut rounding: Option<Money> = None;
    for note in notes.filter(|note| corrects(note)) {
        let more = note.totals.rounding;
        rounding = Some(rounding.map_or(Ok(more), |sum| sum.plus(more)).map_err(internal)?);
        for (written, totals) in note.lines() {
            let Some(line) = written.corrects_line else { continue };
            let (quantity, amount) = (written.input.quantity, totals.gross);
            match lines.get_mut(&line) {
                Some(sum) => {
                    add_up(&mut sum.quantity, quantity)?;
                    sum.amount = sum.amount.plus(amount).map_err(internal)?;
                }
                None => drop(lines.insert(line, CreditedLine { line, quantity, amount })),
            }
        }
        for group in &note.totals.tax_groups {
            match groups.get_mut(&group.tax) {
                Some(sum) => {
                    sum.taxable = sum.taxable.plus(group.taxable).map_err(internal)?;
                    sum.tax_amount = sum.tax_amount.plus(group.tax_amount).map_err(internal)?;
                }
                None => drop(groups.insert(group.tax, *group)),
            }
        }
    }
    Ok(CreditedSoFar {
        lines: lines.into_values().collect(),
        groups: groups.into_values().collect(),
        rounding,
    })
}

fn internal(error: MoneyError) -> StoreError {
    StoreError::Internal(Box::new(error))
}
