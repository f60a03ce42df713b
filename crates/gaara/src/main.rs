//! The `gaara` binary.
fn main() {}
