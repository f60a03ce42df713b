//! What every request passes through: the boundary outside, then the shield, the setup gate, and
//! the count of requests.

mod boundary;
mod cors;
mod fallback;
mod gate;
mod held;
mod rates;
mod shield;
mod trace;

pub(crate) use boundary::boundary;
pub(crate) use cors::allowed_origin;
pub(crate) use fallback::{Templates, fallback};
pub(crate) use gate::{Gate, gate};
pub(crate) use rates::rates;
pub(crate) use shield::shield;
