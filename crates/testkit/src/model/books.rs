//! The steps of the model on a real store, and what the store holds after them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use gaara_application::inventory::{
    CancelStocktake, CountStock, CreateAndPostMovement, CreateReservation, CreateStocktake,
    FindMovement, FindReservation, PostStocktake, ReleaseReservation, ReverseMovement,
    StartStocktake, WrittenCount, WrittenMovement, WrittenMovementLine,
};
use gaara_application::{Refusal, Store};
use gaara_inventory::{
    Costing, Movement, MovementKind, PostedMovement, StockKey, Stocktake, StocktakeScope,
    StocktakeState, Uncounted,
};
use gaara_kernel::{
    Clock, Cursor, Date, MovementId, ProductId, Quantity, ReservationId, TimeZone, Timestamp,
    UnitPrice, WarehouseId,
};

use super::pile::STANDARD_HUNDREDTHS;
use super::step::{Place, Step};
use crate::fixtures::{code, date};
use crate::harness::Harness;

/// A store under the model's steps.
pub(super) struct Books {
    pub(super) harness: Harness,
    pub(super) store: Arc<dyn Store>,
    pub(super) products: Vec<ProductId>,
    warehouses: Vec<WarehouseId>,
    done: Vec<PostedMovement>,
    promises: Vec<ReservationId>,
    pub(super) ledger: BTreeMap<StockKey, (i128, i128)>,
    pub(super) last_page: Option<Cursor>,
    pub(super) last_sequence: i64,
}

impl Books {
    pub(super) async fn open(store: Arc<dyn Store>) -> Self {
        let harness = Harness::new(Arc::clone(&store)).set_up().await;
        harness.add_vat().await;
        let mut products = Vec::new();
        for (sku, costing) in [
            ("AVERAGE", Costing::Average),
            ("FIFO", Costing::Fifo),
            ("STANDARD", Costing::Standard),
        ] {
            let standard = UnitPrice::from_millionths(hundredths(STANDARD_HUNDREDTHS));
            let mut product = Harness::new_product(sku);
            // Kilograms, so that parts of one can be moved.
            product.unit = code("KG");
            product.costing = costing;
            product.standard_cost =
                (costing == Costing::Standard).then(|| standard.expect("a price in range"));
            let product = harness.app.execute(&harness.system(), &product).await;
            products.push(product.expect("a new product").id);
        }
        let mut warehouses = Vec::new();
        for name in ["MAIN", "SHOP"] {
            warehouses.push(harness.add_warehouse(name).await);
        }
        let (done, promises, ledger) = (Vec::new(), Vec::new(), BTreeMap::new());
        let (last_page, last_sequence) = (None, 0);
        Self {
            harness,
            store,
            products,
            warehouses,
            done,
            promises,
            ledger,
            last_page,
            last_sequence,
        }
    }

    pub(super) fn key(&self, place: Place) -> StockKey {
        StockKey {
            product: self.products[usize::from(place.product)],
            warehouse: self.warehouses[usize::from(place.warehouse)],
        }
    }

    /// Tries a step; the error says why it was refused.
    pub(super) async fn apply(&mut self, step: &Step) -> Result<(), String> {
        let none = || "there is no movement yet".to_owned();
        match *step {
            Step::Receive { place, quantity, cost, days_ago } => {
                let line = self.line(place, quantity, Some(cost));
                self.post(MovementKind::Receipt, place, vec![line], days_ago, None).await
            }
            Step::Issue { place, quantity, days_ago } => {
                let line = self.line(place, quantity, None);
                self.post(MovementKind::Issue, place, vec![line], days_ago, None).await
            }
            Step::IssueTwice { place, quantity } => {
                let line = self.line(place, quantity, None);
                let lines = vec![line.clone(), line];
                self.post(MovementKind::Issue, place, lines, 0, None).await
            }
            Step::Transfer { place, quantity } => {
                let line = self.line(place, quantity, None);
                self.post(MovementKind::Transfer, place, vec![line], 0, None).await
            }
            Step::Adjust { place, quantity, cost } => {
                let line = self.line(place, quantity, cost);
                self.post(MovementKind::Adjustment, place, vec![line], 0, None).await
            }
            Step::Return { of, quantity } => {
                let of = of.checked_rem(self.done.len()).ok_or_else(none)?;
                self.give_back(of, quantity).await
            }
            Step::Reverse { of } => {
                let of = of.checked_rem(self.done.len()).ok_or_else(none)?;
                let id = self.done[of].content.id;
                let reverse = ReverseMovement { id, expected: None, effective_date: None };
                let actor = self.harness.system();
                let reversal = self.harness.app.execute(&actor, &reverse).await.map_err(told)?;
                self.done.push(reversal.undoing);
                Ok(())
            }
            Step::Reserve { place, quantity, hours } => self.promise(place, quantity, hours).await,
            Step::Release { of } => {
                let of = of.checked_rem(self.promises.len()).ok_or_else(none)?;
                let release = ReleaseReservation { id: self.promises[of], expected: None };
                let released = self.harness.app.execute(&self.harness.system(), &release).await;
                released.map(|_| ()).map_err(told)
            }
            Step::Consume { of, quantity } => {
                let of = of.checked_rem(self.promises.len()).ok_or_else(none)?;
                self.consume(of, quantity).await
            }
            Step::Wait { hours } => {
                let hours = u64::try_from(hours).expect("time goes forward");
                self.harness.clock.advance(Duration::from_hours(hours));
                Ok(())
            }
            Step::Count { place, difference, sold } => self.count(place, difference, sold).await,
        }
    }

    async fn promise(&mut self, place: Place, quantity: i64, hours: i64) -> Result<(), String> {
        let now = Clock::now(&*self.harness.clock).as_millis();
        let key = self.key(place);
        let reserve = CreateReservation {
            id: None,
            product: key.product,
            warehouse: key.warehouse,
            quantity: Quantity::from_millionths(quantity * 1000).expect("a quantity in range"),
            unit: None,
            expires_at: Some(Timestamp::from_millis(now + hours * 3_600_000)),
            note: None,
        };
        let made = self.harness.app.execute(&self.harness.system(), &reserve).await;
        self.promises.push(made.map_err(told)?.id);
        Ok(())
    }

    async fn consume(&mut self, of: usize, quantity: i64) -> Result<(), String> {
        let id = self.promises[of];
        let found = self.harness.app.ask(&self.harness.system(), &FindReservation { id }).await;
        let key = found.expect("it can be read").expect("it was made").key;
        let place = self.place(key);
        let line =
            WrittenMovementLine { reservation: Some(id), ..self.line(place, quantity, None) };
        self.post(MovementKind::Issue, place, vec![line], 0, None).await
    }

    /// Counts one product, sells some of it, and posts the count.
    async fn count(&mut self, place: Place, difference: i64, sold: i64) -> Result<(), String> {
        let (key, actor) = (self.key(place), self.harness.system());
        let on_hand = self.levels(None).await.get(&key).map_or(0, |it| wide(it.on_hand()));
        let counted = on_hand + i128::from(difference) * 1000;
        let counted = i64::try_from(counted).expect("a quantity in range");
        let create = CreateStocktake {
            id: None,
            warehouse: key.warehouse,
            scope: StocktakeScope::Products(vec![key.product]),
            note: None,
        };
        let app = Arc::clone(&self.harness.app);
        let id = app.execute(&actor, &create).await.expect("a plan").id;
        let start = StartStocktake { id, expected: None };
        let expected = app.execute(&actor, &start).await.expect("nothing else is counted").version;
        let count = WrittenCount {
            product: key.product,
            quantity: Quantity::from_millionths(counted).expect("a quantity in range"),
            unit: None,
            unit_cost: None,
        };
        let count = CountStock { id, expected, counts: vec![count] };
        let is_counted = app.execute(&actor, &count).await.map_err(told);
        if is_counted.is_ok() {
            let line = self.line(place, sold, None);
            // Whether there is enough to sell, the reference knows as well.
            let _ = self.post(MovementKind::Issue, place, vec![line], 0, None).await;
            let post = PostStocktake { id, expected: None, uncounted: Uncounted::Refused };
            if let Ok(posted) = app.execute(&actor, &post).await {
                self.note_adjustment(&posted).await;
                return Ok(());
            }
        }
        let cancel = CancelStocktake { id, expected: None };
        app.execute(&actor, &cancel).await.expect("an open count can be given up");
        is_counted.map(|_| ())
    }

    async fn note_adjustment(&mut self, posted: &Stocktake) {
        let StocktakeState::Posted { movement: Some(id), .. } = posted.state else { return };
        let movement = FindMovement { id };
        let movement = self.harness.app.ask(&self.harness.system(), &movement).await;
        match movement.expect("it can be read") {
            Some(Movement::Posted(movement)) => self.done.push(movement),
            other => panic!("{other:?}"),
        }
    }

    fn place(&self, key: StockKey) -> Place {
        let at = |ids: Option<usize>| u8::try_from(ids.expect("one of the model")).expect("few");
        Place {
            product: at(self.products.iter().position(|id| *id == key.product)),
            warehouse: at(self.warehouses.iter().position(|id| *id == key.warehouse)),
        }
    }

    async fn give_back(&mut self, of: usize, quantity: i64) -> Result<(), String> {
        let origin = &self.done[of];
        let kind = match origin.content.kind {
            MovementKind::Receipt => MovementKind::SupplierReturn,
            _ => MovementKind::CustomerReturn,
        };
        let place = self.place(origin.entries[0].key);
        let (line, id) = (self.line(place, quantity, None), origin.content.id);
        self.post(kind, place, vec![line], 0, Some(id)).await
    }

    fn line(&self, place: Place, quantity: i64, cost: Option<i64>) -> WrittenMovementLine {
        let cost = cost.map(|cost| UnitPrice::from_millionths(cost * 10_000));
        let quantity = Quantity::from_millionths(quantity * 1000).expect("a quantity in range");
        WrittenMovementLine {
            unit_cost: cost.map(|cost| cost.expect("a price in range")),
            ..WrittenMovementLine::new(self.key(place).product, quantity)
        }
    }

    async fn post(
        &mut self,
        kind: MovementKind,
        place: Place,
        lines: Vec<WrittenMovementLine>,
        days_ago: i64,
        origin: Option<MovementId>,
    ) -> Result<(), String> {
        let mut written = WrittenMovement::new(kind, self.key(place).warehouse, lines);
        let today = business_date(Clock::now(&*self.harness.clock));
        written.effective_date = Some(before(today, days_ago));
        written.origin = origin;
        if kind == MovementKind::Transfer {
            let target = Place { warehouse: 1 - place.warehouse, ..place };
            written.to_warehouse = Some(self.key(target).warehouse);
        }
        let use_case = CreateAndPostMovement(written);
        let posted = self.harness.app.execute(&self.harness.system(), &use_case).await;
        self.done.push(posted.map_err(told)?);
        Ok(())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
fn told<E: std::error::Error>(refusal: Refusal<E>) -> String {
    format!("{refusal:?}")
}

pub(super) fn wide(quantity: Quantity) -> i128 {
    i128::from(quantity.as_millionths())
}

fn hundredths(amount: i128) -> i64 {
    i64::try_from(amount * 10_000).expect("a price in range")
}

/// The day that an instant falls on where the company is.
fn business_date(at: Timestamp) -> Date {
    TimeZone::parse("Asia/Riyadh").expect("the zone of the harness").date_at(at)
}

fn before(day: Date, days: i64) -> Date {
    (0..days).fold(day, |day, _| day.yesterday().expect("a day in range"))
}

pub(super) fn day(number: i64) -> Date {
    date(&format!("2026-11-{:02}", number + 1))
}
