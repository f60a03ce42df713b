//! `GET /stock-movements` and `GET /stock-movements/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::inventory::{FindMovement, ListMovements};
use gaara_inventory::{MovementFilter, MovementSort};
use gaara_kernel::{Direction, MovementId, Sort};

use crate::caller::{Caller, PathId};
use crate::headers::IfNoneMatch;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::MovementBody;

/// Lists stock movements, the newest first.
#[utoipa::path(
    tag = "Stock",
    operation_id = "listStockMovements",
    params(
        ListQuery,
        ("kind" = Option<Vec<String>>, Query, description = "Only these kinds"),
        ("status" = Option<Vec<String>>, Query, description = "Only these states"),
        ("warehouse_id" = Option<String>, Query,
            description = "Only from this warehouse or to it"),
        ("product_id" = Option<String>, Query, description = "Only naming this product"),
        ("invoice_id" = Option<String>, Query, description = "Only caused by this invoice"),
        ("date_from" = Option<String>, Query, description = "Only counting for this day or later"),
        ("date_to" = Option<String>, Query, description = "Only counting for this day or earlier"),
        ("updated_since" = Option<String>, Query, description = "Only saved since this instant"),
    ),
    responses((status = 200, description = "Movements", body = PageBody<MovementBody>)),
)]
#[get("/stock-movements")]
pub(crate) async fn list_movements(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = MovementFilter {
        kinds: params.take_many("kind"),
        statuses: params.take_many("status"),
        warehouse: params.take_one("warehouse_id"),
        product: params.take_one("product_id"),
        invoice: params.take_one("invoice_id"),
        date_from: params.take_one("date_from"),
        date_to: params.take_one("date_to"),
        updated_since: params.take_one("updated_since"),
    };
    let list = params.finish(Sort::by(MovementSort::CreatedAt, Direction::Descending))?;
    let rows = ask(&app, &caller.actor, &ListMovements { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|row| MovementBody::from(&row))))
}

/// Shows a stock movement.
#[utoipa::path(
    tag = "Stock",
    operation_id = "getStockMovement",
    params(("id" = String, Path, description = "The movement's id")),
    responses((status = 200, description = "The movement", body = MovementBody)),
)]
#[get("/stock-movements/{id}")]
pub(crate) async fn get_movement(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<MovementId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let movement = ask(&app, &caller.actor, &FindMovement { id: id.0 }).await?;
    let movement = movement.ok_or_else(Problem::not_found)?;
    Ok(found(&known, movement.version(), &MovementBody::from(&movement)))
}
