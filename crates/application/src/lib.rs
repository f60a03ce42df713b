//! Use cases, queries and the executor, free of any infrastructure.
