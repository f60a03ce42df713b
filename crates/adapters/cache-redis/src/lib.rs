//! Counters shared between instances, kept in Redis.
