//! Adding products.

use gaara_identity::Permission;
use gaara_inventory::{Barcode, Costing, Packaging, Product, ProductKind, ReorderRule};
use gaara_kernel::{
    BilingualText, CategoryId, Code, Currency, ProductId, StoreError, SupplierId, UnitPrice,
    Version,
};
use thiserror::Error;

use super::product_refusal::ProductRefusal;
use super::product_writing::{ProductWrite, write_one};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
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
    /// The category it hangs on.
    pub category: Option<CategoryId>,
    /// Whom it is usually bought from.
    pub supplier: Option<SupplierId>,
    /// The packages it comes in.
    pub packagings: Vec<Packaging>,
    /// The barcodes of one unit.
    pub barcodes: Vec<Barcode>,
    /// When it is to be ordered, by warehouse.
    pub reorder: Vec<ReorderRule>,
    /// How its cost is found.
    pub costing: Costing,
    /// The cost of one unit, where it is set by hand.
    pub standard_cost: Option<UnitPrice>,
}

/// Why a product was not added.
#[derive(Debug, Error)]
pub enum CreateProductError {
    /// Everything that is wrong with it.
    #[error("the product is refused: {0:?}")]
    Refused(Vec<ProductRefusal>),
    /// The store failed; [`StoreError::Duplicate`] names a key that was taken meanwhile.
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
        let write = ProductWrite::Create(Box::new(self.clone()));
        let written = write_one(unit, write, context).await?;
        Ok(written.map_err(CreateProductError::Refused)?.after)
    }

    fn audit(&self, output: &Product) -> AuditEntry {
        AuditEntry::new("product.created", output.id)
            .with("sku", &output.sku)
            .with("unit_price", &output.unit_price)
    }
}

impl CreateProduct {
    pub(super) fn product(&self, context: &Context) -> Product {
        Product {
            id: context.id_or_new(self.id),
            sku: self.sku.clone(),
            name: self.name.clone(),
            kind: self.kind,
            unit: self.unit.clone(),
            unit_price: self.unit_price,
            currency: self.currency,
            tax_rate: self.tax_rate.clone(),
            category: self.category,
            supplier: self.supplier,
            packagings: self.packagings.clone(),
            barcodes: self.barcodes.clone(),
            reorder: self.reorder.clone(),
            costing: self.costing,
            standard_cost: self.standard_cost,
            archived_at: None,
            created_at: context.now(),
            updated_at: context.now(),
            version: Version::FIRST,
        }
    }
}
