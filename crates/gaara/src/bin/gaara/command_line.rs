//! What may stand on the command line.

mod backup;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::{self, Config, Flags};
use crate::failure::Failure;
pub(crate) use backup::{Backup, BackupAction, BackupCreate, BackupSource};

/// Inventory, invoicing, identity and security policy, in Arabic and English.
#[derive(Parser)]
#[command(name = "gaara", version, arg_required_else_help = true, after_help = AFTER_HELP)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER_HELP: &str = "Settings come from flags, then GAARA_SECTION__KEY variables, then \
gaara.toml; `gaara config example` prints them all.\nExit status: 0 fine, 1 failure, 2 wrong \
usage, 3 restored with findings, 78 wrong configuration or secret.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve the HTTP API
    Serve(Serve),
    /// Bring the database schema up to date, or back
    Migrate(Migrate),
    /// Let people in, and back in
    Admin(Admin),
    /// Look for what an operator should know before somebody else finds it
    Doctor(Doctor),
    /// Check the audit log
    Audit(Audit),
    /// Make backups of the books, check them, and put them back
    Backup(Backup),
    /// Show and check the configuration
    Config(ConfigCommand),
    /// The OpenAPI document of the HTTP API
    Openapi(Openapi),
    /// Ask a server whether it can work now: exit status 0 when it can, else 1
    Healthcheck(Healthcheck),
    /// Tell what an id stands for, and when it was made
    Id {
        /// An id as the API prints it: `inv_…`
        id: String,
    },
}

/// Where the settings come from, for every command that needs some.
#[derive(Args)]
pub(crate) struct Sources {
    /// The file with settings [default: gaara.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The directory of the SQLite file and of generated keys
    #[arg(long, global = true, value_name = "DIRECTORY")]
    data_dir: Option<String>,
    /// The database [default: gaara.db in the data directory]
    #[arg(long, global = true, value_name = "sqlite:FILE|postgres://USER:PASSWORD@HOST/NAME")]
    database_url: Option<String>,
}

impl Sources {
    /// Reads the configuration, with more flags of the command's own.
    pub(crate) fn load(self, more: Flags) -> Result<Config, Failure> {
        let flag = |key, value: Option<String>, name| value.map(|value| (key, value, name));
        let own = [
            flag("data.dir", self.data_dir, "--data-dir"),
            flag("database.url", self.database_url, "--database-url"),
        ];
        let flags = own.into_iter().flatten().chain(more).collect();
        Config::load(flags, &config::variables(), self.config.as_deref())
            .map_err(Failure::Configuration)
    }
}

#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// The address to listen on; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<String>,
    /// Let plain HTTP leave this machine: only in a network that is private by itself
    #[arg(long)]
    pub(crate) insecure_http: bool,
    /// Serve a made-up company out of a temporary directory that is removed at the end
    #[arg(long, conflicts_with_all = ["data_dir", "database_url"])]
    pub(crate) demo: bool,
}

#[derive(Args)]
pub(crate) struct Migrate {
    #[command(subcommand)]
    pub(crate) direction: Direction,
}

#[derive(Subcommand)]
pub(crate) enum Direction {
    /// Apply every step that is missing
    Up(MigrateUp),
    /// Take the last steps back, with everything stored in their tables
    Down(MigrateDown),
    /// List every step and whether it was applied
    Status(MigrateUp),
    /// Print the steps that are missing and their statements, and do nothing
    Plan(MigrateUp),
    /// Give a role of PostgreSQL what a server needs, and no more; run it as the owner of the tables
    Grant(MigrateGrant),
}

#[derive(Args)]
pub(crate) struct MigrateUp {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct MigrateDown {
    #[command(flatten)]
    pub(crate) common: MigrateUp,
    /// How many steps to take back
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) steps: u32,
    /// Only tell what would be taken back
    #[arg(long, conflicts_with = "yes")]
    pub(crate) dry_run: bool,
    /// Do it: what is stored in the tables is lost
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Args)]
pub(crate) struct MigrateGrant {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// The role that servers sign in as; it has to be there
    #[arg(long, value_name = "NAME")]
    pub(crate) role: String,
    /// Print the statements, and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    pub(crate) action: AuditAction,
}

#[derive(Subcommand)]
pub(crate) enum AuditAction {
    /// Find out whether anybody has changed, removed or added a row behind the program's back
    Verify {
        #[command(flatten)]
        sources: Sources,
        /// Heads that were kept somewhere else, one in each line [default: audit.heads in the data
        /// directory, where there is one]
        #[arg(long, value_name = "FILE")]
        heads: Option<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
pub(crate) struct ConfigCommand {
    #[command(subcommand)]
    pub(crate) action: ConfigAction,
}

#[derive(Subcommand)]
pub(crate) enum ConfigAction {
    /// Print every setting, its value and where that came from; secrets stay hidden
    Print {
        #[command(flatten)]
        sources: Sources,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a gaara.toml with every setting at its default
    Example,
    /// Check whether the server could start with this configuration
    Check {
        #[command(flatten)]
        sources: Sources,
    },
}

#[derive(Args)]
pub(crate) struct Openapi {
    #[command(subcommand)]
    pub(crate) action: OpenapiAction,
}

#[derive(Subcommand)]
pub(crate) enum OpenapiAction {
    /// Print the document as JSON
    Print,
}

#[derive(Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Look whether the books agree with themselves too: stock, documents, payments, numbers and
    /// the audit log, as of one moment, while the server goes on
    #[arg(long)]
    pub(crate) books: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Healthcheck {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// The server to ask [default: the one that the configuration starts on this machine]
    #[arg(long, value_name = "http://HOST:PORT|https://HOST")]
    pub(crate) url: Option<String>,
}

#[derive(Args)]
pub(crate) struct Admin {
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(subcommand)]
    pub(crate) action: AdminAction,
}

#[derive(Subcommand)]
pub(crate) enum AdminAction {
    /// Print a fresh link that lets the first person in; the link before stops working
    SetupLink,
    /// Add a user
    CreateUser(CreateUser),
    /// Give a user another password, and end every session of that user
    ResetPassword(ResetPassword),
    /// Take away the second factor of a user who lost it, and end every session of that user
    ResetMfa(Login),
    /// Let a user who was disabled sign in again
    Unlock(Login),
    /// List users
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
pub(crate) struct Login {
    /// A user name or an e-mail address
    pub(crate) login: String,
}

/// Passwords are never arguments: everybody on the machine sees those.
#[derive(Args)]
pub(crate) struct Password {
    /// The file whose first line is the password, or - for standard input [default: ask]
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct CreateUser {
    /// The name to sign in with
    #[arg(long, value_name = "NAME")]
    pub(crate) username: String,
    /// The e-mail address
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: String,
    /// The code of the role: admin, accountant, sales, storekeeper, auditor or one of your own
    #[arg(long, value_name = "CODE")]
    pub(crate) role: String,
    /// The language of messages
    #[arg(long, value_name = "ar|en", default_value = "en")]
    pub(crate) language: String,
    #[command(flatten)]
    pub(crate) password: Password,
}

#[derive(Args)]
pub(crate) struct ResetPassword {
    /// A user name or an e-mail address
    pub(crate) login: String,
    #[command(flatten)]
    pub(crate) password: Password,
}
