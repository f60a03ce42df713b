//! Sessions and refresh tokens, written.

use async_trait::async_trait;
use gaara_identity::{Origin, RefreshToken, Session, SessionRepository, TokenDigest};
use gaara_kernel::{Id, SessionId, StoreError, Timestamp, UserId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::{forget, insert, saved};
use crate::entity::{refresh_token, session};
use crate::error::failure;
use crate::transaction::SqlTransaction;

impl SqlTransaction {
    /// Ends sessions; none ends before it began, though the clock of another instance was ahead.
    async fn end_where(&self, which: Condition, now: Timestamp) -> Result<u64, StoreError> {
        let began = session::Column::CreatedAtMs;
        let end = Expr::case(began.gt(now.as_millis()), Expr::col(began)).finally(now.as_millis());
        let result = session::Entity::update_many()
            .col_expr(session::Column::EndedAtMs, end.into())
            .filter(which)
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        Ok(result.rows_affected)
    }
}

#[async_trait]
impl SessionRepository for SqlTransaction {
    async fn add(&mut self, session: &Session, origin: &Origin) -> Result<(), StoreError> {
        let row = session::Model::new(session, origin);
        insert::<session::Entity>(&self.connection, row).await
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
            .col_expr(session::Column::LastUsedAtMs, Expr::val(session.last_used_at.as_millis()))
            .col_expr(session::Column::ProvenAtMs, Expr::val(session.proven_at.as_millis()))
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
        self.end_where(others, now).await
    }

    async fn end_oldest(
        &mut self,
        user: UserId,
        kept: usize,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let live = || {
            Condition::all()
                .add(session::Column::UserId.eq(user.as_uuid()))
                .add(session::Column::EndedAtMs.is_null())
                .add(session::Column::ExpiresAtMs.gt(now.as_millis()))
        };
        let latest = session::Entity::find()
            .select_only()
            .column(session::Column::Id)
            .filter(live())
            .order_by_desc(session::Column::CreatedAtMs)
            .order_by_desc(session::Column::Id)
            .limit(u64::try_from(kept).unwrap_or(u64::MAX))
            .into_query();
        let others = live().add(session::Column::Id.not_in_subquery(latest));
        self.end_where(others, now).await
    }

    async fn forget_over(&mut self, before: Timestamp) -> Result<(), StoreError> {
        let over = "expires_at_ms < $1 OR ended_at_ms < $1";
        forget(&self.connection, "sessions", "id", over, before).await
    }

    async fn forget_tokens(&mut self, before: Timestamp) -> Result<(), StoreError> {
        forget(&self.connection, "refresh_tokens", "digest", "expires_at_ms < $1", before).await
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
            .filter(refresh_token::Column::ConsumedAtMs.is_null())
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        if result.rows_affected == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }
}
