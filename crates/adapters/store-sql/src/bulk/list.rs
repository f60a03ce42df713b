//! A list of rows inside a statement, as each engine takes it with the least work.

use std::fmt::Write;

use gaara_kernel::StoreError;
use sea_orm::{DbBackend, Value};

/// A list of rows: what a statement reads them by, and its parameters.
///
/// On SQLite it is `VALUES (?, ?), (?, ?)`. SQLite takes `$1` for a name, and looks through all
/// names to find one; these have none, so its work grows with the rows alone.
///
/// On PostgreSQL it is `SELECT * FROM UNNEST($1, $2)` with one array to a column. However long the
/// list is, the statement has the same text, so it is parsed and planned once for a connection; and
/// thousands of parameters cost more than the rows that they tell.
#[derive(Debug, PartialEq)]
pub(super) struct List {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl List {
    /// A list of values, row by row; all rows hold the same kinds of values.
    ///
    /// # Errors
    /// [`StoreError::Internal`] for a kind of value that no table holds.
    pub(super) fn of(
        backend: DbBackend,
        values: Vec<Value>,
        columns: usize,
    ) -> Result<Self, StoreError> {
        if backend == DbBackend::Sqlite {
            let row = format!("({})", vec!["?"; columns].join(", "));
            let rows = vec![row.as_str(); values.len() / columns.max(1)];
            return Ok(Self { text: format!("VALUES {}", rows.join(", ")), values });
        }
        let mut arrays = vec![String::from("{"); columns];
        for row in values.chunks(columns.max(1)) {
            for (array, value) in arrays.iter_mut().zip(row) {
                if array.len() > 1 {
                    array.push(',');
                }
                push(array, value)?;
            }
        }
        let mut text = String::from("SELECT * FROM UNNEST(");
        for (index, first) in values.iter().take(columns).enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            // Writing to a text cannot fail. The array is told as a text because it may hold
            // nothing where the driver's own arrays hold something everywhere.
            let _ = write!(text, "{comma}${}::text::{}[]", index + 1, type_of(first)?);
        }
        text.push(')');
        let whole = |mut array: String| {
            array.push('}');
            Value::from(array)
        };
        Ok(Self { text, values: arrays.into_iter().map(whole).collect() })
    }
}

/// The type of a column that holds such values.
fn type_of(value: &Value) -> Result<&'static str, StoreError> {
    match value {
        Value::Bool(_) => Ok("boolean"),
        Value::Int(_) => Ok("integer"),
        Value::BigInt(_) => Ok("bigint"),
        Value::String(_) => Ok("text"),
        Value::Bytes(_) => Ok("bytea"),
        Value::Json(_) => Ok("jsonb"),
        Value::TimeDate(_) => Ok("date"),
        Value::Uuid(_) => Ok("uuid"),
        _ => Err(unknown(value)),
    }
}

fn unknown(value: &Value) -> StoreError {
    StoreError::Internal(format!("no list holds {value:?}").into())
}

/// Adds an element to the text of an array.
fn push(array: &mut String, value: &Value) -> Result<(), StoreError> {
    let written = match value {
        Value::Bool(Some(value)) => write!(array, "{value}"),
        Value::Int(Some(value)) => write!(array, "{value}"),
        Value::BigInt(Some(value)) => write!(array, "{value}"),
        Value::String(Some(value)) => {
            push_quoted(array, value);
            Ok(())
        }
        Value::Bytes(Some(value)) => {
            array.push_str("\"\\\\x");
            let written = value.iter().try_for_each(|byte| write!(array, "{byte:02x}"));
            array.push('"');
            written
        }
        Value::Json(Some(value)) => {
            push_quoted(array, &value.to_string());
            Ok(())
        }
        Value::TimeDate(Some(value)) => write!(array, "{value}"),
        Value::Uuid(Some(value)) => write!(array, "{value}"),
        Value::Bool(None)
        | Value::Int(None)
        | Value::BigInt(None)
        | Value::String(None)
        | Value::Bytes(None)
        | Value::Json(None)
        | Value::TimeDate(None)
        | Value::Uuid(None) => {
            array.push_str("NULL");
            Ok(())
        }
        _ => return Err(unknown(value)),
    };
    written.map_err(|error| StoreError::Internal(Box::new(error)))
}

fn push_quoted(array: &mut String, text: &str) {
    array.push('"');
    for sign in text.chars() {
        if matches!(sign, '"' | '\\') {
            array.push('\\');
        }
        array.push(sign);
    }
    array.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgres_takes_one_array_to_a_column() {
        let values: Vec<Value> =
            vec![7_i64.into(), "a".into(), Value::BigInt(None), Value::String(None)];
        let list = List::of(DbBackend::Postgres, values, 2).unwrap();
        assert_eq!(list.text, "SELECT * FROM UNNEST($1::text::bigint[], $2::text::text[])");
        assert_eq!(list.values, [Value::from("{7,NULL}"), Value::from("{\"a\",NULL}")]);
    }

    #[test]
    fn what_an_array_would_take_for_its_own_signs_is_quoted() {
        let values: Vec<Value> = vec!["{a,\"b\\".into(), "NULL".into(), "".into()];
        let list = List::of(DbBackend::Postgres, values, 1).unwrap();
        assert_eq!(list.values, [Value::from(r#"{"{a,\"b\\","NULL",""}"#)]);
    }

    #[test]
    fn sqlite_gives_parameters_no_names_which_it_would_look_through() {
        let values: Vec<Value> = vec![1_i64.into(), 2_i64.into(), 3_i64.into(), 4_i64.into()];
        let list = List::of(DbBackend::Sqlite, values.clone(), 2).unwrap();
        assert_eq!(list, List { text: "VALUES (?, ?), (?, ?)".to_owned(), values });
    }
}
