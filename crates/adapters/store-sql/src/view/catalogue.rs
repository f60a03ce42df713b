//! The catalogue, read.

use async_trait::async_trait;
use gaara_inventory::{
    ArchivedFilter, CatalogueView, Category, CategoryFilter, CategorySort, Product, ProductFilter,
    ProductKind, ProductSort, Supplier, SupplierFilter, SupplierSort, Unit, UnitSort, Warehouse,
    WarehouseFilter, WarehouseSort,
};
use gaara_kernel::{
    CategoryId, Code, EmailAddress, Id, Page, PageRequest, ProductId, StoreError, SupplierId,
    Timestamp, UnitId, WarehouseId,
};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryTrait};

use super::SqlView;
use super::words::found_by;
use crate::entity::{
    category, product, product_barcode, product_word, supplier, supplier_word, unit, warehouse,
};
use crate::keyset::{Found, first, page, page_of, with_items};
use crate::repository::category::behind;
use crate::repository::find;
use crate::repository::product::find_many;
use crate::repository::product_parts::with_parts;
use crate::repository::unit as units;

#[async_trait]
impl CatalogueView for SqlView {
    async fn find_product(&mut self, id: ProductId) -> Result<Option<Product>, StoreError> {
        Ok(find_many(&self.connection, &[id], None).await?.pop())
    }

    async fn find_products(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
        find_many(&self.connection, ids, None).await
    }

    async fn list_products(
        &mut self,
        filter: &ProductFilter,
        request: &PageRequest<ProductSort>,
    ) -> Result<Page<Product>, StoreError> {
        let mut condition = product_condition(filter);
        if let Some(category) = filter.category {
            condition = condition.add(self.stands_below(category).await?);
        }
        let query = product::Entity::find().filter(condition).into_query();
        let is_recent =
            filter.updated_since.is_some() && first(request) != Some(ProductSort::UpdatedAt);
        let found = Found::by_rest(filter.archived == ArchivedFilter::Only, is_recent);
        let rows = page_of::<product::Model>(&self.connection, vec![query], request, found).await?;
        let items = with_parts(&self.connection, rows.items).await?;
        Ok(Page { items, next: rows.next, total: rows.total })
    }

    async fn find_unit(&mut self, id: UnitId) -> Result<Option<Unit>, StoreError> {
        let row = find::<unit::Entity>(&self.connection, id.as_uuid()).await?;
        row.map(Unit::try_from).transpose()
    }

    async fn find_units(&mut self, codes: &[Code]) -> Result<Vec<Unit>, StoreError> {
        units::find_many(&self.connection, codes).await
    }

    async fn list_units(
        &mut self,
        request: &PageRequest<UnitSort>,
    ) -> Result<Page<Unit>, StoreError> {
        let query = unit::Entity::find().into_query();
        let rows = page::<unit::Model>(&self.connection, query, request).await?;
        with_items(rows, Unit::try_from)
    }

    async fn find_category(&mut self, id: CategoryId) -> Result<Option<Category>, StoreError> {
        let row = find::<category::Entity>(&self.connection, id.as_uuid()).await?;
        row.map(Category::try_from).transpose()
    }

    async fn list_categories(
        &mut self,
        filter: &CategoryFilter,
        request: &PageRequest<CategorySort>,
    ) -> Result<Page<Category>, StoreError> {
        use category::Column;
        let condition = Condition::all().add_option(filter.parent.map(|parent| match parent {
            Some(parent) => Column::ParentId.eq(parent.as_uuid()),
            None => Column::ParentId.is_null(),
        }));
        let query = category::Entity::find().filter(condition).into_query();
        let rows = page::<category::Model>(&self.connection, query, request).await?;
        with_items(rows, Category::try_from)
    }

    async fn find_supplier(&mut self, id: SupplierId) -> Result<Option<Supplier>, StoreError> {
        let row = find::<supplier::Entity>(&self.connection, id.as_uuid()).await?;
        row.map(Supplier::try_from).transpose()
    }

    async fn list_suppliers(
        &mut self,
        filter: &SupplierFilter,
        request: &PageRequest<SupplierSort>,
    ) -> Result<Page<Supplier>, StoreError> {
        let query = supplier::Entity::find().filter(supplier_condition(filter)).into_query();
        let is_recent =
            filter.updated_since.is_some() && first(request) != Some(SupplierSort::UpdatedAt);
        let found = Found::by_rest(filter.archived == ArchivedFilter::Only, is_recent);
        let rows =
            page_of::<supplier::Model>(&self.connection, vec![query], request, found).await?;
        with_items(rows, Supplier::try_from)
    }

    async fn find_warehouse(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError> {
        let row = find::<warehouse::Entity>(&self.connection, id.as_uuid()).await?;
        row.map(Warehouse::try_from).transpose()
    }

    async fn list_warehouses(
        &mut self,
        filter: &WarehouseFilter,
        request: &PageRequest<WarehouseSort>,
    ) -> Result<Page<Warehouse>, StoreError> {
        let condition = archived(filter.archived, warehouse::Column::ArchivedAtMs);
        let query = warehouse::Entity::find().filter(condition).into_query();
        let rows = page::<warehouse::Model>(&self.connection, query, request).await?;
        with_items(rows, Warehouse::try_from)
    }
}

impl SqlView {
    /// The condition that a product hangs on a category or on one below it.
    async fn stands_below(&self, id: CategoryId) -> Result<Condition, StoreError> {
        use product::Column;
        let top = find::<category::Entity>(&self.connection, id.as_uuid()).await?;
        let Some(top) = top else {
            return Ok(Condition::all().add(Column::Id.is_null()));
        };
        let mut below = Query::select();
        below
            .column(category::Column::Id)
            .from(category::Entity)
            .and_where(category::Column::Path.gte(top.path.as_str()))
            .and_where(category::Column::Path.lt(behind(&top.path)));
        Ok(Condition::all().add(Column::CategoryId.in_subquery(below)))
    }
}

fn product_condition(filter: &ProductFilter) -> Condition {
    use product::Column;
    let kinds = filter.kinds.iter().copied().map(ProductKind::code);
    let since = filter.updated_since.map(Timestamp::as_millis);
    let with_barcode = filter.barcode.as_ref().map(|barcode| {
        let mut owner = Query::select();
        owner
            .column(product_barcode::Column::ProductId)
            .from(product_barcode::Entity)
            .and_where(product_barcode::Column::Barcode.eq(barcode.as_str()));
        Column::Id.in_subquery(owner)
    });
    archived(filter.archived, Column::ArchivedAtMs)
        .add_option(filter.sku.as_ref().map(Code::as_str).map(|sku| Column::Sku.eq(sku)))
        .add_option(with_barcode)
        .add_option((!filter.kinds.is_empty()).then(|| Column::Kind.is_in(kinds)))
        .add_option(filter.supplier.map(|id| Column::SupplierId.eq(id.as_uuid())))
        .add_option(since.map(|since| Column::UpdatedAtMs.gte(since)))
        .add_option(filter.query.as_ref().map(|query| {
            use product_word::Column as Word;
            found_by(query, Column::Id, Word::Word, Word::ProductId)
        }))
}

fn supplier_condition(filter: &SupplierFilter) -> Condition {
    use supplier::Column;
    let email = filter.email.as_ref().map(EmailAddress::as_str);
    let since = filter.updated_since.map(Timestamp::as_millis);
    archived(filter.archived, Column::ArchivedAtMs)
        .add_option(email.map(|email| Column::Email.eq(email)))
        .add_option(since.map(|since| Column::UpdatedAtMs.gte(since)))
        .add_option(filter.query.as_ref().map(|query| {
            use supplier_word::Column as Word;
            found_by(query, Column::Id, Word::Word, Word::SupplierId)
        }))
}

/// The condition that something is archived, or not.
fn archived(filter: ArchivedFilter, archived_at: impl ColumnTrait) -> Condition {
    match filter {
        ArchivedFilter::Without => Condition::all().add(archived_at.is_null()),
        ArchivedFilter::Only => Condition::all().add(archived_at.is_not_null()),
        ArchivedFilter::Any => Condition::all(),
    }
}
