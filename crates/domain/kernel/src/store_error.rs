//! How any store may fail.

use std::error::Error;

use thiserror::Error;

/// What lay behind a failure; for the log, never for a client.
pub type Cause = Box<dyn Error + Send + Sync>;

/// A failure of a store, the same for every adapter.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Another transaction was in the way; the whole use case may be run again.
    #[error("the transaction met another one")]
    Conflict,
    /// A unique key is taken.
    #[error("{field} is taken")]
    Duplicate {
        /// The key, as `entity.field`.
        field: &'static str,
    },
    /// The store cannot be reached, or has no room for another caller.
    #[error("the store is unavailable")]
    Unavailable(#[source] Cause),
    /// The store was asked to commit and has not answered: everything was written, or nothing.
    #[error("the store has not said whether the transaction was committed")]
    Unconfirmed(#[source] Cause),
    /// A stored row breaks a rule of its entity.
    #[error("a stored {entity} breaks a rule")]
    Corrupt {
        /// The entity.
        entity: &'static str,
    },
    /// Anything else: a programming error on our side.
    #[error("the store failed")]
    Internal(#[source] Cause),
}
