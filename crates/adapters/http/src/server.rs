//! Putting the routes, the middleware and the shared state together, and serving them.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::web::{Bytes, Data};
use actix_web::{App, Error, HttpServer, web};
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::caller::authenticate;
use crate::config::HttpConfig;
use crate::edge::Connections;
use crate::middleware::{Gate, Templates, boundary, fallback, gate, rates, shield};
use crate::openapi::openapi;
use crate::routes;

/// What the threads of a server share.
#[derive(Clone)]
pub struct Shared {
    app: Data<gaara_application::App>,
    config: Data<HttpConfig>,
    gate: Data<Gate>,
    templates: Data<Templates>,
    document: Data<SchemaDocument>,
}

/// The OpenAPI document as it is sent.
#[derive(Debug)]
pub(crate) struct SchemaDocument(pub(crate) Bytes);

impl Shared {
    /// Prepares an application for serving.
    #[must_use]
    pub fn new(app: Arc<gaara_application::App>, config: HttpConfig) -> Self {
        let document = openapi();
        // A document made of texts always serializes.
        let text = document.to_json().unwrap_or_default();
        Self {
            app: Data::from(app),
            config: Data::new(config),
            gate: Data::new(Gate::default()),
            templates: Data::new(Templates::new(&document)),
            document: Data::new(SchemaDocument(Bytes::from(text))),
        }
    }

    /// The whole service, and `more` routes beside its own.
    pub fn service(
        &self,
        more: fn(&mut ServiceConfig<'_>),
    ) -> App<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<BoxBody>,
            Error = Error,
            InitError = (),
        > + use<>,
    > {
        // What comes first is asked first: a scope answers for everything below its path.
        let routes = App::new().into_utoipa_app().configure(more).configure(routes::configure);
        routes
            .into_app()
            .configure(routes::system::add_pages)
            .app_data(self.app.clone())
            .app_data(self.config.clone())
            .app_data(self.gate.clone())
            .app_data(self.templates.clone())
            .app_data(self.document.clone())
            .default_service(web::to(fallback))
            .wrap(from_fn(rates))
            .wrap(from_fn(authenticate))
            .wrap(from_fn(gate))
            .wrap(from_fn(shield))
            .wrap(from_fn(boundary))
    }
}

/// Serves an application on a listener until the process is told to stop.
///
/// # Errors
/// What the operating system says about the listener.
pub async fn serve(
    app: Arc<gaara_application::App>,
    listener: TcpListener,
    config: HttpConfig,
) -> std::io::Result<()> {
    let shared = Shared::new(app, config.clone());
    let connections = Arc::new(Connections::new(
        config.connections_per_address_max,
        config.trusted_proxies.clone(),
        config.loopback_is_counted,
    ));
    let threads = config.threads();
    let server = HttpServer::new(move || shared.service(|_| {}))
        .on_connect(move |connection, data| connections.welcome(connection, data))
        .workers(threads)
        .max_connections(config.connections_max.div_ceil(threads))
        .client_request_timeout(config.head_timeout)
        .keep_alive(config.keep_alive)
        .shutdown_timeout(config.shutdown_timeout.as_secs());
    server.listen(listener)?.run().await
}
