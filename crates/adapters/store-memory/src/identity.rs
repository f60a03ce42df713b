//! Identity in memory.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_identity::{
    AssignableRole, IdentityView, KeySchedule, LinkPurpose, LiveSession, Organization,
    OrganizationRepository, Origin, PasswordHash, PastPassword, PermissionVersion, RefreshToken,
    Revocation, RoleSort, Session, SessionRepository, SetupRepository, SetupToken, SignedIn,
    TokenDigest, User, UserRepository, UserSort,
};
use gaara_kernel::{
    Id, Page, PageRequest, RoleId, SessionId, SortValue, StoreError, Timestamp, UserId, Version,
};
use uuid::Uuid;

use crate::list::{Listed, page};
use crate::records::{Records, add, copied, save, unique};
use crate::store::{MemoryTransaction, MemoryView};

#[async_trait]
impl OrganizationRepository for MemoryTransaction {
    async fn find(&mut self) -> Result<Option<Organization>, StoreError> {
        self.with(|records| Ok(records.organization.clone()))
    }

    async fn hold(&mut self) -> Result<Option<Organization>, StoreError> {
        OrganizationRepository::find(self).await
    }

    async fn lock(&mut self) -> Result<Option<Organization>, StoreError> {
        OrganizationRepository::find(self).await
    }

    async fn save(&mut self, organization: &Organization) -> Result<(), StoreError> {
        self.with(|records| match &mut records.organization {
            Some(stored) => {
                *stored = organization.clone();
                Ok(())
            }
            None => Err(StoreError::Corrupt { entity: "organization" }),
        })
    }

    async fn add(&mut self, organization: &Organization) -> Result<(), StoreError> {
        self.with(|records| {
            unique(records.organization.is_none(), "organization")?;
            records.organization = Some(organization.clone());
            Ok(())
        })
    }
}

#[async_trait]
impl SetupRepository for MemoryTransaction {
    async fn lock(&mut self) -> Result<Option<SetupToken>, StoreError> {
        self.with(|records| Ok(records.setup_token.clone()))
    }

    async fn save(&mut self, token: &SetupToken) -> Result<(), StoreError> {
        self.with(|records| {
            records.setup_token = Some(token.clone());
            Ok(())
        })
    }

    async fn remove(&mut self) -> Result<(), StoreError> {
        self.with(|records| {
            records.setup_token = None;
            Ok(())
        })
    }
}

/// Refuses a name or an address that another user has.
fn check_names(records: &Records, user: &User) -> Result<(), StoreError> {
    let free = |taken: fn(&User, &User) -> bool| {
        !records.users.values().any(|other| other.id != user.id && taken(other, user))
    };
    unique(free(|a, b| a.username == b.username), "user.username")?;
    unique(free(|a, b| a.email == b.email), "user.email")
}

#[async_trait]
impl UserRepository for MemoryTransaction {
    async fn add(&mut self, user: &User) -> Result<(), StoreError> {
        self.with(|records| {
            check_names(records, user)?;
            add(&mut records.users, user.id, Arc::new(user.clone()), "user.id")
        })
    }

    async fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        self.with(|records| Ok(copied(records.users.get(&id))))
    }

    async fn lock_admins(&mut self) -> Result<Vec<UserId>, StoreError> {
        self.with(|records| {
            let is_invited = |id: &UserId| {
                let link = records.links.get(id);
                link.is_some_and(|link| link.purpose == LinkPurpose::Invitation)
            };
            let acting = records.users.values().filter(|user| user.is_acting_admin());
            let admins = acting.filter(|user| !is_invited(&user.id));
            Ok(admins.map(|user| user.id).collect())
        })
    }

    async fn lock(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        UserRepository::find(self, id).await
    }

    async fn save(&mut self, user: &User) -> Result<(), StoreError> {
        self.with(|records| {
            check_names(records, user)?;
            save(&mut records.users, &user.id, Arc::new(user.clone()), "user")
        })
    }

    async fn add_past_password(
        &mut self,
        past: &PastPassword,
        kept: usize,
    ) -> Result<(), StoreError> {
        self.with(|records| {
            let key = (past.user_id, past.version);
            records.past_passwords.insert(key, past.hash.clone());
            let of_user = records.past_passwords.keys().rev().filter(|key| key.0 == past.user_id);
            let forgotten: Vec<_> = of_user.skip(kept).copied().collect();
            records.past_passwords.retain(|key, _| !forgotten.contains(key));
            Ok(())
        })
    }
}

#[async_trait]
impl SessionRepository for MemoryTransaction {
    async fn add(&mut self, session: &Session, origin: &Origin) -> Result<(), StoreError> {
        self.with(|records| {
            add(&mut records.sessions, session.id, *session, "session.id")?;
            records.origins.insert(session.id, origin.clone());
            Ok(())
        })
    }

    async fn lock(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        self.with(|records| Ok(records.sessions.get(&id).copied()))
    }

    async fn save(&mut self, session: &Session) -> Result<(), StoreError> {
        self.with(|records| save(&mut records.sessions, &session.id, *session, "session"))
    }

    async fn end_all(
        &mut self,
        user: UserId,
        but: Option<SessionId>,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        self.with(|records| {
            let mut ended = 0;
            for session in records.sessions.values_mut() {
                if session.user_id == user && Some(session.id) != but && session.ended_at.is_none()
                {
                    session.end(now);
                    ended += 1;
                }
            }
            Ok(ended)
        })
    }

    async fn end_oldest(
        &mut self,
        user: UserId,
        kept: usize,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        self.with(|records| {
            let sessions = records.sessions.values_mut();
            let mut live: Vec<&mut Session> =
                sessions.filter(|it| it.user_id == user && it.is_alive(now)).collect();
            live.sort_by_key(|session| std::cmp::Reverse((session.created_at, session.id)));
            let mut ended = 0;
            for session in live.into_iter().skip(kept) {
                session.end(now);
                ended += 1;
            }
            Ok(ended)
        })
    }

    async fn forget_over(&mut self, before: Timestamp) -> Result<(), StoreError> {
        self.with(|records| {
            let over = |session: &Session| {
                session.expires_at < before || session.ended_at.is_some_and(|end| end < before)
            };
            records.sessions.retain(|_, session| !over(session));
            let sessions = &records.sessions;
            records.origins.retain(|id, _| sessions.contains_key(id));
            records.refresh_tokens.retain(|_, token| sessions.contains_key(&token.session_id));
            Ok(())
        })
    }

    async fn forget_tokens(&mut self, before: Timestamp) -> Result<(), StoreError> {
        self.with(|records| {
            records.refresh_tokens.retain(|_, token| token.expires_at >= before);
            Ok(())
        })
    }

    async fn add_token(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        self.with(|records| {
            add(&mut records.refresh_tokens, token.digest, *token, "refresh_token.digest")
        })
    }

    async fn lock_token(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<RefreshToken>, StoreError> {
        self.with(|records| Ok(records.refresh_tokens.get(digest).copied()))
    }

    async fn save_token(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        self.with(|records| {
            let stored = records.refresh_tokens.get_mut(&token.digest);
            let stored = stored.filter(|stored| stored.consumed_at.is_none());
            *stored.ok_or(StoreError::Conflict)? = *token;
            Ok(())
        })
    }
}

impl Listed<UserSort> for User {
    fn value(&self, field: UserSort) -> SortValue {
        match field {
            UserSort::Username => SortValue::Text(self.username.as_str().to_owned()),
            UserSort::CreatedAt => SortValue::Integer(self.created_at.as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}

#[async_trait]
impl IdentityView for MemoryView {
    async fn find_organization(&mut self) -> Result<Option<Organization>, StoreError> {
        Ok(self.records.organization.clone())
    }

    async fn find_setup_token(&mut self) -> Result<Option<SetupToken>, StoreError> {
        Ok(self.records.setup_token.clone())
    }

    async fn find_login(&mut self, login: &str) -> Result<Option<User>, StoreError> {
        let named =
            |user: &&Arc<User>| user.username.as_str() == login || user.email.as_str() == login;
        Ok(copied(self.records.users.values().find(named)))
    }

    async fn find_signed_in(&mut self, id: SessionId) -> Result<Option<SignedIn>, StoreError> {
        let Some(session) = self.records.sessions.get(&id).copied() else {
            return Ok(None);
        };
        let user = copied(self.records.users.get(&session.user_id));
        Ok(user.map(|user| {
            let mut roles = self.records.roles.0.values();
            let role = roles.find(|role| role.code == user.role);
            let permissions = role.map(|role| role.permissions.clone()).unwrap_or_default();
            let role = role.map_or(Version::FIRST, |role| role.version);
            let version = PermissionVersion { user: user.version, role };
            SignedIn { session, user, permissions, version }
        }))
    }

    async fn list_revocations(&mut self, since: Timestamp) -> Result<Vec<Revocation>, StoreError> {
        let entries = self.records.revocations.values().filter(|entry| entry.at >= since);
        Ok(entries.cloned().collect())
    }

    async fn find_key_schedule(&mut self) -> Result<KeySchedule, StoreError> {
        Ok(KeySchedule::new(self.records.signing_keys.0.clone()))
    }

    async fn find_user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        Ok(copied(self.records.users.get(&id)))
    }

    async fn list_sessions(
        &mut self,
        user: UserId,
        now: Timestamp,
    ) -> Result<Vec<LiveSession>, StoreError> {
        let sessions = self.records.sessions.values();
        let mut live: Vec<LiveSession> = sessions
            .filter(|session| session.user_id == user && session.is_alive(now))
            .map(|session| {
                let origin = self.records.origins.get(&session.id).cloned().unwrap_or_default();
                LiveSession { session: *session, origin }
            })
            .collect();
        live.sort_by_key(|it| std::cmp::Reverse((it.session.created_at, it.session.id)));
        Ok(live)
    }

    async fn list_past_passwords(
        &mut self,
        user: UserId,
        count: usize,
    ) -> Result<Vec<PasswordHash>, StoreError> {
        let past = self.records.past_passwords.iter().rev().filter(|(key, _)| key.0 == user);
        Ok(past.take(count).map(|(_, hash)| hash.clone()).collect())
    }

    async fn find_role(&mut self, id: RoleId) -> Result<Option<AssignableRole>, StoreError> {
        Ok(copied(self.records.roles.0.get(&id)))
    }

    async fn list_roles(
        &mut self,
        request: &PageRequest<RoleSort>,
    ) -> Result<Page<AssignableRole>, StoreError> {
        let roles = self.records.roles.0.values();
        Ok(page(roles.map(|role| AssignableRole::clone(role)), request))
    }

    async fn list_users(
        &mut self,
        request: &PageRequest<UserSort>,
    ) -> Result<Page<User>, StoreError> {
        Ok(page(self.records.users.values().map(|user| User::clone(user)), request))
    }
}
