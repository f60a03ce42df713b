//! The executor: permission, transaction, audit, idempotency, commit, retry.

use std::error::Error;
use std::sync::Arc;

use gaara_identity::{
    Digest, HmacSha1, KeyedDigest, PasskeyVerifier, PasswordHasher, Permission, Sealing, TextForm,
    TokenSigner,
};
use gaara_kernel::{Clock, Entropy, StoreError, Timestamp};
use gaara_security_policy::{PasswordPolicy, Throttle};

use crate::actor::Actor;
use crate::audit::{AuditRow, KeptHeads, SealSigner};
use crate::breaker::Breakers;
use crate::context::Context;
use crate::failure::{Failure, Refusal};
use crate::health::{Probe, StoreProbe};
use crate::idempotency::{
    Claim, IdempotencyRecord, KeysInProgress, Once, OnceError, Reply, StoredReply,
};
use crate::identity::{Looks, RefusedSignIns};
use crate::mail::MailSettings;
use crate::measure::Measured;
use crate::ports::{Store, UnitOfWork};
use crate::trace::TraceId;
use crate::use_case::{Query, UseCase};

/// How often a use case is run before a conflict reaches its caller.
const ATTEMPTS_MAX: u32 = 3;

/// What an application stands on.
#[derive(Clone)]
pub struct Ports {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Where the present comes from.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub entropy: Arc<dyn Entropy>,
    /// How passwords are hashed.
    pub hasher: Arc<dyn PasswordHasher>,
    /// How passwords are put into one form.
    pub text_form: Arc<dyn TextForm>,
    /// How access tokens are signed.
    pub signer: Arc<dyn TokenSigner>,
    /// How secret tokens are digested.
    pub digest: Arc<dyn Digest>,
    /// How secrets are derived from one that only the program has.
    pub keyed_digest: Arc<dyn KeyedDigest>,
    /// How one-time codes are computed.
    pub hmac_sha1: Arc<dyn HmacSha1>,
    /// How secrets are kept that have to be read again.
    pub sealing: Arc<dyn Sealing>,
    /// How seals on the audit log are signed.
    pub seal_signer: Arc<dyn SealSigner>,
    /// Where tries are counted.
    pub throttle: Arc<dyn Throttle>,
}

/// The application: everything a caller can ask of Gaara, over HTTP or in process.
pub struct App {
    pub(crate) ports: Ports,
    pub(crate) password_policy: PasswordPolicy,
    pub(crate) looks: Looks,
    pub(crate) mail: Option<MailSettings>,
    pub(crate) probes: Vec<Arc<dyn Probe>>,
    pub(crate) measured: Vec<Arc<dyn Measured>>,
    pub(crate) passkeys: Option<Arc<dyn PasskeyVerifier>>,
    pub(crate) kept_heads: Option<Arc<dyn KeptHeads>>,
    pub(crate) refused: RefusedSignIns,
    keys: KeysInProgress,
    breakers: Breakers,
}

impl App {
    /// Puts an application on its ports.
    #[must_use]
    pub fn new(ports: Ports) -> Self {
        let password_policy = PasswordPolicy::default();
        let (looks, keys) = (Looks::default(), KeysInProgress::default());
        let breakers = Breakers::new(Arc::clone(&ports.clock), Arc::clone(&ports.entropy));
        let probes: Vec<Arc<dyn Probe>> = vec![Arc::new(StoreProbe(Arc::clone(&ports.store)))];
        Self {
            ports,
            password_policy,
            mail: None,
            passkeys: None,
            kept_heads: None,
            looks,
            probes,
            measured: Vec::new(),
            refused: RefusedSignIns::default(),
            keys,
            breakers,
        }
    }

    /// Asks these rules of new passwords in place of the usual ones.
    #[must_use]
    pub const fn with_password_policy(mut self, policy: PasswordPolicy) -> Self {
        self.password_policy = policy;
        self
    }

    /// Hands mail to somebody who carries it; without, nobody can be invited.
    #[must_use]
    pub fn with_mail(mut self, mail: MailSettings) -> Self {
        self.mail = Some(mail);
        self
    }

    /// Takes the breakers of those whom its parts call already.
    #[must_use]
    pub fn with_breakers(mut self, breakers: Breakers) -> Self {
        self.breakers = breakers;
        self
    }

    /// The breakers of those whom the program calls.
    #[must_use]
    pub const fn breakers(&self) -> &Breakers {
        &self.breakers
    }

    /// The present.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// Lets users have passkeys, which somebody has to check; without, nobody can add one.
    #[must_use]
    pub fn with_passkeys(mut self, verifier: Arc<dyn PasskeyVerifier>) -> Self {
        self.passkeys = Some(verifier);
        self
    }

    /// Holds the audit log against these heads whenever it is verified.
    #[must_use]
    pub fn with_kept_heads(mut self, heads: Arc<dyn KeptHeads>) -> Self {
        self.kept_heads = Some(heads);
        self
    }

    /// A new trace id, for a request that brings none.
    #[must_use]
    pub fn new_trace(&self) -> TraceId {
        TraceId::new(&*self.ports.entropy)
    }

    /// The program around the library as an actor, in a request of its own.
    #[must_use]
    pub fn system(&self) -> Actor {
        Actor::system(self.new_trace())
    }

    /// Runs a use case in one transaction and commits it.
    ///
    /// A conflict with another transaction runs the whole use case again, at most three times.
    ///
    /// # Errors
    /// Every variant of [`Refusal`] but that of idempotency; nothing is written then.
    pub async fn execute<U: UseCase>(
        &self,
        actor: &Actor,
        use_case: &U,
    ) -> Result<U::Output, Refusal<U::Error>> {
        self.admit_to::<U>(actor)?;
        let mut attempt = 1;
        loop {
            match self.attempt(&self.context(actor), use_case).await {
                Err(error) if is_conflict(&error) && attempt < ATTEMPTS_MAX => attempt += 1,
                result => return result.map_err(Refusal::Failed),
            }
        }
    }

    /// Runs a use case at most once for a key: the reply is kept in the same transaction, and a
    /// later execution with the key answers it again.
    ///
    /// # Errors
    /// Every variant of [`Refusal`]; nothing is written then, and the key stays free.
    pub async fn execute_once<U: UseCase>(
        &self,
        actor: &Actor,
        use_case: &U,
        once: &Once,
        render: impl Fn(&U::Output) -> StoredReply + Send + Sync,
    ) -> Result<Reply, Refusal<U::Error>> {
        self.admit_to::<U>(actor)?;
        let _in_progress = self.keys.enter(&once.key)?;
        let mut attempt = 1;
        loop {
            match self.attempt_once(&self.context(actor), use_case, once, &render).await {
                Err(Refusal::Failed(error)) if is_conflict(&error) && attempt < ATTEMPTS_MAX => {
                    attempt += 1;
                }
                result => return result,
            }
        }
    }

    /// Answers a query on a consistent view.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::EnrolmentNeeded`] and [`Refusal::Failed`].
    pub async fn ask<Q: Query>(
        &self,
        actor: &Actor,
        query: &Q,
    ) -> Result<Q::Output, Refusal<Q::Error>> {
        admit(actor, Q::PERMISSION)?;
        let context = self.context(actor);
        let mut view = self.ports.store.view().await.map_err(failed)?;
        query.run(&mut *view, &context).await.map_err(Refusal::Failed)
    }

    /// Refuses an actor who may not do something, or has to show first who it is.
    fn admit_to<U: UseCase>(&self, actor: &Actor) -> Result<(), Refusal<U::Error>> {
        admit(actor, U::PERMISSION)?;
        if U::NEEDS_PROOF && !actor.is_proven(self.ports.clock.now()) {
            return Err(Refusal::ProofNeeded);
        }
        Ok(())
    }

    /// Fixes actor and instant for one attempt; another attempt happens at a later instant.
    fn context(&self, actor: &Actor) -> Context {
        let Ports { clock, entropy, digest, keyed_digest, .. } = self.ports.clone();
        Context::new(actor.clone(), clock.now(), entropy, digest, keyed_digest)
    }

    /// What this instance changed of the lists counts for its very next request.
    fn note_changed_lists(&self, context: &Context) {
        if context.has_changed_lists() {
            self.looks.note_change();
        }
    }

    async fn attempt<U: UseCase>(
        &self,
        context: &Context,
        use_case: &U,
    ) -> Result<U::Output, U::Error> {
        let mut transaction = self.ports.store.begin().await?;
        match work(&mut *transaction, context, use_case).await {
            Ok(output) => {
                let committed = transaction.commit().await;
                // Also when that failed: it may have been done without an answer.
                self.note_changed_lists(context);
                committed?;
                Ok(output)
            }
            Err(error) => {
                // The first failure is the one to tell; a transaction that cannot be rolled back
                // is dropped, which undoes it too.
                drop(transaction.rollback().await);
                Err(error)
            }
        }
    }

    async fn attempt_once<U: UseCase>(
        &self,
        context: &Context,
        use_case: &U,
        once: &Once,
        render: &(impl Fn(&U::Output) -> StoredReply + Send + Sync),
    ) -> Result<Reply, Refusal<U::Error>> {
        let mut transaction = self.ports.store.begin().await.map_err(failed)?;
        match work_once(&mut *transaction, context, use_case, once, render).await {
            Ok(Reply::Fresh(reply)) => {
                let committed = transaction.commit().await;
                self.note_changed_lists(context);
                committed.map_err(failed)?;
                Ok(Reply::Fresh(reply))
            }
            ended => {
                drop(transaction.rollback().await);
                ended
            }
        }
    }
}

pub(crate) fn admit<E: Error>(actor: &Actor, permission: Permission) -> Result<(), Refusal<E>> {
    if !actor.permissions().allow(permission) {
        return Err(Refusal::Forbidden(permission));
    }
    if actor.must_enrol() && permission != Permission::UseOwnAccount {
        return Err(Refusal::EnrolmentNeeded);
    }
    Ok(())
}

async fn work<U: UseCase>(
    unit: &mut dyn UnitOfWork,
    context: &Context,
    use_case: &U,
) -> Result<U::Output, U::Error> {
    let output = use_case.run(unit, context).await?;
    let row = AuditRow::new(use_case.audit(&output), context, context.keyed_digest());
    unit.audit().add(&row).await?;
    Ok(output)
}

async fn work_once<U: UseCase>(
    unit: &mut dyn UnitOfWork,
    context: &Context,
    use_case: &U,
    once: &Once,
    render: &(impl Fn(&U::Output) -> StoredReply + Send + Sync),
) -> Result<Reply, Refusal<U::Error>> {
    match unit.idempotency().claim(&once.key, context.now()).await.map_err(failed)? {
        Claim::Held => return Err(OnceError::InProgress.into()),
        Claim::Done(record) if record.fingerprint != once.fingerprint => {
            return Err(OnceError::Reused.into());
        }
        Claim::Done(record) => return Ok(Reply::Replayed(record.reply)),
        Claim::Free => {}
    }
    let output = work(unit, context, use_case).await.map_err(Refusal::Failed)?;
    let record = IdempotencyRecord {
        key: once.key.clone(),
        fingerprint: once.fingerprint,
        reply: render(&output),
        created_at: context.now(),
        expires_at: context.now().plus(IdempotencyRecord::LIFETIME),
    };
    unit.idempotency().add(&record).await.map_err(failed)?;
    Ok(Reply::Fresh(record.reply))
}

fn failed<E: Failure>(error: StoreError) -> Refusal<E> {
    Refusal::Failed(error.into())
}

fn is_conflict<E: Failure>(error: &E) -> bool {
    matches!(error.store_error(), Some(StoreError::Conflict))
}
