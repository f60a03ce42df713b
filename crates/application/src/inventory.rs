//! Use cases and queries.
