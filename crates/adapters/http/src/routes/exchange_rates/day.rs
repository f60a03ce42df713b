//! The currency and the day in a path.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use gaara_kernel::{Currency, Date};

use crate::json::FromText;
use crate::problem::{FieldProblem, Problem};

/// A currency and a day in the places `{currency}` and `{date}` of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CurrencyDay(pub(super) Currency, pub(super) Date);

impl FromRequest for CurrencyDay {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut faults = Vec::new();
        let currency = part::<Currency>(request, "currency", &mut faults);
        let day = part::<Date>(request, "date", &mut faults);
        ready(match (currency, day) {
            (Some(currency), Some(day)) => Ok(Self(currency, day)),
            _ => Err(Problem::of_fields(faults)),
        })
    }
}

fn part<T: FromText>(
    request: &HttpRequest,
    name: &str,
    faults: &mut Vec<FieldProblem>,
) -> Option<T> {
    let text = request.match_info().get(name).unwrap_or_default();
    T::from_text(text)
        .map_err(|fault| {
            faults.extend(fault.0.into_iter().map(|mut problem| {
                problem.pointer = format!("{{{name}}}");
                problem
            }));
        })
        .ok()
}
