//! Backups of the books: made, kept, opened and put back.

mod engine;
mod file;
mod key;
mod leftover;
mod manifest;
mod open;
mod place;
mod programs;
mod unkept;

pub(crate) use engine::{Engine, Taken, figures, sqlite_path};
pub(crate) use file::{on, pack, staging, sync_directory};
pub(crate) use key::Key;
pub(crate) use leftover::{Held, hold, sweep};
pub(crate) use manifest::Manifest;
pub(crate) use open::{Opened, Scratch};
pub(crate) use place::{Place, stamp};
