//! What may stand on the command line about backups.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Sources;

#[derive(Args)]
pub(crate) struct Backup {
    #[command(subcommand)]
    pub(crate) action: BackupAction,
}

#[derive(Subcommand)]
pub(crate) enum BackupAction {
    /// Make a backup while the server goes on
    Create(BackupCreate),
    /// List the backups, the oldest first
    List {
        #[command(flatten)]
        source: BackupSource,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Restore a backup into a place of its own, and check its books there
    Verify {
        /// The name of the backup
        #[arg(default_value = "latest")]
        name: String,
        #[command(flatten)]
        source: BackupSource,
    },
    /// Put a backup into the place of the books; every server has to be stopped
    Restore {
        /// The name of the backup, or latest
        name: String,
        #[command(flatten)]
        source: BackupSource,
        /// Also where there are books: they are kept under another name
        #[arg(long)]
        force: bool,
        /// Also where the books of the backup do not agree with themselves: exit status 3 then
        #[arg(long)]
        despite_findings: bool,
    },
}

#[derive(Args)]
pub(crate) struct BackupCreate {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// The directory of backups [default: backup.directory, else backups in the data directory]
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) to: Option<PathBuf>,
    /// Seal the backup by the secret `backup_key`
    #[arg(long)]
    pub(crate) encrypt: bool,
    /// Check the backup, and remove all but the newest so many of ours if nothing is found
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) keep: Option<u32>,
}

/// Where a backup is, and whose it is.
#[derive(Args)]
pub(crate) struct BackupSource {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// The directory of backups [default: backup.directory, else backups in the data directory]
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) from: Option<PathBuf>,
}
