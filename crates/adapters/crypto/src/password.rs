//! Passwords, hashed with argon2id, a bounded number at a time.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, Version};
use async_trait::async_trait;
use gaara_identity::{HashError, KeyedDigest, PasswordHash, PasswordHasher};
use gaara_kernel::Entropy;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::entropy::SystemEntropy;
use crate::keyed_digest::HmacSha256;
use memory::Memory;

mod memory;

/// The most memory a stored hash may ask for, in KiB: 256 MiB.
const STORED_MEMORY_KIB_MAX: u32 = 262_144;
/// The most passes a stored hash may ask for.
const STORED_PASSES_MAX: u32 = 10;
/// The most lanes a stored hash may ask for.
const STORED_LANES_MAX: u32 = 4;

/// What one hash costs, and how many may wait for theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashLimits {
    /// Memory of one hash, in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
    /// Lanes of that memory.
    pub lanes: u32,
    /// How many hashes are worked on at the same time.
    pub workers: usize,
    /// How many more may wait.
    pub queue_max: usize,
    /// How long one may wait.
    pub wait_max: Duration,
}

impl Default for HashLimits {
    /// 19 MiB, two passes, one lane (OWASP ASVS 5.0, appendix C); one hash per core, 32 waiting
    /// for two seconds at most.
    fn default() -> Self {
        Self {
            memory_kib: 19 * 1024,
            passes: 2,
            lanes: 1,
            workers: thread::available_parallelism().map_or(1, NonZeroUsize::get),
            queue_max: 32,
            wait_max: Duration::from_secs(2),
        }
    }
}

/// What stands before a hash that was made with a pepper, and before the pepper's name.
const PEPPERED: &str = "pepper=";

/// A secret that stands in no database, without which the hashes in it are worth nothing.
struct Pepper {
    key: HmacSha256,
    /// The name under which hashes say that they were made with it.
    name: String,
}

/// Hashes passwords with argon2id, on threads of their own.
pub struct Argon2Hasher {
    params: Params,
    memory: Arc<Memory>,
    pepper: Option<Pepper>,
    /// Checked when there is no such user, so that the answer takes as long.
    dummy: phc::PasswordHash,
    /// Being worked on or waiting.
    places: Semaphore,
    /// Being worked on.
    workers: Arc<Semaphore>,
    workers_max: usize,
    places_max: usize,
    wait_max: Duration,
}

impl fmt::Debug for Argon2Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Argon2Hasher").finish_non_exhaustive()
    }
}

impl Argon2Hasher {
    /// Prepares a hasher; it hashes once, so that a dummy hash of the same cost is at hand.
    ///
    /// # Errors
    /// [`HashError::Unusable`] when argon2id does not know these costs, or they are beyond what
    /// is accepted of a stored hash.
    pub fn new(limits: HashLimits) -> Result<Self, HashError> {
        let params = Params::new(limits.memory_kib, limits.passes, limits.lanes, None)
            .map_err(|_| HashError::Unusable)?;
        if !is_bounded(&params) {
            return Err(HashError::Unusable);
        }
        // With none at work nobody would ever get an answer.
        let workers = limits.workers.clamp(1, Semaphore::MAX_PERMITS);
        let places = workers.saturating_add(limits.queue_max);
        let memory = Memory::new(params.block_count());
        let entropy: &dyn Entropy = &SystemEntropy;
        let nobodys_password = Zeroizing::new(entropy.token_bytes());
        Ok(Self {
            dummy: hash(params.clone(), &*nobodys_password, &memory)?,
            params,
            memory: Arc::new(memory),
            pepper: None,
            places: Semaphore::new(places.min(Semaphore::MAX_PERMITS)),
            workers: Arc::new(Semaphore::new(workers)),
            workers_max: workers,
            places_max: places.min(Semaphore::MAX_PERMITS),
            wait_max: limits.wait_max,
        })
    }

    /// Makes hashes with a pepper: a secret of at least 32 random bytes. Hashes that were made
    /// without it are still checked, and are outdated; without it those made with it are not usable.
    #[must_use]
    pub fn with_pepper(mut self, secret: &[u8]) -> Self {
        let key = HmacSha256::new(secret);
        let name = u32::from_be_bytes(first_four(&key.keyed_digest("pepper_name", &[])));
        self.pepper = Some(Pepper { key, name: format!("{name:08x}") });
        self
    }

    /// How many hashes are being worked on, and how many wait for that.
    #[must_use]
    pub fn load(&self) -> (usize, usize) {
        let running = self.workers_max.saturating_sub(self.workers.available_permits());
        let inside = self.places_max.saturating_sub(self.places.available_permits());
        (running, inside.saturating_sub(running))
    }

    /// What is hashed for a password: with a pepper, what only its holders can compute.
    fn seasoned(&self, password: &str, peppered: bool) -> Zeroizing<Vec<u8>> {
        match &self.pepper {
            Some(pepper) if peppered => {
                let derived =
                    Zeroizing::new(pepper.key.keyed_digest("pepper", password.as_bytes()));
                Zeroizing::new(derived.to_vec())
            }
            _ => Zeroizing::new(password.as_bytes().to_vec()),
        }
    }

    /// Reads a stored hash, and whether it was made with the pepper, before any work is done for it.
    fn read(&self, stored: &PasswordHash) -> Result<(phc::PasswordHash, bool), HashError> {
        let Some(rest) = stored.expose().strip_prefix(PEPPERED) else {
            return Ok((parse(stored.expose())?, false));
        };
        let (name, text) = rest.split_once(',').ok_or(HashError::Unusable)?;
        let ours = self.pepper.as_ref().is_some_and(|pepper| pepper.name == name);
        if ours { Ok((parse(text)?, true)) } else { Err(HashError::Unusable) }
    }

    /// Waits for a worker and lets it do the work.
    async fn work<T, F>(&self, work: F) -> Result<T, HashError>
    where
        T: Send + 'static,
        F: FnOnce(&Memory) -> Result<T, HashError> + Send + 'static,
    {
        let _place = self.places.try_acquire().map_err(|_| HashError::Busy)?;
        let permit = timeout(self.wait_max, Arc::clone(&self.workers).acquire_owned())
            .await
            .map_err(|_| HashError::Busy)?
            .map_err(|_| HashError::Busy)?;
        // The permit goes along: a caller that hangs up does not stop the thread, so the memory
        // stays taken until the hash is done.
        let memory = Arc::clone(&self.memory);
        let held = move || run_holding(permit, || work(&memory));
        tokio::task::spawn_blocking(held).await.map_err(|_| HashError::Busy)?
    }
}

fn run_holding<T>(permit: OwnedSemaphorePermit, work: impl FnOnce() -> T) -> T {
    let result = work();
    drop(permit);
    result
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: &str) -> Result<PasswordHash, HashError> {
        let password = self.seasoned(password, true);
        let params = self.params.clone();
        let hashed = self.work(move |memory| hash(params, &password, memory)).await?;
        Ok(PasswordHash::new(match &self.pepper {
            Some(Pepper { name, .. }) => format!("{PEPPERED}{name},{hashed}"),
            None => hashed.to_string(),
        }))
    }

    async fn verify(
        &self,
        password: &str,
        stored: Option<&PasswordHash>,
    ) -> Result<bool, HashError> {
        let ((expected, peppered), is_known) = match stored {
            Some(stored) => (self.read(stored)?, true),
            None => ((self.dummy.clone(), true), false),
        };
        let password = self.seasoned(password, peppered);
        let matches = self.work(move |memory| verify(&password, &expected, memory)).await?;
        Ok(matches && is_known)
    }

    fn is_outdated(&self, stored: &PasswordHash) -> bool {
        let Ok((hash, peppered)) = self.read(stored) else { return true };
        let costs = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
        let ours = costs(&self.params);
        Params::try_from(&hash).map_or(true, |params| costs(&params) != ours)
            || peppered != self.pepper.is_some()
    }
}

fn first_four(bytes: &[u8; 32]) -> [u8; 4] {
    let [a, b, c, d, ..] = *bytes;
    [a, b, c, d]
}

fn hash(params: Params, password: &[u8], memory: &Memory) -> Result<phc::PasswordHash, HashError> {
    let mut bytes = [0; 16];
    SystemEntropy.fill(&mut bytes);
    let salt = phc::Salt::new(&bytes).map_err(|_| HashError::Unusable)?;
    let described = phc::ParamsString::try_from(&params).map_err(|_| HashError::Unusable)?;
    let output = output(params, password, &salt, memory)?;
    Ok(phc::PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: described,
        salt: Some(salt),
        hash: Some(output),
    })
}

fn verify(
    password: &[u8],
    expected: &phc::PasswordHash,
    memory: &Memory,
) -> Result<bool, HashError> {
    let params = Params::try_from(expected).map_err(|_| HashError::Unusable)?;
    let salt = expected.salt.as_ref().ok_or(HashError::Unusable)?;
    // Two outputs are compared in a time that tells nothing of them.
    Ok(Some(output(params, password, salt, memory)?) == expected.hash)
}

/// What argon2id makes of a password, in as many bytes as the parameters say.
fn output(
    params: Params,
    password: &[u8],
    salt: &[u8],
    memory: &Memory,
) -> Result<phc::Output, HashError> {
    let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let blocks = params.block_count();
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut out = vec![0; length];
    memory
        .lend(blocks, |blocks| {
            argon.hash_password_into_with_memory(password, salt, &mut out, blocks)
        })?
        .map_err(|_| HashError::Unusable)?;
    phc::Output::new(&out).map_err(|_| HashError::Unusable)
}

fn parse(stored: &str) -> Result<phc::PasswordHash, HashError> {
    let parsed = phc::PasswordHash::new(stored).map_err(|_| HashError::Unusable)?;
    let params = Params::try_from(&parsed).map_err(|_| HashError::Unusable)?;
    let is_ours = parsed.algorithm.as_str() == Algorithm::Argon2id.as_str()
        && parsed.version == Some(Version::V0x13.into())
        && parsed.hash.is_some();
    if is_ours && is_bounded(&params) { Ok(parsed) } else { Err(HashError::Unusable) }
}

/// Whether a hash of this cost may be computed; a planted one must not exhaust the machine.
fn is_bounded(params: &Params) -> bool {
    params.m_cost() <= STORED_MEMORY_KIB_MAX
        && params.t_cost() <= STORED_PASSES_MAX
        && params.p_cost() <= STORED_LANES_MAX
}

#[cfg(test)]
mod tests;
