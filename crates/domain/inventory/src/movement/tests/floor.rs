//! A floor with a few warehouses on it, on which movements are posted one after another.

use std::collections::BTreeMap;

use gaara_kernel::{Currency, Id, parse_date};

use super::super::*;
use crate::bucket::CostMethod;
use crate::layer::CostLayer;
use crate::level::StockLevel;
use crate::shelves::Shelves;

pub(super) fn id<I: Id>(number: u16) -> I {
    I::from_uuid(format!("00000000-0000-7000-8000-00000000{number:04}").parse().unwrap())
}

pub(super) fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

pub(super) fn date(text: &str) -> Date {
    parse_date(text).unwrap()
}

pub(super) const TODAY: &str = "2026-11-23";

/// What is stored between two movements.
pub(super) struct Floor {
    pub(super) method: CostMethod,
    pub(super) locked_through: Option<Date>,
    pub(super) costs: BTreeMap<usize, Money>,
    pub(super) levels: BTreeMap<StockKey, StockLevel>,
    layers: Vec<CostLayer>,
    movements: BTreeMap<MovementId, PostedMovement>,
    movements_count: u16,
    layers_count: i64,
}

/// A movement as a test writes it.
pub(super) struct Written {
    pub(super) content: MovementContent,
}

/// `kind product quantity [@ cost]`, a line each: `written(Receipt, "1 10 @ 2")`.
pub(super) fn written(kind: MovementKind, lines: &str) -> Written {
    let line = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        MovementLine {
            product: id(words[0].parse().unwrap()),
            quantity: quantity(words[1]),
            unit: Code::parse("EA").unwrap(),
            base_quantity: quantity(words[1]),
            unit_cost: words.get(3).map(|cost| UnitPrice::parse(cost).unwrap()),
            reservation: None,
        }
    };
    let lines = lines.split(", ").filter(|text| !text.is_empty()).map(line).collect();
    let content = MovementContent {
        id: id(0),
        kind,
        warehouse: id(1),
        to_warehouse: None,
        effective_date: None,
        origin: None,
        owner: None,
        note: None,
        lines,
        created_at: Timestamp::from_millis(0),
    };
    Written { content }
}

impl Written {
    pub(super) fn to(mut self, warehouse: u16) -> Self {
        self.content.to_warehouse = Some(id(warehouse));
        self
    }

    pub(super) fn at(mut self, day: &str) -> Self {
        self.content.effective_date = Some(date(day));
        self
    }

    pub(super) fn from(mut self, origin: &PostedMovement) -> Self {
        self.content.origin = Some(origin.content.id);
        self
    }
}

impl Floor {
    pub(super) fn new(method: CostMethod) -> Self {
        Self {
            method,
            locked_through: None,
            costs: BTreeMap::new(),
            levels: BTreeMap::new(),
            layers: Vec::new(),
            movements: BTreeMap::new(),
            movements_count: 0,
            layers_count: 0,
        }
    }

    fn day(&self) -> PostingDay {
        PostingDay { today: date(TODAY), locked_through: self.locked_through }
    }

    fn next_id(&mut self) -> MovementId {
        self.movements_count += 1;
        id(self.movements_count)
    }

    fn open(&self, keys: &[StockKey]) -> Shelves {
        let currency = Currency::parse("SAR").unwrap();
        let level =
            |key: &StockKey| *self.levels.get(key).unwrap_or(&StockLevel::empty(*key, currency));
        let mut shelves = Shelves::new(keys.iter().map(level).collect(), |_| self.method);
        shelves.add_layers(&self.layers);
        shelves
    }

    fn close(&mut self, shelves: &Shelves) {
        for level in shelves.levels() {
            self.levels.insert(level.key(), level);
        }
        let changes = shelves.layer_changes();
        self.layers.retain(|layer| !changes.removed.contains(&layer.sequence));
        for reduced in changes.reduced {
            let layer = self.layers.iter_mut().find(|layer| layer.sequence == reduced.sequence);
            *layer.unwrap() = reduced;
        }
        for new in changes.added {
            self.layers_count += 1;
            self.layers.push(CostLayer {
                sequence: self.layers_count,
                key: new.key,
                movement: new.movement,
                quantity: new.quantity,
                value: new.value,
            });
        }
    }

    fn history(&self, keys: &[StockKey], after: Date) -> Vec<DailyChange> {
        let mut days: BTreeMap<(StockKey, Date), Quantity> = BTreeMap::new();
        for movement in self.movements.values().filter(|it| it.effective_date > after) {
            for entry in &movement.entries {
                if keys.contains(&entry.key) {
                    let sum = days.entry((entry.key, movement.effective_date)).or_default();
                    *sum = sum.plus(entry.quantity).unwrap();
                }
            }
        }
        let change = |((key, date), quantity)| DailyChange { key, date, quantity };
        days.into_iter().map(change).collect()
    }

    fn returned(&self, origin: MovementId) -> Vec<Returned> {
        let returns = self.movements.values().filter(|it| it.content.origin == Some(origin));
        let mut sums: BTreeMap<ProductId, Returned> = BTreeMap::new();
        for entry in returns.flat_map(|movement| &movement.entries) {
            let sum = sums.entry(entry.key.product).or_insert(Returned {
                product: entry.key.product,
                quantity: Quantity::ZERO,
                amount: Money::zero(entry.value.currency()),
            });
            let document = entry.value.plus(entry.variance).unwrap();
            sum.quantity = sum.quantity.plus(entry.quantity).unwrap();
            sum.amount = sum.amount.plus(document).unwrap();
        }
        sums.into_values().collect()
    }

    pub(super) fn post(&mut self, mut written: Written) -> Result<PostedMovement, PostError> {
        written.content.id = self.next_id();
        let content = written.content;
        let effective_date = self.day().effective_date(content.effective_date)?;
        let origin =
            content.origin.map(|id| Origin::try_new(&self.movements[&id], &self.returned(id)));
        let facts = PostingFacts {
            history: self.history(&content.stock_keys(), effective_date),
            origin: origin.transpose()?,
            costs: self.costs.clone(),
        };
        let mut shelves = self.open(&content.stock_keys());
        let now = Timestamp::from_millis(0);
        let draft = DraftMovement { content, updated_at: now, version: Version::FIRST };
        let posted = draft.post(effective_date, &mut shelves, facts, now)?;
        self.close(&shelves);
        self.movements.insert(posted.content.id, posted.clone());
        Ok(posted)
    }

    pub(super) fn reverse(
        &mut self,
        movement: &PostedMovement,
        day: &str,
    ) -> Result<PostedMovement, ReverseError> {
        let movement = self.movements[&movement.content.id].clone();
        movement.check_reversible()?;
        let facts = ReversalFacts {
            returned: self.returned(movement.content.id),
            history: self.history(&movement.content.stock_keys(), date(day)),
        };
        let mut shelves = self.open(&movement.content.stock_keys());
        let undoing_id = self.next_id();
        let now = Timestamp::from_millis(0);
        let reversal = movement.reverse(undoing_id, date(day), &mut shelves, &facts, now)?;
        self.close(&shelves);
        self.movements.insert(movement.content.id, reversal.undone);
        self.movements.insert(undoing_id, reversal.undoing.clone());
        Ok(reversal.undoing)
    }

    /// `on hand / value` of a product in a warehouse.
    pub(super) fn level(&self, product: u16, warehouse: u16) -> String {
        let key = StockKey { product: id(product), warehouse: id(warehouse) };
        let level = self.levels[&key];
        format!("{} / {}", level.on_hand(), level.value().amount())
    }
}

/// The values of a movement's entries.
pub(super) fn values(posted: &PostedMovement) -> Vec<String> {
    posted.entries.iter().map(|entry| entry.value.amount()).collect()
}

/// The variances of a movement's entries.
pub(super) fn variances(posted: &PostedMovement) -> Vec<String> {
    posted.entries.iter().map(|entry| entry.variance.amount()).collect()
}
