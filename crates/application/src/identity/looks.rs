//! What an instance remembers of sessions, so that most requests need not ask the store.
//!
//! The store holds a list of what was revoked or has changed. An instance reads its end at most a
//! second after it read it last, before it lets anybody in, and at once after a change of its own.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gaara_identity::{AccessClaims, KeyNumber, KeySchedule, Revocation, Revoked, SignedIn, User};
use gaara_kernel::{SessionId, Timestamp};

/// How old the list may be before somebody reads it again.
const FRESH: Duration = Duration::from_secs(1);
/// How old the list may be before everybody waits for it.
const USABLE: Duration = Duration::from_secs(2);
/// How much of the list is read again: clocks differ, and a transaction takes its time.
const OVERLAP: Duration = Duration::from_mins(2);
/// How long a look is believed, whatever the list says.
const LOOK_LIFETIME: Duration = Duration::from_mins(1);
/// How many looks are kept.
const LOOKS_MAX: usize = 10_000;

/// What was seen of a session.
pub(crate) struct Seen {
    /// The session, its user and what the user may do.
    pub(crate) signed_in: SignedIn,
    /// Whether the user must enrol a second factor before anything else.
    pub(crate) must_enrol: bool,
}

/// A look at a session, and when it was taken.
struct Look {
    seen: Arc<Seen>,
    taken_at: Timestamp,
}

impl Look {
    fn user(&self) -> &User {
        &self.seen.signed_in.user
    }
}

/// What is remembered.
struct State {
    schedule: KeySchedule,
    revoked: HashMap<Revoked, Revocation>,
    looks: HashMap<SessionId, Look>,
    /// How often something new stood in the list.
    news: u64,
    /// When the list was read last.
    read_at: Option<Timestamp>,
    /// How often this instance changed the list, and how many of these changes it has read.
    changes: u64,
    changes_read: u64,
}

/// The looks of one instance.
pub(crate) struct Looks {
    state: Mutex<State>,
    is_reading: AtomicBool,
}

impl Default for Looks {
    fn default() -> Self {
        let state = State {
            schedule: KeySchedule::first(),
            revoked: HashMap::new(),
            looks: HashMap::new(),
            news: 0,
            read_at: None,
            changes: 0,
            changes_read: 0,
        };
        Self { state: Mutex::new(state), is_reading: AtomicBool::new(false) }
    }
}

/// The turn to read the list.
pub(crate) struct Reading<'a> {
    looks: &'a Looks,
    /// From where on.
    pub(crate) since: Timestamp,
    began_at: Timestamp,
    changes: u64,
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.looks.is_reading.store(false, Ordering::Release);
    }
}

/// What is known of who presents a token.
pub(crate) enum Sight {
    /// Who it is.
    Known(Arc<Seen>),
    /// The token or its session was taken back.
    Revoked,
    /// Nothing; a look is remembered only if no news came in meanwhile.
    Unknown {
        /// How many news there were.
        news: u64,
    },
}

impl Looks {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The list was changed by this instance: it is read before anybody else is let in.
    pub(crate) fn note_change(&self) {
        let mut state = self.state();
        state.changes = state.changes.saturating_add(1);
    }

    /// The turn to read the list; `None` while it is fresh, or somebody reads it and it is usable.
    pub(crate) fn turn(&self, now: Timestamp) -> Option<Reading<'_>> {
        let state = self.state();
        let (changes, is_behind) = (state.changes, state.changes != state.changes_read);
        // A clock that went back tells nothing about the age.
        let age = state.read_at.filter(|at| *at <= now).map(|at| now.since(at));
        let fits = |bound: Duration| !is_behind && age.is_some_and(|age| age < bound);
        let since = state.read_at.map_or(Timestamp::from_millis(0), |at| at.minus(OVERLAP));
        if fits(FRESH) {
            return None;
        }
        if self.is_reading.swap(true, Ordering::AcqRel) && fits(USABLE) {
            return None;
        }
        Some(Reading { looks: self, since, began_at: now, changes })
    }

    /// Takes in what stands in the list since the last time.
    pub(crate) fn learn(&self, turn: &Reading<'_>, list: Vec<Revocation>, schedule: KeySchedule) {
        let mut state = self.state();
        for entry in list {
            let known = state.revoked.get(&entry.what);
            if known.is_none_or(|known| (known.at, known.count) != (entry.at, entry.count)) {
                state.news = state.news.saturating_add(1);
                state.forget(&entry.what);
                state.revoked.insert(entry.what.clone(), entry);
            }
        }
        state.revoked.retain(|_, entry| entry.expires_at > turn.began_at);
        state.schedule = schedule;
        state.changes_read = state.changes_read.max(turn.changes);
        state.read_at = Some(turn.began_at);
    }

    /// What is known of who presents a token.
    pub(crate) fn find(&self, claims: &AccessClaims, now: Timestamp) -> Sight {
        let state = self.state();
        let is_revoked = |what| state.revoked.contains_key(&what);
        if is_revoked(Revoked::Session(claims.session)) || is_revoked(Revoked::Token(claims.id)) {
            return Sight::Revoked;
        }
        let look = state.looks.get(&claims.session).filter(|look| {
            let is_new = look.taken_at <= now && now.since(look.taken_at) < LOOK_LIFETIME;
            is_new && !claims.permissions.is_beyond(look.seen.signed_in.version)
        });
        match look {
            Some(look) => Sight::Known(Arc::clone(&look.seen)),
            None => Sight::Unknown { news: state.news },
        }
    }

    /// Remembers a look, unless news came in while it was taken: it may be older than they are.
    pub(crate) fn remember(&self, seen: &Arc<Seen>, news: u64, now: Timestamp) {
        let mut state = self.state();
        if state.news != news {
            return;
        }
        if state.looks.len() >= LOOKS_MAX {
            state.looks.clear();
        }
        let look = Look { seen: Arc::clone(seen), taken_at: now };
        state.looks.insert(seen.signed_in.session.id, look);
    }

    /// The keys whose tokens are accepted.
    pub(crate) fn accepted_keys(&self, now: Timestamp) -> Vec<KeyNumber> {
        self.state().schedule.accepted(now).collect()
    }

    /// The schedule of keys, as it was read last.
    pub(crate) fn schedule(&self) -> KeySchedule {
        self.state().schedule.clone()
    }
}

impl State {
    /// Drops the looks that something may have changed for.
    fn forget(&mut self, what: &Revoked) {
        match what {
            Revoked::Session(id) => drop(self.looks.remove(id)),
            Revoked::User(id) => self.looks.retain(|_, look| look.user().id != *id),
            Revoked::Role(code) => self.looks.retain(|_, look| look.user().role != *code),
            Revoked::Everybody => self.looks.clear(),
            Revoked::Token(_) => {}
        }
    }
}

#[cfg(test)]
#[path = "looks/tests.rs"]
mod tests;
