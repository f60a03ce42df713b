//! The `gaara` binary: the server and what an operator does around it.

mod backup;
mod books;
mod command;
mod command_line;
mod config;
mod demo;
mod failure;
mod figures;
mod heads;
mod healthcheck;
mod logging;
mod output;
mod password;
mod progress;
mod stop;

use std::process::ExitCode;

use clap::Parser;

use command_line::CommandLine;

fn main() -> ExitCode {
    let command_line = match CommandLine::try_parse() {
        Ok(command_line) => command_line,
        Err(error) => {
            // Help and version come this way too; a closed pipe takes nothing away from them.
            drop(error.print());
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match command::run(command_line) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
