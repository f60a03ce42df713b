//! Suppliers in memory, written.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{Supplier, SupplierRepository};
use gaara_kernel::{StoreError, SupplierId};

use super::chosen;
use crate::records::{Records, add, copied, save, unique};
use crate::store::MemoryTransaction;

#[async_trait]
impl SupplierRepository for MemoryTransaction {
    async fn add(&mut self, supplier: &Supplier) -> Result<(), StoreError> {
        self.with(|records| {
            check(records, supplier)?;
            let row = Arc::new(supplier.clone());
            add(&mut records.suppliers, supplier.id, row, "supplier.id")
        })
    }

    async fn lock(&mut self, id: SupplierId) -> Result<Option<Supplier>, StoreError> {
        self.with(|records| Ok(copied(records.suppliers.get(&id))))
    }

    async fn hold_many(&mut self, ids: &[SupplierId]) -> Result<Vec<Supplier>, StoreError> {
        self.with(|records| Ok(chosen(&records.suppliers, ids)))
    }

    async fn save(&mut self, supplier: &Supplier) -> Result<(), StoreError> {
        self.with(|records| {
            check(records, supplier)?;
            save(&mut records.suppliers, &supplier.id, Arc::new(supplier.clone()), "supplier")
        })
    }
}

fn check(records: &Records, supplier: &Supplier) -> Result<(), StoreError> {
    let shares_email = |other: &Arc<Supplier>| {
        other.id != supplier.id && supplier.email.is_some() && other.email == supplier.email
    };
    unique(!records.suppliers.values().any(shares_email), "supplier.email")
}
