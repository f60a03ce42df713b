//! The catalogue, read.

use async_trait::async_trait;
use gaara_inventory::{
    CatalogueView, Product, ProductFilter, ProductKind, ProductSort, Warehouse, WarehouseSort,
};
use gaara_kernel::{Code, Page, PageRequest, ProductId, StoreError, Timestamp, WarehouseId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryTrait};

use super::SqlView;
use crate::entity::{product, warehouse};
use crate::keyset::{page, with_items};
use crate::repository::product::{find_many, with_barcodes};
use crate::repository::warehouse::find_by_id;

#[async_trait]
impl CatalogueView for SqlView {
    async fn find_product(&mut self, id: ProductId) -> Result<Option<Product>, StoreError> {
        Ok(find_many(&self.connection, &[id]).await?.pop())
    }

    async fn find_products(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
        find_many(&self.connection, ids).await
    }

    async fn list_products(
        &mut self,
        filter: &ProductFilter,
        request: &PageRequest<ProductSort>,
    ) -> Result<Page<Product>, StoreError> {
        let query = product::Entity::find().filter(product_condition(filter)).into_query();
        let rows = page::<product::Model>(&self.connection, query, request).await?;
        let items = with_barcodes(&self.connection, rows.items).await?;
        Ok(Page { items, next: rows.next, total: rows.total })
    }

    async fn find_warehouse(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError> {
        find_by_id(&self.connection, id).await
    }

    async fn list_warehouses(
        &mut self,
        request: &PageRequest<WarehouseSort>,
    ) -> Result<Page<Warehouse>, StoreError> {
        let query = warehouse::Entity::find().into_query();
        let rows = page::<warehouse::Model>(&self.connection, query, request).await?;
        with_items(rows, Warehouse::try_from)
    }
}

fn product_condition(filter: &ProductFilter) -> Condition {
    use product::Column;
    let kinds = filter.kinds.iter().copied().map(ProductKind::code);
    let since = filter.updated_since.map(Timestamp::as_millis);
    Condition::all()
        .add_option(filter.sku.as_ref().map(Code::as_str).map(|sku| Column::Sku.eq(sku)))
        .add_option((!filter.kinds.is_empty()).then(|| Column::Kind.is_in(kinds)))
        .add_option(since.map(|since| Column::UpdatedAtMs.gte(since)))
}
