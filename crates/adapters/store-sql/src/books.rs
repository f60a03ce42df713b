//! Whether the books agree with themselves, as of one moment.

mod figures;
mod rules;
mod schema;
mod statements;

use gaara_application::ReadView;
use gaara_kernel::StoreError;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::error::failure;
use crate::store::SqlStore;
use crate::view::SqlView;

pub use figures::BooksFigures;
pub use rules::BooksRule;

/// How many findings of one rule are told one by one.
const FINDINGS_MAX: usize = 100;

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BooksFinding {
    /// The table that holds what is wrong.
    pub table: String,
    /// What is wrong there: an id, two of them, or a place in a number series.
    pub id: String,
    /// What the rest of the books say, in minor units, millionths or numbers.
    pub expected: i64,
    /// What is written.
    pub found: i64,
}

/// What became of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BooksRuling {
    /// The first findings, in a fixed order.
    pub findings: Vec<BooksFinding>,
    /// How many there are in all.
    pub findings_total: u64,
}

/// The books as of one moment, however long one looks and whoever writes meanwhile.
#[derive(Debug)]
pub struct Books {
    view: SqlView,
}

impl SqlStore {
    /// Opens the books for checking; a look at all of them may take longer than a statement may.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database cannot be reached.
    pub async fn books(&self) -> Result<Books, StoreError> {
        let SqlView { connection } = self.open_view().await?;
        let view = SqlView { connection: connection.for_long() };
        if self.backend() == DbBackend::Postgres {
            let text = "SET LOCAL statement_timeout = 0; \
                 SET LOCAL idle_in_transaction_session_timeout = 0";
            view.connection.execute_unprepared(text).await.map_err(failure)?;
        }
        Ok(Books { view })
    }
}

impl Books {
    /// Finds everything that breaks a rule.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Internal`] when the books cannot be read.
    pub async fn check(&self, rule: BooksRule) -> Result<BooksRuling, StoreError> {
        let mut findings = match rule {
            BooksRule::Schema => schema::check(&self.view.connection).await?,
            rule => self.found(rule).await?,
        };
        let findings_total = u64::try_from(findings.len()).unwrap_or(u64::MAX);
        findings.truncate(FINDINGS_MAX);
        Ok(BooksRuling { findings, findings_total })
    }

    async fn found(&self, rule: BooksRule) -> Result<Vec<BooksFinding>, StoreError> {
        let connection = &self.view.connection;
        let backend = connection.get_database_backend();
        let Some(check) = statements::check(rule, backend) else { return Ok(Vec::new()) };
        let statement = Statement::from_string(backend, check.text.as_str());
        let rows = connection.query_all_raw(statement).await.map_err(failure)?;
        rows.iter().filter_map(|row| check.finding(row).transpose()).collect()
    }

    /// Everything that the schema holds, as the check compares it: a line for each thing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Internal`] when it cannot be read.
    pub async fn objects(&self) -> Result<String, StoreError> {
        schema::listed(&self.view.connection).await
    }

    /// The same moment for every other question.
    pub fn view(&mut self) -> &mut dyn ReadView {
        &mut self.view
    }
}
