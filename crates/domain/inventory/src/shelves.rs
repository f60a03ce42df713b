//! The stock levels a movement works on, all of them locked.

use std::collections::BTreeMap;

use gaara_kernel::{ProductId, Quantity};

use crate::bucket::{Bucket, CostMethod};
use crate::layer::{CostLayer, LayerChanges};
use crate::level::{StockKey, StockLevel};

/// The levels a movement works on, as they were and as they are.
#[derive(Debug, Clone)]
pub struct Shelves {
    before: BTreeMap<StockKey, StockLevel>,
    buckets: BTreeMap<StockKey, Bucket>,
}

/// A level that fell below its minimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BelowMinimum {
    /// Of what, and where.
    pub key: StockKey,
    /// What is free now.
    pub available: Quantity,
    /// What should be free at least.
    pub minimum: Quantity,
}

impl Shelves {
    /// Takes locked levels, each product under its method.
    #[must_use]
    pub fn new(levels: Vec<StockLevel>, method: impl Fn(ProductId) -> CostMethod) -> Self {
        let bucket = |level: &StockLevel| {
            let key = level.key();
            (key, Bucket::new(*level, method(key.product)))
        };
        let buckets = levels.iter().map(bucket).collect();
        Self { before: levels.into_iter().map(|level| (level.key(), level)).collect(), buckets }
    }

    /// Adds stored layers of these levels, the oldest first.
    pub fn add_layers(&mut self, layers: &[CostLayer]) {
        for layer in layers {
            if let Some(bucket) = self.buckets.get_mut(&layer.key) {
                bucket.add_layer(layer);
            }
        }
    }

    /// One level with its method.
    #[must_use]
    pub fn bucket(&self, key: StockKey) -> Option<&Bucket> {
        self.buckets.get(&key)
    }

    /// One level with its method, to change it.
    pub fn bucket_mut(&mut self, key: StockKey) -> Option<&mut Bucket> {
        self.buckets.get_mut(&key)
    }

    /// How much was on hand before anything was changed.
    #[must_use]
    pub fn on_hand_before(&self, key: StockKey) -> Quantity {
        self.before.get(&key).map_or(Quantity::ZERO, StockLevel::on_hand)
    }

    /// The levels as they are now, sorted by key.
    #[must_use]
    pub fn levels(&self) -> Vec<StockLevel> {
        self.buckets.values().map(|bucket| *bucket.level()).collect()
    }

    /// What became of the layers.
    #[must_use]
    pub fn layer_changes(&self) -> LayerChanges {
        let mut changes = LayerChanges::default();
        for bucket in self.buckets.values() {
            bucket.layer_changes(&mut changes);
        }
        changes
    }

    /// The levels that were at their minimum before, or above it, and are below it now.
    #[must_use]
    pub fn fell_below(&self, minimum: impl Fn(StockKey) -> Option<Quantity>) -> Vec<BelowMinimum> {
        let fell = |(key, bucket): (&StockKey, &Bucket)| {
            let minimum = minimum(*key)?;
            let available = bucket.level().available();
            let before = self.before.get(key)?.available();
            let fell = before >= minimum && available < minimum;
            fell.then_some(BelowMinimum { key: *key, available, minimum })
        };
        self.buckets.iter().filter_map(fell).collect()
    }
}
