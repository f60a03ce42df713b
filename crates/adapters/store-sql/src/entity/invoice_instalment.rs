//! A row of `invoice_instalments`.

use gaara_invoicing::IssuedInvoice;
use gaara_kernel::{Currency, DuePart, Id, StoreError};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, date, position};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_instalments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub due_date: TimeDate,
    pub amount_minor: i64,
}

no_relations!();

/// The rows of an invoice that is not all due on one day; else there are none.
pub(crate) fn rows(invoice: &IssuedInvoice) -> Vec<Model> {
    let invoice_id = invoice.content.written.id.as_uuid();
    if invoice.instalments.len() < 2 {
        return Vec::new();
    }
    let row = |(index, part): (usize, &DuePart)| Model {
        invoice_id,
        position: position(index),
        due_date: date(part.due_date),
        amount_minor: part.amount.minor(),
    };
    invoice.instalments.iter().enumerate().map(row).collect()
}

impl Model {
    pub(crate) fn part(&self, currency: Currency) -> Result<DuePart, StoreError> {
        let stored = Stored("invoice");
        Ok(DuePart {
            due_date: stored.date(self.due_date)?,
            amount: stored.money(self.amount_minor, currency)?,
        })
    }
}
