//! What is known of a request from its first byte: trace id, language, and later who asks.

use std::cell::RefCell;
use std::rc::Rc;

use actix_web::{HttpMessage, HttpRequest};
use gaara_application::TraceId;
use gaara_kernel::Language;

/// What every answer to a request needs.
#[derive(Debug)]
pub(crate) struct RequestScope {
    /// The trace id, the client's where it sent one.
    pub(crate) trace: TraceId,
    /// The language the client prefers.
    pub(crate) language: Language,
    /// The path, without the query.
    pub(crate) path: String,
    principal: RefCell<Option<String>>,
}

impl RequestScope {
    pub(crate) fn new(trace: TraceId, language: Language, path: &str) -> Self {
        Self { trace, language, path: path.to_owned(), principal: RefCell::new(None) }
    }

    /// Notes who asks, for the request log.
    pub(crate) fn note_principal(&self, label: String) {
        *self.principal.borrow_mut() = Some(label);
    }

    /// Who asks, once that is known.
    pub(crate) fn principal(&self) -> Option<String> {
        self.principal.borrow().clone()
    }
}

/// The scope of a request; `None` outside the middleware.
pub(crate) fn scope(request: &HttpRequest) -> Option<Rc<RequestScope>> {
    request.extensions().get::<Rc<RequestScope>>().cloned()
}
