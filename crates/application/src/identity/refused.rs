//! Sign-ins that were refused, told to the audit log a little later.
//!
//! Telling it at once would take longer for a login that exists than for one that does not.

use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use gaara_identity::Permission;
use gaara_kernel::{StoreError, UserId};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{ReadError, Refusal};
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// How many are remembered at most; what comes beyond, between two seals, is in the request log.
const WAITING_MAX: usize = 1_000;

/// Who could not sign in as whom, for as long as the audit log does not know.
#[derive(Debug, Default)]
pub(crate) struct RefusedSignIns(Mutex<Vec<(Actor, UserId)>>);

impl RefusedSignIns {
    pub(crate) fn note(&self, actor: &Actor, user: UserId) {
        let mut waiting = self.waiting();
        if waiting.len() < WAITING_MAX {
            waiting.push((actor.clone(), user));
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<(Actor, UserId)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the audit log that somebody could not sign in as a user. Only the refusal itself makes one.
#[derive(Debug, Clone)]
pub struct NoteRefusedSignIn {
    user: UserId,
}

impl UseCase for NoteRefusedSignIn {
    type Output = ();
    type Error = ReadError;
    const PERMISSION: Permission = Permission::SignIn;

    async fn run(&self, _: &mut dyn UnitOfWork, _: &Context) -> Result<(), ReadError> {
        Ok(())
    }

    fn audit(&self, (): &()) -> AuditEntry {
        AuditEntry::new("user.sign_in_refused", self.user)
    }
}

impl App {
    /// Writes what waits. What cannot be written waits on.
    pub(crate) async fn write_refused_sign_ins(&self) -> Result<(), StoreError> {
        let mut waiting = mem::take(&mut *self.refused.waiting()).into_iter();
        while let Some((actor, user)) = waiting.next() {
            let written = self.execute(&actor, &NoteRefusedSignIn { user }).await;
            if let Err(Refusal::Failed(ReadError(error))) = written {
                self.refused.waiting().extend([(actor, user)].into_iter().chain(waiting));
                return Err(error);
            }
        }
        Ok(())
    }
}
