//! `GET /products` and `GET /products/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::inventory::{FindProduct, ListProducts};
use gaara_inventory::{ProductFilter, ProductSort};
use gaara_kernel::{Direction, ProductId, Sort};

use crate::caller::{Caller, PathId};
use crate::headers::IfNoneMatch;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::ProductBody;

/// Lists products.
#[utoipa::path(
    tag = "Products",
    operation_id = "listProducts",
    params(
        ListQuery,
        ("sku" = Option<String>, Query, description = "Only the product with this SKU"),
        (
            "barcode" = Option<String>,
            Query,
            description = "Only the product with this barcode, on itself or on a package"
        ),
        ("kind" = Option<Vec<String>>, Query, description = "Only these kinds"),
        (
            "category_id" = Option<String>,
            Query,
            description = "Only those of this category and of all below it"
        ),
        ("supplier_id" = Option<String>, Query, description = "Only those of this supplier"),
        (
            "archived" = Option<String>,
            Query,
            description = "`false` leaves archived ones out, `true` lists them alone, `any` both"
        ),
        ("updated_since" = Option<String>, Query, description = "Only saved since this instant"),
        (
            "q" = Option<String>,
            Query,
            description = "Words, each of which begins a word of the SKU or the name"
        ),
    ),
    responses((status = 200, description = "Products", body = PageBody<ProductBody>)),
)]
#[get("/products")]
pub(crate) async fn list_products(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = ProductFilter {
        sku: params.take_one("sku"),
        barcode: params.take_one("barcode"),
        kinds: params.take_many("kind"),
        category: params.take_one("category_id"),
        supplier: params.take_one("supplier_id"),
        archived: params.take_one("archived").unwrap_or_default(),
        updated_since: params.take_one("updated_since"),
        query: params.take_one("q"),
    };
    let list = params.finish(Sort::by(ProductSort::Sku, Direction::Ascending))?;
    let products = ask(&app, &caller.actor, &ListProducts { filter, page: list.page() }).await?;
    Ok(list.reply(products.map(|product| ProductBody::new(&product, caller.language))))
}

/// Shows a product.
#[utoipa::path(
    tag = "Products",
    operation_id = "getProduct",
    params(("id" = String, Path, description = "The product's id")),
    responses((status = 200, description = "The product", body = ProductBody)),
)]
#[get("/products/{id}")]
pub(crate) async fn get_product(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<ProductId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let product = ask(&app, &caller.actor, &FindProduct { id: id.0 }).await?;
    let product = product.ok_or_else(Problem::not_found)?;
    Ok(found(&known, product.version, &ProductBody::new(&product, caller.language)))
}
