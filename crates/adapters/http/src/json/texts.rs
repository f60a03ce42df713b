//! A list of values that are texts.

use serde_json::Value;

use super::field::{FieldFault, FromJson, FromText};
use crate::code::Code;
use crate::problem::FieldProblem;

/// The most texts of one list.
const TEXTS_MAX: usize = 100;

/// Texts: 100 at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextList<T>(pub(crate) Vec<T>);

impl<T: FromText> FromJson for TextList<T> {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        let Value::Array(items) = value else { return Err(FieldFault::wrong_type("array")) };
        if items.len() > TEXTS_MAX {
            let fault = FieldProblem::new("", Code::ValidationTooMany);
            return Err(fault.param("max", TEXTS_MAX).into());
        }
        let read = |(index, item): (usize, &Value)| {
            T::from_json(item).map_err(|fault| fault.within(&format!("/{index}")))
        };
        items.iter().enumerate().map(read).collect::<Result<_, _>>().map(Self)
    }
}
