//! `POST /reservations/{id}/release`: taking a promise back.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{ReleaseReservation, ReleaseReservationError};
use gaara_inventory::Reservation;
use gaara_kernel::ReservationId;

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Empty, OptionalBody};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::ReservationBody;

/// Takes a promise back: what it held is free again.
#[utoipa::path(
    tag = "Reservations",
    operation_id = "releaseReservation",
    params(
        ("id" = String, Path, description = "The reservation's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    responses((status = 200, description = "Released", body = ReservationBody)),
)]
#[post("/reservations/{id}/release")]
pub(crate) async fn release_reservation(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<ReservationId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<Empty>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    body.check()?;
    let use_case = ReleaseReservation { id: id.0, expected: expected.0 };
    let render =
        |released: &Reservation| changed(released.version, &ReservationBody::from(released));
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: ReleaseReservationError) -> Problem {
    match error {
        ReleaseReservationError::NotSetUp => Problem::new(Code::SetupRequired),
        ReleaseReservationError::NotFound => Problem::not_found(),
        ReleaseReservationError::NotActive(status) => {
            Problem::new(Code::ReservationNotActive).param("status", status.code())
        }
        ReleaseReservationError::Stale { current } => Problem::stale(current),
        ReleaseReservationError::Store(error) => error.into(),
    }
}
