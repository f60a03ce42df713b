//! Security decisions as pure functions of a state and an instant.
