//! Serving the HTTP API until the process is told to stop.

use std::future::ready;
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;

use gaara::application::FallbackThrottle;
use gaara::security_policy::Throttle;
use gaara::{BuildError, Builder, Durability, Gaara, SqlConfig, prepare_data_directory};
use gaara_cache_redis::RedisThrottle;
use gaara_http::HttpConfig;
use gaara_secrets::EnvironmentAndFileSecrets;
use gaara_store_memory::MemoryThrottle;

use crate::command_line::Serve;
use crate::config::{self, Config, Flags};
use crate::demo::{self, Demo};
use crate::failure::Failure;
use crate::stop::Stop;
use crate::{logging, output};

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
    let gaara = builder(&config, sql)?.build().await?;
    offer_setup(&gaara, address).await?;
    answer(&gaara, listener, stop).await?;
    Ok(gaara.close().await?)
}

/// Serves until the process is told to stop, which the server then hears by itself.
#[expect(clippy::future_not_send, reason = "the web framework keeps its own threads")]
async fn answer(gaara: &Gaara, listener: TcpListener, mut stop: Stop) -> Result<(), Failure> {
    let address = listener.local_addr()?;
    let server = gaara_http::serve(gaara.shared_app(), listener, HttpConfig::default());
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

fn builder(config: &Config, sql: SqlConfig) -> Result<Builder, Failure> {
    let directory = config.data_dir.join("secrets");
    let secrets = EnvironmentAndFileSecrets::new(Some(directory), config::variables());
    let throttle = throttle(config)?;
    Ok(Gaara::builder()
        .sql(sql)
        .data_dir(&config.data_dir)
        .secrets(secrets)
        .throttle(throttle)
        .password_policy(config.password_policy))
}

/// Counts in Redis where one is configured. It need not answer now, nor later: this process then
/// counts by itself.
fn throttle(config: &Config) -> Result<Arc<dyn Throttle>, Failure> {
    let local: Arc<dyn Throttle> = Arc::new(MemoryThrottle::new());
    if config.redis_url.is_empty() {
        return Ok(local);
    }
    let address_is_wrong =
        |_| Failure::Configuration(vec!["redis.url must be redis://:PASSWORD@HOST/0".to_owned()]);
    let shared = Arc::new(RedisThrottle::connect(&config.redis_url).map_err(address_is_wrong)?);
    let probe = Arc::clone(&shared);
    tokio::spawn(async move {
        if let Err(error) = probe.check().await {
            let error = output::chain(&error);
            tracing::warn!(error, "Redis does not answer; limits hold for this instance alone");
        }
    });
    Ok(Arc::new(FallbackThrottle::new(shared, local)))
}

/// Prints the link that lets the first person in, while there is nobody else.
async fn offer_setup(gaara: &Gaara, address: SocketAddr) -> Result<(), Failure> {
    if gaara.is_set_up().await? {
        return Ok(());
    }
    let token = gaara.new_setup_token().await.map_err(|error| Failure::other(&error))?;
    Ok(output::line(&format!("set up at http://{address}/setup#{token}"))?)
}
