//! Errors as the client meets them (RFC 9457), in both languages.

mod body;
mod convert;
mod render;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, Responder, ResponseError};
use gaara_kernel::Cause;

use crate::cause::chain;
use crate::code::Code;

/// How many fields are told about at most: more help nobody, and must cost us no more than asking
/// costs them.
const FIELDS_MAX: usize = 100;

pub use body::{FieldProblemBody, Messages, ProblemBody};
pub(crate) use convert::{from_response, id_code, quantity_fault};
pub use render::{PROBLEM_JSON, fill};

/// The parameters of a code, by the names of its placeholders.
pub type Params = BTreeMap<&'static str, String>;

/// What is wrong with one field or parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// A JSON pointer into the body, `?name` for a parameter of the query.
    pub pointer: String,
    /// What is wrong.
    pub code: Code,
    /// The parameters of the code.
    pub params: Params,
}

impl FieldProblem {
    /// A problem at a JSON pointer.
    #[must_use]
    pub fn new(pointer: impl Into<String>, code: Code) -> Self {
        Self { pointer: pointer.into(), code, params: Params::new() }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn param(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.insert(name, value.to_string());
        self
    }
}

/// An error as the client meets it.
///
/// The boundary of the server fills in path, trace id and language, and logs the cause once.
///
/// ```
/// use gaara_http::{Code, Problem};
///
/// let problem = Problem::new(Code::StockInsufficient).param("requested", 5).param("available", 3);
/// assert_eq!(problem.code().status(), 409);
/// ```
pub struct Problem(Box<Inner>);

struct Inner {
    code: Code,
    params: Params,
    fields: Vec<FieldProblem>,
    headers: Vec<(&'static str, String)>,
    retry_after: Option<Duration>,
    cause: Option<Cause>,
}

impl Problem {
    /// An error of this code.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self(Box::new(Inner {
            code,
            params: Params::new(),
            fields: Vec::new(),
            headers: Vec::new(),
            retry_after: None,
            cause: None,
        }))
    }

    /// Our own failure; the cause goes to the log and nowhere else.
    #[must_use]
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::new(Code::Internal).caused_by(cause)
    }

    /// A store that cannot be reached; the cause goes to the log and nowhere else.
    #[must_use]
    pub fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::new(Code::DbUnavailable).caused_by(cause)
    }

    /// A store that has not said whether it wrote everything or nothing.
    #[must_use]
    pub fn unconfirmed(cause: impl Into<Cause>) -> Self {
        Self::new(Code::DbUnconfirmed).caused_by(cause)
    }

    /// A version that somebody has changed meanwhile.
    #[must_use]
    pub fn stale(current: gaara_kernel::Version) -> Self {
        Self::new(Code::PreconditionFailed).param("current_version", current)
    }

    /// Something that does not exist, or whose existence is a secret.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(Code::ResourceNotFound)
    }

    /// One field is wrong: the field's code is the code of the whole.
    #[must_use]
    pub fn at(field: FieldProblem) -> Self {
        Self::of_fields(vec![field])
    }

    /// Several fields are wrong: the code of the whole is theirs when all agree.
    #[must_use]
    pub fn of_fields(mut fields: Vec<FieldProblem>) -> Self {
        fields.truncate(FIELDS_MAX);
        let first = fields.first().cloned();
        let alike = |first: &FieldProblem| fields.iter().all(|field| field.code == first.code);
        match first.filter(alike) {
            Some(first) => {
                let mut problem = Self::new(first.code);
                problem.0.params = first.params;
                problem.fields(fields)
            }
            // A request that is malformed somewhere is malformed as a whole.
            None => match fields.iter().find(|field| field.code.status() == 400).cloned() {
                Some(malformed) => {
                    let mut problem = Self::new(malformed.code);
                    problem.0.params = malformed.params;
                    problem.fields(fields)
                }
                None => Self::new(Code::ValidationFailed).fields(fields),
            },
        }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn param(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.0.params.insert(name, value.to_string());
        self
    }

    /// Adds what is wrong with one field.
    #[must_use]
    pub fn field(mut self, field: FieldProblem) -> Self {
        self.0.fields.push(field);
        self
    }

    /// Adds what is wrong with several fields.
    #[must_use]
    pub fn fields(mut self, fields: impl IntoIterator<Item = FieldProblem>) -> Self {
        self.0.fields.extend(fields);
        self
    }

    /// Says when to try again; rounded up to whole seconds.
    #[must_use]
    pub fn retry_after(mut self, wait: Duration) -> Self {
        self.0.retry_after = Some(wait);
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: String) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What is wrong with which fields.
    #[must_use]
    pub fn field_problems(&self) -> &[FieldProblem] {
        &self.0.fields
    }

    /// Says what lay behind it, for the log alone.
    pub(crate) fn caused_by(mut self, cause: impl Into<Cause>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// What lay behind it, from the outermost error to the innermost.
    pub(crate) fn cause_chain(&self) -> Option<String> {
        self.0.cause.as_ref().map(|cause| chain(&**cause))
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("code", &self.0.code)
            .field("params", &self.0.params)
            .field("fields", &self.0.fields)
            .field("cause", &self.cause_chain())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code.as_str())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    // The boundary writes the body: only there trace id and language are known.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        HttpResponse::new(self.status_code())
    }
}

impl Responder for Problem {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse<BoxBody> {
        HttpResponse::from_error(self)
    }
}
