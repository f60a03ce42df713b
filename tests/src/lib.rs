//! Guards and whole-system tests.
