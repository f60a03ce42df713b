//! Valuing what is on hand at another standard cost.

use gaara_inventory::{Product, Revaluation, Shelves, StockKey, StockLevel};
use gaara_kernel::UnitPrice;

use super::lines::Goods;
use super::move_stock::announce;
use super::write_movement::MovementError;
use crate::context::Context;
use crate::ports::UnitOfWork;

/// Revalues a locked product in every warehouse that has some of it, by a movement for each.
///
/// Whoever posts holds the product, so nobody values it at the old standard meanwhile.
pub(crate) async fn revalue(
    unit: &mut dyn UnitOfWork,
    product: &Product,
    standard: UnitPrice,
    context: &Context,
) -> Result<(), MovementError> {
    let organization = unit.organization().find().await?.ok_or(MovementError::NotSetUp)?;
    let today = organization.date_at(context.now());
    let levels = unit.stock().lock_levels_of(product.id).await?;
    let keys: Vec<StockKey> = levels.iter().map(StockLevel::key).collect();
    let mut shelves = Shelves::new(levels, |_| product.cost_method());
    let mut movements = Vec::new();
    for key in keys {
        let unit_code = product.unit.clone();
        let revaluation = Revaluation { id: context.new_id(), key, unit: unit_code, standard };
        movements.extend(revaluation.post(today, &mut shelves, context.now())?);
    }
    unit.stock().save_levels(&shelves.levels()).await?;
    let goods = Goods::none();
    for movement in &movements {
        unit.movements().add_posted(movement).await?;
        announce(unit, movement, (&shelves, &goods), context).await?;
    }
    Ok(())
}
