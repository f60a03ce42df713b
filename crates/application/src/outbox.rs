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
    pub kind: &'static str,
    /// To what: a printed id. Events of one thing are delivered in order.
    pub subject: String,
    /// When.
    pub at: Timestamp,
    /// Names and values a receiver wants at hand.
    pub data: Vec<(&'static str, String)>,
}

impl Event {
    /// An event on a thing, at the instant of the execution.
    #[must_use]
    pub fn new<I: Id>(kind: &'static str, subject: I, context: &Context) -> Self {
        let (id, at) = (context.new_id(), context.now());
        Self {
            id,
            kind,
            subject: subject.to_string(),
            at,
            data: Vec::new(),
        }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &dyn Display) -> Self {
        self.data.push((name, value.to_string()));
        self
    }
}

/// Keeps events until they are delivered.
#[async_trait]
pub trait Outbox: Send {
    /// Adds an event.
    async fn add(&mut self, event: &Event) -> Result<(), StoreError>;
}
