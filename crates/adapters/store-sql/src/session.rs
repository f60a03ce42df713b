//! A transaction on one connection, whose server may fall silent.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use gaara_kernel::StoreError;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement,
};

use crate::error::{commit_failure, failure};
use crate::pulse::{Pulse, Silence};

/// An open transaction. Every statement on it ends soon when the server has fallen silent, and
/// none is sent after that.
#[derive(Debug)]
pub(crate) struct Session {
    transaction: DatabaseTransaction,
    /// Absent where the database is a file.
    pulse: Option<Arc<Pulse>>,
    is_long: bool,
    is_lost: AtomicBool,
}

impl Session {
    pub(crate) const fn new(transaction: DatabaseTransaction, pulse: Option<Arc<Pulse>>) -> Self {
        Self { transaction, pulse, is_long: false, is_lost: AtomicBool::new(false) }
    }

    /// The same, whose statements may take as long as they need while the server lives.
    pub(crate) fn for_long(mut self) -> Self {
        self.is_long = true;
        self
    }

    /// The same for the steps of the schema, whose statements are waited for without an end.
    pub(crate) const fn unwatched(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        // What was never asked for is no doubt.
        self.reach().map_err(failure)?;
        let Self { transaction, pulse, .. } = self;
        let done = match pulse {
            Some(pulse) => heard(pulse.await_answer(transaction.commit()).await),
            None => transaction.commit().await,
        };
        done.map_err(commit_failure)
    }

    pub(crate) async fn rollback(self) -> Result<(), StoreError> {
        self.reach().map_err(failure)?;
        let Self { transaction, pulse, .. } = self;
        let done = match pulse {
            Some(pulse) => heard(pulse.await_answer(transaction.rollback()).await),
            None => transaction.rollback().await,
        };
        done.map_err(failure)
    }

    /// Refuses to wait for somebody again who has said nothing.
    fn reach(&self) -> Result<(), DbErr> {
        if self.is_lost.load(Ordering::Acquire) { Err(silence()) } else { Ok(()) }
    }

    async fn answered<T>(
        &self,
        work: impl Future<Output = Result<T, DbErr>> + Send,
    ) -> Result<T, DbErr> {
        self.reach()?;
        let Some(pulse) = &self.pulse else { return work.await };
        let answer = if self.is_long {
            pulse.await_long(work).await
        } else {
            pulse.await_answer(work).await
        };
        if answer.is_err() {
            self.is_lost.store(true, Ordering::Release);
        }
        heard(answer)
    }
}

fn heard<T>(answer: Result<Result<T, DbErr>, Silence>) -> Result<T, DbErr> {
    answer.unwrap_or_else(|Silence| Err(silence()))
}

fn silence() -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(Silence.into())))
}

#[async_trait]
impl ConnectionTrait for Session {
    fn get_database_backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.answered(self.transaction.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, text: &str) -> Result<ExecResult, DbErr> {
        self.answered(self.transaction.execute_unprepared(text)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.answered(self.transaction.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.answered(self.transaction.query_all_raw(statement)).await
    }
}
