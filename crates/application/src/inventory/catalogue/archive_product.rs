//! Taking products out of use, and back into it.

use gaara_identity::Permission;
use gaara_inventory::Product;
use gaara_kernel::{ProductId, Version};

use super::archiving::{ArchivingError, check_archived, check_in_use, check_version};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Takes a product out of use: nothing new can refer to it.
#[derive(Debug, Clone)]
pub struct ArchiveProduct {
    /// Which product.
    pub id: ProductId,
    /// The version the decision was made on, where that matters.
    pub expected: Option<Version>,
}

/// Takes a product back into use.
#[derive(Debug, Clone)]
pub struct RestoreProduct {
    /// Which product.
    pub id: ProductId,
    /// The version the decision was made on, where that matters.
    pub expected: Option<Version>,
}

impl UseCase for ArchiveProduct {
    type Output = Product;
    type Error = ArchivingError;
    const PERMISSION: Permission = Permission::EditProducts;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Product, ArchivingError> {
        let mut product = unit.products().lock(self.id).await?.ok_or(ArchivingError::NotFound)?;
        check_version(self.expected, product.version)?;
        check_in_use(product.archived_at)?;
        // Whoever posts stock holds the product, so what is read here stays true until the end.
        let usage = unit.products().find_usage(&[self.id]).await?;
        if usage.iter().any(|usage| usage.has_stock) {
            return Err(ArchivingError::InUse);
        }
        product.archived_at = Some(context.now());
        save(unit, product, "product.archived", context).await
    }

    fn audit(&self, output: &Product) -> AuditEntry {
        AuditEntry::new("product.archived", output.id)
    }
}

impl UseCase for RestoreProduct {
    type Output = Product;
    type Error = ArchivingError;
    const PERMISSION: Permission = Permission::EditProducts;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Product, ArchivingError> {
        let mut product = unit.products().lock(self.id).await?.ok_or(ArchivingError::NotFound)?;
        check_version(self.expected, product.version)?;
        check_archived(product.archived_at)?;
        product.archived_at = None;
        save(unit, product, "product.restored", context).await
    }

    fn audit(&self, output: &Product) -> AuditEntry {
        AuditEntry::new("product.restored", output.id)
    }
}

async fn save(
    unit: &mut dyn UnitOfWork,
    mut product: Product,
    kind: &str,
    context: &Context,
) -> Result<Product, ArchivingError> {
    product.updated_at = context.now();
    product.version = product.version.next();
    unit.products().save(&product).await?;
    unit.outbox().add(&Event::new(kind, product.id, context)).await?;
    Ok(product)
}
