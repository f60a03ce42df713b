//! Backups of the books: made, kept, opened and put back.

mod engine;
mod file;
mod key;
mod manifest;
mod open;
mod place;
mod programs;

pub(crate) use engine::{Engine, Taken, figures, sqlite_path};
pub(crate) use file::{pack, sync_directory};
pub(crate) use key::Key;
pub(crate) use manifest::Manifest;
pub(crate) use open::{Opened, Scratch};
pub(crate) use place::Place;
