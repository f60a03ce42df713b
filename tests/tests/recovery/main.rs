//! What is left when something goes wrong: the books checked, copied, put back, and struck while
//! people work.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "an answer without what is looked for must end its test"
)]

mod agreement;
mod backup;
mod company;
mod damage;
mod faults;
mod full_disk;
mod instances;
mod load;

use std::io::{Write, stderr};

/// Tells a figure to whoever measures.
fn tell(line: &str) {
    writeln!(stderr(), "{line}").unwrap();
}
