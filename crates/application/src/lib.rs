//! Use cases, queries and the executor, free of any infrastructure.
//!
//! A use case is a value; [`App::execute`] checks its permission, runs it in one transaction
//! together with its audit row, its events and its idempotency record, and commits. A query is a
//! value too; [`App::ask`] runs it on a consistent view that waits for no writer.
#![deny(clippy::float_arithmetic)]

mod actor;
mod app;
mod audit;
mod breaker;
mod context;
mod failure;
mod health;
mod idempotency;
pub mod identity;
pub mod inventory;
pub mod invoicing;
mod mail;
mod measure;
mod outbox;
pub mod party;
mod ports;
mod rate_limit;
mod secret;
mod throttle;
mod trace;
mod use_case;

pub use actor::{Actor, Principal};
pub use app::{App, Ports};
pub use audit::{
    AuditChange, AuditCounts, AuditEntry, AuditFilter, AuditFinding, AuditHead, AuditRow,
    AuditSeal, AuditSort, AuditTrail, AuditVerification, AuditView, FINDINGS_MAX, KeptHeads,
    ListAuditLog, NoteRestore, SealSigner, SealedDigest, SealedRow, SealedState, UnsealedRow,
};
pub use breaker::{BreakerReport, Breakers, Dependency, DependencyDown, Guard, GuardError};
pub use context::Context;
pub use failure::{Failure, ReadError, Refusal};
pub use health::Probe;
pub use idempotency::{
    Claim, Fingerprint, IdempotencyKey, IdempotencyRecord, IdempotencyRepository, Once, OnceError,
    Reply, StoredReply,
};
pub use mail::{Mail, MailError, MailSettings, Mailer};
pub use measure::{Measure, Measured};
pub use outbox::{Event, Outbox, OutboxView};
pub use ports::{ReadView, Store, Transaction, UnitOfWork};
pub use rate_limit::{FallbackRateLimiter, RateLimitError, RateLimiter};
pub use secret::{SecretError, SecretStore, SecretValue};
pub use throttle::FallbackThrottle;
pub use trace::{TraceError, TraceId};
pub use use_case::{Query, UseCase};
