//! The README's lines, run as they stand.
#![expect(clippy::unwrap_used, reason = "a README without its lines must end the test")]

use std::fs;
use std::process::Command;

use gaara_tests::server::{Database, Installation};
use gaara_tests::tree::root;

/// The one block of the README that a reader pastes into a shell.
fn lines() -> String {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, after) = readme.split_once("```sh\n").unwrap();
    after.split_once("```").unwrap().0.to_owned()
}

fn the_lines_give_a_paid_invoice(database: Database) {
    let installation = Installation::new(database);
    let server = installation.start();

    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &lines()])
        .env("GAARA", &server.address)
        .env("SETUP_TOKEN", server.setup_token.as_deref().unwrap())
        .output()
        .unwrap();

    let printed = String::from_utf8_lossy(&output.stdout);
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}\n{complaints}\n{}", installation.log());
    assert!(printed.contains(r#""payment_status":"paid""#), "{printed}");
    assert!(printed.contains("-00001\""), "{printed}");
    assert!(printed.contains(r#""on_hand":"6""#), "{printed}");
    assert!(printed.contains(r#""action":"invoice.issued""#), "{printed}");
}

#[test]
fn the_lines_give_a_paid_invoice_on_sqlite() {
    the_lines_give_a_paid_invoice(Database::Sqlite);
}

#[test]
fn the_lines_give_a_paid_invoice_on_postgresql() {
    the_lines_give_a_paid_invoice(Database::postgres());
}
