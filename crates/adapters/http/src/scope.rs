//! What is known of a request from its first byte: trace id, language, and later who asks.

use std::cell::{Cell, RefCell};
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
    problem: Cell<Option<&'static str>>,
}

impl RequestScope {
    pub(crate) fn new(trace: TraceId, language: Language, path: &str) -> Self {
        let (path, principal, problem) = (path.to_owned(), RefCell::new(None), Cell::new(None));
        Self { trace, language, path, principal, problem }
    }

    /// Notes who asks, for the request log.
    pub(crate) fn note_principal(&self, label: String) {
        *self.principal.borrow_mut() = Some(label);
    }

    /// Notes the code of the problem that the request ends in.
    pub(crate) fn note_problem(&self, code: &'static str) {
        self.problem.set(Some(code));
    }

    /// The code of the problem that the request ended in.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        self.problem.get()
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
