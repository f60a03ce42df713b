//! Statements of reports: plain text for both engines, with conditions that may be absent.

use sea_orm::sea_query::Value;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use gaara_kernel::StoreError;

use crate::error::failure;
use crate::session::Session;

/// Conditions that all hold, and their parameters.
#[derive(Default)]
pub(super) struct Clauses {
    text: String,
    values: Vec<Value>,
}

impl Clauses {
    /// Adds a parameter and answers how the text names it.
    pub(super) fn parameter(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// Adds a condition on a parameter, whose place in the text is `?`.
    pub(super) fn and(&mut self, condition: &str, value: impl Into<Value>) {
        let parameter = self.parameter(value);
        self.text.extend([" AND ", &condition.replace('?', &parameter)]);
    }

    /// Adds a condition where there is something to compare with.
    pub(super) fn and_if<V: Into<Value>>(&mut self, condition: &str, value: Option<V>) {
        if let Some(value) = value {
            self.and(condition, value);
        }
    }

    /// The conditions, each behind an `AND`.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Reads all rows of a statement with these parameters.
    pub(super) async fn read<R: FromQueryResult>(
        self,
        connection: &Session,
        text: String,
    ) -> Result<Vec<R>, StoreError> {
        let backend = connection.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, text, self.values);
        let rows = connection.query_all_raw(statement).await.map_err(failure)?;
        rows.iter().map(|row| R::from_query_result(row, "").map_err(failure)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_in_their_order() {
        let mut clauses = Clauses::default();
        assert_eq!(clauses.parameter(1), "$1");
        clauses.and("a >= ?", 2);
        clauses.and_if("b = ?", None::<i64>);
        clauses.and_if("c < ?", Some(3));

        assert_eq!(clauses.text(), " AND a >= $2 AND c < $3");
    }
}
