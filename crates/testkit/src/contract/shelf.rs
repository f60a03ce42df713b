//! A shelf: one product in one warehouse, and what tests of promises and counts ask of it.

use std::sync::Arc;

use gaara_application::inventory::{
    CountStock, CountStockError, CreateAndPostMovement, CreateReservation, CreateReservationError,
    CreateStocktake, FindReservation, FindStocktake, MovementError, PostStocktake,
    PostStocktakeError, StartStocktake, StartStocktakeError, WrittenCount,
};
use gaara_application::{Refusal, Store};
use gaara_inventory::{
    LevelFilter, PostedMovement, Reservation, ReservationFilter, ReservationStatus, StockLevel,
    Stocktake, StocktakeScope, Uncounted,
};
use gaara_kernel::{Clock, ProductId, Quantity, ReservationId, StocktakeId, Timestamp, Version};

use super::store::whole;
use crate::fixtures::quantity;
use crate::harness::{Harness, Sale};

/// Books with one product in one warehouse, counted in kilograms: parts of one can be moved.
#[derive(Clone)]
pub(super) struct Shelf {
    pub(super) store: Arc<dyn Store>,
    pub(super) books: Harness,
    pub(super) sale: Sale,
}

impl Shelf {
    pub(super) async fn with(store: Arc<dyn Store>, count: &str) -> Self {
        let books = Harness::new(Arc::clone(&store)).set_up().await;
        let sale = books.stocked_sale_by("KG", count).await;
        Self { store, books, sale }
    }

    pub(super) async fn reserve(
        &self,
        count: &str,
    ) -> Result<Reservation, Refusal<CreateReservationError>> {
        self.reserve_until(count, None).await
    }

    pub(super) async fn reserve_until(
        &self,
        count: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<Reservation, Refusal<CreateReservationError>> {
        let use_case = CreateReservation {
            id: None,
            product: self.sale.product,
            warehouse: self.sale.warehouse,
            quantity: quantity(count),
            unit: None,
            expires_at,
            note: Some("for Sara · لسارة".to_owned()),
        };
        self.books.app.execute(&self.books.system(), &use_case).await
    }

    /// Takes goods out, for a reservation where one is given.
    pub(super) async fn issue(
        &self,
        count: &str,
        reservation: Option<ReservationId>,
    ) -> Result<PostedMovement, Refusal<MovementError>> {
        let Sale { product, warehouse, .. } = self.sale;
        let CreateAndPostMovement(mut written) =
            Harness::issue_of(product, warehouse, quantity(count));
        for line in &mut written.lines {
            line.reservation = reservation;
        }
        let use_case = CreateAndPostMovement(written);
        self.books.app.execute(&self.books.system(), &use_case).await
    }

    pub(super) async fn receive(&self, product: ProductId, count: &str) -> PostedMovement {
        let receipt = Harness::receipt(product, self.sale.warehouse, quantity(count));
        self.books.app.execute(&self.books.system(), &receipt).await.expect("goods come in")
    }

    pub(super) async fn find(&self, id: ReservationId) -> Reservation {
        let found = self.books.app.ask(&self.books.system(), &FindReservation { id }).await;
        found.expect("an answer").expect("it exists")
    }

    /// The level as anybody sees it now.
    pub(super) async fn level(&self) -> StockLevel {
        self.level_at(self.books.clock.now()).await
    }

    async fn level_at(&self, now: Timestamp) -> StockLevel {
        let filter = LevelFilter {
            product: Some(self.sale.product),
            warehouse: Some(self.sale.warehouse),
            as_of: None,
        };
        let mut view = self.store.view().await.expect("a view");
        let levels = view.list_levels(&filter, now, &whole()).await.expect("levels").items;
        levels.first().expect("one level").level
    }

    /// What is on hand and what is reserved of it, as anybody sees it now.
    pub(super) async fn held(&self) -> (String, String) {
        let level = self.level().await;
        (level.on_hand().to_string(), level.reserved().to_string())
    }

    /// The level holds exactly what its active reservations hold, as stored and as seen.
    pub(super) async fn assert_sound(&self) {
        let long_ago = Timestamp::from_millis(0);
        for now in [long_ago, self.books.clock.now()] {
            let level = self.level_at(now).await;
            let filter = ReservationFilter {
                statuses: vec![ReservationStatus::Active],
                ..Default::default()
            };
            let mut view = self.store.view().await.expect("a view");
            let active = view.list_reservations(&filter, now, &whole()).await.expect("a list");
            let sum =
                active.items.iter().try_fold(Quantity::ZERO, |sum, row| sum.plus(row.quantity));
            assert_eq!(Ok(level.reserved()), sum, "at {now}");
            assert!(!level.available().is_negative() && level.on_hand() >= level.reserved());
        }
    }

    /// The events of one thing, by kind.
    pub(super) async fn events(&self, subject: &str) -> Vec<String> {
        let mut view = self.store.view().await.expect("a view");
        let events = view.find_events(subject).await.expect("events can be read");
        events.into_iter().map(|event| event.kind).collect()
    }

    pub(super) async fn plan(&self, scope: StocktakeScope) -> Stocktake {
        let warehouse = self.sale.warehouse;
        let use_case = CreateStocktake { id: None, warehouse, scope, note: None };
        let planned = self.books.app.execute(&self.books.system(), &use_case).await;
        planned.expect("everything exists")
    }

    pub(super) async fn start(
        &self,
        id: StocktakeId,
    ) -> Result<Stocktake, Refusal<StartStocktakeError>> {
        let use_case = StartStocktake { id, expected: None };
        self.books.app.execute(&self.books.system(), &use_case).await
    }

    /// Plans and starts a stocktake of everything.
    pub(super) async fn counting(&self) -> Stocktake {
        let planned = self.plan(StocktakeScope::Everything).await;
        self.start(planned.id).await.expect("nobody else counts")
    }

    /// Counts products on the version the stocktake is at.
    pub(super) async fn count(
        &self,
        id: StocktakeId,
        counts: &[(ProductId, &str)],
    ) -> Result<Stocktake, Refusal<CountStockError>> {
        let expected = self.stocktake(id).await.version;
        self.count_on(expected, id, counts).await
    }

    pub(super) async fn count_on(
        &self,
        expected: Version,
        id: StocktakeId,
        counts: &[(ProductId, &str)],
    ) -> Result<Stocktake, Refusal<CountStockError>> {
        let count = |(product, count): &(ProductId, &str)| WrittenCount {
            product: *product,
            quantity: quantity(count),
            unit: None,
            unit_cost: None,
        };
        let use_case = CountStock { id, expected, counts: counts.iter().map(count).collect() };
        self.books.app.execute(&self.books.system(), &use_case).await
    }

    pub(super) async fn settle(
        &self,
        id: StocktakeId,
        uncounted: Uncounted,
    ) -> Result<Stocktake, Refusal<PostStocktakeError>> {
        let use_case = PostStocktake { id, expected: None, uncounted };
        self.books.app.execute(&self.books.system(), &use_case).await
    }

    pub(super) async fn stocktake(&self, id: StocktakeId) -> Stocktake {
        let found = self.books.app.ask(&self.books.system(), &FindStocktake { id }).await;
        found.expect("an answer").expect("it exists")
    }
}
