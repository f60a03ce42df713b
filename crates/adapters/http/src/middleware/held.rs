//! What is held until an answer is sent; bodies without an end among it.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header::TRANSFER_ENCODING;
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpResponse};
use futures_util::Stream;

/// The body of a request, held until its answer is sent.
///
/// A chunked body that was let go is read on after the answer, to use the connection again,
/// however long its chunks take. The connection of one that is still held ends with the answer.
pub(super) struct HeldBody(
    #[expect(dead_code, reason = "it is there to be dropped")] Rc<RefCell<Payload>>,
);

/// The same body, for whoever reads it.
struct Reader(Rc<RefCell<Payload>>);

impl Stream for Reader {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.borrow_mut()).poll_next(context)
    }
}

/// The body of an answer, and what must live as long.
struct Answer<Held> {
    body: BoxBody,
    _held: Held,
}

impl<Held: Unpin> MessageBody for Answer<Held> {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }
}

/// Holds something until the answer is gone.
pub(super) fn until_sent(response: HttpResponse, held: impl Unpin + 'static) -> HttpResponse {
    response.map_body(|_, body| BoxBody::new(Answer { body, _held: held }))
}

impl HeldBody {
    /// Holds the body of a request; one of a known length needs no holding.
    pub(super) fn of(request: &mut ServiceRequest) -> Option<Self> {
        if !request.headers().contains_key(TRANSFER_ENCODING) {
            return None;
        }
        let payload = Rc::new(RefCell::new(HttpMessage::take_payload(request)));
        let reader = Box::pin(Reader(Rc::clone(&payload)));
        request.set_payload(Payload::Stream { payload: reader });
        Some(Self(payload))
    }
}
