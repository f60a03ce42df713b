//! The doctor looks into the books of a server that works, and names what does not agree.

use gaara_tests::server::{Database, Installation};
use serde_json::{Value, json};

use crate::company::{assert_books, found, run};
use crate::load::Journal;

#[test]
fn the_doctor_checks_the_books_while_people_work() {
    for database in [Database::Sqlite, Database::postgres()] {
        let installation = Installation::new(database);
        let server = installation.start();
        let goods = found(&server);
        let journal = Journal::default();
        journal.during(&server.address, &goods, || {
            journal.await_more(20);
            assert_books(&installation);
            journal.await_more(20);
        });
        assert!(server.stop().success());
    }
}

#[test]
fn the_doctor_names_what_does_not_agree_in_both_languages() {
    let installation = Installation::new(Database::postgres());
    let server = installation.start();
    let _ = found(&server);
    installation.execute("UPDATE stock_levels SET value_minor = value_minor + 5");

    let told = run(&installation, &["doctor", "--books", "--json"]);

    assert_eq!(told.status, Some(1), "{}", told.complained);
    let checks: Value = serde_json::from_str(&told.printed).unwrap();
    let check = |name: &str| {
        let found = checks.as_array().unwrap().iter().find(|check| check["check"] == name);
        found.unwrap().clone()
    };
    let value = check("books.level_value");
    assert_eq!(value["outcome"], "finding");
    let finding = &value["findings"][0];
    assert_eq!(finding["table"], "stock_levels");
    assert!(finding["id"].as_str().unwrap().contains('/'), "{finding:#}");
    assert_eq!((&finding["expected"], &finding["found"]), (&json!(17_500_000), &json!(17_500_005)));
    assert!(finding["messages"]["ar"].as_str().unwrap().contains("قيمة"));
    assert_eq!(check("books.layer_value")["outcome"], "finding");
    assert_eq!(check("books.paid")["outcome"], "fine");
    let plain = run(&installation, &["doctor", "--books"]).printed;
    assert!(plain.contains("expected 17500000, found 17500005") && plain.contains("قيمة"));
    assert!(server.stop().success());
}
