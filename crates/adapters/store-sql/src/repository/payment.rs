//! Payments with their allocations.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use gaara_invoicing::{Payment, PaymentRepository};
use gaara_kernel::{Id, PaymentId, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{LockType, Value};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set};

use super::{all, insert, saved};
use crate::bulk::{execute_over, insert_all};
use crate::entity::payment::{ActiveModel, Column, Entity, Model};
use crate::entity::{payment_allocation, payment_word};
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// Reads the allocations of all these payments at once.
pub(crate) async fn with_allocations(
    connection: &Session,
    rows: Vec<Model>,
) -> Result<Vec<Payment>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|row| row.id);
    let query = payment_allocation::Entity::find()
        .filter(payment_allocation::Column::PaymentId.is_in(ids))
        .order_by_asc(payment_allocation::Column::Id);
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

/// A payment by the query of its row.
pub(crate) async fn one(
    connection: &Session,
    query: Select<Entity>,
) -> Result<Option<Payment>, StoreError> {
    let rows = all(connection, query).await?;
    Ok(with_allocations(connection, rows).await?.pop())
}

#[async_trait]
impl PaymentRepository for SqlTransaction {
    async fn add(&mut self, payment: &Payment) -> Result<(), StoreError> {
        let connection = &self.connection;
        insert::<Entity>(connection, Model::from(payment)).await?;
        insert_all::<payment_word::Entity>(connection, payment_word::rows(payment)).await?;
        let allocations = payment_allocation::rows(payment);
        insert_all::<payment_allocation::Entity>(connection, allocations).await
    }

    async fn lock(&mut self, id: PaymentId) -> Result<Option<Payment>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::NoKeyUpdate);
        one(&self.connection, query).await
    }

    async fn save(&mut self, payment: &Payment) -> Result<(), StoreError> {
        let row = Model::from(payment);
        let changed = ActiveModel {
            state: Set(row.state),
            reference: Set(row.reference),
            note: Set(row.note),
            voided_at_ms: Set(row.voided_at_ms),
            updated_at_ms: Set(row.updated_at_ms),
            version: Set(row.version),
            ..Default::default()
        };
        let result = Entity::update_many()
            .set(changed)
            .filter(Column::Id.eq(row.id))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "payment")?;
        save_words(&self.connection, payment).await?;
        save_allocations(&self.connection, payment).await
    }
}

async fn save_words(connection: &Session, payment: &Payment) -> Result<(), StoreError> {
    payment_word::Entity::delete_many()
        .filter(payment_word::Column::PaymentId.eq(payment.id().as_uuid()))
        .exec(connection)
        .await
        .map_err(failure)?;
    insert_all::<payment_word::Entity>(connection, payment_word::rows(payment)).await
}

/// Adds the allocations that are new and removes those that are gone; the others never change.
async fn save_allocations(connection: &Session, payment: &Payment) -> Result<(), StoreError> {
    use payment_allocation::Column as Part;
    let query =
        payment_allocation::Entity::find().filter(Part::PaymentId.eq(payment.id().as_uuid()));
    let stored: HashSet<Uuid> = all(connection, query).await?.iter().map(|row| row.id).collect();
    let kept: HashSet<Uuid> = payment.allocations().iter().map(|part| part.id.as_uuid()).collect();
    let gone: Vec<[Value; 1]> = stored.difference(&kept).map(|id| [Value::from(*id)]).collect();
    let removed = execute_over(connection, &gone, |rows| {
        format!(
            "WITH gone (id) AS ({rows}) \
             DELETE FROM payment_allocations WHERE id IN (SELECT id FROM gone)"
        )
    })
    .await?;
    saved(removed, gone.len(), "payment")?;
    let new = payment_allocation::rows(payment).filter(|row| !stored.contains(&row.id));
    insert_all::<payment_allocation::Entity>(connection, new).await
}
