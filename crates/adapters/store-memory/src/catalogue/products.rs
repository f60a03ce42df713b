//! Products in memory, written.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{Product, ProductKeys, ProductRepository, ProductUsage, TakenKeys};
use gaara_kernel::{ProductId, StoreError};

use super::chosen;
use crate::records::{Records, add, save, unique};
use crate::store::MemoryTransaction;

#[async_trait]
impl ProductRepository for MemoryTransaction {
    async fn add_all(&mut self, products: &[Product]) -> Result<(), StoreError> {
        self.with(|records| {
            products.iter().try_for_each(|product| {
                check(records, product)?;
                add(&mut records.products, product.id, Arc::new(product.clone()), "product.id")
            })
        })
    }

    async fn lock_many(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
        self.with(|records| Ok(chosen(&records.products, ids)))
    }

    async fn hold_many(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
        self.lock_many(ids).await
    }

    async fn save_all(&mut self, products: &[Product]) -> Result<(), StoreError> {
        self.with(|records| {
            products.iter().try_for_each(|product| {
                check(records, product)?;
                save(&mut records.products, &product.id, Arc::new(product.clone()), "product")
            })
        })
    }

    async fn find_taken(&mut self, keys: &ProductKeys) -> Result<TakenKeys, StoreError> {
        self.with(|records| {
            let mut taken = TakenKeys::default();
            for product in records.products.values() {
                if keys.ids.contains(&product.id) {
                    taken.ids.push(product.id);
                }
                if keys.skus.contains(&product.sku) {
                    taken.skus.push((product.sku.clone(), product.id));
                }
                let barcodes = product.all_barcodes().filter(|it| keys.barcodes.contains(it));
                taken.barcodes.extend(barcodes.map(|barcode| (barcode.clone(), product.id)));
            }
            Ok(taken)
        })
    }

    async fn find_usage(&mut self, ids: &[ProductId]) -> Result<Vec<ProductUsage>, StoreError> {
        self.with(|records| {
            let usage = |product: &ProductId| {
                let of_product =
                    |level: &&_| gaara_inventory::StockLevel::key(level).product == *product;
                let mut levels = records.levels.values().filter(of_product).peekable();
                levels.peek()?;
                let has_stock = levels.any(|level| level.on_hand().is_positive());
                Some(ProductUsage { product: *product, has_stock })
            };
            Ok(ids.iter().filter_map(usage).collect())
        })
    }
}

fn check(records: &Records, product: &Product) -> Result<(), StoreError> {
    let mut others = records.products.values().filter(|other| other.id != product.id);
    unique(others.clone().all(|other| other.sku != product.sku), "product.sku")?;
    let shares_barcode = |other: &Arc<Product>| {
        other.all_barcodes().any(|barcode| product.all_barcodes().any(|own| own == barcode))
    };
    unique(!others.any(shares_barcode), "product.barcode")
}
