//! Putting an application on its adapters, step by step.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gaara_application::{
    App, Breakers, KeptHeads, MailSettings, Measured, Ports, Probe, SecretStore, Store,
};
use gaara_crypto::{
    Ed25519SealSigner, LegacyHmacSha1, Sha256Digest, SystemClock, SystemEntropy, UnicodeForm,
};
use gaara_identity::PasskeyVerifier;
use gaara_kernel::Clock;
use gaara_secrets::EnvironmentAndFileSecrets;
use gaara_security_policy::{PasswordPolicy, Throttle};
use gaara_store_memory::{MemoryStore, MemoryThrottle};
use gaara_store_sql::{BATCH_ROWS, Backfilled, SqlConfig, SqlStore, may_be_overheard};

use crate::Gaara;
use crate::build_error::BuildError;
use crate::data_directory::prepare_data_directory;
use crate::measures::HasherLoad;
use crate::probes::{DiskProbe, SchemaProbe, SecretsProbe};
use crate::signing_key;

/// Where the books are kept.
enum Books {
    Memory,
    SqliteFile(PathBuf),
    Sql(SqlConfig),
}

/// Builds an application. Only the place of the books has to be chosen.
pub struct Builder {
    books: Books,
    data_dir: Option<PathBuf>,
    secrets: Option<Arc<dyn SecretStore>>,
    clock: Arc<dyn Clock>,
    throttle: Arc<dyn Throttle>,
    password_policy: PasswordPolicy,
    /// In percent, and in MiB.
    disk_free_min: (u64, u64),
    measured: Vec<Arc<dyn Measured>>,
    extras: Extras,
}

/// What an application can do without.
#[derive(Default)]
struct Extras {
    mail: Option<MailSettings>,
    passkeys: Option<Arc<dyn PasskeyVerifier>>,
    breakers: Option<Breakers>,
    kept_heads: Option<Arc<dyn KeptHeads>>,
}

impl Extras {
    fn put_on(self, mut app: App) -> App {
        if let Some(mail) = self.mail {
            app = app.with_mail(mail);
        }
        if let Some(verifier) = self.passkeys {
            app = app.with_passkeys(verifier);
        }
        if let Some(heads) = self.kept_heads {
            app = app.with_kept_heads(heads);
        }
        if let Some(breakers) = self.breakers {
            app = app.with_breakers(breakers);
        }
        app
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            books: Books::Memory,
            data_dir: None,
            secrets: None,
            clock: Arc::new(SystemClock),
            throttle: Arc::new(MemoryThrottle::new()),
            password_policy: PasswordPolicy::default(),
            disk_free_min: (5, 256),
            measured: Vec::new(),
            extras: Extras::default(),
        }
    }
}

impl Builder {
    /// Keeps the books in memory: they are gone with the application.
    #[must_use]
    pub fn in_memory(mut self) -> Self {
        self.books = Books::Memory;
        self
    }

    /// Keeps the books in an SQLite file, which is made where it is missing.
    #[must_use]
    pub fn sqlite(mut self, path: impl Into<PathBuf>) -> Self {
        self.books = Books::SqliteFile(path.into());
        self
    }

    /// Keeps the books in a PostgreSQL database: `postgres://user:password@host/name`.
    #[must_use]
    pub fn postgres(self, url: impl Into<String>) -> Self {
        self.sql(SqlConfig::new(url))
    }

    /// Keeps the books in a database, with bounds of your own.
    #[must_use]
    pub fn sql(mut self, config: SqlConfig) -> Self {
        self.books = Books::Sql(config);
        self
    }

    /// Keeps the key that signs access tokens below this directory, which is made for its owner
    /// alone. Without a directory or [`Builder::secrets`], tokens end with the application.
    #[must_use]
    pub fn data_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(path.into());
        self
    }

    /// Keeps secrets somewhere else than in the data directory.
    #[must_use]
    pub fn secrets(mut self, secrets: impl SecretStore + 'static) -> Self {
        self.secrets = Some(Arc::new(secrets));
        self
    }

    /// Takes the present from this clock in place of the machine's.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Counts tries here in place of in this process's memory.
    #[must_use]
    pub fn throttle(mut self, throttle: Arc<dyn Throttle>) -> Self {
        self.throttle = throttle;
        self
    }

    /// Asks these rules of new passwords in place of the usual ones.
    #[must_use]
    pub const fn password_policy(mut self, policy: PasswordPolicy) -> Self {
        self.password_policy = policy;
        self
    }

    /// Hands mail to somebody who carries it; [`App::deliver_mail`] has to be called again and
    /// again then.
    #[must_use]
    pub fn mail(mut self, mail: MailSettings) -> Self {
        self.extras.mail = Some(mail);
        self
    }

    /// Shows the breakers of those whom these parts call already, such as the carrier of mail.
    #[must_use]
    pub fn breakers(mut self, breakers: Breakers) -> Self {
        self.extras.breakers = Some(breakers);
        self
    }

    /// Calls the application unready when less of the disk of its data directory is free: this
    /// part of a hundred or this many MiB. Without this it is 5 % and 256 MiB.
    #[must_use]
    pub const fn disk_free_min(mut self, percent: u64, mib: u64) -> Self {
        self.disk_free_min = (percent, mib);
        self
    }

    /// Tells the figures of one more part beside those of the application's own.
    #[must_use]
    pub fn measured(mut self, part: Arc<dyn Measured>) -> Self {
        self.measured.push(part);
        self
    }

    /// Lets users have passkeys, which this verifier checks.
    #[must_use]
    pub fn passkeys(mut self, verifier: Arc<dyn PasskeyVerifier>) -> Self {
        self.extras.passkeys = Some(verifier);
        self
    }

    /// Holds the audit log against the heads kept here whenever somebody has it verified.
    #[must_use]
    pub fn kept_heads(mut self, heads: Arc<dyn KeptHeads>) -> Self {
        self.extras.kept_heads = Some(heads);
        self
    }

    /// Opens the books, brings their schema up to date and puts the application on them.
    ///
    /// # Errors
    /// Every variant of [`BuildError`].
    pub async fn build(self) -> Result<Gaara, BuildError> {
        let Self { books, data_dir, secrets, clock, throttle, password_policy, extras, .. } = self;
        let (disk_free_min, mut measured) = (self.disk_free_min, self.measured);
        if let Some(path) = &data_dir {
            prepare_data_directory(path)?;
        }
        let secrets = secrets.or_else(|| data_dir.as_deref().map(secrets_in));
        let sql = match books {
            Books::Memory => None,
            Books::SqliteFile(path) => {
                let url = sqlite_url(&path).ok_or(BuildError::Path(path))?;
                Some(open(&SqlConfig::new(url)).await?)
            }
            Books::Sql(config) => Some(open(&config).await?),
        };
        let store: Arc<dyn Store> = match &sql {
            Some(store) => store.clone(),
            None => Arc::new(MemoryStore::new()),
        };
        let derivation = Arc::new(signing_key::derivation(secrets.as_deref()).await?);
        let signer = signing_key::signer(secrets.as_deref(), derivation.clone()).await?;
        let sealing = signing_key::sealing(secrets.as_deref()).await?;
        let hasher = Arc::new(signing_key::hasher(secrets.as_deref()).await?);
        measured.push(Arc::new(HasherLoad(Arc::clone(&hasher))));
        if let Some(store) = &sql {
            measured.push(store.clone());
        }
        let seal_signer =
            Ed25519SealSigner::new(&*derivation).map_err(|_| BuildError::SigningKey)?;
        let app = App::new(Ports {
            store,
            clock,
            entropy: Arc::new(SystemEntropy),
            hasher,
            text_form: Arc::new(UnicodeForm),
            signer: Arc::new(signer),
            digest: Arc::new(Sha256Digest),
            keyed_digest: derivation,
            hmac_sha1: Arc::new(LegacyHmacSha1),
            sealing: Arc::new(sealing),
            seal_signer: Arc::new(seal_signer),
            throttle,
        });
        let probes = probes(sql.as_ref(), secrets.as_ref(), data_dir, disk_free_min);
        let app =
            app.with_password_policy(password_policy).with_probes(probes).with_measured(measured);
        let app = extras.put_on(app);
        Ok(Gaara { app: Arc::new(app), store: sql })
    }
}

/// What has to be well besides the store.
fn probes(
    store: Option<&Arc<SqlStore>>,
    secrets: Option<&Arc<dyn SecretStore>>,
    data_dir: Option<PathBuf>,
    (percent_min, mib_min): (u64, u64),
) -> Vec<Arc<dyn Probe>> {
    let mut probes: Vec<Arc<dyn Probe>> = Vec::new();
    if let Some(store) = store {
        probes.push(Arc::new(SchemaProbe(Arc::clone(store))));
    }
    if let Some(secrets) = secrets {
        probes.push(Arc::new(SecretsProbe(Arc::clone(secrets))));
    }
    if let Some(path) = data_dir {
        probes.push(Arc::new(DiskProbe { path, percent_min, mib_min }));
    }
    probes
}

fn secrets_in(data_dir: &Path) -> Arc<dyn SecretStore> {
    let nothing: [(String, String); 0] = [];
    Arc::new(EnvironmentAndFileSecrets::new(Some(data_dir.join("secrets")), nothing))
}

async fn open(config: &SqlConfig) -> Result<Arc<SqlStore>, BuildError> {
    if may_be_overheard(&config.url) {
        tracing::warn!("the way to the database need not be encrypted; say sslmode=verify-full");
    }
    let store = SqlStore::connect(config).await.map_err(BuildError::Store)?;
    // Every schema serves the program before it too, so that instances can be replaced one by one.
    if let Some(step) = store.later_step().await? {
        if !config.allow_newer_schema {
            return Err(BuildError::NewerSchema { step });
        }
        tracing::warn!(step, "the database has a step of a later program");
    }
    let told = |done: Backfilled| {
        let Backfilled { name, rows, is_done } = done;
        tracing::info!(name, rows, is_done, "filling a column of rows that were there");
        Ok(())
    };
    store.migrate_up_telling(BATCH_ROWS, told).await?;
    Ok(Arc::new(store))
}

/// The address of an SQLite file; `None` when its path is not text.
#[must_use]
pub fn sqlite_url(path: &Path) -> Option<String> {
    // The driver takes the text apart at the question mark and decodes what is left.
    let path = path.to_str()?.replace('%', "%25").replace('?', "%3F");
    Some(format!("sqlite:{path}"))
}
