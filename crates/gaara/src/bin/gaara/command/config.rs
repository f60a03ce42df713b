//! Showing and checking the configuration.

use serde_json::{Value, json};

use crate::command::serve::doors;
use crate::command_line::ConfigAction;
use crate::config::{self, Config};
use crate::failure::Failure;
use crate::output;

/// Does what is asked of the configuration.
pub(super) fn run(action: ConfigAction) -> Result<(), Failure> {
    match action {
        ConfigAction::Print { sources, json } => print(&sources.load(Vec::new())?, json),
        ConfigAction::Example => Ok(output::line(&config::example().join("\n"))?),
        ConfigAction::Check { sources } => check(&sources.load(Vec::new())?),
    }
}

fn print(config: &Config, as_json: bool) -> Result<(), Failure> {
    let rows = config.rows();
    if as_json {
        let entry = |[key, value, origin]: [String; 3]| json!({"key": key, "value": value, "origin": origin});
        let entries: Vec<Value> = rows.into_iter().map(entry).collect();
        return Ok(output::line(&format!("{:#}", Value::from(entries)))?);
    }
    let head = ["SETTING", "VALUE", "FROM"].map(str::to_owned);
    let rows: Vec<Vec<String>> = [head].into_iter().chain(rows).map(Vec::from).collect();
    Ok(output::line(&output::table(&rows).join("\n"))?)
}

fn check(config: &Config) -> Result<(), Failure> {
    if let Some(complaint) = config.edge.exposure() {
        return Err(Failure::Configuration(vec![complaint]));
    }
    doors::certificate(&config.edge)?;
    Ok(output::line("the configuration is good")?)
}
