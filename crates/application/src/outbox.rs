//! Events for the outside world, written with the effect and delivered later.

use std::fmt::Display;

use async_trait::async_trait;
use gaara_kernel::{EventId, Id, StoreError, Timestamp};

use crate::context::Context;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The id; a receiver tells repeated deliveries by it.
    pub id: EventId,
    /// What happened: `invoice.issued`.
    pub kind: String,
    /// To what: a printed id. Events of one thing are delivered in order.
    pub subject: String,
    /// When.
    pub at: Timestamp,
    /// Names and values a receiver wants at hand.
    pub data: Vec<(String, String)>,
}

impl Event {
    /// An event on a thing, at the instant of the execution.
    #[must_use]
    pub fn new<I: Id>(kind: &str, subject: I, context: &Context) -> Self {
        Self::about(kind, &subject.to_string(), context)
    }

    /// An event on a thing whose id was printed already.
    #[must_use]
    pub fn about(kind: &str, subject: &str, context: &Context) -> Self {
        Self {
            id: context.new_id(),
            kind: kind.to_owned(),
            subject: subject.to_owned(),
            at: context.now(),
            data: Vec::new(),
        }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &str, value: &dyn Display) -> Self {
        self.data.push((name.to_owned(), value.to_string()));
        self
    }
}

/// Keeps events until they are delivered.
#[async_trait]
pub trait Outbox: Send {
    /// Adds an event.
    async fn add(&mut self, event: &Event) -> Result<(), StoreError> {
        self.add_all(std::slice::from_ref(event)).await
    }

    /// Adds events in their order, in a number of statements that does not grow with them.
    async fn add_all(&mut self, events: &[Event]) -> Result<(), StoreError>;
}

/// Reads events without waiting for writers.
#[async_trait]
pub trait OutboxView: Send {
    /// What happened to one thing, by its printed id: the oldest first, a thousand at most.
    async fn find_events(&mut self, subject: &str) -> Result<Vec<Event>, StoreError>;
}
