//! `POST /reservations`: promising stock.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{CreateReservation, CreateReservationError};
use gaara_inventory::{LevelError, Reservation, ReserveError};
use gaara_kernel::{Code as Name, ProductId, Quantity, ReservationId, Timestamp, WarehouseId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, NoteText};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{created, respond};
use crate::routes::stock::{line_problem, place_problem, shortages_at};
use crate::views::ReservationBody;

/// A reservation as it is made.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateReservationRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<ReservationId>,
    /// The product.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    product_id: Field<ProductId>,
    /// The warehouse.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    warehouse_id: Field<WarehouseId>,
    /// How much; it must be free.
    #[schema(value_type = String, required = true, example = "7")]
    #[serde(default)]
    quantity: Field<Quantity>,
    /// The unit of the quantity; the product's when absent.
    #[schema(value_type = Option<String>, example = "EA")]
    #[serde(default)]
    unit: Field<Name>,
    /// When it ends by itself: within 30 days, and after 24 hours when absent.
    #[schema(value_type = Option<String>, example = "2026-11-30T09:00:00Z")]
    #[serde(default)]
    expires_at: Field<Timestamp>,
    /// What people should know about it: 1,000 characters at most.
    #[schema(value_type = Option<String>, max_length = 1_000)]
    #[serde(default)]
    note: Field<NoteText>,
}

impl CreateReservationRequest {
    fn read(self, check: &mut Check) -> Option<CreateReservation> {
        let id = check.optional("/id", self.id);
        let product = check.required("/product_id", self.product_id);
        let warehouse = check.required("/warehouse_id", self.warehouse_id);
        let quantity = check.required("/quantity", self.quantity);
        let unit = check.optional("/unit", self.unit);
        let expires_at = check.optional("/expires_at", self.expires_at);
        let note = check.optional("/note", self.note);
        Some(CreateReservation {
            id: id?,
            product: product?,
            warehouse: warehouse?,
            quantity: quantity?,
            unit: unit?,
            expires_at: expires_at?,
            note: note?.map(NoteText::into_text),
        })
    }
}

/// Promises stock for a while: it stays on hand, and nobody else can take it.
#[utoipa::path(
    tag = "Reservations",
    operation_id = "createReservation",
    request_body = CreateReservationRequest,
    responses((status = 201, description = "Promised", body = ReservationBody)),
)]
#[post("/reservations")]
pub(crate) async fn create_reservation(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateReservationRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(CreateReservationRequest::read)?;
    let render = |reservation: &Reservation| {
        let location = format!("/api/v1/reservations/{}", reservation.id);
        created(location, reservation.version, &ReservationBody::from(reservation))
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: CreateReservationError) -> Problem {
    let at = |pointer, code| Problem::at(FieldProblem::new(pointer, code));
    match error {
        CreateReservationError::NotSetUp => Problem::new(Code::SetupRequired),
        CreateReservationError::Place(error) => place_problem(error),
        CreateReservationError::Line(error) => line_problem("", error),
        CreateReservationError::Reserve(error) => match error {
            ReserveError::QuantityNotPositive => at("/quantity", Code::ValidationPositive),
            ReserveError::ExpiryPast => at("/expires_at", Code::ReservationExpiryPast),
            ReserveError::TooLong => {
                let fault = FieldProblem::new("/expires_at", Code::ReservationTtlTooLong);
                Problem::at(fault.param("days", Reservation::DAYS_MAX))
            }
            ReserveError::Level(LevelError::Insufficient(shortage)) => {
                shortages_at("/quantity", &[shortage])
            }
            ReserveError::Level(LevelError::OutOfRange) => Problem::new(Code::StockOutOfRange),
            ReserveError::Level(LevelError::LayersMissing) => Problem::internal(error),
        },
        CreateReservationError::Store(error) => error.into(),
    }
}
