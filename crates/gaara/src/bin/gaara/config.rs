//! The configuration: flags over environment over file over defaults, each value with its origin.

mod edge;
mod environment;
mod example;
mod file;
mod layer;
mod mask;
mod reader;
mod setting;
mod shield;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use gaara::security_policy::PasswordPolicy;
use gaara::{SqlConfig, complaint_about};
use gaara_http::{Hosts, HttpConfig};

pub(crate) use edge::Edge;
pub(crate) use environment::variables;
pub(crate) use example::lines as example;
use layer::{Found, Layer};
use reader::{
    Reader, Values, database_url, level, non_empty, password_profile, public_url, smtp_url,
};
use setting::SETTINGS;
use shield::Shield;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people on a terminal, for programs otherwise.
    Auto,
    /// For people.
    Pretty,
    /// For programs: one JSON object a line.
    Json,
}

impl FromStr for LogFormat {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "auto" => Ok(Self::Auto),
            "pretty" => Ok(Self::Pretty),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

/// Everything that is configured, read and checked.
pub(crate) struct Config {
    pub(crate) edge: Edge,
    pub(crate) data_dir: PathBuf,
    /// Empty for the SQLite file in the data directory.
    pub(crate) database_url: String,
    pub(crate) redis_url: String,
    pub(crate) password_policy: PasswordPolicy,
    /// Empty for the address that is listened on.
    server_public_url: String,
    pub(crate) mail_from: String,
    pub(crate) mail_smtp_url: String,
    pub(crate) mail_directory: String,
    pub(crate) backup_directory: String,
    pub(crate) backup_postgres_programs: String,
    pub(crate) log_format: LogFormat,
    pub(crate) log_level: String,
    pub(crate) shield: Shield,
    read_connections_max: u32,
    write_connections_max: u32,
    acquire_timeout: Duration,
    statement_timeout: Duration,
    lock_timeout: Duration,
    allow_newer_schema: bool,
    values: Values,
}

/// What the flags say: key, value and the flag.
pub(crate) type Flags = Vec<(&'static str, String, &'static str)>;

impl Config {
    /// Reads every source and answers everything that is wrong at once.
    pub(crate) fn load(
        flags: Flags,
        variables: &BTreeMap<String, String>,
        file: Option<&Path>,
    ) -> Result<Self, Vec<String>> {
        let mut complaints = Vec::new();
        let file = file::read(file, &mut complaints);
        let environment = environment::read(variables, &mut complaints);
        Self::merge(flags, environment, file, complaints)
    }

    fn merge(
        flags: Flags,
        environment: Layer,
        file: Layer,
        complaints: Vec<String>,
    ) -> Result<Self, Vec<String>> {
        let default = |setting: &setting::Setting| {
            let found = Found { text: setting.default.to_owned(), origin: "default".to_owned() };
            (setting.key, found)
        };
        let mut layer: Layer = SETTINGS.iter().map(default).collect();
        layer.extend(file);
        layer.extend(environment);
        let flag = |(key, text, flag): (_, _, &str)| (key, Found { text, origin: flag.to_owned() });
        layer.extend(flags.into_iter().map(flag));
        Self::read(Reader { values: Values(layer), complaints })
    }

    fn read(mut reader: Reader) -> Result<Self, Vec<String>> {
        let edge = Edge::read(&mut reader);
        let log_format = reader.parse("log.format", "auto, pretty or json");
        let data_dir = reader.parse_with("data.dir", "a directory", non_empty);
        let log_level = reader.parse_with("log.level", "a level like info", level);
        let read_connections_max = reader.count("database.read_connections_max");
        let write_connections_max = reader.count("database.write_connections_max");
        let acquire_timeout = reader.duration("database.acquire_timeout_ms");
        let statement_timeout = reader.duration("database.statement_timeout_ms");
        let lock_timeout = reader.duration("database.lock_timeout_ms");
        let allow_newer_schema = reader.parse("database.allow_newer_schema", "true or false");
        let database_url =
            reader.parse_with("database.url", "sqlite:… or postgres://…", database_url);
        let complaint = database_url.as_deref().and_then(complaint_about);
        if let Some(complaint) = complaint {
            reader.complain(&format!("database.url: {complaint}"));
        }
        let backend = |text: &str| (text == "file").then_some(());
        reader.parse_with("secrets.backend", "file", backend);
        let password_policy =
            reader.parse_with("security.password_profile", "standard or nist", password_profile);
        let redis_url = reader.parse("redis.url", "a text");
        let server_public_url =
            reader.parse_with("server.public_url", "http://… or https://…", public_url);
        let mail_from = reader.parse_with("mail.from", "a sender of mail", non_empty);
        let mail_smtp_url =
            reader.parse_with("mail.smtp_url", "smtps://USER:PASSWORD@HOST", smtp_url);
        let mail_directory = reader.parse("mail.directory", "a directory");
        let backup_directory = reader.parse("backup.directory", "a directory");
        let backup_programs = reader.parse("backup.postgres_programs", "a directory");
        let shield = Shield::read(&mut reader);
        let Reader { values, complaints } = reader;
        let read = || {
            Some(Self {
                edge: edge?,
                shield: shield?,
                data_dir: PathBuf::from(data_dir?),
                database_url: database_url?,
                redis_url: redis_url?,
                password_policy: password_policy?,
                server_public_url: server_public_url?,
                mail_from: mail_from?,
                mail_smtp_url: mail_smtp_url?,
                mail_directory: mail_directory?,
                backup_directory: backup_directory?,
                backup_postgres_programs: backup_programs?,
                log_format: log_format?,
                log_level: log_level?,
                read_connections_max: read_connections_max?,
                write_connections_max: write_connections_max?,
                acquire_timeout: acquire_timeout?,
                statement_timeout: statement_timeout?,
                lock_timeout: lock_timeout?,
                allow_newer_schema: allow_newer_schema?,
                values,
            })
        };
        if complaints.is_empty() { read().ok_or(complaints) } else { Err(complaints) }
    }

    /// The address of the server as people reach it: what is configured, or else another.
    pub(crate) fn public_url(&self, otherwise: &str) -> String {
        let configured = self.server_public_url.trim_end_matches('/');
        if configured.is_empty() { otherwise } else { configured }.to_owned()
    }

    /// The name in the address as people reach it, where one is configured.
    pub(crate) fn public_host(&self) -> Option<String> {
        Hosts::name_in(&self.server_public_url)
    }

    /// How the server behaves.
    pub(crate) fn http(&self) -> HttpConfig {
        let public_url = self.public_url("");
        self.edge.http((!public_url.is_empty()).then_some(public_url))
    }

    /// Where the settings come from that may hold a password: key and origin.
    pub(crate) fn secret_origins(&self) -> Vec<(&'static str, String)> {
        let secret = SETTINGS.iter().filter(|it| it.secret || it.key == "database.url");
        let told = secret.map(|setting| (setting.key, self.values.find(setting.key)));
        told.filter(|(_, found)| found.text.contains('@'))
            .map(|(key, found)| (key, found.origin))
            .collect()
    }

    /// Whether this program may work on the schema of a later one.
    pub(crate) const fn allows_newer_schema(&self) -> bool {
        self.allow_newer_schema
    }

    /// Whether the books are in the SQLite file of the data directory.
    pub(crate) fn database_path(&self) -> Option<PathBuf> {
        self.database_url.is_empty().then(|| self.data_dir.join("gaara.db"))
    }

    /// Where the database is, and how much of it to use.
    pub(crate) fn sql(&self) -> Option<SqlConfig> {
        let url = match self.database_path() {
            Some(path) => gaara::sqlite_url(&path)?,
            None => self.database_url.clone(),
        };
        Some(SqlConfig {
            read_connections_max: self.read_connections_max,
            write_connections_max: self.write_connections_max,
            acquire_timeout: self.acquire_timeout,
            statement_timeout: self.statement_timeout,
            lock_timeout: self.lock_timeout,
            allow_newer_schema: self.allow_newer_schema,
            ..SqlConfig::new(url)
        })
    }

    /// Every setting as anybody may see it: key, value and origin.
    pub(crate) fn rows(&self) -> Vec<[String; 3]> {
        let row = |setting: &setting::Setting| {
            let found = self.values.find(setting.key);
            let shown = mask::shown(setting, &found.text);
            [setting.key.to_owned(), shown, found.origin]
        };
        SETTINGS.iter().map(row).collect()
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rows()).finish()
    }
}
