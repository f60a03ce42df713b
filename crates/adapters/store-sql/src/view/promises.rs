//! Reservations and stocktakes, read.

use async_trait::async_trait;
use gaara_inventory::{
    Reservation, ReservationFilter, ReservationSort, ReservationStatus, ReservationView, Stocktake,
    StocktakeFilter, StocktakeLineFilter, StocktakeLineSort, StocktakeLineView, StocktakeSort,
    StocktakeStatus, StocktakeView,
};
use gaara_kernel::{Id, Page, PageRequest, ReservationId, StocktakeId, StoreError, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryTrait};

use super::SqlView;
use super::stocktake_line_row::{LineRow, line_query};
use crate::entity::{reservation, stocktake};
use crate::keyset::{Found, first, page, page_of, with_items};
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
        // Most are consumed; the others are found by their state, which has them as they were made.
        let is_of_few =
            !filter.statuses.is_empty() && !filter.statuses.contains(&ReservationStatus::Consumed);
        let is_by_making = first(request) == Some(ReservationSort::CreatedAt);
        let found = if is_of_few && !is_by_making { Found::Few } else { Found::Along };
        let rows =
            page_of::<reservation::Model>(&self.connection, vec![query], request, found).await?;
        with_items(rows, Reservation::try_from)
    }
}

fn matching(filter: &ReservationFilter, now: Timestamp) -> Condition {
    use reservation::Column;
    Condition::all()
        .add_option(filter.product.map(|product| Column::ProductId.eq(product.as_uuid())))
        .add_option(filter.warehouse.map(|warehouse| Column::WarehouseId.eq(warehouse.as_uuid())))
        .add_option((!filter.statuses.is_empty()).then(|| in_states(&filter.statuses, now)))
}

/// Those which are in one of these states now: what has run out may still be written as active.
///
/// Alternatives joined by OR would say the same; SQLite 3.51 refuses some of them, once it has
/// statistics ("internal query planner error").
fn in_states(statuses: &[ReservationStatus], now: Timestamp) -> Condition {
    use reservation::Column;
    let (active, expired) = (ReservationStatus::Active, ReservationStatus::Expired);
    let wanted = statuses.iter().map(|status| status.code());
    let (has_active, has_expired) = (statuses.contains(&active), statuses.contains(&expired));
    let written = wanted.clone().chain(has_expired.then_some(active.code()));
    let overdue = Column::Status.eq(active.code()).and(Column::ExpiresAtMs.lte(now.as_millis()));
    let state = Expr::case(overdue, expired.code()).finally(Expr::col(Column::Status));
    Condition::all()
        .add(Column::Status.is_in(written))
        .add_option((has_active != has_expired).then(|| Expr::expr(state).is_in(wanted)))
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
