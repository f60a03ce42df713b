//! Looking for what an operator should know before somebody else finds it.

pub(crate) mod agreement;
mod files;
mod people;
mod sentences;

use gaara::SqlStore;
use serde_json::{Value, json};

use crate::books;
use crate::command_line::Doctor;
use crate::config::Config;
use crate::failure::Failure;
use crate::output;

/// How one check turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// All is well.
    Fine,
    /// All works, and could be safer.
    Advice,
    /// Something is wrong.
    Finding,
}

impl Outcome {
    const fn word(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Advice => "advice",
            Self::Finding => "finding",
        }
    }
}

/// What one check found.
#[derive(Debug)]
pub(super) struct Check {
    name: &'static str,
    outcome: Outcome,
    detail: String,
    /// What is wrong row by row, as JSON tells it.
    rows: Vec<Value>,
}

impl Check {
    /// A check that finds nothing wrong, or these things.
    pub(super) fn of(name: &'static str, found: &[String], fine: &str) -> Self {
        let outcome = if found.is_empty() { Outcome::Fine } else { Outcome::Finding };
        let detail = if found.is_empty() { fine.to_owned() } else { found.join("; ") };
        Self { name, outcome, detail, rows: Vec::new() }
    }

    /// The same, where what is found is no more than advice.
    pub(super) fn advice(name: &'static str, found: &[String], fine: &str) -> Self {
        let check = Self::of(name, found, fine);
        match check.outcome {
            Outcome::Finding => Self { outcome: Outcome::Advice, ..check },
            Outcome::Fine | Outcome::Advice => check,
        }
    }
}

/// Checks everything and tells what was found. A finding ends with status 1.
pub(super) async fn run(doctor: Doctor) -> Result<(), Failure> {
    let Doctor { sources, books, json } = doctor;
    let config = sources.load(Vec::new())?;
    let mut checks = files::check(&config);
    checks.extend(check_database(&config, books).await);
    print(&checks, json)?;
    let findings = checks.iter().filter(|check| check.outcome == Outcome::Finding).count();
    match findings {
        0 => Ok(()),
        1 => Err(Failure::Other("there is one finding".to_owned())),
        many => Err(Failure::Other(format!("there are {many} findings"))),
    }
}

/// Looks into the books, as far as they can be opened; nothing is made or changed.
async fn check_database(config: &Config, with_books: bool) -> Vec<Check> {
    let finding = |found: String| vec![Check::of("database", &[found], "")];
    if let Some(path) = config.database_path().filter(|path| !path.exists()) {
        return finding(format!("there is no database {}", path.display()));
    }
    match pending(config).await {
        Err(error) => return finding(error),
        Ok(steps) if !steps.is_empty() => {
            return finding(format!("steps of the schema are missing: {}", steps.join(", ")));
        }
        Ok(_) => {}
    }
    let gaara = match books::open(config).await {
        Ok(gaara) => gaara,
        Err(failure) => return finding(failure.told()),
    };
    let mut checks = vec![Check::of("database", &[], "it answers, and its schema is up to date")];
    match people::check(&gaara).await {
        Ok(found) => checks.extend(found),
        Err(error) => checks.push(Check::of("people", &[output::chain(&error)], "")),
    }
    if with_books {
        match agreement::check(&gaara, config).await {
            Ok(found) => checks.extend(found),
            Err(failure) => checks.push(Check::of("books", &[failure.told()], "")),
        }
    }
    if let Err(error) = gaara.close().await {
        checks.push(Check::of("closing", &[output::chain(&error)], ""));
    }
    checks
}

/// The steps of the schema that were not applied.
async fn pending(config: &Config) -> Result<Vec<String>, String> {
    let sql = config.sql().ok_or("the path of the database is not text")?;
    let store = SqlStore::connect(&sql).await.map_err(|error| output::chain(&error))?;
    let steps = store.migration_status().await.map_err(|error| output::chain(&error))?;
    store.close().await.map_err(|error| output::chain(&error))?;
    Ok(steps.into_iter().filter(|(_, applied)| !applied).map(|(step, _)| step).collect())
}

fn print(checks: &[Check], as_json: bool) -> Result<(), Failure> {
    if as_json {
        let entry = |check: &Check| {
            let mut entry = json!({"check": check.name, "outcome": check.outcome.word(),
                "detail": check.detail});
            if let Some(object) = entry.as_object_mut().filter(|_| !check.rows.is_empty()) {
                object.insert("findings".to_owned(), check.rows.clone().into());
            }
            entry
        };
        let entries: Vec<Value> = checks.iter().map(entry).collect();
        return Ok(output::line(&format!("{:#}", Value::from(entries)))?);
    }
    let row = |check: &Check| {
        vec![check.outcome.word().to_owned(), check.name.to_owned(), check.detail.clone()]
    };
    let rows: Vec<_> = checks.iter().map(row).collect();
    for line in output::table(&rows) {
        output::line(&line)?;
    }
    Ok(())
}
