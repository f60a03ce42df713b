//! The binary from outside: its command line, its server, and how both end.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a program that does something else must end its test"
)]

mod admin;
mod command_line;
mod program;
mod serve;
