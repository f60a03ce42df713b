//! What a store holds after a step, next to the paper.

use std::collections::BTreeMap;

use gaara_application::inventory::{ListLedger, ListLevels};
use gaara_inventory::{
    LayerDemand, LedgerFilter, LedgerSort, LevelFilter, LevelView, StockKey, StockLevel,
};
use gaara_kernel::{Cursor, Date, Direction, PageLimit, PageRequest, Sort, SortField};

use super::books::{Books, day, wide};
use super::reference::Reference;
use super::step::{PRODUCTS, Place, WAREHOUSES};

impl Books {
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
                let reserved = level.map_or(0, |level| wide(level.reserved()));
                expect(place, "what is reserved", reserved, paper.reserved(place))?;
            }
        }
        self.compare_earlier(paper).await
    }

    /// Compares what was on hand two days ago.
    async fn compare_earlier(&self, paper: &Reference) -> Result<(), String> {
        let earlier = paper.today() - 2;
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

    async fn list(&self, as_of: Option<Date>) -> Vec<LevelView> {
        let filter = LevelFilter { as_of, ..LevelFilter::default() };
        let query = ListLevels { filter, page: all(Sort::natural(), None) };
        let page = self.harness.app.ask(&self.harness.system(), &query).await;
        page.expect("levels can be read").items
    }

    pub(super) async fn levels(&self, as_of: Option<Date>) -> BTreeMap<StockKey, StockLevel> {
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

fn expect<T: Copy + PartialEq + std::fmt::Debug>(
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
