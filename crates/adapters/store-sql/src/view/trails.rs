//! The audit log and the outbox, read.

use async_trait::async_trait;
use gaara_application::{
    AuditCounts, AuditFilter, AuditRow, AuditSeal, AuditSort, AuditView, Event, OutboxView,
    SealedRow, UnsealedRow,
};
use gaara_kernel::{AuditId, Page, PageRequest, Sort, StoreError};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::days::are_apart;
use super::{SqlView, seals};
use crate::entity::{audit_row, outbox_event};
use crate::keyset::{Found, page_of, with_items};
use crate::repository::all;
use crate::repository::seals::unsealed;

/// The most events one look answers.
const EVENTS_MAX: u64 = 1000;

#[async_trait]
impl AuditView for SqlView {
    async fn list_audit_log(
        &mut self,
        filter: &AuditFilter,
        request: &PageRequest<AuditSort>,
    ) -> Result<Page<AuditRow>, StoreError> {
        use audit_row::Column;
        let condition = Condition::all()
            .add_option(filter.subject.as_deref().map(|subject| Column::Subject.eq(subject)))
            .add_option(filter.action.as_deref().map(|action| Column::Action.eq(action)))
            .add_option(filter.actor.as_deref().map(|actor| Column::Actor.eq(actor)))
            .add_option(filter.trace.map(|trace| Column::Trace.eq(trace.to_string())))
            .add_option(filter.from.map(|from| Column::AtMs.gte(from.as_millis())))
            .add_option(filter.before.map(|before| Column::AtMs.lt(before.as_millis())));
        let query = audit_row::Entity::find().filter(condition).into_query();
        let found = found(filter, &request.sort);
        let rows =
            page_of::<audit_row::Model>(&self.connection, vec![query], request, found).await?;
        with_items(rows, AuditRow::try_from)
    }

    async fn has_unsealed_rows(&mut self) -> Result<bool, StoreError> {
        seals::has_unsealed(&self.connection).await
    }

    async fn list_unsealed_rows(
        &mut self,
        after: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<UnsealedRow>, StoreError> {
        unsealed(&self.connection, after, limit, "").await
    }

    async fn list_seals(&mut self, after: u64, limit: u32) -> Result<Vec<AuditSeal>, StoreError> {
        seals::seals(&self.connection, after, limit).await
    }

    async fn list_sealed_rows(
        &mut self,
        first: u64,
        last: u64,
    ) -> Result<Vec<SealedRow>, StoreError> {
        seals::sealed_rows(&self.connection, (first, last)).await
    }

    async fn list_rows_outside(&mut self, limit: u32) -> Result<Vec<AuditId>, StoreError> {
        seals::outside(&self.connection, limit).await
    }

    async fn count_audit_rows(&mut self) -> Result<AuditCounts, StoreError> {
        seals::counts(&self.connection).await
    }
}

/// How rows are found: those of somebody or something by that; those of some time by it, where
/// they lie apart from where the list begins.
fn found(filter: &AuditFilter, sort: &Sort<AuditSort>) -> Found {
    let AuditFilter { subject, action, actor, trace, from, before } = filter;
    let is_of_one = trace.is_some() || [subject, action, actor].into_iter().any(Option::is_some);
    if !is_of_one && are_apart((*from, *before), sort) { Found::Few } else { Found::Along }
}

#[async_trait]
impl OutboxView for SqlView {
    async fn find_events(&mut self, subject: &str) -> Result<Vec<Event>, StoreError> {
        use outbox_event::{Column, Entity};
        let query = Entity::find()
            .filter(Column::Subject.eq(subject))
            .order_by_asc(Column::Sequence)
            .limit(EVENTS_MAX);
        let rows = all(&self.connection, query).await?;
        rows.into_iter().map(Event::try_from).collect()
    }
}
