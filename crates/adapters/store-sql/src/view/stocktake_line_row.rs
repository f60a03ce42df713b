//! A line of a stocktake with the names of its product, as a list reads it.

use gaara_inventory::{StocktakeLine, StocktakeLineFilter, StocktakeLineSort, StocktakeLineView};
use gaara_kernel::{Id, SortValue, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, FromQueryResult, Iterable};

use crate::convert::Stored;
use crate::entity::product;
use crate::entity::stocktake_line::{Column, Entity, Model};
use crate::keyset::{Listed, Place, place};

#[derive(Debug, FromQueryResult)]
pub(super) struct LineRow {
    #[sea_orm(nested)]
    line: Model,
    sku: String,
    name_ar: Option<String>,
    name_en: Option<String>,
}

/// Selects the lines that match, joined to the names of their products.
pub(super) fn line_query(filter: &StocktakeLineFilter) -> SelectStatement {
    let mut query = Query::select();
    query
        .columns(Column::iter().map(|column| column.as_column_ref()))
        .columns([
            product::Column::Sku.as_column_ref(),
            product::Column::NameAr.as_column_ref(),
            product::Column::NameEn.as_column_ref(),
        ])
        .from(Entity)
        .inner_join(
            product::Entity,
            Expr::col(product::Column::Id.as_column_ref())
                .equals(Column::ProductId.as_column_ref()),
        )
        .and_where(Column::StocktakeId.eq(filter.stocktake.as_uuid()));
    match filter.is_counted {
        Some(true) => query.and_where(Column::CountedMillionths.is_not_null()),
        Some(false) => query.and_where(Column::CountedMillionths.is_null()),
        None => &mut query,
    };
    query
}

impl TryFrom<LineRow> for StocktakeLineView {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        let stored = Stored("stocktake_line");
        Ok(Self {
            line: StocktakeLine::try_from(row.line)?,
            sku: stored.code(&row.sku)?,
            name: stored.name(row.name_ar.as_ref(), row.name_en.as_ref())?,
        })
    }
}

impl Listed for LineRow {
    type Field = StocktakeLineSort;
    const KEY: &'static [Place] = &[place("stocktake_lines", "product_id")];

    fn place(field: StocktakeLineSort) -> Place {
        match field {
            StocktakeLineSort::Sku => place("products", "sku"),
        }
    }

    fn value(&self, field: StocktakeLineSort) -> SortValue {
        match field {
            StocktakeLineSort::Sku => SortValue::Text(self.sku.clone()),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.line.product_id]
    }
}
