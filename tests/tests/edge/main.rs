//! The edge of the real binary: what reaches it over a bare socket, and limits that hold whatever
//! becomes of Redis.
#![expect(clippy::unwrap_used, reason = "an answer without what is looked for must end its test")]

mod limits;
mod sockets;
