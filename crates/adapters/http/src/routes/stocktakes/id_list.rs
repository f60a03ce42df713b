//! A list of ids in a body.

use serde_json::Value;

use crate::code::Code;
use crate::json::{FieldFault, FromJson};
use crate::problem::FieldProblem;

/// The most ids of one list.
const IDS_MAX: usize = 1_000;

/// Ids: one at least, 1,000 at most.
#[derive(Debug)]
pub(super) struct IdList<I>(pub(super) Vec<I>);

impl<I: FromJson> FromJson for IdList<I> {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        let Value::Array(items) = value else { return Err(FieldFault::wrong_type("array")) };
        if items.is_empty() {
            return Err(FieldFault::new(Code::ValidationRequired));
        }
        if items.len() > IDS_MAX {
            let fault = FieldProblem::new("", Code::ValidationTooMany);
            return Err(fault.param("max", IDS_MAX).into());
        }
        let read = |(index, item): (usize, &Value)| {
            I::from_json(item).map_err(|fault| fault.within(&format!("/{index}")))
        };
        items.iter().enumerate().map(read).collect::<Result<_, _>>().map(Self)
    }
}
