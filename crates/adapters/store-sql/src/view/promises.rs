//! Reservations and stocktakes, read.

use async_trait::async_trait;
use gaara_inventory::{
    Reservation, ReservationFilter, ReservationSort, ReservationStatus, ReservationView, Stocktake,
    StocktakeFilter, StocktakeLineFilter, StocktakeLineSort, StocktakeLineView, StocktakeSort,
    StocktakeStatus, StocktakeView,
};
use gaara_kernel::{Id, Page, PageRequest, ReservationId, StocktakeId, StoreError, Timestamp};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryTrait};

use super::SqlView;
use super::stocktake_line_row::{LineRow, line_query};
use crate::entity::{reservation, stocktake};
use crate::keyset::{page, with_items};
use crate::repository::reservation::find_by_id as find_reservation_by_id;
use crate::repository::stocktake::find_by_id as find_stocktake_by_id;
use crate::repository::stocktake_scope::with_scopes;

#[async_trait]
impl ReservationView for SqlView {
    async fn find_reservation(
        &mut self,
        id: ReservationId,
    ) -> Result<Option<Reservation>, StoreError> {
        find_reservation_by_id(&self.connection, id).await
    }

    async fn list_reservations(
        &mut self,
        filter: &ReservationFilter,
        now: Timestamp,
        request: &PageRequest<ReservationSort>,
    ) -> Result<Page<Reservation>, StoreError> {
        let query = reservation::Entity::find().filter(matching(filter, now)).into_query();
        let rows = page::<reservation::Model>(&self.connection, query, request).await?;
        with_items(rows, Reservation::try_from)
    }
}

fn matching(filter: &ReservationFilter, now: Timestamp) -> Condition {
    use reservation::Column;
    let statuses = filter.statuses.iter().fold(Condition::any(), |any, status| {
        let stored = Column::Status.eq(status.code());
        let active = Column::Status.eq(ReservationStatus::Active.code());
        any.add(match status {
            ReservationStatus::Active => {
                Condition::all().add(stored).add(Column::ExpiresAtMs.gt(now.as_millis()))
            }
            ReservationStatus::Expired => {
                let overdue =
                    Condition::all().add(active).add(Column::ExpiresAtMs.lte(now.as_millis()));
                Condition::any().add(stored).add(overdue)
            }
            ReservationStatus::Consumed | ReservationStatus::Released => {
                Condition::all().add(stored)
            }
        })
    });
    Condition::all()
        .add_option(filter.product.map(|product| Column::ProductId.eq(product.as_uuid())))
        .add_option(filter.warehouse.map(|warehouse| Column::WarehouseId.eq(warehouse.as_uuid())))
        .add_option((!filter.statuses.is_empty()).then_some(statuses))
}

#[async_trait]
impl StocktakeView for SqlView {
    async fn find_stocktake(&mut self, id: StocktakeId) -> Result<Option<Stocktake>, StoreError> {
        find_stocktake_by_id(&self.connection, id).await
    }

    async fn list_stocktakes(
        &mut self,
        filter: &StocktakeFilter,
        request: &PageRequest<StocktakeSort>,
    ) -> Result<Page<Stocktake>, StoreError> {
        use stocktake::Column;
        let statuses = filter.statuses.iter().copied().map(StocktakeStatus::code);
        let condition = Condition::all()
            .add_option(
                filter.warehouse.map(|warehouse| Column::WarehouseId.eq(warehouse.as_uuid())),
            )
            .add_option((!filter.statuses.is_empty()).then(|| Column::Status.is_in(statuses)));
        let query = stocktake::Entity::find().filter(condition).into_query();
        let rows = page::<stocktake::Model>(&self.connection, query, request).await?;
        let items = with_scopes(&self.connection, rows.items).await?;
        Ok(Page { items, next: rows.next, total: rows.total })
    }

    async fn list_stocktake_lines(
        &mut self,
        filter: &StocktakeLineFilter,
        request: &PageRequest<StocktakeLineSort>,
    ) -> Result<Page<StocktakeLineView>, StoreError> {
        let rows = page::<LineRow>(&self.connection, line_query(filter), request).await?;
        with_items(rows, StocktakeLineView::try_from)
    }
}
