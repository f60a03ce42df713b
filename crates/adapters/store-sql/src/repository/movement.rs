//! Stock movements and the ledger of what they did.

use async_trait::async_trait;
use gaara_inventory::{
    CancelledMovement, DraftMovement, Movement, MovementContent, MovementRepository,
    MovementStatus, PostedMovement, Returned,
};
use gaara_kernel::{Id, InvoiceId, MovementId, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QuerySelect,
};

use super::movement_parts::with_parts;
use super::{all, insert, saved};
use crate::bulk::{insert_all, select};
use crate::convert::Stored;
use crate::entity::stock_movement::{Column, Entity, Model};
use crate::entity::{stock_ledger, stock_movement_line};
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// A movement with its lines and its history.
pub(crate) async fn find_by_id(
    connection: &Session,
    id: MovementId,
) -> Result<Option<Movement>, StoreError> {
    let rows = all(connection, Entity::find_by_id(id.as_uuid())).await?;
    Ok(with_parts(connection, rows).await?.pop())
}

#[async_trait]
impl MovementRepository for SqlTransaction {
    async fn add(&mut self, draft: &DraftMovement) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(draft)).await?;
        add_lines(&self.connection, &draft.content).await
    }

    async fn add_posted(&mut self, posted: &PostedMovement) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(posted)).await?;
        add_lines(&self.connection, &posted.content).await?;
        insert_all::<stock_ledger::Entity>(&self.connection, stock_ledger::rows(posted)).await
    }

    async fn find_of_invoice(
        &mut self,
        invoice: InvoiceId,
    ) -> Result<Option<MovementId>, StoreError> {
        let posted = [MovementStatus::Posted, MovementStatus::Reversed].map(MovementStatus::code);
        let found = Entity::find()
            .filter(Column::InvoiceId.eq(invoice.as_uuid()))
            .filter(Column::Status.is_in(posted))
            .filter(Column::ReversesId.is_null())
            .one(&self.connection)
            .await
            .map_err(failure)?;
        Ok(found.map(|row| Id::from_uuid(row.id)))
    }

    async fn lock(&mut self, id: MovementId) -> Result<Option<Movement>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::NoKeyUpdate);
        let rows = all(&self.connection, query).await?;
        Ok(with_parts(&self.connection, rows).await?.pop())
    }

    async fn save(&mut self, draft: &DraftMovement) -> Result<(), StoreError> {
        save(&self.connection, Model::from(draft), MovementStatus::Draft).await?;
        replace_lines(&self.connection, &draft.content).await
    }

    async fn save_posted(&mut self, posted: &PostedMovement) -> Result<(), StoreError> {
        save(&self.connection, Model::from(posted), MovementStatus::Draft).await?;
        replace_lines(&self.connection, &posted.content).await?;
        insert_all::<stock_ledger::Entity>(&self.connection, stock_ledger::rows(posted)).await
    }

    async fn save_reversed(&mut self, posted: &PostedMovement) -> Result<(), StoreError> {
        save(&self.connection, Model::from(posted), MovementStatus::Posted).await
    }

    async fn save_cancelled(&mut self, cancelled: &CancelledMovement) -> Result<(), StoreError> {
        save(&self.connection, Model::from(cancelled), MovementStatus::Draft).await
    }

    async fn returned(&mut self, origin: MovementId) -> Result<Vec<Returned>, StoreError> {
        let rows: Vec<ReturnedRow> = select(
            &self.connection,
            "SELECT stock_ledger.product_id, stock_ledger.currency, \
                 CAST(SUM(stock_ledger.quantity_millionths) AS bigint) AS quantity, \
                 CAST(SUM(stock_ledger.value_minor + stock_ledger.variance_minor) AS bigint) \
                 AS amount \
                 FROM stock_movements JOIN stock_ledger \
                 ON stock_ledger.movement_id = stock_movements.id \
                 WHERE stock_movements.origin_id = $1 \
                 GROUP BY stock_ledger.product_id, stock_ledger.currency \
                 ORDER BY stock_ledger.product_id",
            [origin.as_uuid().into()],
        )
        .await?;
        rows.into_iter().map(Returned::try_from).collect()
    }
}

/// Saves a row that stands in the state it was locked in.
async fn save(connection: &Session, row: Model, locked: MovementStatus) -> Result<(), StoreError> {
    let result = Entity::update_many()
        .filter(Column::Id.eq(row.id))
        .filter(Column::Status.eq(locked.code()))
        .set(row.into_active_model().reset_all())
        .exec(connection)
        .await
        .map_err(failure)?;
    saved(result.rows_affected, 1, "movement")
}

async fn add_lines(connection: &Session, content: &MovementContent) -> Result<(), StoreError> {
    let rows = stock_movement_line::rows(content);
    insert_all::<stock_movement_line::Entity>(connection, rows).await
}

async fn replace_lines(connection: &Session, content: &MovementContent) -> Result<(), StoreError> {
    stock_movement_line::Entity::delete_many()
        .filter(stock_movement_line::Column::MovementId.eq(content.id.as_uuid()))
        .exec(connection)
        .await
        .map_err(failure)?;
    add_lines(connection, content).await
}

#[derive(Debug, FromQueryResult)]
struct ReturnedRow {
    product_id: Uuid,
    currency: String,
    quantity: i64,
    amount: i64,
}

impl TryFrom<ReturnedRow> for Returned {
    type Error = StoreError;

    fn try_from(row: ReturnedRow) -> Result<Self, StoreError> {
        let stored = Stored("stock_ledger");
        Ok(Self {
            product: Id::from_uuid(row.product_id),
            quantity: stored.quantity(row.quantity)?,
            amount: stored.money(row.amount, stored.currency(&row.currency)?)?,
        })
    }
}
