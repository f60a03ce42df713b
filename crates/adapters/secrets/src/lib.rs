//! Secrets from the environment and from files, behind one port.

mod encoding;
mod file;
mod name;
mod store;

pub use store::EnvironmentAndFileSecrets;
