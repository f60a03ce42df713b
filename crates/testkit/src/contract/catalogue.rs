//! Products are found by what they have and by the words of their names.

use std::sync::Arc;

use gaara_application::Store;
use gaara_application::inventory::{
    ArchiveProduct, ChangeProduct, ListProducts, ListSuppliers, NameChange,
};
use gaara_inventory::{
    ArchivedFilter, Barcode, Factor, Packaging, ProductFilter, ProductSort, SupplierFilter,
};
use gaara_kernel::{CategoryId, Direction, PageRequest, ProductId, SearchQuery, Sort, Version};

use super::store::whole;
use crate::fixtures::{bilingual, code, unit_price};
use crate::harness::Harness;

async fn found(books: &Harness, filter: ProductFilter) -> Vec<String> {
    let page = PageRequest { sort: Sort::by(ProductSort::Sku, Direction::Ascending), ..whole() };
    let query = ListProducts { filter, page };
    let rows = books.app.ask(&books.system(), &query).await.expect("products can be read");
    assert_eq!(rows.total, u64::try_from(rows.items.len()).ok());
    rows.items.iter().map(|product| product.sku.to_string()).collect()
}

/// Four products, of which three hang on a tree, one is packed and one is archived.
async fn catalogue(books: &Harness) -> (CategoryId, CategoryId, Vec<ProductId>) {
    books.add_vat().await;
    let top = books.add_category("Top", None).await;
    let below = books.add_category("Below", Some(top)).await;
    let beside = books.add_category("Beside", None).await;
    let supplier = books.add_supplier("Gulf Steel").await;
    let barcode = |text: &str| Barcode::parse(text).expect("a barcode");
    let packed = Packaging {
        unit: code("CTN"),
        factor: Factor::try_new(6, 1).expect("a factor"),
        barcodes: vec![barcode("4006381333931")],
    };
    let mut ids = Vec::new();
    for (sku, name, category) in [
        ("BOLT-M8", bilingual("Bolt M8", "برغي مجلفن"), Some(top)),
        ("BOLT-M10", bilingual("Bolt M10", "بُرغي كبير"), Some(below)),
        ("NUT", bilingual("Hex nut", "صامولة"), Some(beside)),
        ("OLD", bilingual("Old bolt", "برغي قديم"), None),
    ] {
        let mut product = Harness::new_product(sku);
        (product.name, product.category) = (name, category);
        if sku == "NUT" {
            product.supplier = Some(supplier);
            product.barcodes = vec![barcode("6281000000014")];
            product.packagings = vec![packed.clone()];
        }
        ids.push(books.app.execute(&books.system(), &product).await.expect("a product").id);
    }
    let old = *ids.last().expect("four products");
    let archive = ArchiveProduct { id: old, expected: None };
    books.app.execute(&books.system(), &archive).await.expect("no stock");
    (top, below, ids)
}

/// Every filter of the catalogue keeps what matches and nothing else.
pub async fn products_are_found_by_what_they_have(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let (top, below, _) = catalogue(&books).await;
    let all = ProductFilter::default;
    let barcode = |text: &str| Some(Barcode::parse(text).expect("a barcode"));

    let in_use = ["BOLT-M10", "BOLT-M8", "NUT"];
    assert_eq!(found(&books, all()).await, in_use);
    let archived = ArchivedFilter::Only;
    assert_eq!(found(&books, ProductFilter { archived, ..all() }).await, ["OLD"]);
    let archived = ArchivedFilter::Any;
    assert_eq!(found(&books, ProductFilter { archived, ..all() }).await.len(), 4);
    let category = Some(top);
    let subtree = ProductFilter { category, ..all() };
    assert_eq!(found(&books, subtree).await, ["BOLT-M10", "BOLT-M8"], "what is below counts too");
    let category = Some(below);
    assert_eq!(found(&books, ProductFilter { category, ..all() }).await, ["BOLT-M10"]);
    for text in ["6281000000014", "4006381333931"] {
        let filter = ProductFilter { barcode: barcode(text), ..all() };
        assert_eq!(found(&books, filter).await, ["NUT"]);
    }
    let none = ProductFilter { barcode: barcode("96385074"), ..all() };
    assert_eq!(found(&books, none).await, Vec::<String>::new());
    for (text, expected) in [
        ("bolt", vec!["BOLT-M10", "BOLT-M8"]),
        ("BOLT-M1", vec!["BOLT-M10"]),
        ("m8 bol", vec!["BOLT-M8"]),
        ("برغي", vec!["BOLT-M10", "BOLT-M8"]),
        ("صاموله", vec!["NUT"]),
        ("olt", vec![]),
        ("؟!", vec![]),
        ("%", vec![]),
        ("bolt_", vec!["BOLT-M10", "BOLT-M8"]),
    ] {
        let query = Some(SearchQuery::new(text));
        assert_eq!(found(&books, ProductFilter { query, ..all() }).await, expected, "{text}");
    }
    let query = Some(SearchQuery::new("gulf"));
    let filter = SupplierFilter { query, ..SupplierFilter::default() };
    let query = ListSuppliers { filter, page: whole() };
    let suppliers = books.app.ask(&books.system(), &query).await.expect("suppliers can be read");
    let supplier = suppliers.items.first().map(|supplier| supplier.id);
    assert_eq!(found(&books, ProductFilter { supplier, ..all() }).await, ["NUT"]);
}

/// A renamed product is found by its new name and no longer by its old one.
pub async fn a_change_is_found_by_its_new_words(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let (.., ids) = catalogue(&books).await;
    let name = NameChange { en: Some(Some("Washer".to_owned())), ..NameChange::default() };
    let nut = *ids.get(2).expect("four products");
    let change = ChangeProduct {
        name,
        sku: Some(code("WSH")),
        unit_price: Some(unit_price("1")),
        ..Harness::product_change(nut, Version::FIRST)
    };
    books.app.execute(&books.system(), &change).await.expect("it can be renamed");

    for (text, expected) in [("washer", vec!["WSH"]), ("nut", vec![]), ("صامولة", vec!["WSH"])]
    {
        let query = Some(SearchQuery::new(text));
        let filter = ProductFilter { query, ..ProductFilter::default() };
        assert_eq!(found(&books, filter).await, expected, "{text}");
    }
}
