//! A server in the test's own thread, a route to try the building blocks on, and requests to it.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what a test stands on ends it when it fails"
)]

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::dev::ServiceResponse;
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::{HttpResponse, body, web};
use gaara_application::identity::SignInRequest;
use gaara_application::inventory::{CreateWarehouse, FindWarehouse, ListWarehouses};
use gaara_application::{Actor, App, Breakers, Dependency, MailSettings};
use gaara_http::reply::{ask, created, found, respond};
use gaara_http::{
    Body, Caller, Check, Column, CsvRow, Field, HttpConfig, Idempotency, IfNoneMatch, List,
    ListParams, Nested, PathId, Problem, Shared,
};
use gaara_inventory::{Warehouse, WarehouseFilter, WarehouseSort};
use gaara_kernel::{BilingualText, Code, Direction, Language, Quantity, Sort, WarehouseId};
use gaara_security_policy::BreakerHold;
use gaara_store_memory::MemoryStore;
use gaara_testkit::{CountedEntropy, Harness, Mailbox, PASSWORD, StoppedClock, USERNAME};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

/// Where the routes of the tests are.
pub(crate) const BOXES: &str = "/api/v1/test/boxes";

#[derive(Default, Deserialize, Validate)]
#[serde(default)]
struct BoxBody {
    id: Field<WarehouseId>,
    code: Field<Code>,
    name: Field<BilingualText>,
    #[validate(length(max = 20))]
    note: Field<String>,
    size: Nested<Part>,
    #[validate(length(max = 3), nested)]
    parts: List<Part>,
}

#[derive(Default, Deserialize, Validate)]
#[serde(default)]
struct Part {
    quantity: Field<Quantity>,
}

impl BoxBody {
    fn read(self, check: &mut Check) -> Option<CreateWarehouse> {
        let id = check.optional("/id", self.id);
        let code = check.required("/code", self.code);
        let name = check.required("/name", self.name);
        let note = check.optional("/note", self.note);
        let size = check.optional_nested("/size", self.size, Part::read);
        let parts = check.each("/parts", self.parts, Part::read);
        note?;
        size?;
        parts?;
        Some(CreateWarehouse { id: id?, code: code?, name: name? })
    }
}

impl Part {
    fn read(self, check: &mut Check) -> Option<Quantity> {
        check.required("/quantity", self.quantity)
    }
}

#[derive(Serialize)]
struct BoxView {
    id: String,
    code: String,
    display_name: String,
    version: u32,
}

impl CsvRow for BoxView {
    const COLUMNS: &'static [Column] = &[Column::Id, Column::Code, Column::Version];
}

impl BoxView {
    fn new(warehouse: &Warehouse, language: Language) -> Self {
        Self {
            id: warehouse.id.to_string(),
            code: warehouse.code.to_string(),
            display_name: warehouse.name.pick(language).to_owned(),
            version: warehouse.version.number(),
        }
    }
}

async fn create(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<BoxBody>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(BoxBody::read)?;
    let render = |warehouse: &Warehouse| {
        let location = format!("{BOXES}/{}", warehouse.id);
        created(location, warehouse.version, &BoxView::new(warehouse, caller.language))
    };
    let map_error = |error| match error {
        gaara_application::inventory::CreateWarehouseError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, once, &use_case, render, map_error).await
}

async fn get(
    app: web::Data<App>,
    caller: Caller,
    PathId(id): PathId<WarehouseId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let warehouse = ask(&app, &caller.actor, &FindWarehouse { id }).await?;
    let warehouse = warehouse.ok_or_else(Problem::not_found)?;
    Ok(found(&known, warehouse.version, &BoxView::new(&warehouse, caller.language)))
}

async fn list(
    app: web::Data<App>,
    caller: Caller,
    params: ListParams,
) -> Result<HttpResponse, Problem> {
    let list = params.finish(Sort::by(WarehouseSort::Code, Direction::Ascending))?;
    let page = ask(
        &app,
        &caller.actor,
        &ListWarehouses { filter: WarehouseFilter::default(), page: list.page() },
    )
    .await?;
    Ok(list.reply(page.map(|warehouse| BoxView::new(&warehouse, caller.language))))
}

async fn panicking() -> HttpResponse {
    panic!("a handler fell over")
}

async fn failing() -> Result<HttpResponse, Problem> {
    Err(Problem::internal(std::io::Error::other("SELECT secret FROM books")))
}

async fn lasting_for_ever() -> HttpResponse {
    std::future::pending().await
}

async fn depending() -> Result<HttpResponse, Problem> {
    let call = async { Err::<(), _>(()) };
    let clock = Arc::new(StoppedClock::default());
    let guard = Breakers::new(clock, Arc::new(CountedEntropy::default()));
    let guard = guard.guard(Dependency::PAYMENT);
    guard.hold(Some(BreakerHold::ForcedOpen));
    let paid = guard.call(call).await;
    paid.map_err(|error| Problem::unguarded(error, |()| Problem::internal("it was called")))?;
    Ok(HttpResponse::NoContent().finish())
}

async fn framework_error() -> Result<HttpResponse, actix_web::Error> {
    Err(actix_web::error::ErrorBadRequest("not an envelope"))
}

/// The routes of the tests, beside those of the server.
pub(crate) fn routes(routes: &mut ServiceConfig<'_>) {
    routes
        .route(BOXES, web::post().to(create))
        .route(BOXES, web::get().to(list))
        .route("/api/v1/test/boxes/{id}", web::get().to(get))
        .route("/api/v1/test/panic", web::get().to(panicking))
        .route("/api/v1/test/failure", web::get().to(failing))
        .route("/api/v1/test/forever", web::get().to(lasting_for_ever))
        .route("/api/v1/test/dependency", web::get().to(depending))
        .route("/api/v1/test/framework", web::get().to(framework_error));
}

/// An application on an empty memory store.
pub(crate) fn empty() -> Harness {
    Harness::new(Arc::new(MemoryStore::new()))
}

/// An application that is set up, and the access token of its administrator.
pub(crate) async fn signed_in() -> (Harness, String) {
    signed_in_to(empty()).await
}

/// The same application, where mail goes into a box.
pub(crate) async fn signed_in_with_mail() -> (Harness, String, Arc<Mailbox>) {
    let mailbox = Arc::new(Mailbox::default());
    let settings = MailSettings {
        mailer: mailbox.clone(),
        public_url: "https://books.example.com".to_owned(),
    };
    let (books, token) = signed_in_to(empty().map_app(|app| app.with_mail(settings))).await;
    (books, token, mailbox)
}

/// The secret of the link in the only mail since the last look.
pub(crate) async fn mailed(books: &Harness, mailbox: &Mailbox) -> String {
    books.app.deliver_mail().await.unwrap();
    mailbox.take_link()
}

async fn signed_in_to(books: Harness) -> (Harness, String) {
    let books = books.set_up().await;
    let request = SignInRequest {
        login: USERNAME.to_owned(),
        password: PASSWORD.to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    let stranger = Actor::anonymous(books.app.new_trace());
    let tokens = books.app.sign_in(&stranger, &request).await.unwrap();
    let token = tokens.access_token.clone();
    (books, token)
}

/// An answer as a client sees it.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Status and code, after checking that the rest of the envelope is there.
    pub(crate) fn problem(&self) -> (u16, String) {
        let body = self.json();
        let status = self.status.as_u16();
        let code = body["code"].as_str().unwrap().to_owned();
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        assert_eq!(body["status"], status);
        assert_eq!(body["type"], format!("/problems/{code}"));
        assert_eq!(body["trace_id"].as_str(), self.header("x-trace-id"));
        for member in ["ar", "en"] {
            let text = body["messages"][member].as_str().unwrap();
            assert!(!text.is_empty() && !text.contains('{'), "{text}");
        }
        (status, code)
    }

    /// Pointers and codes of the fields, sorted.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let errors = self.json()["errors"].as_array().unwrap().clone();
        let mut fields: Vec<_> =
            errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect();
        fields.sort();
        fields
    }
}

pub(crate) type Outcome = Result<ServiceResponse, actix_web::Error>;
type Servers = ManuallyDrop<Vec<(Arc<App>, Server)>>;
pub(crate) type Server = Rc<dyn Fn(TestRequest) -> Pin<Box<dyn Future<Output = Outcome>>>>;

thread_local! {
    /// The servers of this thread, each by its application: making one costs more than asking it.
    /// They are never dropped, for they cannot be once their runtime is gone.
    static SERVERS: RefCell<Servers> =
        const { RefCell::new(ManuallyDrop::new(Vec::new())) };
}

/// The server on an application.
async fn server(books: &Harness) -> Server {
    let known = SERVERS.with_borrow(|servers| {
        let server = servers.iter().find(|(app, _)| Arc::ptr_eq(app, &books.app));
        server.map(|(_, server)| Rc::clone(server))
    });
    if let Some(known) = known {
        return known;
    }
    let server = configured(books, HttpConfig::default()).await;
    SERVERS.with_borrow_mut(|servers| servers.push((Arc::clone(&books.app), Rc::clone(&server))));
    server
}

/// A server of its own on an application.
pub(crate) async fn configured(books: &Harness, config: HttpConfig) -> Server {
    let shared = Shared::new(Arc::clone(&books.app), config);
    let service = Rc::new(init_service(shared.service(routes)).await);
    Rc::new(move |request: TestRequest| {
        let service = Rc::clone(&service);
        Box::pin(async move { try_call_service(&*service, request.to_request()).await })
    })
}

/// Sends one request to the server on the application.
pub(crate) async fn send(books: &Harness, request: TestRequest) -> Answer {
    answer_of(&server(books).await, request).await
}

/// Sends one request to a server.
pub(crate) async fn answer_of(server: &Server, request: TestRequest) -> Answer {
    let response = match server(request).await {
        Ok(response) => response.into_parts().1,
        Err(error) => error.error_response(),
    };
    let (status, headers) = (response.status(), response.headers().clone());
    let body = body::to_bytes(response.into_body()).await.unwrap().to_vec();
    Answer { status, headers, body }
}

/// A request with the token of somebody who is signed in.
pub(crate) fn request(method: Method, path: &str, token: &str) -> TestRequest {
    let bearer = format!("Bearer {token}");
    TestRequest::with_uri(path).method(method).insert_header(("authorization", bearer))
}

/// A POST of JSON.
pub(crate) fn post(token: &str, body: impl Into<web::Bytes>) -> TestRequest {
    let request = request(Method::POST, BOXES, token);
    request.insert_header(("content-type", "application/json")).set_payload(body)
}
