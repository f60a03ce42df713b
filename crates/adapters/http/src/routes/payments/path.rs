//! The payment and the allocation in a path.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use gaara_kernel::{AllocationId, Id, PaymentId, parse_id};

use crate::problem::Problem;

/// Ids in the places `{id}` and `{allocation_id}` of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AllocationPath(pub(super) PaymentId, pub(super) AllocationId);

impl FromRequest for AllocationPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let payment = part(request, "id");
        let allocation = part(request, "allocation_id");
        ready(payment.and_then(|payment| Ok(Self(payment, allocation?))))
    }
}

fn part<I: Id>(request: &HttpRequest, name: &str) -> Result<I, Problem> {
    let text = request.match_info().get(name).unwrap_or_default();
    parse_id(text).map_err(|error| Problem::bad_id::<I>(&error))
}
