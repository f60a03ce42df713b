//! Serving the HTTP API until the process is told to stop.

use std::future::ready;
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use gaara::application::App;
use gaara::{BuildError, Durability, Gaara, SqlConfig, prepare_data_directory};
use gaara_http::HttpConfig;
use tokio::time::MissedTickBehavior;

use crate::books;
use crate::command_line::Serve;
use crate::config::{Config, Flags};
use crate::demo::{self, Demo};
use crate::failure::Failure;
use crate::stop::Stop;
use crate::{logging, output};

/// How often mail is looked for.
const MAIL_EVERY: Duration = Duration::from_secs(1);

/// Opens the books, tells where to find them, and serves them.
#[expect(clippy::future_not_send, reason = "the web framework keeps its own threads")]
pub(super) async fn run(serve: Serve) -> Result<(), Failure> {
    let mut stop = Stop::listen()?;
    // Removed when this function ends, however it does.
    let demo = if serve.demo { Some(Demo::new()?) } else { None };
    let config = load(serve, demo.as_ref())?;
    logging::start(&config);
    if let Some(complaint) = config.exposure() {
        return Err(Failure::Configuration(vec![complaint]));
    }
    prepare_data_directory(&config.data_dir)?;
    let listener = TcpListener::bind(config.listen)
        .map_err(|error| Failure::Other(format!("cannot listen on {}: {error}", config.listen)))?;
    let address = listener.local_addr()?;

    let durability = if demo.is_some() { Durability::Relaxed } else { Durability::Full };
    let sql = config.sql().ok_or_else(|| BuildError::Path(config.data_dir.clone()))?;
    let sql = SqlConfig { durability, ..sql };
    if demo.is_some() {
        // Ended here, the directory is removed as it is later on.
        tokio::select! {
            seeded = demo::seed(&sql, &config.data_dir, address) => seeded?,
            () = stop.heard() => return Ok(()),
        }
    }
    let breakers = books::breakers(&config);
    let http = config.edge.http(&config, &breakers, address);
    let http = http.map_err(|complaint| Failure::Configuration(vec![complaint]))?;
    let builder = books::builder(&config, sql, &format!("http://{address}"), &breakers)?;
    let gaara = builder.build().await?;
    offer_setup(&gaara, address).await?;
    let postman = tokio::spawn(carry_mail(gaara.shared_app()));
    let answered = answer(&gaara, listener, http, stop).await;
    postman.abort();
    answered?;
    Ok(gaara.close().await?)
}

/// Serves until the process is told to stop, which the server then hears by itself.
#[expect(clippy::future_not_send, reason = "the web framework keeps its own threads")]
async fn answer(
    gaara: &Gaara,
    listener: TcpListener,
    config: HttpConfig,
    mut stop: Stop,
) -> Result<(), Failure> {
    let address = listener.local_addr()?;
    let server = gaara_http::serve(gaara.shared_app(), listener, config);
    let mut server = pin!(server);
    // Polled once, the server listens, for requests and for signals. Only then may it be told of;
    // a signal that came before is heard here and nowhere else.
    tokio::select! {
        biased;
        ended = &mut server => return Ok(ended?),
        () = stop.heard() => return Ok(()),
        () = ready(()) => {}
    }
    output::line(&format!("listening on http://{address}"))?;
    Ok(server.await?)
}

fn load(serve: Serve, demo: Option<&Demo>) -> Result<Config, Failure> {
    let Serve { sources, listen, insecure_http, demo: _ } = serve;
    let mut flags: Flags = Vec::new();
    flags.extend(listen.map(|listen| ("server.listen", listen, "--listen")));
    if insecure_http {
        flags.push(("server.insecure_http", true.to_string(), "--insecure-http"));
    }
    if let Some(demo) = demo {
        flags.push(("data.dir", demo.data_dir(), "--demo"));
        flags.push(("database.url", String::new(), "--demo"));
        flags.push(("redis.url", String::new(), "--demo"));
    }
    sources.load(flags)
}

/// Mails what waits for it, as long as the server runs. What was not taken is tried again.
async fn carry_mail(app: Arc<App>) {
    if !app.has_mail() {
        return;
    }
    let mut turns = tokio::time::interval(MAIL_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        if let Err(error) = app.deliver_mail().await {
            let error = output::chain(&error);
            tracing::warn!(error, "mail was not taken; it is tried again");
        }
    }
}

/// Prints the link that lets the first person in, while there is nobody else.
async fn offer_setup(gaara: &Gaara, address: SocketAddr) -> Result<(), Failure> {
    if gaara.is_set_up().await? {
        return Ok(());
    }
    let token = gaara.new_setup_token().await.map_err(|error| Failure::other(&error))?;
    Ok(output::line(&format!("set up at http://{address}/setup#{token}"))?)
}
