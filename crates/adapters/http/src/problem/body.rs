//! The shape of an error on the wire.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Messages {
    /// In Arabic.
    #[schema(example = "المخزون لا يكفي: المطلوب 5 والمتاح 3.")]
    pub ar: String,
    /// In English.
    #[schema(example = "Not enough in stock: 5 asked for, 3 available.")]
    pub en: String,
}

/// What is wrong with one field or parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub struct FieldProblemBody {
    /// A JSON pointer into the body, or `?name` for a parameter of the query.
    #[schema(example = "/lines/0/quantity")]
    pub pointer: String,
    /// What is wrong, as `area.reason`.
    #[schema(example = "validation.positive")]
    pub code: String,
    /// The same in words.
    pub messages: Messages,
    /// The values that the words mention.
    pub params: BTreeMap<String, String>,
}

/// An error (RFC 9457), the same for every operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// A page that explains the code.
    #[serde(rename = "type")]
    #[schema(example = "/problems/stock.insufficient")]
    pub kind: String,
    /// The kind of error, in the language that was asked for.
    #[schema(example = "Conflict")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 409)]
    pub status: u16,
    /// What happened, in the language that was asked for.
    #[schema(example = "Not enough in stock: 5 asked for, 3 available.")]
    pub detail: String,
    /// The path of the request.
    #[schema(example = "/api/v1/stock-movements")]
    pub instance: String,
    /// What happened, as `area.reason`: the name that programs may rely on.
    #[schema(example = "stock.insufficient")]
    pub code: String,
    /// What happened, in both languages.
    pub messages: Messages,
    /// The values that the words mention.
    pub params: BTreeMap<String, String>,
    /// The W3C trace id, for support.
    #[schema(example = "4bf92f3577b34da6a3ce929d0e0e4736", min_length = 32, max_length = 32)]
    pub trace_id: String,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// What is wrong with which fields; empty when it is none of the fields.
    pub errors: Vec<FieldProblemBody>,
}
