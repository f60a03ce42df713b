//! The steps of the model on a real store, and what the store holds after them.

use std::collections::BTreeMap;
use std::sync::Arc;

use gaara_application::inventory::{
    CreateAndPostMovement, ListLedger, ListLevels, ReverseMovement, WrittenMovement,
    WrittenMovementLine,
};
use gaara_application::{Refusal, Store};
use gaara_inventory::{
    Costing, LayerDemand, LedgerFilter, LedgerSort, LevelFilter, MovementKind, PostedMovement,
    StockKey, StockLevel,
};
use gaara_kernel::{
    Cursor, Date, Direction, MovementId, PageLimit, PageRequest, ProductId, Quantity, Sort,
    SortField, UnitPrice, WarehouseId,
};

use super::reference::{Reference, STANDARD_HUNDREDTHS};
use super::step::{PRODUCTS, Place, Step, WAREHOUSES};
use crate::fixtures::date;
use crate::harness::Harness;

/// The day on which everything happens, counted from the first day of the month.
pub(super) const TODAY: i64 = 22;

/// A store under the model's steps.
pub(super) struct Books {
    harness: Harness,
    store: Arc<dyn Store>,
    products: Vec<ProductId>,
    warehouses: Vec<WarehouseId>,
    done: Vec<PostedMovement>,
    ledger: BTreeMap<StockKey, (i128, i128)>,
    last_page: Option<Cursor>,
    last_sequence: i64,
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
        let (done, ledger) = (Vec::new(), BTreeMap::new());
        let (last_page, last_sequence) = (None, 0);
        Self { harness, store, products, warehouses, done, ledger, last_page, last_sequence }
    }

    fn key(&self, place: Place) -> StockKey {
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
        }
    }

    async fn give_back(&mut self, of: usize, quantity: i64) -> Result<(), String> {
        let origin = &self.done[of];
        let kind = match origin.content.kind {
            MovementKind::Receipt => MovementKind::SupplierReturn,
            _ => MovementKind::CustomerReturn,
        };
        let key = origin.entries[0].key;
        let at = |ids: usize| u8::try_from(ids).expect("few of them");
        let product = self.products.iter().position(|id| *id == key.product);
        let warehouse = self.warehouses.iter().position(|id| *id == key.warehouse);
        let place = Place {
            product: at(product.expect("a product of the model")),
            warehouse: at(warehouse.expect("a warehouse of the model")),
        };
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
        written.effective_date = Some(day(TODAY - days_ago));
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

    /// Compares everything the store holds with the paper.
    pub(super) async fn compare(&mut self, paper: &Reference) -> Result<(), String> {
        self.read_ledger().await;
        let levels = self.levels(None).await;
        let layers = self.layers(&levels).await;
        for product in 0..PRODUCTS {
            for warehouse in 0..WAREHOUSES {
                let place = Place { product, warehouse };
                let key = self.key(place);
                let pile = paper.piles.get(&place).cloned().unwrap_or_default();
                let level = levels.get(&key);
                let held = level.map_or((0, 0), |level| {
                    (wide(level.on_hand()), i128::from(level.value().minor()))
                });
                expect(place, "the level", held, (pile.on_hand, pile.value))?;
                let entered = self.ledger.get(&key).copied().unwrap_or_default();
                expect(place, "the ledger", entered, held)?;
                if product == 1 {
                    let layered = layers.get(&key).copied().unwrap_or_default();
                    expect(place, "the layers", layered, held)?;
                }
                if level.is_some_and(|level| level.available().is_negative()) {
                    return Err(format!("{place:?}: more is reserved than is there"));
                }
            }
        }
        self.compare_earlier(paper).await
    }

    /// Compares what was on hand two days ago.
    async fn compare_earlier(&self, paper: &Reference) -> Result<(), String> {
        let earlier = TODAY - 2;
        let rows = self.list(Some(day(earlier))).await;
        for product in 0..PRODUCTS {
            for warehouse in 0..WAREHOUSES {
                let place = Place { product, warehouse };
                let key = self.key(place);
                let row = rows.iter().find(|row| row.level.key() == key);
                let held = row.and_then(|row| row.on_hand_as_of).map_or(0, wide);
                let expected = paper.on_hand_at(place, earlier);
                expect(place, "two days ago", (held, 0), (expected, 0))?;
            }
        }
        Ok(())
    }

    async fn list(&self, as_of: Option<Date>) -> Vec<gaara_inventory::LevelView> {
        let filter = LevelFilter { as_of, ..LevelFilter::default() };
        let query = ListLevels { filter, page: all(Sort::natural(), None) };
        let page = self.harness.app.ask(&self.harness.system(), &query).await;
        page.expect("levels can be read").items
    }

    async fn levels(&self, as_of: Option<Date>) -> BTreeMap<StockKey, StockLevel> {
        let rows = self.list(as_of).await.into_iter();
        rows.map(|row| (row.level.key(), row.level)).collect()
    }

    /// Adds up what was written into the ledger since the last look.
    async fn read_ledger(&mut self) {
        loop {
            let sort = Sort::by(LedgerSort::Sequence, Direction::Ascending);
            let page = all(sort, self.last_page.clone());
            let query = ListLedger { filter: LedgerFilter::default(), page };
            let page = self.harness.app.ask(&self.harness.system(), &query).await;
            let page = page.expect("the ledger can be read");
            // The last page is read again and again, until there is another one after it.
            let last = self.last_sequence;
            for row in page.items.iter().filter(|row| row.sequence > last) {
                self.last_sequence = row.sequence;
                let sum = self.ledger.entry(row.entry.key).or_default();
                sum.0 += wide(row.entry.quantity);
                sum.1 += i128::from(row.entry.value.minor());
            }
            if page.next.is_none() {
                return;
            }
            self.last_page = page.next;
        }
    }

    /// Adds up the layers of the product that has some.
    async fn layers(
        &self,
        levels: &BTreeMap<StockKey, StockLevel>,
    ) -> BTreeMap<StockKey, (i128, i128)> {
        let demand: Vec<LayerDemand> = levels
            .values()
            .filter(|level| level.key().product == self.products[1])
            .map(|level| LayerDemand { key: level.key(), quantity: level.on_hand() })
            .collect();
        let mut sums: BTreeMap<StockKey, (i128, i128)> = BTreeMap::new();
        if demand.is_empty() {
            return sums;
        }
        let mut unit = self.store.begin().await.expect("a transaction");
        let layers = unit.stock().find_layers(&demand, None).await.expect("layers can be read");
        unit.rollback().await.expect("nothing was written");
        for layer in layers {
            let sum = sums.entry(layer.key).or_default();
            sum.0 += wide(layer.quantity);
            sum.1 += i128::from(layer.value.minor());
        }
        sums
    }
}

fn all<F: SortField>(sort: Sort<F>, after: Option<Cursor>) -> PageRequest<F> {
    let limit = PageLimit::try_new(PageLimit::MAX).expect("the most there is");
    PageRequest { limit, sort, after, with_total: false }
}

fn told<E: std::error::Error>(refusal: Refusal<E>) -> String {
    refusal.to_string()
}

fn expect<T: PartialEq + std::fmt::Debug>(
    place: Place,
    what: &str,
    got: T,
    expected: T,
) -> Result<(), String> {
    if got == expected {
        return Ok(());
    }
    Err(format!("{place:?}: {what} has {got:?}, on paper {expected:?}"))
}

fn wide(quantity: Quantity) -> i128 {
    i128::from(quantity.as_millionths())
}

fn hundredths(amount: i128) -> i64 {
    i64::try_from(amount * 10_000).expect("a price in range")
}

fn day(number: i64) -> Date {
    date(&format!("2026-11-{:02}", number + 1))
}
