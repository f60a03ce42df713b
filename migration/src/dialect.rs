//! One text of the schema, written out for either engine.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

use crate::record;

/// A word of the schema, and how PostgreSQL and SQLite spell it.
struct Word {
    name: &'static str,
    postgres: &'static str,
    sqlite: &'static str,
}

/// Composed words come first: they are written in the words below them.
const WORDS: &[Word] = &[
    same(
        "{name}",
        "name_ar {text}, name_en {text} CONSTRAINT name_present \
         CHECK (name_ar IS NOT NULL OR name_en IS NOT NULL)",
    ),
    same(
        "{description}",
        "description_ar {text}, description_en {text} CONSTRAINT description_present \
         CHECK (description_ar IS NOT NULL OR description_en IS NOT NULL)",
    ),
    same("{currency}", "{code_3} NOT NULL CONSTRAINT currency_code CHECK (length(currency) = 3)"),
    same(
        "{tax}",
        "tax_category {code} NOT NULL CONSTRAINT tax_category_known CHECK (tax_category IN \
         ('AE', 'B', 'E', 'G', 'K', 'L', 'M', 'O', 'S', 'Z')), \
         tax_rate_millionths {integer} NOT NULL CONSTRAINT tax_rate_range CHECK \
         (tax_rate_millionths BETWEEN 0 AND 100000000 \
         AND (tax_rate_millionths = 0 OR tax_category IN ('B', 'L', 'M', 'S')) \
         AND (tax_rate_millionths > 0 OR tax_category <> 'S'))",
    ),
    // What a party says about itself: one document, every address in it with a country.
    same(
        "{details}",
        "{json} NOT NULL DEFAULT '{}' CONSTRAINT details_object CHECK \
         ({json_type}(details) = 'object') CONSTRAINT details_countries CHECK \
         (COALESCE(length(details -> 'billing_address' ->> 'country'), 2) = 2 \
         AND COALESCE(length(details -> 'delivery_address' ->> 'country'), 2) = 2)",
    ),
    same(
        "{instalments}",
        "{json} CONSTRAINT instalments_counted CHECK (instalments IS NULL \
         OR {json_length}(instalments) BETWEEN 1 AND 36)",
    ),
    same("{version}", "version {integer} NOT NULL CONSTRAINT version_counted CHECK (version >= 1)"),
    same("{position}", "{integer} NOT NULL CONSTRAINT position_counted CHECK (position >= 0)"),
    // A valid id of version 7 for a row that was written without one; its instant means nothing.
    word(
        "{some_id}",
        "CAST(overlay(CAST(gen_random_uuid() AS text) PLACING '7' FROM 15 FOR 1) AS uuid)",
        "unhex(hex(randomblob(6)) || '7' || substr(hex(randomblob(2)), 2) || '8' || \
         substr(hex(randomblob(8)), 2))",
    ),
    word("{least_id}", "CAST('00000000-0000-0000-0000-000000000000' AS uuid)", "X''"),
    word("{id}", "uuid", "BLOB"),
    word("{bytes}", "bytea", "BLOB"),
    word("{integer}", "bigint", "INTEGER"),
    word("{flag}", "boolean", "INTEGER"),
    word("{text}", "text", "TEXT"),
    // Texts that lists sort by compare byte by byte, as SQLite does by itself.
    word("{code}", "text COLLATE \"C\"", "TEXT"),
    word("{code_3}", "char(3)", "TEXT"),
    word("{date}", "date", "TEXT"),
    word("{no_date}", "DATE '0001-01-01'", "'0001-01-01'"),
    word("{json}", "jsonb", "TEXT"),
    word("{json_type}", "jsonb_typeof", "json_type"),
    word("{json_length}", "jsonb_array_length", "json_array_length"),
    word(
        "{sequence}",
        "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "INTEGER PRIMARY KEY AUTOINCREMENT",
    ),
    // A number that was counted before is kept where a row is put back.
    word("{given_sequence}", "OVERRIDING SYSTEM VALUE", ""),
    // SQLite keeps a value of any type in a column unless its table is strict.
    word("{strict}", "", "STRICT"),
];

const fn word(name: &'static str, postgres: &'static str, sqlite: &'static str) -> Word {
    Word { name, postgres, sqlite }
}

const fn same(name: &'static str, text: &'static str) -> Word {
    word(name, text, text)
}

/// Runs statements one after another, in the words of the connection's engine.
pub(crate) async fn run<C: ConnectionTrait>(
    connection: &C,
    statements: &[&str],
) -> Result<(), DbErr> {
    let backend = connection.get_database_backend();
    for statement in statements {
        let text = write_out(statement, backend);
        execute(connection, &text).await?;
    }
    Ok(())
}

/// Runs one statement as it stands.
pub(crate) async fn execute<C: ConnectionTrait>(
    connection: &C,
    statement: &str,
) -> Result<(), DbErr> {
    record::note(statement);
    connection.execute_unprepared(statement).await?;
    Ok(())
}

/// Writes a text out in the words of an engine.
pub(crate) fn write_out(statement: &str, backend: DbBackend) -> String {
    WORDS.iter().fold(statement.to_owned(), |text, word| {
        let spelling = match backend {
            DbBackend::Sqlite => word.sqlite,
            _ => word.postgres,
        };
        text.replace(word.name, spelling)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_composed_word_is_written_out_in_the_words_of_the_engine() {
        let text = "CREATE TABLE t (id {id}, {name}, currency {currency}) {strict}";
        let postgres = write_out(text, DbBackend::Postgres);
        let sqlite = write_out(text, DbBackend::Sqlite);
        assert!(postgres.contains("id uuid, name_ar text, name_en text"));
        assert!(postgres.contains("currency char(3) NOT NULL"));
        assert!(sqlite.contains("id BLOB, name_ar TEXT, name_en TEXT"));
        assert!(sqlite.ends_with("STRICT"));
        assert!(!sqlite.contains('{') && !postgres.contains('{'));
    }
}
