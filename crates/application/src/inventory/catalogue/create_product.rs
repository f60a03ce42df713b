//! Adding products.

use gaara_identity::Permission;
use gaara_inventory::{Barcode, Costing, Product, ProductKind};
use gaara_kernel::{BilingualText, Code, Currency, ProductId, StoreError, UnitPrice, Version};
use thiserror::Error;

use super::tax_rate_exists;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Adds a product.
#[derive(Debug, Clone)]
pub struct CreateProduct {
    /// The id a client chose.
    pub id: Option<ProductId>,
    /// The code people know it by.
    pub sku: Code,
    /// The name.
    pub name: BilingualText,
    /// Whether it is kept in stock.
    pub kind: ProductKind,
    /// The unit it is counted in.
    pub unit: Code,
    /// The usual price of one unit.
    pub unit_price: UnitPrice,
    /// The currency of the price.
    pub currency: Currency,
    /// The code of the usual tax rate.
    pub tax_rate: Option<Code>,
    /// Its barcodes.
    pub barcodes: Vec<Barcode>,
    /// How its cost is found.
    pub costing: Costing,
}

/// Why a product was not added.
#[derive(Debug, Error)]
pub enum CreateProductError {
    /// No tax rate has this code.
    #[error("no tax rate has the code {0}")]
    UnknownTaxRate(Code),
    /// The price is below zero.
    #[error("the price is below zero")]
    PriceNegative,
    /// The store failed; [`StoreError::Duplicate`] names a taken SKU or barcode.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreateProductError);

impl UseCase for CreateProduct {
    type Output = Product;
    type Error = CreateProductError;
    const PERMISSION: Permission = Permission::EditProducts;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Product, CreateProductError> {
        if self.unit_price.is_negative() {
            return Err(CreateProductError::PriceNegative);
        }
        if let Some(code) = &self.tax_rate
            && !tax_rate_exists(unit, code).await?
        {
            return Err(CreateProductError::UnknownTaxRate(code.clone()));
        }
        let product = self.product(context);
        unit.products().add(&product).await?;
        let event = Event::new("product.created", product.id, context).with("sku", &product.sku);
        unit.outbox().add(&event).await?;
        Ok(product)
    }

    fn audit(&self, output: &Product) -> AuditEntry {
        AuditEntry::new("product.created", output.id)
            .with("sku", &output.sku)
            .with("unit_price", &output.unit_price)
    }
}

impl CreateProduct {
    fn product(&self, context: &Context) -> Product {
        let mut barcodes = self.barcodes.clone();
        barcodes.sort_unstable();
        barcodes.dedup();
        Product {
            id: context.id_or_new(self.id),
            sku: self.sku.clone(),
            name: self.name.clone(),
            kind: self.kind,
            unit: self.unit.clone(),
            unit_price: self.unit_price,
            currency: self.currency,
            tax_rate: self.tax_rate.clone(),
            barcodes,
            costing: self.costing,
            created_at: context.now(),
            updated_at: context.now(),
            version: Version::FIRST,
        }
    }
}
