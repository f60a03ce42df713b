//! Secrets looked up in the environment first, then in files.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use gaara_application::{SecretError, SecretStore, SecretValue};
use zeroize::Zeroizing;

use crate::encoding::{decode_file, decode_text, encode_file};
use crate::file::{self, FileFault};
use crate::name::{Name, PREFIX};

/// How errors name this backend.
const BACKEND: &str = "the environment and files";

/// Looks a secret up in the variable `GAARA_SECRET__<NAME>`, then in the file whose path
/// `GAARA_SECRET__<NAME>_FILE` holds, then in the file `<directory>/<name>`.
///
/// A value is text, or bytes in base64 behind `base64:`. A file must be readable by its owner
/// only (mode 600 or 400), or it is refused; one line end at the end of a text file is dropped.
/// What is set wrongly is an error, never passed over for the next place.
///
/// Files are read on the calling thread: they are small, local, and read at the start.
pub struct EnvironmentAndFileSecrets {
    directory: Option<PathBuf>,
    variables: BTreeMap<String, Zeroizing<String>>,
}

impl fmt::Debug for EnvironmentAndFileSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnvironmentAndFileSecrets")
            .field("directory", &self.directory)
            .finish_non_exhaustive()
    }
}

impl EnvironmentAndFileSecrets {
    /// Takes the directory of secrets and a copy of the environment; only our variables are kept.
    ///
    /// Without a directory nothing can be kept: a secret that is not there is missing.
    #[must_use]
    pub fn new(
        directory: Option<PathBuf>,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let variables = variables
            .into_iter()
            .filter(|(name, _)| name.starts_with(PREFIX))
            .map(|(name, value)| (name, Zeroizing::new(value)))
            .collect();
        Self { directory, variables }
    }

    fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(|value| value.as_str())
    }

    fn look_up(&self, name: Name<'_>) -> Result<SecretValue, SecretError> {
        let variable = name.variable();
        if let Some(text) = self.variable(&variable) {
            return match decode_text(text) {
                Ok(value) => Ok(SecretValue::new(value.to_vec())),
                Err(fault) => Err(unreadable(name, format!("{variable}: {fault}"))),
            };
        }
        let path_variable = name.path_variable();
        if let Some(path) = self.variable(&path_variable) {
            return match read(name, Path::new(path)) {
                // Somebody said where it is, so another place must not stand in for it.
                Err(SecretError::Missing { .. }) => {
                    Err(unreadable(name, format!("{path_variable}: there is no file {path}")))
                }
                other => other,
            };
        }
        match &self.directory {
            Some(directory) => read(name, &directory.join(name.file_name())),
            None => Err(missing(name)),
        }
    }
}

#[async_trait]
impl SecretStore for EnvironmentAndFileSecrets {
    async fn get(&self, name: &str) -> Result<SecretValue, SecretError> {
        self.look_up(parse(name)?)
    }

    async fn get_or_keep(
        &self,
        name: &str,
        initial: &SecretValue,
    ) -> Result<SecretValue, SecretError> {
        let name = parse(name)?;
        match (self.look_up(name), &self.directory) {
            (Err(SecretError::Missing { .. }), Some(directory)) => {
                keep(name, directory, initial)?;
                self.look_up(name)
            }
            (found, _) => found,
        }
    }
}

fn parse(name: &str) -> Result<Name<'_>, SecretError> {
    Name::parse(name).ok_or_else(|| SecretError::Unreadable {
        name: name.to_owned(),
        backend: BACKEND,
        reason: "a name is small letters, digits and underscores, and does not end in _file"
            .to_owned(),
    })
}

fn read(name: Name<'_>, path: &Path) -> Result<SecretValue, SecretError> {
    let shown = path.display();
    let content = file::read(path).map_err(|fault| match fault {
        FileFault::Missing => missing(name),
        FileFault::Unusable(reason) => unreadable(name, format!("{shown}: {reason}")),
    })?;
    let value =
        decode_file(content).map_err(|fault| unreadable(name, format!("{shown}: {fault}")))?;
    Ok(SecretValue::new(value.to_vec()))
}

fn keep(name: Name<'_>, directory: &Path, value: &SecretValue) -> Result<(), SecretError> {
    if value.expose().is_empty() {
        return Err(unreadable(name, "the value is empty".to_owned()));
    }
    let content = encode_file(value.expose());
    file::create_unless_there(directory, name.file_name(), &content)
        .map_err(|error| unreadable(name, format!("{}: {error}", directory.display())))
}

fn missing(name: Name<'_>) -> SecretError {
    SecretError::Missing { name: name.to_string(), backend: BACKEND }
}

fn unreadable(name: Name<'_>, reason: String) -> SecretError {
    SecretError::Unreadable { name: name.to_string(), backend: BACKEND, reason }
}
