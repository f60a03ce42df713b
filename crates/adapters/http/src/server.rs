//! Putting the routes, the middleware and the shared state together, and serving them.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::{Server, ServerHandle, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::web::{Bytes, Data};
use actix_web::{App, Error, web};
use futures_util::future::{join_all, try_join_all};
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::caller::authenticate;
use crate::config::HttpConfig;
use crate::examination::Examination;
use crate::lifecycle::Lifecycle;
use crate::listener::Listener;
use crate::metrics::{self, Metrics};
use crate::middleware::{Gate, Templates, boundary, fallback, gate, rates, shield};
use crate::openapi::openapi;
use crate::redirect::{Encrypted, lead};
use crate::routes;
use crate::tls::{Certificate, server_config};

/// What the threads of a server share.
#[derive(Clone)]
pub struct Shared {
    app: Data<gaara_application::App>,
    config: Data<HttpConfig>,
    gate: Data<Gate>,
    templates: Data<Templates>,
    document: Data<SchemaDocument>,
    lifecycle: Data<Lifecycle>,
    examination: Data<Examination>,
    metrics: Data<Metrics>,
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
            lifecycle: Data::new(Lifecycle::begin()),
            examination: Data::new(Examination::default()),
            metrics: Data::new(Metrics::default()),
        }
    }

    /// The same, in a life that somebody else ends.
    #[must_use]
    pub fn in_lifecycle(mut self, lifecycle: Arc<Lifecycle>) -> Self {
        self.lifecycle = Data::from(lifecycle);
        self
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
        let has_docs = self.config.docs;
        routes
            .into_app()
            .configure(|pages| routes::system::add_pages(pages, has_docs))
            .app_data(self.app.clone())
            .app_data(self.config.clone())
            .app_data(self.gate.clone())
            .app_data(self.templates.clone())
            .app_data(self.document.clone())
            .app_data(self.lifecycle.clone())
            .app_data(self.examination.clone())
            .app_data(self.metrics.clone())
            .default_service(web::to(fallback))
            .wrap(from_fn(rates))
            .wrap(from_fn(authenticate))
            .wrap(from_fn(gate))
            .wrap(from_fn(shield))
            .wrap(from_fn(boundary))
    }

    /// What is served to whoever gathers figures; nothing of it stands in the request log.
    fn measured(
        &self,
    ) -> App<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<BoxBody>,
            Error = Error,
            InitError = (),
        > + use<>,
    > {
        App::new()
            .app_data(self.app.clone())
            .app_data(self.config.clone())
            .app_data(self.lifecycle.clone())
            .app_data(self.metrics.clone())
            .default_service(web::to(metrics::serve))
    }

    /// What is served in plain beside TLS: the way to the encrypted address.
    fn redirecting(
        &self,
        encrypted: Encrypted,
    ) -> App<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<BoxBody>,
            Error = Error,
            InitError = (),
        > + use<>,
    > {
        App::new()
            .app_data(self.app.clone())
            .app_data(self.config.clone())
            .app_data(self.lifecycle.clone())
            .app_data(Data::new(encrypted))
            .default_service(web::to(lead))
            .wrap(from_fn(boundary))
    }
}

/// Where a server listens.
#[derive(Debug)]
pub struct Listeners {
    /// For requests.
    pub main: TcpListener,
    /// The certificate, where requests come over TLS.
    pub certificate: Option<Arc<Certificate>>,
    /// In plain beside TLS, for people who left the `s` out.
    pub redirect: Option<TcpListener>,
    /// For figures, in plain and to everybody who can reach it.
    pub metrics: Option<TcpListener>,
}

impl Listeners {
    /// For requests in plain HTTP, and nothing beside them.
    #[must_use]
    pub const fn plain(main: TcpListener) -> Self {
        Self { main, certificate: None, redirect: None, metrics: None }
    }
}

/// A server that listens. It serves while [`Running::ended`] is awaited.
pub struct Running {
    servers: Vec<Server>,
    lifecycle: Arc<Lifecycle>,
}

/// Ends a running server from elsewhere.
#[derive(Clone)]
pub struct Stopper {
    handles: Vec<ServerHandle>,
    lifecycle: Arc<Lifecycle>,
}

impl Running {
    /// What ends it.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        let handles = self.servers.iter().map(Server::handle).collect();
        Stopper { handles, lifecycle: Arc::clone(&self.lifecycle) }
    }

    /// Serves until somebody ends it.
    ///
    /// # Errors
    /// What the operating system says about a listener.
    pub async fn ended(self) -> std::io::Result<()> {
        try_join_all(self.servers).await.map(|_| ())
    }
}

impl Stopper {
    /// Has the server call itself unready, and go on serving.
    pub fn drain(&self) {
        self.lifecycle.drain();
    }

    /// Stops listening, finishes what runs as long as the configuration allows, and ends.
    pub async fn stop(&self) {
        join_all(self.handles.iter().map(|handle| handle.stop(true))).await;
    }
}

/// Begins to serve an application. Signals are left to the caller.
///
/// # Errors
/// What the operating system says about a listener.
pub fn start(
    app: Arc<gaara_application::App>,
    listeners: Listeners,
    config: &HttpConfig,
) -> std::io::Result<Running> {
    Shared::new(app, config.clone()).start(listeners, |_| {})
}

impl Shared {
    /// Begins to serve an application, and `more` routes beside its own.
    ///
    /// # Errors
    /// What the operating system says about a listener.
    pub fn start(
        self,
        listeners: Listeners,
        more: fn(&mut ServiceConfig<'_>),
    ) -> std::io::Result<Running> {
        let Listeners { main, certificate, redirect, metrics } = listeners;
        let config = Data::clone(&self.config);
        let lifecycle = Data::clone(&self.lifecycle).into_inner();
        let port = main.local_addr()?.port();
        let mut servers = Vec::new();
        if let Some(plain) = redirect {
            let shared = self.clone();
            let encrypted = Encrypted { public_url: config.public_url.clone(), port };
            let listener = Listener::beside(plain, &config);
            servers.push(listener.serve(&config, move || shared.redirecting(encrypted.clone()))?);
        }
        if let Some(metrics) = metrics {
            let shared = self.clone();
            let listener = Listener::beside(metrics, &config);
            servers.push(listener.serve(&config, move || shared.measured())?);
        }
        let tls = certificate.map(server_config).transpose().map_err(std::io::Error::other)?;
        let listener = Listener::main(main, tls, &config);
        servers.push(listener.serve(&config, move || self.service(more))?);
        Ok(Running { servers, lifecycle })
    }
}

/// Serves an application in plain HTTP on a listener until somebody aborts it.
///
/// # Errors
/// What the operating system says about the listener.
pub async fn serve(
    app: Arc<gaara_application::App>,
    listener: TcpListener,
    config: HttpConfig,
) -> std::io::Result<()> {
    start(app, Listeners::plain(listener), &config)?.ended().await
}
