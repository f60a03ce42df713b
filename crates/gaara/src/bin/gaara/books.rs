//! Opening the books with everything that is configured, for the server and for the operator.

use std::sync::Arc;

use gaara::application::{Breakers, Dependency, FallbackThrottle, MailSettings, Mailer};
use gaara::security_policy::Throttle;
use gaara::{BuildError, Builder, Gaara, SqlConfig, prepare_data_directory};
use gaara_cache_redis::RedisThrottle;
use gaara_crypto::{SystemClock, SystemEntropy};
use gaara_mail::{FileMailer, GuardedMailer, SmtpMailer};
use gaara_secrets::EnvironmentAndFileSecrets;
use gaara_store_memory::MemoryThrottle;

use crate::config::{self, Config};
use crate::failure::Failure;
use crate::output;

/// Opens the books that are configured, without serving them.
pub(crate) async fn open(config: &Config) -> Result<Gaara, Failure> {
    prepare_data_directory(&config.data_dir)?;
    let sql = config.sql().ok_or_else(|| BuildError::Path(config.data_dir.clone()))?;
    let public_url = format!("{}://{}", config.edge.scheme(), config.edge.listen);
    Ok(builder(config, sql, &public_url, &breakers(config))?.build().await?)
}

/// The breakers of those whom the program calls, as the operator wants them.
pub(crate) fn breakers(config: &Config) -> Breakers {
    let breakers = Breakers::new(Arc::new(SystemClock), Arc::new(SystemEntropy));
    config.shield.hold(&breakers);
    breakers
}

/// Opens books that are there: looking must leave nothing behind.
pub(crate) async fn open_existing(config: &Config) -> Result<Gaara, Failure> {
    match config.database_path().filter(|path| !path.exists()) {
        Some(path) => Err(Failure::Other(format!("there is no database {}", path.display()))),
        None => open(config).await,
    }
}

/// Puts an application together; links in mail lead to `public_url` unless another is configured.
pub(crate) fn builder(
    config: &Config,
    sql: SqlConfig,
    public_url: &str,
    breakers: &Breakers,
) -> Result<Builder, Failure> {
    let directory = config.data_dir.join("secrets");
    let secrets = EnvironmentAndFileSecrets::new(Some(directory), config::variables());
    let throttle = throttle(config, breakers)?;
    let builder = Gaara::builder()
        .sql(sql)
        .data_dir(&config.data_dir)
        .secrets(secrets)
        .throttle(throttle)
        .breakers(breakers.clone())
        .disk_free_min(config.edge.disk_percent_min, config.edge.disk_mib_min)
        .password_policy(config.password_policy);
    let builder = with_passkeys(builder, config);
    let Some(mailer) = mailer(config, breakers)? else { return Ok(builder) };
    let public_url = config.public_url(public_url);
    Ok(builder.mail(MailSettings { mailer, public_url }))
}

/// Lets users have passkeys for the address that people reach the server by.
#[cfg(feature = "passkeys")]
fn with_passkeys(builder: Builder, config: &Config) -> Builder {
    use gaara_passkeys::{OriginError, WebAuthnVerifier};

    let public_url = config.public_url("");
    match WebAuthnVerifier::new(&public_url) {
        Ok(verifier) => builder.passkeys(Arc::new(verifier)),
        Err(OriginError::NotAnAddress | OriginError::NotForDevices) => builder,
    }
}

/// This program was built without passkeys.
#[cfg(not(feature = "passkeys"))]
fn with_passkeys(builder: Builder, _: &Config) -> Builder {
    builder
}

/// Hands mail to a server where one is configured, else writes it where that is configured.
fn mailer(config: &Config, breakers: &Breakers) -> Result<Option<Arc<dyn Mailer>>, Failure> {
    let wrong = |line: String| Failure::Configuration(vec![line]);
    if !config.mail_smtp_url.is_empty() {
        let mailer = SmtpMailer::new(&config.mail_smtp_url, &config.mail_from);
        let mailer = mailer.map_err(|error| wrong(format!("mail.smtp_url: {error}")))?;
        let guard = breakers.guard(Dependency::MAIL);
        return Ok(Some(Arc::new(GuardedMailer::new(Arc::new(mailer), guard))));
    }
    if !config.mail_directory.is_empty() {
        let mailer = FileMailer::new(&config.mail_directory, &config.mail_from);
        let mailer = mailer.map_err(|error| wrong(format!("mail.from: {error}")))?;
        return Ok(Some(Arc::new(mailer)));
    }
    Ok(None)
}

/// Counts in Redis where one is configured. It need not answer now, nor later: this process then
/// counts by itself.
fn throttle(config: &Config, breakers: &Breakers) -> Result<Arc<dyn Throttle>, Failure> {
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
    let guard = breakers.guard(Dependency::THROTTLE);
    Ok(Arc::new(FallbackThrottle::new(shared, local, guard)))
}
