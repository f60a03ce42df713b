//! The totals of a document: pure arithmetic in the order of EN 16931.
//!
//! Line amounts are rounded where they arise, tax once per (category, rate), and sums are never
//! rounded again, so every part adds up to its whole. Halves move away from zero.
//! Signed quantities are accepted: whether a document may carry them is for policy to judge.

mod adjustment;
mod calculate;
mod document;
mod error;
mod group;
mod input;
mod line;
mod output;
mod policy;
mod spread;
mod sums;
mod tax;
mod units;

pub use adjustment::{Adjustment, AdjustmentValue, DocumentAdjustment};
pub use calculate::calculate;
pub use error::{Place, TotalsError};
pub use input::{DocumentInput, LineInput};
pub use output::{AdjustmentPart, LineTotals, TaxGroup, Totals};
pub use policy::{TaxRounding, TotalsPolicy};
pub use tax::{Tax, TaxCategory, TaxError, UnknownTaxCategory};
