//! What hangs on products, read and removed for all of them at once.

use std::collections::HashMap;

use gaara_inventory::{Barcode, Product, ReorderRule};
use gaara_kernel::StoreError;
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::all;
use crate::bulk::PARAMETERS_MAX;
use crate::convert::Stored;
use crate::entity::product::{Model, Parts};
use crate::entity::{product_barcode, product_packaging, product_reorder_rule, product_word};
use crate::error::failure;
use crate::session::Session;

/// The products of these rows, with what hangs on them.
pub(crate) async fn with_parts(
    connection: &Session,
    rows: Vec<Model>,
) -> Result<Vec<Product>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut parts: HashMap<Uuid, Parts> = HashMap::new();
    let mut on_packages = read_barcodes(connection, &ids, &mut parts).await?;
    let query = product_packaging::Entity::find()
        .filter(product_packaging::Column::ProductId.is_in(ids.iter().copied()))
        .order_by_asc(product_packaging::Column::Position);
    for row in all(connection, query).await? {
        let product = row.product_id;
        let barcodes = on_packages.remove(&(product, row.unit.clone())).unwrap_or_default();
        parts.entry(product).or_default().packagings.push(row.with_barcodes(barcodes)?);
    }
    let query = product_reorder_rule::Entity::find()
        .filter(product_reorder_rule::Column::ProductId.is_in(ids))
        .order_by_asc(product_reorder_rule::Column::Position);
    for row in all(connection, query).await? {
        let product = row.product_id;
        parts.entry(product).or_default().reorder.push(ReorderRule::try_from(row)?);
    }
    rows.into_iter()
        .map(|row| {
            let own = parts.remove(&row.id).unwrap_or_default();
            row.with_parts(own)
        })
        .collect()
}

/// Barcodes of packages, by the product and the unit of the package.
type OnPackages = HashMap<(Uuid, String), Vec<Barcode>>;

/// Puts the barcodes of units where they belong, and answers those of packages.
async fn read_barcodes(
    connection: &Session,
    ids: &[Uuid],
    parts: &mut HashMap<Uuid, Parts>,
) -> Result<OnPackages, StoreError> {
    let query = product_barcode::Entity::find()
        .filter(product_barcode::Column::ProductId.is_in(ids.iter().copied()))
        .order_by_asc(product_barcode::Column::Position);
    let mut on_packages = OnPackages::new();
    for row in all(connection, query).await? {
        let barcode = Stored("product").good(Barcode::parse(&row.barcode))?;
        match row.packaging_unit {
            None => parts.entry(row.product_id).or_default().barcodes.push(barcode),
            Some(unit) => on_packages.entry((row.product_id, unit)).or_default().push(barcode),
        }
    }
    Ok(on_packages)
}

/// Removes everything that hangs on these products.
pub(crate) async fn remove_parts(connection: &Session, ids: &[Uuid]) -> Result<(), StoreError> {
    macro_rules! remove {
        ($($entity:ident),+) => {
            $(for chunk in ids.chunks(PARAMETERS_MAX) {
                $entity::Entity::delete_many()
                    .filter($entity::Column::ProductId.is_in(chunk.iter().copied()))
                    .exec(connection)
                    .await
                    .map_err(failure)?;
            })+
        };
    }
    remove!(product_word, product_reorder_rule, product_barcode, product_packaging);
    Ok(())
}
