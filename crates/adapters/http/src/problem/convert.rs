//! Problems out of other errors: the store's, the executor's, and the web framework's own.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, body::MessageBody};
use gaara_application::identity::AuthenticateError;
use gaara_application::{DependencyDown, Failure, GuardError, OnceError, ReadError, Refusal};
use gaara_inventory::QuantityError;
use gaara_kernel::{Id, IdError, StoreError};

use super::{FieldProblem, Problem};
use crate::code::Code;

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Duplicate { field } => {
                Self::new(Code::ResourceDuplicate).param("field", field)
            }
            StoreError::Conflict | StoreError::Unavailable(_) => Self::unavailable(error),
            StoreError::Unconfirmed(_) => Self::unconfirmed(error),
            StoreError::Corrupt { .. } | StoreError::Internal(_) => Self::internal(error),
        }
    }
}

impl Problem {
    /// A failure that a client can do nothing about but try again, where the store was away.
    pub(crate) fn failed(error: impl Failure) -> Self {
        match error.store_error() {
            Some(StoreError::Conflict | StoreError::Unavailable(_)) => Self::unavailable(error),
            Some(StoreError::Unconfirmed(_)) => Self::unconfirmed(error),
            _ => Self::internal(error),
        }
    }
}

impl From<ReadError> for Problem {
    fn from(ReadError(error): ReadError) -> Self {
        error.into()
    }
}

impl From<OnceError> for Problem {
    fn from(error: OnceError) -> Self {
        Self::new(match error {
            OnceError::Reused => Code::IdempotencyKeyReused,
            OnceError::InProgress => Code::IdempotencyInProgress,
        })
    }
}

impl From<DependencyDown> for Problem {
    fn from(down: DependencyDown) -> Self {
        Self::new(Code::DependencyUnavailable)
            .param("name", down.name)
            .retry_after(down.retry_after)
    }
}

impl Problem {
    /// A call that a use case cannot do without; `map_error` speaks for one that was made.
    #[must_use]
    pub fn unguarded<E>(error: GuardError<E>, map_error: impl FnOnce(E) -> Self) -> Self {
        match error {
            GuardError::Down(down) => down.into(),
            GuardError::Failed(error) => map_error(error),
        }
    }
}

impl From<AuthenticateError> for Problem {
    fn from(error: AuthenticateError) -> Self {
        match error {
            AuthenticateError::Invalid => Self::new(Code::AuthTokenInvalid),
            AuthenticateError::Expired => Self::new(Code::AuthTokenExpired),
            AuthenticateError::Revoked => Self::new(Code::AuthTokenRevoked),
            AuthenticateError::Store(error) => error.into(),
        }
    }
}

impl Problem {
    /// An execution that was refused; `map_error` speaks for the use case.
    #[must_use]
    pub fn refused<E: std::error::Error>(
        refusal: Refusal<E>,
        map_error: impl FnOnce(E) -> Self,
    ) -> Self {
        match refusal {
            Refusal::Forbidden(permission) => {
                Self::new(Code::AuthzDenied).param("permission", permission.code())
            }
            Refusal::ProofNeeded => Self::new(Code::AuthStepUpRequired),
            Refusal::EnrolmentNeeded => Self::new(Code::MfaEnrolmentRequired),
            Refusal::Once(error) => error.into(),
            Refusal::Failed(error) => map_error(error),
        }
    }

    /// An id that is not one of this kind.
    #[must_use]
    pub fn bad_id<I: Id>(error: &IdError) -> Self {
        Self::new(id_code(error)).param("expected", I::PREFIX)
    }
}

pub(crate) const fn id_code(error: &IdError) -> Code {
    match error {
        IdError::WrongKind { .. } => Code::IdWrongKind,
        IdError::Malformed => Code::IdMalformed,
    }
}

/// A quantity that is finer than its unit.
pub(crate) fn quantity_fault(pointer: impl Into<String>, error: QuantityError) -> FieldProblem {
    match error {
        QuantityError::NotWhole => FieldProblem::new(pointer, Code::StockQuantityNotWhole),
        QuantityError::TooPrecise { decimals_max } => {
            FieldProblem::new(pointer, Code::ValidationScale).param("max", decimals_max.digits())
        }
    }
}

/// The problem behind an error answer that the web framework or one of its parts wrote.
pub(crate) fn from_response<B: MessageBody>(response: &HttpResponse<B>) -> Problem {
    let cause = response.error().map_or_else(
        || format!("answered {} without a reason", response.status()),
        ToString::to_string,
    );
    from_status(response.status(), cause)
}

/// The problem that a bare status stands for.
fn from_status(status: StatusCode, cause: String) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::not_found(),
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(Code::HttpBodyTooLarge).param("max", crate::config::BODY_BYTES_MAX)
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::new(Code::HttpUnsupportedMediaType),
        StatusCode::REQUEST_TIMEOUT => Problem::new(Code::HttpBodyTimeout),
        status if status.is_client_error() => Problem::new(Code::HttpMalformed),
        _ => Problem::internal(cause),
    }
}
