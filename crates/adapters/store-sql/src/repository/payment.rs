//! Payments with their allocations.

use std::collections::HashMap;

use async_trait::async_trait;
use gaara_invoicing::{Payment, PaymentRepository};
use gaara_kernel::StoreError;
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

use super::{all, insert};
use crate::bulk::insert_all;
use crate::entity::payment::{Entity, Model};
use crate::entity::payment_allocation;
use crate::transaction::SqlTransaction;

/// Reads the allocations of all these payments at once.
pub(crate) async fn with_allocations(
    connection: &DatabaseTransaction,
    rows: Vec<Model>,
) -> Result<Vec<Payment>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|row| row.id);
    let query = payment_allocation::Entity::find()
        .filter(payment_allocation::Column::PaymentId.is_in(ids))
        .order_by_asc(payment_allocation::Column::InvoiceId);
    let mut allocations: HashMap<Uuid, Vec<payment_allocation::Model>> = HashMap::new();
    for row in all(connection, query).await? {
        allocations.entry(row.payment_id).or_default().push(row);
    }
    rows.into_iter()
        .map(|row| {
            let own = allocations.remove(&row.id).unwrap_or_default();
            row.with_allocations(own)
        })
        .collect()
}

#[async_trait]
impl PaymentRepository for SqlTransaction {
    async fn add(&mut self, payment: &Payment) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(payment)).await?;
        let allocations = payment_allocation::rows(payment);
        insert_all::<payment_allocation::Entity>(&self.connection, allocations).await
    }
}
