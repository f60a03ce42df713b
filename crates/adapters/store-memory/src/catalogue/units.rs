//! Units in memory, written.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{Unit, UnitRepository};
use gaara_kernel::{Code, StoreError, UnitId};

use crate::records::{Records, add, copied, save, unique};
use crate::store::MemoryTransaction;

/// The units with these codes and their bases, in the order of their codes.
pub(super) fn units_of(records: &Records, codes: &[Code]) -> Vec<Unit> {
    let named = || records.units.values().filter(|unit| codes.contains(&unit.code));
    let roots: Vec<&Code> = named().map(|unit| unit.root()).collect();
    let asked = |unit: &&Arc<Unit>| codes.contains(&unit.code) || roots.contains(&&unit.code);
    let mut units: Vec<Unit> =
        records.units.values().filter(asked).map(|unit| Unit::clone(unit)).collect();
    units.sort_by(|a, b| a.code.cmp(&b.code));
    units
}

#[async_trait]
impl UnitRepository for MemoryTransaction {
    async fn add_all(&mut self, units: &[Unit]) -> Result<(), StoreError> {
        self.with(|records| {
            units.iter().try_for_each(|unit| {
                unique(records.units.values().all(|other| other.code != unit.code), "unit.code")?;
                add(&mut records.units, unit.id, Arc::new(unit.clone()), "unit.id")
            })
        })
    }

    async fn lock(&mut self, id: UnitId) -> Result<Option<Unit>, StoreError> {
        self.with(|records| Ok(copied(records.units.get(&id))))
    }

    async fn hold_many(&mut self, codes: &[Code]) -> Result<Vec<Unit>, StoreError> {
        self.with(|records| Ok(units_of(records, codes)))
    }

    async fn find_many(&mut self, codes: &[Code]) -> Result<Vec<Unit>, StoreError> {
        UnitRepository::hold_many(self, codes).await
    }

    async fn save(&mut self, unit: &Unit) -> Result<(), StoreError> {
        self.with(|records| save(&mut records.units, &unit.id, Arc::new(unit.clone()), "unit"))
    }

    async fn is_used(&mut self, code: &Code) -> Result<bool, StoreError> {
        self.with(|records| {
            let is_base =
                |unit: &Arc<Unit>| unit.base.as_ref().is_some_and(|base| base.code == *code);
            let counts = records.products.values().any(|product| {
                product.unit == *code
                    || product.packagings.iter().any(|packaging| packaging.unit == *code)
            });
            Ok(counts || records.units.values().any(is_base))
        })
    }
}
