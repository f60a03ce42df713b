//! The programs of PostgreSQL that write and read its dumps.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::config::Config;
use crate::failure::Failure;

/// Programs of one major version.
pub(crate) struct Programs(PathBuf);

impl Programs {
    /// Finds those of the server's own major version: others may write what it cannot read.
    pub(crate) fn find(config: &Config, server: u32) -> Result<Self, Failure> {
        let configured = &config.backup_postgres_programs;
        let usual = PathBuf::from(format!("/usr/lib/postgresql/{server}/bin"));
        let directory = if !configured.is_empty() {
            PathBuf::from(configured)
        } else if usual.join("pg_dump").exists() {
            usual
        } else {
            PathBuf::new()
        };
        let programs = Self(directory);
        for name in ["pg_dump", "pg_restore"] {
            let major = programs.major(name)?;
            if major != server {
                return Err(Failure::Other(format!(
                    "{name} is of PostgreSQL {major} and the server of {server}; install \
                     postgresql-client-{server}, or name its directory in \
                     backup.postgres_programs"
                )));
            }
        }
        Ok(programs)
    }

    fn major(&self, name: &str) -> Result<u32, Failure> {
        let path = self.0.join(name);
        let told = Command::new(&path).arg("--version").output();
        let told = told.map_err(|error| {
            Failure::Other(format!(
                "{}: {error}; backups of PostgreSQL need its client programs",
                path.display()
            ))
        })?;
        let text = String::from_utf8_lossy(&told.stdout).into_owned();
        let number = text.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok());
        number.ok_or_else(|| Failure::Other(format!("{} tells no version", path.display())))
    }

    /// Writes a database into a file, as of a moment that another session exported.
    pub(crate) fn dump(
        &self,
        environment: &[(&'static str, String)],
        moment: &str,
        to: &Path,
    ) -> Result<(), Failure> {
        let mut command = self.command("pg_dump", environment);
        command.args(["--format=custom", "--no-password"]).arg(format!("--snapshot={moment}"));
        run(command.arg("--file").arg(to))
    }

    /// Reads a file into an empty database, all of it or nothing; answers whether everybody has the
    /// rights on tables that they had. A dump names roles and holds none: what was given to one
    /// that is not on this server, or by one that this user is no part of, is left out.
    pub(crate) fn restore(
        &self,
        environment: &[(&'static str, String)],
        database: &str,
        from: &Path,
    ) -> Result<bool, Failure> {
        let restore = |more: &[&str]| {
            let mut command = self.command("pg_restore", environment);
            command.args(["--no-owner", "--no-password", "--exit-on-error"]).args(more);
            run(command.arg("--single-transaction").arg("--dbname").arg(database).arg(from))
        };
        if restore(&[]).is_ok() {
            return Ok(true);
        }
        restore(&["--no-privileges"]).map(|()| false)
    }

    fn command(&self, name: &str, environment: &[(&'static str, String)]) -> Command {
        let mut command = Command::new(self.0.join(name));
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let done = command.output()?;
    if done.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&done.stderr).trim().to_owned();
    let program = command.get_program().to_string_lossy().into_owned();
    Err(Failure::Other(format!("{program}: {told}")))
}
