//! Why an application could not be built.

use std::path::PathBuf;

use gaara_application::SecretError;
use gaara_identity::HashError;
use gaara_kernel::StoreError;
use gaara_store_sql::Barred;
use thiserror::Error;

/// Why an application could not be built.
#[derive(Debug, Error)]
pub enum BuildError {
    /// The data directory cannot be used.
    #[error("the data directory {path} cannot be used: {reason}")]
    DataDirectory {
        /// The directory.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The path of the database is not text that can stand in an address.
    #[error("the path {0} cannot be the address of a database")]
    Path(PathBuf),
    /// The database has steps of a newer program, and lacks some of this one's.
    #[error("the database was changed by a newer program; start the version that was used last")]
    NewerDatabase(#[source] StoreError),
    /// The database has a step that this program does not know, and nobody said that it may.
    #[error(
        "the database has the step {step}, which this program does not know; start the newer \
         program, or set database.allow_newer_schema=true while instances are replaced / \
         في قاعدة البيانات الخطوة {step} التي لا يعرفها هذا البرنامج؛ شغّل البرنامج الأحدث، أو اضبط \
         database.allow_newer_schema=true ريثما تُستبدل النسخ العاملة"
    )]
    NewerSchema {
        /// The first step of the later program.
        step: String,
    },
    /// A step is missing, and the user of the database does not own its tables.
    #[error(
        "the step {step} is missing, and the database user {user} may not apply it; run \
         `gaara migrate up` as the owner of the tables / \
         الخطوة {step} ناقصة، ولا يحق لمستخدم قاعدة البيانات {user} تطبيقها؛ شغّل \
         `gaara migrate up` بصفة مالك الجداول"
    )]
    StepMissing {
        /// The first step that is missing.
        step: String,
        /// The user of the database.
        user: String,
    },
    /// Nobody has let the user of the database read its tables.
    #[error(
        "the database user {user} may not read the tables; run `gaara migrate grant --role {user}` \
         as their owner / \
         لا يحق لمستخدم قاعدة البيانات {user} قراءة الجداول؛ شغّل `gaara migrate grant --role {user}` \
         بصفة مالكها"
    )]
    NotLetIn {
        /// The user of the database.
        user: String,
    },
    /// The database cannot be used.
    #[error("the database cannot be used")]
    Store(#[source] StoreError),
    /// The signing key cannot be had.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The signing key is not one.
    #[error("the secret jwt_signing_key is not an Ed25519 key in PKCS#8")]
    SigningKey,
    /// The sealing key is not one.
    #[error("the secret sealing_key is not a key of 32 bytes")]
    SealingKey,
    /// The password hasher cannot be prepared.
    #[error(transparent)]
    Hasher(#[from] HashError),
}

/// How the migrator names a step that the database has and the program has not.
const UNKNOWN_STEP: &str = "has been applied but its file is missing";

impl From<StoreError> for BuildError {
    fn from(error: StoreError) -> Self {
        if let StoreError::Internal(cause) = &error
            && let Some(barred) = cause.downcast_ref::<Barred>()
        {
            return match barred.clone() {
                Barred::Step { step, user } => Self::StepMissing { step, user },
                Barred::User { user } => Self::NotLetIn { user },
            };
        }
        let is_newer = match &error {
            StoreError::Internal(cause) => cause.to_string().contains(UNKNOWN_STEP),
            _ => false,
        };
        if is_newer { Self::NewerDatabase(error) } else { Self::Store(error) }
    }
}
