//! Changing products.

use gaara_identity::Permission;
use gaara_inventory::Product;
use gaara_kernel::{Code, ProductId, StoreError, TextError, UnitPrice, Version};
use thiserror::Error;

use super::tax_rate_exists;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given and keeps the rest.
#[derive(Debug, Clone)]
pub struct ChangeProduct {
    /// Which product.
    pub id: ProductId,
    /// The version the change was made on.
    pub expected: Version,
    /// What changes of the name.
    pub name: NameChange,
    /// The new price.
    pub unit_price: Option<UnitPrice>,
    /// The new tax rate; `Some(None)` takes it away.
    pub tax_rate: Option<Option<Code>>,
}

/// What changes of a name: `None` keeps a language, `Some(None)` takes it away.
#[derive(Debug, Clone, Default)]
pub struct NameChange {
    /// The Arabic name.
    pub ar: Option<Option<String>>,
    /// The English name.
    pub en: Option<Option<String>>,
}

/// Why a product was not changed.
#[derive(Debug, Error)]
pub enum ChangeProductError {
    /// There is no such product.
    #[error("there is no such product")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the product is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The name would be no name.
    #[error("the name: {0}")]
    Name(#[from] TextError),
    /// No tax rate has this code.
    #[error("no tax rate has the code {0}")]
    UnknownTaxRate(Code),
    /// The price is below zero.
    #[error("the price is below zero")]
    PriceNegative,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeProductError);

impl UseCase for ChangeProduct {
    /// The product before and after.
    type Output = (Product, Product);
    type Error = ChangeProductError;
    const PERMISSION: Permission = Permission::EditProducts;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeProductError> {
        let before = unit.products().lock(self.id).await?.ok_or(ChangeProductError::NotFound)?;
        if before.version != self.expected {
            return Err(ChangeProductError::Stale { current: before.version });
        }
        if self.unit_price.is_some_and(UnitPrice::is_negative) {
            return Err(ChangeProductError::PriceNegative);
        }
        if let Some(Some(code)) = &self.tax_rate
            && !tax_rate_exists(unit, code).await?
        {
            return Err(ChangeProductError::UnknownTaxRate(code.clone()));
        }
        let after = self.apply(&before, context)?;
        unit.products().save(&after).await?;
        let event = Event::new("product.changed", after.id, context).with("sku", &after.sku);
        unit.outbox().add(&event).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let code = |code: &Option<Code>| code.as_ref().map_or(String::new(), Code::to_string);
        AuditEntry::new("product.changed", after.id)
            .with_change("name.ar", &text(before.name.ar()), &text(after.name.ar()))
            .with_change("name.en", &text(before.name.en()), &text(after.name.en()))
            .with_change("unit_price", &before.unit_price, &after.unit_price)
            .with_change("tax_rate", &code(&before.tax_rate), &code(&after.tax_rate))
    }
}

impl ChangeProduct {
    fn apply(&self, before: &Product, context: &Context) -> Result<Product, TextError> {
        let mut after = before.clone();
        let NameChange { ar, en } = &self.name;

        after.name = before
            .name
            .merged(ar.as_ref().map(Option::as_deref), en.as_ref().map(Option::as_deref))?;
        if let Some(unit_price) = self.unit_price {
            after.unit_price = unit_price;
        }
        if let Some(tax_rate) = &self.tax_rate {
            after.tax_rate.clone_from(tax_rate);
        }
        after.updated_at = context.now();
        after.version = before.version.next();
        Ok(after)
    }
}
