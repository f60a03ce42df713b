//! The reference store, kept in memory.
