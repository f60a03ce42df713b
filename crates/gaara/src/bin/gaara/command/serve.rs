//! Serving the HTTP API until the process is told to stop.

pub(super) mod doors;
mod postman;
mod sealer;
mod threshold;

use std::future::ready;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use gaara::{BuildError, Durability, Gaara, SqlConfig, prepare_data_directory};
use gaara_http::{HttpConfig, Listeners, Stopper};
use tokio::time::timeout;

use crate::books;
use crate::command_line::Serve;
use crate::config::{Config, Flags};
use crate::demo::{self, Demo};
use crate::failure::Failure;
use crate::figures::{MailFigures, Process};
use crate::heads::Heads;
use crate::stop::{Hangup, Stop};
use crate::{logging, output};
use postman::Postman;
use sealer::Sealer;
use threshold::{LET_IN, Threshold};

/// Opens the books, tells where to find them, and serves them.
pub(super) async fn run(serve: Serve) -> Result<(), Failure> {
    let mut stop = Stop::listen()?;
    // Removed when this function ends, however it does.
    let demo = if serve.demo { Some(Demo::new()?) } else { None };
    let config = load(serve, demo.as_ref())?;
    logging::start(&config);
    if let Some(complaint) = config.edge.exposure() {
        return Err(Failure::Configuration(vec![complaint]));
    }
    let listeners = doors::open(&config.edge)?;
    prepare_data_directory(&config.data_dir)?;
    let address = listeners.main.local_addr()?;
    let origin = format!("{}://{address}", config.edge.scheme());

    let durability = if demo.is_some() { Durability::Relaxed } else { Durability::Full };
    let sql = config.sql().ok_or_else(|| BuildError::Path(config.data_dir.clone()))?;
    let sql = SqlConfig { durability, ..sql };
    if demo.is_some() {
        // Ended here, the directory is removed as it is later on.
        tokio::select! {
            seeded = demo::seed(&sql, &config.data_dir, &origin) => seeded?,
            () = stop.heard() => return Ok(()),
        }
    }
    let mail = Arc::new(MailFigures::default());
    let breakers = books::breakers(&config);
    let http = config.shield.around(config.http(), &config, &breakers, address);
    let http = http.map_err(|complaint| Failure::Configuration(vec![complaint]))?;
    let heads = Arc::new(Heads::kept_in(&config.data_dir));
    let builder = books::builder(&config, sql, &origin, &breakers)?.kept_heads(heads.clone());
    let gaara = builder.measured(Arc::new(Process)).measured(mail.clone()).build().await?;
    offer_setup(&gaara, &origin).await?;
    let sealer = Sealer::start(gaara.shared_app(), heads.clone());
    let postman = Postman::start(gaara.shared_app(), mail);
    let answered = answer(&gaara, &config, &http, listeners, stop).await;
    if !matches!(answered, Err(Failure::Interrupted)) {
        postman.stop().await;
        sealer.stop(&gaara, &heads).await;
    }
    answered?;
    Ok(gaara.close().await?)
}

/// Serves until the process is told to stop, and then until everything that runs has ended.
async fn answer(
    gaara: &Gaara,
    config: &Config,
    http: &HttpConfig,
    listeners: Listeners,
    mut stop: Stop,
) -> Result<(), Failure> {
    let origin = format!("{}://{}", config.edge.scheme(), listeners.main.local_addr()?);
    let others = [
        ("leading people on from http://", "", &listeners.redirect),
        ("figures at http://", "/metrics", &listeners.metrics),
    ];
    for (words, path, listener) in others {
        if let Some(listener) = listener {
            output::line(&format!("{words}{}{path}", listener.local_addr()?))?;
        }
    }
    if let Some(certificate) = listeners.certificate.clone() {
        let hangup = Hangup::listen()?;
        tokio::spawn(doors::renew(certificate, config.edge.reload_every, hangup));
    }
    let threshold = Threshold::of(&listeners.main)?;
    let running = gaara_http::start(gaara.shared_app(), listeners, http)?;
    let stopper = running.stopper();
    let mut server = pin!(running.ended());
    // Polled once, the server takes orders. Only then may it be told of; a signal that came before
    // is heard here and nowhere else.
    tokio::select! {
        biased;
        ended = &mut server => return Ok(ended?),
        () = stop.heard() => return Ok(()),
        () = ready(()) => {}
    }
    output::line(&format!("listening on {origin}"))?;
    tokio::select! {
        ended = &mut server => return Ok(ended?),
        () = stop.heard() => {}
    }
    let leave = leave(&stopper, threshold, config.edge.drain_delay, &mut stop);
    tokio::select! {
        ended = &mut server => Ok(ended?),
        left = leave => left,
    }
}

/// Ends the server without losing a request: whoever sends requests to it learns that it is about
/// to stop, and has time to take another one, before it stops to listen. Who is told twice leaves
/// at once.
async fn leave(
    stopper: &Stopper,
    threshold: Threshold,
    drain_delay: Duration,
    stop: &mut Stop,
) -> Result<(), Failure> {
    tracing::info!("about to stop: not ready any more, and serving on");
    stopper.drain();
    if timeout(drain_delay, stop.heard()).await.is_ok() {
        return Err(Failure::Interrupted);
    }
    // Who gives nobody time to go elsewhere does not wait for the last ones either.
    let is_waited_for = !drain_delay.is_zero() && threshold.turn_away();
    if is_waited_for && timeout(LET_IN, stop.heard()).await.is_ok() {
        return Err(Failure::Interrupted);
    }
    drop(threshold);
    tracing::info!("stopping: finishing what runs");
    tokio::select! {
        () = stopper.stop() => Ok(()),
        () = stop.heard() => Err(Failure::Interrupted),
    }
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
        // Nobody sends the requests of a demonstration elsewhere.
        flags.push(("server.drain_delay_ms", "0".to_owned(), "--demo"));
    }
    sources.load(flags)
}

/// Prints the link that lets the first person in, while there is nobody else.
async fn offer_setup(gaara: &Gaara, origin: &str) -> Result<(), Failure> {
    if gaara.is_set_up().await? {
        return Ok(());
    }
    let token = gaara.new_setup_token().await.map_err(|error| Failure::other(&error))?;
    Ok(output::line(&format!("set up at {origin}/setup#{token}"))?)
}
