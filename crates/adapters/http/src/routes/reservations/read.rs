//! `GET /reservations` and `GET /reservations/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::inventory::{FindReservation, ListReservations};
use gaara_inventory::{ReservationFilter, ReservationSort};
use gaara_kernel::{Direction, ReservationId, Sort};

use crate::caller::{Caller, PathId};
use crate::headers::IfNoneMatch;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::ReservationBody;

/// Lists reservations as they are now, the newest first.
#[utoipa::path(
    tag = "Reservations",
    operation_id = "listReservations",
    params(
        ListQuery,
        ("product_id" = Option<String>, Query, description = "Only of this product"),
        ("warehouse_id" = Option<String>, Query, description = "Only in this warehouse"),
        ("status" = Option<Vec<String>>, Query, description = "Only in these states, as of now"),
    ),
    responses((status = 200, description = "Reservations", body = PageBody<ReservationBody>)),
)]
#[get("/reservations")]
pub(crate) async fn list_reservations(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = ReservationFilter {
        product: params.take_one("product_id"),
        warehouse: params.take_one("warehouse_id"),
        statuses: params.take_many("status"),
    };
    let list = params.finish(Sort::by(ReservationSort::CreatedAt, Direction::Descending))?;
    let rows = ask(&app, &caller.actor, &ListReservations { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|row| ReservationBody::from(&row))))
}

/// Shows a reservation as it is now.
#[utoipa::path(
    tag = "Reservations",
    operation_id = "getReservation",
    params(("id" = String, Path, description = "The reservation's id")),
    responses((status = 200, description = "The reservation", body = ReservationBody)),
)]
#[get("/reservations/{id}")]
pub(crate) async fn get_reservation(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<ReservationId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let reservation = ask(&app, &caller.actor, &FindReservation { id: id.0 }).await?;
    let reservation = reservation.ok_or_else(Problem::not_found)?;
    Ok(found(&known, reservation.version, &ReservationBody::from(&reservation)))
}
