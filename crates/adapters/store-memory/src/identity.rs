//! Identity in memory.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_identity::{
    IdentityView, Organization, OrganizationRepository, RefreshToken, Session, SessionRepository,
    SetupRepository, SetupToken, SignedIn, TokenDigest, User, UserRepository, UserSort,
};
use gaara_kernel::{Id, Page, PageRequest, SessionId, SortValue, StoreError, UserId};
use uuid::Uuid;

use crate::list::{Listed, page};
use crate::records::{add, copied, save, unique};
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

#[async_trait]
impl UserRepository for MemoryTransaction {
    async fn add(&mut self, user: &User) -> Result<(), StoreError> {
        self.with(|records| {
            let free = |taken: fn(&User, &User) -> bool| {
                !records.users.values().any(|other| taken(other, user))
            };
            unique(free(|a, b| a.username == b.username), "user.username")?;
            unique(free(|a, b| a.email == b.email), "user.email")?;
            add(&mut records.users, user.id, Arc::new(user.clone()), "user.id")
        })
    }

    async fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        self.with(|records| Ok(copied(records.users.get(&id))))
    }
}

#[async_trait]
impl SessionRepository for MemoryTransaction {
    async fn add(&mut self, session: &Session) -> Result<(), StoreError> {
        self.with(|records| add(&mut records.sessions, session.id, *session, "session.id"))
    }

    async fn lock(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        self.with(|records| Ok(records.sessions.get(&id).copied()))
    }

    async fn save(&mut self, session: &Session) -> Result<(), StoreError> {
        self.with(|records| save(&mut records.sessions, &session.id, *session, "session"))
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
            save(&mut records.refresh_tokens, &token.digest, *token, "refresh_token")
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
        Ok(user.map(|user| SignedIn { session, user }))
    }

    async fn find_user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        Ok(copied(self.records.users.get(&id)))
    }

    async fn list_users(
        &mut self,
        request: &PageRequest<UserSort>,
    ) -> Result<Page<User>, StoreError> {
        Ok(page(self.records.users.values().map(|user| User::clone(user)), request))
    }
}
