//! What each command does.

mod admin;
mod audit;
mod backup;
mod config;
mod doctor;
mod healthcheck;
mod id;
mod migrate;
mod openapi;
mod serve;

pub(crate) use doctor::agreement;

use std::future::Future;

use tokio::runtime::Runtime;

use crate::command_line::{Command, CommandLine};
use crate::failure::Failure;

/// Does what the command line asks for.
pub(crate) fn run(command_line: CommandLine) -> Result<(), Failure> {
    match command_line.command {
        Command::Serve(serve) => block_on(serve::run(serve)),
        Command::Migrate(migrate) => block_on(migrate::run(migrate.direction)),
        Command::Admin(admin) => block_on(admin::run(admin)),
        Command::Doctor(doctor) => block_on(doctor::run(doctor)),
        Command::Audit(audit) => block_on(audit::run(audit.action)),
        Command::Backup(backup) => block_on(backup::run(backup.action)),
        Command::Config(command) => config::run(command.action),
        Command::Openapi(_) => openapi::print(),
        Command::Id { id } => id::tell(&id),
        Command::Healthcheck(healthcheck) => healthcheck::run(healthcheck),
    }
}

fn block_on(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    Runtime::new()?.block_on(work)
}
