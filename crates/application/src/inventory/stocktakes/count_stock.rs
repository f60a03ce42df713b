//! Counting: what is there is set next to what the books say at that moment.

use std::collections::{BTreeMap, BTreeSet};

use gaara_identity::Permission;
use gaara_inventory::{
    CountError, MovementLine, StockKey, StockLevel, Stocktake, StocktakeCount, StocktakeLine,
    StocktakeStateError, TooManyLines,
};
use gaara_kernel::{Code, ProductId, Quantity, StocktakeId, StoreError, UnitPrice, Version};
use thiserror::Error;

use super::start_stocktake::OPEN_LINE;
use super::state::{StocktakeLockError, lock_failure, lock_stocktake};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::inventory::stock::{
    Goods, MovementLineError, Wanted, WrittenMovementLine, open_shelves,
};
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Sets the counts of some products; those of others stay.
#[derive(Debug, Clone)]
pub struct CountStock {
    /// Which stocktake.
    pub id: StocktakeId,
    /// The version the counts were made on.
    pub expected: Version,
    /// What was counted.
    pub counts: Vec<WrittenCount>,
}

/// A count as it is written.
#[derive(Debug, Clone)]
pub struct WrittenCount {
    /// The product.
    pub product: ProductId,
    /// How much was there.
    pub quantity: Quantity,
    /// The unit of the quantity; the product's when absent.
    pub unit: Option<Code>,
    /// What one unit is worth where the books know no cost, in the organisation's currency.
    pub unit_cost: Option<UnitPrice>,
}

/// Why a count was refused.
#[derive(Debug, Error)]
pub enum CountRefusal {
    /// The count breaks a rule of its own.
    #[error(transparent)]
    Count(#[from] CountError),
    /// The product stands twice among the counts.
    #[error("the product is counted twice")]
    Repeated,
    /// The stocktake does not count this product.
    #[error("the stocktake does not count this product")]
    NotInScope,
    /// The product cannot be counted so.
    #[error(transparent)]
    Line(#[from] MovementLineError),
}

/// Why counts were not set. Counts are counted from 0.
#[derive(Debug, Error)]
pub enum CountStockError {
    /// The stocktake could not be taken as one that counts.
    #[error(transparent)]
    Lock(#[from] StocktakeLockError),
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// A count was refused.
    #[error("count {index}: {refusal}")]
    Refused {
        /// The count.
        index: usize,
        /// Why.
        refusal: CountRefusal,
    },
    /// Another stocktake counts something of it already.
    #[error("another stocktake counts something of this one")]
    Overlaps,
    /// There is too much to count.
    #[error(transparent)]
    TooLarge(#[from] TooManyLines),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

lock_failure!(CountStockError);

impl From<StocktakeStateError> for CountStockError {
    fn from(error: StocktakeStateError) -> Self {
        Self::Lock(error.into())
    }
}

impl UseCase for CountStock {
    type Output = Stocktake;
    type Error = CountStockError;
    const PERMISSION: Permission = Permission::EditStocktakes;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Stocktake, CountStockError> {
        let expected = Some(self.expected);
        let stocktake = lock_stocktake(unit, self.id, expected, Stocktake::check_counting).await?;
        let products = self.products()?;
        let known = self.check_scope(unit, &stocktake, &products).await?;
        let lines = self.lines(unit, &stocktake, &products, context).await?;

        let uncounted = known.iter().filter(|line| line.count.is_none()).count();
        let added = lines.len().saturating_sub(known.len());
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let advanced =
            stocktake.advance(number(added), number(added + uncounted), context.now())?;
        Stocktake::check_lines(advanced.progress.lines)?;
        match unit.stocktakes().save_lines(&advanced, &lines).await {
            Err(StoreError::Duplicate { field: OPEN_LINE }) => Err(CountStockError::Overlaps),
            saved => Ok(saved?),
        }?;
        unit.stocktakes().save(&advanced).await?;
        Ok(advanced)
    }

    fn audit(&self, output: &Stocktake) -> AuditEntry {
        AuditEntry::new("stocktake.counted", self.id)
            .with("counts", &self.counts.len())
            .with("counted", &output.progress.counted)
    }
}

impl CountStock {
    /// The products that were counted, sorted. Refuses what needs no look at the books.
    fn products(&self) -> Result<Vec<ProductId>, CountStockError> {
        let mut products = BTreeSet::new();
        for (index, written) in self.counts.iter().enumerate() {
            StocktakeCount::check(written.quantity, written.unit_cost)
                .map_err(|error| CountStockError::Refused { index, refusal: error.into() })?;
            if !products.insert(written.product) {
                let refusal = CountRefusal::Repeated;
                return Err(CountStockError::Refused { index, refusal });
            }
        }
        Ok(products.into_iter().collect())
    }

    /// The lines that exist already; whatever else is counted must be in scope.
    async fn check_scope(
        &self,
        unit: &mut dyn UnitOfWork,
        stocktake: &Stocktake,
        products: &[ProductId],
    ) -> Result<Vec<StocktakeLine>, CountStockError> {
        let lines = unit.stocktakes().find_lines_of(self.id, products).await?;
        let mut known: BTreeSet<ProductId> = lines.iter().map(|line| line.product).collect();
        let is_new = |product: &ProductId| !known.contains(product);
        let new: Vec<ProductId> = products.iter().copied().filter(is_new).collect();
        if !new.is_empty() {
            known.extend(unit.stocktakes().find_in_scope(stocktake, &new).await?);
        }
        let stray = self.counts.iter().position(|written| !known.contains(&written.product));
        if let Some(index) = stray {
            let refusal = CountRefusal::NotInScope;
            return Err(CountStockError::Refused { index, refusal });
        }
        Ok(lines)
    }

    /// Sets each count next to what the locked books say.
    async fn lines(
        &self,
        unit: &mut dyn UnitOfWork,
        stocktake: &Stocktake,
        products: &[ProductId],
        context: &Context,
    ) -> Result<Vec<StocktakeLine>, CountStockError> {
        let organization = unit.organization().find().await?.ok_or(CountStockError::NotSetUp)?;
        let written: Vec<WrittenMovementLine> =
            self.counts.iter().map(WrittenCount::as_line).collect();
        let goods = Goods::hold(unit, &written).await?;
        let counted = convert(&goods, &written)?;
        let warehouse = stocktake.warehouse;
        let key = |product: &ProductId| StockKey { product: *product, warehouse };
        let keys: Vec<StockKey> = products.iter().map(key).collect();
        let wanted = Wanted { keys: &keys, demand: &[], made_by: None };
        let shelves = open_shelves(unit, &wanted, &goods, organization.currency, context).await?;
        let sequences = unit.stocktakes().find_last_sequences(&keys).await?;
        let sequences: BTreeMap<StockKey, i64> = sequences.into_iter().collect();
        let line = |level: StockLevel| {
            let line = counted.get(&level.key().product)?;
            let count = StocktakeCount {
                quantity: line.base_quantity,
                sequence: sequences.get(&level.key()).copied().unwrap_or_default(),
                unit_cost: line.base_unit_cost(),
                counted_at: context.now(),
            };
            Some(StocktakeLine::counted(&level, count))
        };
        Ok(shelves.levels().into_iter().filter_map(line).collect())
    }
}

impl WrittenCount {
    /// The count as a line of a movement, which tells it in the product's own unit.
    fn as_line(&self) -> WrittenMovementLine {
        WrittenMovementLine {
            unit: self.unit.clone(),
            unit_cost: self.unit_cost,
            ..WrittenMovementLine::new(self.product, self.quantity)
        }
    }
}

/// Turns the counts into the products' own units.
fn convert(
    goods: &Goods,
    written: &[WrittenMovementLine],
) -> Result<BTreeMap<ProductId, MovementLine>, CountStockError> {
    let lines = goods.lines(written).map_err(|(index, error)| {
        let refusal = error.into();
        CountStockError::Refused { index, refusal }
    })?;
    Ok(lines.into_iter().map(|line| (line.product, line)).collect())
}
