//! Stock levels and their cost layers in memory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gaara_inventory::{
    CostLayer, DailyChange, LayerChanges, LayerDemand, StockKey, StockLevel, StockRepository,
};
use gaara_kernel::{Currency, Date, MovementId, ProductId, Quantity, StoreError};

use crate::records::{Records, save};
use crate::store::MemoryTransaction;

#[async_trait]
impl StockRepository for MemoryTransaction {
    async fn lock_levels(
        &mut self,
        keys: &[StockKey],
        currency: Currency,
    ) -> Result<Vec<StockLevel>, StoreError> {
        self.with(|records| {
            let level = |key: &StockKey| {
                *records.levels.entry(*key).or_insert(StockLevel::empty(*key, currency))
            };
            Ok(keys.iter().map(level).collect())
        })
    }

    async fn lock_levels_of(&mut self, product: ProductId) -> Result<Vec<StockLevel>, StoreError> {
        self.with(|records| {
            let own = records.levels.values().filter(|level| level.key().product == product);
            Ok(own.copied().collect())
        })
    }

    async fn save_levels(&mut self, levels: &[StockLevel]) -> Result<(), StoreError> {
        self.with(|records| {
            levels.iter().try_for_each(|level| {
                save(&mut records.levels, &level.key(), *level, "stock_level")
            })
        })
    }

    async fn find_layers(
        &mut self,
        demand: &[LayerDemand],
        made_by: Option<MovementId>,
    ) -> Result<Vec<CostLayer>, StoreError> {
        self.with(|records| {
            let mut open: BTreeMap<StockKey, Quantity> =
                demand.iter().map(|demand| (demand.key, demand.quantity)).collect();
            let is_needed = |layer: &&CostLayer| {
                let rest = open.get_mut(&layer.key);
                let is_wanted = rest.is_some_and(|rest| {
                    let is_open = rest.is_positive();
                    *rest = rest.minus(layer.quantity).unwrap_or_default();
                    is_open
                });
                is_wanted || made_by == Some(layer.movement)
            };
            Ok(records.layers.values().filter(is_needed).copied().collect())
        })
    }

    async fn save_layers(&mut self, changes: &LayerChanges) -> Result<(), StoreError> {
        self.with(|records| {
            for sequence in &changes.removed {
                let removed = records.layers.remove(sequence);
                removed.ok_or(StoreError::Corrupt { entity: "stock_layer" })?;
            }
            for layer in &changes.reduced {
                save(&mut records.layers, &layer.sequence, *layer, "stock_layer")?;
            }
            for layer in &changes.added {
                records.last_layer += 1;
                let layer = CostLayer {
                    sequence: records.last_layer,
                    key: layer.key,
                    movement: layer.movement,
                    quantity: layer.quantity,
                    value: layer.value,
                };
                records.layers.insert(layer.sequence, layer);
            }
            Ok(())
        })
    }

    async fn daily_changes(
        &mut self,
        keys: &[StockKey],
        after: Date,
    ) -> Result<Vec<DailyChange>, StoreError> {
        self.with(|records| {
            let mut sums: BTreeMap<(StockKey, Date), i128> = BTreeMap::new();
            for row in &records.ledger {
                if keys.contains(&row.entry.key) && row.effective_date > after {
                    *sums.entry((row.entry.key, row.effective_date)).or_default() +=
                        i128::from(row.entry.quantity.as_millionths());
                }
            }
            let moved = sums.into_iter().filter(|(_, sum)| *sum != 0);
            let change = |((key, date), sum)| Ok(DailyChange { key, date, quantity: whole(sum)? });
            moved.map(change).collect()
        })
    }
}

/// Adds to a sum that must stay in its range.
pub(crate) fn add_up(sum: &mut Quantity, quantity: Quantity) -> Result<(), StoreError> {
    *sum = sum.plus(quantity).map_err(|error| StoreError::Internal(Box::new(error)))?;
    Ok(())
}

/// What was on hand at the end of a day: what is there now, less what counts for later days.
pub(crate) fn on_hand_as_of(
    records: &Records,
    level: &StockLevel,
    day: Date,
) -> Result<Quantity, StoreError> {
    let later = |row: &&std::sync::Arc<gaara_inventory::LedgerView>| {
        row.entry.key == level.key() && row.effective_date > day
    };
    let change = |row: &std::sync::Arc<gaara_inventory::LedgerView>| {
        i128::from(row.entry.quantity.as_millionths())
    };
    let sum: i128 = records.ledger.iter().filter(later).map(change).sum();
    whole(i128::from(level.on_hand().as_millionths()) - sum)
}

/// A sum that may have left its range on the way, and is back in it.
fn whole(millionths: i128) -> Result<Quantity, StoreError> {
    let quantity = i64::try_from(millionths).ok().and_then(|it| Quantity::from_millionths(it).ok());
    quantity.ok_or(StoreError::Corrupt { entity: "stock_ledger" })
}
