//! How a use case may fail, and how its execution may be refused.

use std::error::Error;

use gaara_identity::Permission;
use gaara_kernel::StoreError;
use thiserror::Error;

use crate::idempotency::OnceError;

/// The error of a use case: it tells the executor which part of it is the store's.
pub trait Failure: Error + From<StoreError> + Send + Sync + 'static {
    /// The store's failure, when the use case failed for that.
    fn store_error(&self) -> Option<&StoreError>;
}

/// Implements [`Failure`] for an enum with a variant `Store(#[from] StoreError)`.
macro_rules! failure {
    ($($error:ty),+ $(,)?) => {
        $(impl $crate::Failure for $error {
            fn store_error(&self) -> Option<&gaara_kernel::StoreError> {
                match self {
                    Self::Store(error) => Some(error),
                    _ => None,
                }
            }
        })+
    };
}
pub(crate) use failure;

/// Implements [`Failure`] for an enum whose only variant is `Store(#[from] StoreError)`.
macro_rules! store_only_failure {
    ($($error:ty),+ $(,)?) => {
        $(impl $crate::Failure for $error {
            fn store_error(&self) -> Option<&gaara_kernel::StoreError> {
                let Self::Store(error) = self;
                Some(error)
            }
        })+
    };
}
pub(crate) use store_only_failure;

/// The error of a query: reading fails only when the store does.
#[derive(Debug, Error)]
#[error(transparent)]
pub struct ReadError(#[from] pub StoreError);

impl Failure for ReadError {
    fn store_error(&self) -> Option<&StoreError> {
        Some(&self.0)
    }
}

/// Why an execution gave no output.
#[derive(Debug, Error)]
pub enum Refusal<E: Error> {
    /// The actor lacks the permission; nothing was read or written.
    #[error("{} is not allowed", .0.code())]
    Forbidden(Permission),
    /// The actor must show again who it is; nothing was read or written.
    #[error("a fresh proof is needed")]
    ProofNeeded,
    /// The actor's role needs a second factor, and there is none; nothing was read or written.
    #[error("a second factor is needed")]
    EnrolmentNeeded,
    /// The idempotency key stands for something else; nothing was written.
    #[error(transparent)]
    Once(#[from] OnceError),
    /// The use case failed; nothing was written.
    #[error(transparent)]
    Failed(E),
}
