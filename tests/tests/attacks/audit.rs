//! Somebody with the database and without the secrets rewrites history.

use std::process::Output;

use gaara_tests::server::Database;
use serde_json::{Value, json};

use crate::Target;

/// Checks the log by the command line.
fn verify(target: &Target, more: &[&str]) -> (Option<i32>, Value) {
    let arguments = [&["audit", "verify", "--json"], more].concat();
    let Output { status, stdout, .. } = target.installation.command(&arguments).output().unwrap();
    (status.code(), serde_json::from_slice(&stdout).unwrap())
}

#[test]
fn whoever_rewrites_history_is_found_out_and_the_row_is_named() {
    let target = Target::new(Database::postgres());
    let admin = target.client("admin");
    let unit = json!({"code": "TRAY", "name": {"en": "Tray"}});
    let _ = admin.post("/api/v1/units", &unit).expect(201);
    let check =
        |query: &str| admin.get(&format!("/api/v1/audit-log/verification{query}")).expect(200).body;
    // The server seals every second.
    let mut intact = check("");
    while intact["unsealed"] != 0 {
        intact = check("");
    }
    assert_eq!(
        (&intact["intact"], &intact["without_code"]),
        (&json!(true), &json!(0)),
        "{intact:#}"
    );
    let head = intact["head"].as_str().unwrap().to_owned();
    let rows = admin.get("/api/v1/audit-log?action=unit.created").expect(200);
    assert_eq!(rows.text("/data/0/address"), "127.0.0.1");
    let row = rows.text("/data/0/id").to_owned();
    assert!(row.starts_with("aud_"), "{:#}", rows.body);

    target.installation.execute(
        "ALTER TABLE audit_log DISABLE TRIGGER USER; \
         UPDATE audit_log SET actor = 'system' WHERE action = 'unit.created'; \
         ALTER TABLE audit_log ENABLE TRIGGER USER",
    );
    let found = check(&format!("?head={head}"));
    assert_eq!(found["intact"], false);
    assert_eq!(found["findings"][0]["kind"], "row_changed");
    assert_eq!(found["findings"][0]["row_id"], row.as_str());
    let (status, told) = verify(&target, &[]);
    assert_eq!((status, &told["findings"][0]), (Some(1), &json!(format!("row {row} was changed"))));

    let beyond = admin.get(&format!("/api/v1/audit-log/verification?head=999:{}", "0".repeat(64)));
    assert_eq!(beyond.expect(200).body["findings"][1]["kind"], "truncated");
    let _ = admin.get("/api/v1/audit-log/verification?head=x").expect(422);

    // The server keeps the head of its last seal, and needs nobody who brings one.
    target.installation.execute(
        "SET session_replication_role = replica; \
         DELETE FROM audit_log WHERE id IN (SELECT audit_id FROM audit_sealed \
         WHERE seal = (SELECT MAX(number) FROM audit_seals)); \
         DELETE FROM audit_sealed WHERE seal = (SELECT MAX(number) FROM audit_seals); \
         DELETE FROM audit_seals WHERE number = (SELECT MAX(number) FROM audit_seals)",
    );
    let cut_off = check("");
    assert_eq!(cut_off["findings"][0]["kind"], "truncated", "{cut_off:#}");
    target.stop();
}

#[test]
fn a_server_that_ends_has_sealed_everything_and_kept_a_head() {
    let target = Target::new(Database::Sqlite);
    let _ = target.client("admin");
    let Target { installation, server, .. } = target;
    assert!(server.stop().success());
    let heads = std::fs::read_to_string(installation.path().join("data/audit.heads")).unwrap();
    assert!(!heads.trim().is_empty());
    let arguments = ["audit", "verify", "--json"];
    let Output { status, stdout, .. } = installation.command(&arguments).output().unwrap();
    let told: Value = serde_json::from_slice(&stdout).unwrap();
    assert!(status.success(), "{told:#}");
    assert_eq!((&told["unsealed"], &told["findings_total"]), (&json!(0), &json!(0)));
    assert_eq!(told["head"].as_str(), heads.lines().last());
}
