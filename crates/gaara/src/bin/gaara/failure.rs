//! How a command may fail, and the exit status that says so.

use std::error::Error;
use std::io;
use std::process::ExitCode;

use gaara::BuildError;
use gaara::kernel::StoreError;

use crate::output;

/// Why a command did not do what it was asked for.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It was asked wrongly.
    Usage(String),
    /// The configuration, or a secret it needs, is wrong.
    Configuration(Vec<String>),
    /// It was done, and what it was done to does not agree with itself.
    WithFindings(String),
    /// Somebody said twice that it should end.
    Interrupted,
    /// Anything else.
    Other(String),
}

impl Failure {
    /// Any failure that is neither wrong usage nor wrong configuration.
    pub(crate) fn other(error: &dyn Error) -> Self {
        Self::Other(output::chain(error))
    }

    /// What went wrong, in one line.
    pub(crate) fn told(self) -> String {
        match self {
            Self::Usage(line) | Self::WithFindings(line) | Self::Other(line) => line,
            Self::Configuration(lines) => lines.join("; "),
            Self::Interrupted => "interrupted".to_owned(),
        }
    }

    /// Tells what went wrong and answers the exit status.
    pub(crate) fn report(self) -> ExitCode {
        let (lines, status) = match self {
            Self::Usage(line) => (vec![line], 2),
            Self::Configuration(lines) => (lines, 78),
            Self::WithFindings(line) => (vec![line], 3),
            // As a shell tells of a process that was interrupted.
            Self::Interrupted => (Vec::new(), 130),
            Self::Other(line) => (vec![line], 1),
        };
        for line in lines {
            output::complain(&line);
        }
        ExitCode::from(status)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::other(&error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::other(&error)
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        let line = output::chain(&error);
        match error {
            BuildError::DataDirectory { .. }
            | BuildError::Secret(_)
            | BuildError::SigningKey
            | BuildError::SealingKey => Self::Configuration(vec![line]),
            _ => Self::Other(line),
        }
    }
}
