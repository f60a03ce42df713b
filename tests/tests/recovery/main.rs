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
mod branches;
mod company;
mod damage;
mod faults;
mod full_disk;
mod instances;
mod load;
mod roles;
mod silence;

/// Tells a figure to whoever measures.
#[expect(clippy::print_stderr, reason = "figures are for whoever runs the test")]
fn tell(line: &str) {
    eprintln!("{line}");
}
