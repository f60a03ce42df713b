//! Connections: who may hold one, how it is encrypted, and how long it may keep anybody waiting.

mod accept;
mod count;
mod patience;
mod stall;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::Waker;
use std::time::Duration;

use actix_web::{HttpRequest, web};
use tokio::time::Instant;

use crate::config::HttpConfig;

pub(crate) use accept::{Acceptor, Socket};
pub(crate) use count::Connections;
use count::Stay;
pub(crate) use patience::{Patience, Patient};

/// What a connection and the requests on it know of each other.
#[derive(Debug)]
pub(crate) struct Connection {
    /// Whether it is under TLS with this server.
    is_encrypted: bool,
    /// It is counted as long as this lives.
    _stay: Option<Stay>,
    /// How many requests have begun.
    requests: Cell<u64>,
    /// Whether one of them is not yet answered whole.
    is_busy: Cell<bool>,
    /// When something was last done for the client.
    served: Cell<Instant>,
    /// Who waits for the client to say something.
    reader: RefCell<Option<Waker>>,
}

/// Whether a request came over TLS, with this server or with a proxy in front of it.
pub(crate) fn is_encrypted(request: &HttpRequest) -> bool {
    let with_us = request.conn_data::<Rc<Connection>>().is_some_and(|it| it.is_encrypted);
    let config = request.app_data::<web::Data<HttpConfig>>();
    with_us || config.is_some_and(|config| config.tls_proxy)
}

/// A request is being answered as long as this lives.
#[derive(Debug)]
pub(crate) struct Busy(Rc<Connection>);

impl Connection {
    fn new(is_encrypted: bool, stay: Option<Stay>) -> Self {
        Self {
            is_encrypted,
            _stay: stay,
            requests: Cell::default(),
            is_busy: Cell::default(),
            served: Cell::new(Instant::now()),
            reader: RefCell::default(),
        }
    }

    /// The head of a request has arrived.
    pub(crate) fn begin(self: &Rc<Self>) -> Busy {
        self.requests.set(self.requests.get() + 1);
        self.is_busy.set(true);
        Busy(Rc::clone(self))
    }

    /// The client took a part of its answer.
    fn note_progress(&self) {
        self.served.set(Instant::now());
    }

    /// When the head of the next request must have arrived, unless one is being answered: whoever
    /// reads is woken when it is.
    fn next_head_due(&self, idle_max: Duration, reader: &Waker) -> Option<Instant> {
        if self.is_busy.get() {
            *self.reader.borrow_mut() = Some(reader.clone());
            return None;
        }
        Some(self.served.get() + idle_max)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let Self(connection) = self;
        connection.is_busy.set(false);
        connection.note_progress();
        if let Some(reader) = connection.reader.take() {
            reader.wake();
        }
    }
}
