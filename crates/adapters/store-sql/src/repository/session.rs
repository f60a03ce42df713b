//! Sessions and refresh tokens, written.

use async_trait::async_trait;
use gaara_identity::{RefreshToken, Session, SessionRepository, TokenDigest};
use gaara_kernel::{Id, SessionId, StoreError, Timestamp, UserId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use super::{insert, saved};
use crate::entity::{refresh_token, session};
use crate::error::failure;
use crate::transaction::SqlTransaction;

#[async_trait]
impl SessionRepository for SqlTransaction {
    async fn add(&mut self, session: &Session) -> Result<(), StoreError> {
        insert::<session::Entity>(&self.connection, session::Model::from(session)).await
    }

    async fn lock(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let query = session::Entity::find_by_id(id.as_uuid()).lock(LockType::NoKeyUpdate);
        let row = query.one(&self.connection).await.map_err(failure)?;
        Ok(row.map(Session::from))
    }

    async fn save(&mut self, session: &Session) -> Result<(), StoreError> {
        let ended_at = session.ended_at.map(Timestamp::as_millis);
        let result = session::Entity::update_many()
            .col_expr(session::Column::EndedAtMs, Expr::val(ended_at))
            .filter(session::Column::Id.eq(session.id.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "session")
    }

    async fn end_all(
        &mut self,
        user: UserId,
        but: Option<SessionId>,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let others = Condition::all()
            .add(session::Column::UserId.eq(user.as_uuid()))
            .add(session::Column::EndedAtMs.is_null())
            .add_option(but.map(|id| session::Column::Id.ne(id.as_uuid())));
        // No session ends before it began, though the clock of another instance was ahead.
        let end = Expr::case(
            session::Column::CreatedAtMs.gt(now.as_millis()),
            Expr::col(session::Column::CreatedAtMs),
        )
        .finally(now.as_millis());
        let result = session::Entity::update_many()
            .col_expr(session::Column::EndedAtMs, end.into())
            .filter(others)
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        Ok(result.rows_affected)
    }

    async fn add_token(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        let row = refresh_token::Model::from(token);
        insert::<refresh_token::Entity>(&self.connection, row).await
    }

    async fn lock_token(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<RefreshToken>, StoreError> {
        let key = digest.as_bytes().to_vec();
        let query = refresh_token::Entity::find_by_id(key).lock(LockType::NoKeyUpdate);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(RefreshToken::try_from).transpose()
    }

    async fn save_token(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        let consumed_at = token.consumed_at.map(Timestamp::as_millis);
        let result = refresh_token::Entity::update_many()
            .col_expr(refresh_token::Column::ConsumedAtMs, Expr::val(consumed_at))
            .filter(refresh_token::Column::Digest.eq(token.digest.as_bytes().to_vec()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "refresh_token")
    }
}
