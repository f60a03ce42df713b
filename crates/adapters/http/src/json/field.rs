//! Scalar fields of a request, which never fail to be read: what is wrong is told later, all at
//! once.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::code::Code;
use crate::problem::FieldProblem;

/// What is wrong with a value; pointers are relative to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault(pub(crate) Vec<FieldProblem>);

impl FieldFault {
    /// Nothing but a code.
    #[must_use]
    pub fn new(code: Code) -> Self {
        FieldProblem::new("", code).into()
    }

    /// The same faults inside something at a pointer.
    #[must_use]
    pub fn within(mut self, pointer: &str) -> Self {
        for problem in &mut self.0 {
            problem.pointer.insert_str(0, pointer);
        }
        self
    }

    /// A value of the wrong JSON type.
    #[must_use]
    pub fn wrong_type(expected: &str) -> Self {
        FieldProblem::new("", Code::ValidationType).param("expected", expected).into()
    }
}

impl From<FieldProblem> for FieldFault {
    fn from(problem: FieldProblem) -> Self {
        Self(vec![problem])
    }
}

/// A value that a JSON value stands for.
pub trait FromJson: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// [`FieldFault`] with everything that is wrong with it.
    fn from_json(value: &Value) -> Result<Self, FieldFault>;
}

/// A value that a text stands for, in a body and in a query.
pub trait FromText: Sized {
    /// Whether the text is a decimal number, which a client may have sent as a JSON number.
    const IS_DECIMAL: bool = false;

    /// Reads the value.
    ///
    /// # Errors
    /// [`FieldFault`] with what is wrong with it.
    fn from_text(text: &str) -> Result<Self, FieldFault>;
}

impl<T: FromText> FromJson for T {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        match value {
            Value::String(text) => T::from_text(text),
            Value::Number(_) if T::IS_DECIMAL => Err(FieldFault::new(Code::ValidationNumber)),
            _ => Err(FieldFault::wrong_type("text")),
        }
    }
}

/// A field of a request: absent, `null`, good, or wrong.
///
/// Declare it with its wire type, since the schema cannot see through it:
///
/// ```
/// use gaara_http::Field;
/// use gaara_kernel::{Code, Quantity};
///
/// #[derive(Default, serde::Deserialize, validator::Validate, utoipa::ToSchema)]
/// #[serde(default)]
/// struct LineBody {
///     /// The product's unit.
///     #[schema(value_type = Option<String>, example = "EA")]
///     unit: Field<Code>,
///     /// How much.
///     #[schema(value_type = String, required = true, example = "10")]
///     quantity: Field<Quantity>,
/// }
/// let line: LineBody = serde_json::from_str(r#"{"quantity": "x"}"#).unwrap();
/// assert!(matches!(line.quantity, Field::Wrong(_)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Field<T> {
    /// The member is absent.
    #[default]
    Missing,
    /// The member is `null`.
    Null,
    /// The member is good.
    Value(T),
    /// The member is wrong.
    Wrong(FieldFault),
}

impl<'de, T: FromJson> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(match value {
            Value::Null => Self::Null,
            value => T::from_json(&value).map_or_else(Self::Wrong, Self::Value),
        })
    }
}

/// What a merge patch (RFC 7396) wants of a field that may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Patch<T> {
    /// Leave it.
    Keep,
    /// Empty it.
    Clear,
    /// Put this there.
    Set(T),
}

impl<T> Patch<T> {
    /// `None` to leave it, `Some(None)` to empty it.
    #[must_use]
    pub fn into_option(self) -> Option<Option<T>> {
        match self {
            Self::Keep => None,
            Self::Clear => Some(None),
            Self::Set(value) => Some(Some(value)),
        }
    }
}
