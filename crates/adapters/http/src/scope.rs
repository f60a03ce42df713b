//! What is known of a request from its first byte: trace id, language, and later who asks.

use std::cell::{Cell, RefCell};
use std::net::IpAddr;
use std::rc::Rc;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
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
    /// Where the request comes from; `None` without a network.
    pub(crate) client: Option<IpAddr>,
    principal: RefCell<Option<String>>,
    headers: RefCell<Vec<(HeaderName, HeaderValue)>>,
    problem: Cell<Option<&'static str>>,
}

impl RequestScope {
    pub(crate) fn new(trace: TraceId, language: Language, path: &str) -> Self {
        let (principal, headers) = (RefCell::default(), RefCell::default());
        let (path, problem) = (path.to_owned(), Cell::new(None));
        Self { trace, language, path, client: None, principal, headers, problem }
    }

    /// The same, from this address.
    pub(crate) fn with_client(mut self, client: Option<IpAddr>) -> Self {
        self.client = client;
        self
    }

    /// Adds a header to the answer, whatever that will be and whoever makes it.
    pub(crate) fn add_header(&self, name: HeaderName, value: HeaderValue) {
        self.headers.borrow_mut().push((name, value));
    }

    /// Writes the headers that were added.
    pub(crate) fn write_headers(&self, to: &mut HeaderMap) {
        for (name, value) in self.headers.borrow().iter() {
            to.append(name.clone(), value.clone());
        }
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
