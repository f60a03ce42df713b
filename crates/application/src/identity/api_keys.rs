//! Keys of programs: making them, taking them away, and asking with one.

use std::fmt;

use gaara_identity::{ApiKey, ApiKeySort, KeyHolder, NotGrantable, Permission, TokenDigest};
use gaara_kernel::{ApiKeyId, Page, PageRequest, StoreError, Timestamp};
use thiserror::Error;

use crate::actor::{Actor, Principal};
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{Refusal, failure};
use crate::identity::authenticate::AuthenticateError;
use crate::identity::grant::check_own;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::trace::TraceId;
use crate::use_case::{UseCase, queries};

/// A key as it is asked for.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// The id a client chose.
    pub id: Option<ApiKeyId>,
    /// What people call it.
    pub name: String,
    /// What it is made for.
    pub permissions: Vec<Permission>,
    /// When it stops working; `None` when it does not.
    pub expires_at: Option<Timestamp>,
}

/// A key that was made, with its text, which exists only between its making and its sending.
#[derive(Clone)]
pub struct MadeApiKey {
    /// The key as it is kept.
    pub key: ApiKey,
    /// Its text.
    pub text: String,
}

impl fmt::Debug for MadeApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MadeApiKey").field("id", &self.key.id).finish_non_exhaustive()
    }
}

/// Makes a key. Only [`App::create_api_key`] can make one.
#[derive(Debug, Clone)]
pub struct CreateApiKey {
    new: NewApiKey,
    prefix: String,
    digest: TokenDigest,
}

/// Takes a key away; it stops working with the next request.
#[derive(Debug, Clone)]
pub struct RemoveApiKey {
    /// Which.
    pub id: ApiKeyId,
}

/// Why a key was not made or taken away.
#[derive(Debug, Error)]
pub enum ApiKeyError {
    /// There is no such key.
    #[error("no such key")]
    NotFound,
    /// Only people make keys, for somebody has to answer for them.
    #[error("there is no user whose key it would be")]
    NoUser,
    /// A permission that no key may hold.
    #[error(transparent)]
    NotGrantable(#[from] NotGrantable),
    /// The key would allow something that the actor may not do.
    #[error("{} is beyond the actor", .0.code())]
    BeyondOwn(Permission),
    /// The key would never work.
    #[error("the end is over")]
    EndIsOver,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ApiKeyError);

queries! {
    /// Finds a key.
    FindApiKey {
        /// Which.
        id: ApiKeyId,
    } -> Option<ApiKey>,
    needs ReadApiKeys,
    by find_api_key(*id);

    /// Lists keys.
    ListApiKeys {
        /// Which part of the list.
        page: PageRequest<ApiKeySort>,
    } -> Page<ApiKey>,
    needs ReadApiKeys,
    by list_api_keys(page);
}

impl App {
    /// Makes a key for the user who asks. Its text is answered this once.
    ///
    /// # Errors
    /// Every variant of [`Refusal`] but that of idempotency; nothing is written then.
    pub async fn create_api_key(
        &self,
        actor: &Actor,
        new: NewApiKey,
    ) -> Result<MadeApiKey, Refusal<ApiKeyError>> {
        let token = self.secret_token(ApiKey::PREFIX);
        let prefix = token.text.chars().take(ApiKey::SHOWN).collect();
        let use_case = CreateApiKey { new, prefix, digest: token.digest };
        let key = self.execute(actor, &use_case).await?;
        Ok(MadeApiKey { key, text: token.text })
    }

    /// Finds which key presents itself, as of now: what its owner may not do any more it may not
    /// do either.
    pub(crate) async fn authenticate_key(
        &self,
        text: &str,
        trace: TraceId,
    ) -> Result<Actor, AuthenticateError> {
        let now = self.ports.clock.now();
        let digest = self.ports.digest.digest(text.as_bytes());
        let mut view = self.ports.store.view().await?;
        let holder = view.find_key_holder(&digest).await?.ok_or(AuthenticateError::Invalid)?;
        let KeyHolder { key, owner, owner_permissions } = holder;
        if owner.disabled {
            return Err(AuthenticateError::Revoked);
        }
        if !key.is_alive(now) {
            return Err(AuthenticateError::Expired);
        }
        let must_enrol =
            owner.second_factor_since.is_none() && view.needs_second_factor(&owner.role).await?;
        drop(view);
        if key.is_worth_noting(now) {
            // Whether the use is noted is no business of whoever asks.
            drop(self.note_use(&key, now).await);
        }
        let permissions = key.permissions.within(&owner_permissions);
        Ok(Actor::key(key.id, owner.id, permissions, trace).enrolling(must_enrol))
    }

    /// Notes that a key was used. This is no use case: nobody asked for it, and the audit log has
    /// what the key did.
    async fn note_use(&self, key: &ApiKey, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.ports.store.begin().await?;
        transaction.api_keys().note_use(key.id, now, now.minus(ApiKey::NOTED)).await?;
        transaction.commit().await
    }
}

impl UseCase for CreateApiKey {
    type Output = ApiKey;
    type Error = ApiKeyError;
    const PERMISSION: Permission = Permission::EditApiKeys;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<ApiKey, ApiKeyError> {
        let Principal::User { id: owner, .. } = context.actor().principal() else {
            return Err(ApiKeyError::NoUser);
        };
        let NewApiKey { id, name, permissions, expires_at } = self.new.clone();
        let permissions = ApiKey::granting(permissions)?;
        check_own(context, &permissions).map_err(ApiKeyError::BeyondOwn)?;
        if expires_at.is_some_and(|end| end <= context.now()) {
            return Err(ApiKeyError::EndIsOver);
        }
        let key = ApiKey {
            id: context.id_or_new(id),
            owner,
            name,
            prefix: self.prefix.clone(),
            digest: self.digest,
            permissions,
            expires_at,
            created_at: context.now(),
            last_used_at: None,
        };
        unit.api_keys().add(&key).await?;
        unit.outbox().add(&Event::new("api_key.created", key.id, context)).await?;
        Ok(key)
    }

    fn audit(&self, key: &ApiKey) -> AuditEntry {
        let list = key.permissions.iter().map(Permission::code).collect::<Vec<_>>().join(" ");
        AuditEntry::new("api_key.created", key.id)
            .with("name", &key.name)
            .with("prefix", &key.prefix)
            .with("permissions", &list)
    }
}

impl UseCase for RemoveApiKey {
    type Output = ();
    type Error = ApiKeyError;
    const PERMISSION: Permission = Permission::EditApiKeys;

    async fn run(&self, unit: &mut dyn UnitOfWork, context: &Context) -> Result<(), ApiKeyError> {
        if !unit.api_keys().remove(self.id).await? {
            return Err(ApiKeyError::NotFound);
        }
        Ok(unit.outbox().add(&Event::new("api_key.removed", self.id, context)).await?)
    }

    fn audit(&self, (): &()) -> AuditEntry {
        AuditEntry::new("api_key.removed", self.id)
    }
}
