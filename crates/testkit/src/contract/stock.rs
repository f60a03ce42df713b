//! Stock at its ports: the books that the contracts of movements, layers and lists write in.

use std::sync::Arc;

use gaara_application::{Store, Transaction};
use gaara_inventory::{
    DraftMovement, LedgerEntry, Movement, MovementContent, MovementKind, MovementLine,
    PostedMovement, Product, Progress, StockKey, Stocktake, StocktakeScope, StocktakeState,
    Warehouse,
};
use gaara_kernel::{Date, MovementId, StocktakeId, StoreError, Version};

use super::keys::Rows;
use crate::fixtures::{code, date, money, quantity, unit_price};

/// A store with two products and two warehouses.
pub(super) struct Stock {
    pub(super) store: Arc<dyn Store>,
    pub(super) rows: Rows,
    products: [Product; 2],
    warehouses: [Warehouse; 2],
}

/// What an entry says: its line, its key, and quantity, value and variance as texts.
pub(super) type Said<'a> = (usize, StockKey, &'a str, &'a str, &'a str);

impl Stock {
    pub(super) async fn new(store: Arc<dyn Store>) -> Self {
        let rows = Rows::new();
        let products = [rows.product("A", "6281000000014"), rows.product("B", "4006381333931")];
        let warehouses = [rows.warehouse("MAIN"), rows.warehouse("SHOP")];
        let mut transaction = store.begin().await.expect("a transaction");
        let units = [rows.unit("EA"), rows.unit("BOX")];
        transaction.units().add_all(&units).await.expect("units");
        for (product, warehouse) in products.iter().zip(&warehouses) {
            transaction.products().add(product).await.expect("a product");
            transaction.warehouses().add(warehouse).await.expect("a warehouse");
        }
        transaction.commit().await.expect("a commit");
        Self { store, rows, products, warehouses }
    }

    /// One of the two products in one of the two warehouses.
    pub(super) fn key(&self, product: usize, warehouse: usize) -> StockKey {
        let product = self.products.get(product).expect("0 or 1").id;
        StockKey { product, warehouse: self.warehouses.get(warehouse).expect("0 or 1").id }
    }

    /// A movement of two boxes of a dozen pieces, from the first warehouse.
    pub(super) fn content(&self, kind: MovementKind) -> MovementContent {
        let key = self.key(0, 0);
        MovementContent {
            id: self.rows.id(),
            kind,
            warehouse: key.warehouse,
            to_warehouse: (kind == MovementKind::Transfer).then(|| self.key(0, 1).warehouse),
            effective_date: Some(date("2026-11-20")),
            origin: None,
            owner: None,
            note: Some("as counted · كما عُدّ".to_owned()),
            lines: vec![self.line("2"), self.line("3")],
            created_at: self.rows.now,
        }
    }

    /// So many boxes of a dozen of the first product, at 12.50 each.
    pub(super) fn line(&self, boxes: &str) -> MovementLine {
        let boxes = quantity(boxes);
        let base = boxes.as_millionths() * 12;
        MovementLine {
            product: self.key(0, 0).product,
            quantity: boxes,
            unit: code("BOX"),
            base_quantity: gaara_kernel::Quantity::from_millionths(base).expect("a quantity"),
            unit_cost: Some(unit_price("12.50")),
            reservation: None,
        }
    }

    pub(super) fn draft(&self, content: MovementContent) -> DraftMovement {
        DraftMovement { content, updated_at: self.rows.now, version: Version::FIRST }
    }

    /// The movement, posted on a day with these entries.
    pub(super) fn posted(
        &self,
        content: MovementContent,
        day: &str,
        entries: &[Said<'_>],
    ) -> PostedMovement {
        let effective_date: Date = date(day);
        PostedMovement {
            content: MovementContent { effective_date: Some(effective_date), ..content },
            effective_date,
            entries: entries.iter().map(entry).collect(),
            posted_at: self.rows.now,
            reverses: None,
            reversed_by: None,
            updated_at: self.rows.now,
            version: Version::FIRST,
        }
    }

    /// A movement of one kind with one entry, which is stored.
    pub(super) async fn moved(
        &self,
        kind: MovementKind,
        day: &str,
        key: StockKey,
        quantity: &str,
        value: &str,
    ) -> PostedMovement {
        let mut content = self.content(kind);
        content.warehouse = key.warehouse;
        for line in &mut content.lines {
            line.product = key.product;
        }
        let posted = self.posted(content, day, &[(0, key, quantity, value, "0")]);
        self.add(&posted).await;
        posted
    }

    pub(super) async fn begin(&self) -> Box<dyn Transaction> {
        self.store.begin().await.expect("a transaction")
    }

    pub(super) async fn add(&self, posted: &PostedMovement) {
        let mut transaction = self.begin().await;
        transaction.movements().add_posted(posted).await.expect("a movement");
        transaction.commit().await.expect("a commit");
    }

    pub(super) async fn add_draft(&self, draft: &DraftMovement) {
        let mut transaction = self.begin().await;
        transaction.movements().add(draft).await.expect("a draft");
        transaction.commit().await.expect("a commit");
    }

    /// A stocktake of the first warehouse, which is stored.
    pub(super) async fn stocktake(&self) -> StocktakeId {
        let stocktake = Stocktake {
            id: self.rows.id(),
            warehouse: self.key(0, 0).warehouse,
            scope: StocktakeScope::Everything,
            note: None,
            state: StocktakeState::Draft,
            progress: Progress::default(),
            created_at: self.rows.now,
            updated_at: self.rows.now,
            version: Version::FIRST,
        };
        let mut transaction = self.begin().await;
        transaction.stocktakes().add(&stocktake).await.expect("a stocktake");
        transaction.commit().await.expect("a commit");
        stocktake.id
    }

    pub(super) async fn found(&self, id: MovementId) -> Option<Movement> {
        let mut view = self.store.view().await.expect("a view");
        view.find_movement(id).await.expect("movements can be read")
    }
}

fn entry((line, key, said, value, variance): &Said<'_>) -> LedgerEntry {
    LedgerEntry {
        line: *line,
        key: *key,
        quantity: quantity(said),
        value: money(value),
        variance: money(variance),
    }
}

/// Expects that nothing was found to save.
pub(super) fn assert_corrupt(result: &Result<(), StoreError>, expected: &str) {
    match result {
        Err(StoreError::Corrupt { entity }) => assert_eq!(*entity, expected),
        other => panic!("{expected}: {other:?}"),
    }
}
