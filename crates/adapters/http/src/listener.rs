//! A listener, its threads and its limits.

use std::fmt;
use std::net::TcpListener;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{HttpService, Request};
use actix_server::Server;
use actix_service::{IntoServiceFactory, ServiceFactory, ServiceFactoryExt, map_config};
use actix_web::Error;
use actix_web::body::BoxBody;
use actix_web::dev::{AppConfig, ServiceResponse, fn_service};
use rustls::ServerConfig;
use tokio::net::TcpStream;

use crate::config::HttpConfig;
use crate::connection::{Acceptor, Connections, Patience, Patient, Socket};

/// How long a connection that the server ends may take to end.
const FAREWELL: Duration = Duration::from_secs(1);

/// A listener with the limits of its connections.
pub(crate) struct Listener {
    socket: TcpListener,
    acceptor: Acceptor,
    threads: usize,
    connections_max: usize,
}

impl Listener {
    /// The listener for requests.
    pub(crate) fn main(
        socket: TcpListener,
        tls: Option<ServerConfig>,
        config: &HttpConfig,
    ) -> Self {
        let exempt = [&config.trusted_proxies[..], &config.uncounted].concat();
        let connections = Connections::new(config.connections_per_address_max, exempt);
        let acceptor = Acceptor {
            connections: Arc::new(connections),
            tls: tls.map(Arc::new),
            handshake_timeout: config.head_timeout,
            patience: Patience {
                idle_max: config.keep_alive.saturating_add(config.head_timeout),
                answer_max: config.answer_timeout,
                rate_min: config.body_rate_min,
            },
        };
        let threads = config.threads();
        let connections_max = config.connections_max.div_ceil(threads);
        Self { socket, acceptor, threads, connections_max }
    }

    /// A listener in plain beside it, which has little to say.
    pub(crate) fn beside(socket: TcpListener, config: &HttpConfig) -> Self {
        Self { threads: 1, ..Self::main(socket, None, config) }
    }

    /// Serves what is made for each thread.
    ///
    /// # Errors
    /// What the operating system says about the listener.
    pub(crate) fn serve<App, Service>(
        self,
        config: &HttpConfig,
        make: impl Fn() -> App + Clone + Send + 'static,
    ) -> std::io::Result<Server>
    where
        App: IntoServiceFactory<Service, Request>,
        Service: ServiceFactory<
                Request,
                Config = AppConfig,
                Response = ServiceResponse<BoxBody>,
                Error = Error,
                InitError: fmt::Debug,
                Service: 'static,
                Future: 'static,
            > + 'static,
        <Service::Service as actix_service::Service<Request>>::Future: 'static,
    {
        let Self { socket, acceptor, threads, connections_max } = self;
        let HttpConfig { head_timeout, keep_alive, .. } = *config;
        let server = Server::build()
            .workers(threads)
            .max_concurrent_connections(connections_max)
            .shutdown_timeout(config.shutdown_timeout.as_secs())
            .disable_signals();
        let stopping = server.graceful_shutdown_signal();
        let address = socket.local_addr()?;
        let serve = move || {
            let (acceptor, stopping) = (acceptor.clone(), stopping.clone());
            let app = make().into_factory().map_err(|error| error.error_response());
            let http = HttpService::build()
                .graceful_shutdown_signal(move || {
                    let stopping = stopping.clone();
                    async move { stopping.notified().await }
                })
                .client_request_timeout(head_timeout)
                .keep_alive(keep_alive)
                .client_disconnect_timeout(FAREWELL)
                .local_addr(address)
                .on_connect_ext(|stream: &Patient<Socket>, data| {
                    drop(data.insert(Rc::clone(stream.connection())));
                })
                .h1(map_config(app, |()| AppConfig::default()));
            fn_service(move |stream: TcpStream| {
                let acceptor = acceptor.clone();
                async move { acceptor.accept(stream).await.map_err(DispatchError::Io) }
            })
            .and_then(http)
        };
        Ok(server.listen("gaara", socket, serve)?.run())
    }
}
