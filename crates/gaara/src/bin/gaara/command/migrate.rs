//! Bringing the database schema up to date, or back.

use gaara::kernel::StoreError;
use gaara::{
    APPEND_ONLY, BATCH_ROWS, Backfilled, BuildError, GrantError, PlannedStep, SqlStore,
    prepare_data_directory,
};
use serde_json::{Value, json};

use crate::command_line::{Direction, MigrateDown, MigrateGrant, MigrateUp};
use crate::config::Config;
use crate::failure::Failure;
use crate::output;

/// A step and whether it was applied.
type Step = (String, bool);

/// Does what is asked of the schema.
pub(super) async fn run(direction: Direction) -> Result<(), Failure> {
    match direction {
        Direction::Up(MigrateUp { sources, json }) => up(&sources.load(Vec::new())?, json).await,
        Direction::Down(down) => take_back(down).await,
        Direction::Status(MigrateUp { sources, json }) => {
            let store = open_existing(&sources.load(Vec::new())?).await?;
            print(&steps(&store).await?, json)
        }
        Direction::Plan(MigrateUp { sources, json }) => {
            let store = open_existing(&sources.load(Vec::new())?).await?;
            plan(&store, json).await
        }
        Direction::Grant(asked) => grant(asked).await,
    }
}

/// Prints what going up would do.
async fn plan(store: &SqlStore, as_json: bool) -> Result<(), Failure> {
    let planned = store.migration_plan().await.map_err(BuildError::from)?;
    if as_json {
        let entry = |it: &PlannedStep| json!({"step": it.step, "statements": it.statements});
        let entries: Vec<Value> = planned.iter().map(entry).collect();
        return Ok(output::line(&format!("{:#}", Value::from(entries)))?);
    }
    if planned.is_empty() {
        return Ok(output::line("the schema is up to date")?);
    }
    for PlannedStep { step, statements } in planned {
        output::line(&format!("-- {step}"))?;
        for statement in statements {
            output::line(&format!("{};", statement.trim_end_matches(';')))?;
        }
    }
    Ok(())
}

async fn up(config: &Config, as_json: bool) -> Result<(), Failure> {
    if config.database_path().is_some() {
        prepare_data_directory(&config.data_dir)?;
    }
    let store = open(config).await?;
    let before = steps(&store).await?;
    if let Some(step) = store.later_step().await?.filter(|_| !config.allows_newer_schema()) {
        return Err(BuildError::NewerSchema { step }.into());
    }
    let told = |done: Backfilled| {
        let state = if done.is_done { "done" } else { "so far" };
        let line = format!("backfill {}: {} rows {state}", done.name, done.rows);
        if as_json {
            Ok(())
        } else {
            output::line(&line).map_err(|it| StoreError::Internal(it.into()))
        }
    };
    store.migrate_up_telling(BATCH_ROWS, told).await.map_err(BuildError::from)?;
    let missing: Vec<Step> =
        before.into_iter().filter(|(_, applied)| !applied).map(|(step, _)| (step, true)).collect();
    if missing.is_empty() && !as_json {
        return Ok(output::line("the schema is up to date")?);
    }
    print(&missing, as_json)
}

async fn take_back(down: MigrateDown) -> Result<(), Failure> {
    let MigrateDown { common: MigrateUp { sources, json }, steps: count, dry_run, yes } = down;
    if !dry_run && !yes {
        let line = "what is stored in the tables would be lost; say --yes, or --dry-run to look";
        return Err(Failure::Usage(line.to_owned()));
    }
    let store = open_existing(&sources.load(Vec::new())?).await?;
    let applied = steps(&store).await?.into_iter().filter(|(_, applied)| *applied);
    let count_max = usize::try_from(count).unwrap_or(usize::MAX);
    let last: Vec<Step> = applied.rev().take(count_max).map(|(step, _)| (step, dry_run)).collect();
    if dry_run && !json {
        output::line("these steps would be taken back, in this order:")?;
    }
    if !dry_run {
        store.migrate_down(count).await.map_err(BuildError::from)?;
    }
    print(&last, json)
}

/// Gives a role what a server needs, or prints how that would be done.
async fn grant(asked: MigrateGrant) -> Result<(), Failure> {
    let MigrateGrant { sources, role, dry_run } = asked;
    let store = open_existing(&sources.load(Vec::new())?).await?;
    let refused = |error: GrantError| match error {
        GrantError::Store(error) => BuildError::from(error).into(),
        error => Failure::other(&error),
    };
    if dry_run {
        let statements = store.grant_plan(&role).await.map_err(refused)?;
        return Ok(statements.iter().try_for_each(|it| output::line(&format!("{it};")))?);
    }
    store.grant(&role).await.map_err(refused)?;
    output::line(&format!("{role} has what a server needs, and no more"))?;
    Ok(output::line(&format!("it can only add rows to {}", APPEND_ONLY.join(", ")))?)
}

async fn steps(store: &SqlStore) -> Result<Vec<Step>, Failure> {
    Ok(store.migration_status().await.map_err(BuildError::from)?)
}

async fn open(config: &Config) -> Result<SqlStore, Failure> {
    let sql = config.sql().ok_or_else(|| BuildError::Path(config.data_dir.clone()))?;
    Ok(SqlStore::connect(&sql).await.map_err(BuildError::from)?)
}

/// Opens a database without making one: looking must leave nothing behind.
async fn open_existing(config: &Config) -> Result<SqlStore, Failure> {
    match config.database_path().filter(|path| !path.exists()) {
        Some(path) => Err(Failure::Other(format!("there is no database {}", path.display()))),
        None => open(config).await,
    }
}

fn print(steps: &[Step], as_json: bool) -> Result<(), Failure> {
    if as_json {
        let entry = |(step, applied): &Step| json!({"step": step, "applied": applied});
        let entries: Vec<Value> = steps.iter().map(entry).collect();
        return Ok(output::line(&format!("{:#}", Value::from(entries)))?);
    }
    for (step, applied) in steps {
        let state = if *applied { "applied" } else { "pending" };
        output::line(&format!("{state}  {step}"))?;
    }
    Ok(())
}
