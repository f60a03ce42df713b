//! What every request passes through: the boundary outside, the setup gate inside.

mod boundary;
mod fallback;
mod gate;
mod trace;

pub(crate) use boundary::boundary;
pub(crate) use fallback::{Templates, fallback};
pub(crate) use gate::{Gate, gate};
