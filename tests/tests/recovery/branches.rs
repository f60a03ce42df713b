//! Restoring after something went wrong twice: logs without their file, books that do not agree,
//! and backups of a branch that a restore has left.

use std::fs;

use gaara_tests::server::{Database, Installation, Server};

use crate::company::{Goods, STOCK, assert_books, found, run, sign_in};

/// An installation with a company, and its server.
fn company(database: Database) -> (Installation, Server, Goods) {
    let installation = Installation::new(database);
    let server = installation.start();
    let goods = found(&server);
    (installation, server, goods)
}

fn receive(server: &Server, goods: &Goods) {
    let client = sign_in(&server.address);
    let _ = client.post("/api/v1/stock-movements", &goods.receipt("7")).expect(201);
}

fn create(installation: &Installation) -> String {
    run(installation, &["backup", "create"]).good().lines().next().unwrap().to_owned()
}

fn names_in(installation: &Installation, directory: &str) -> Vec<String> {
    let entries = fs::read_dir(installation.file(directory)).unwrap();
    let mut names: Vec<_> =
        entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_log_of_books_that_are_gone_is_kept_and_never_read_into_restored_ones() {
    let (installation, server, goods) = company(Database::Sqlite);
    create(&installation);
    for _ in 0..20 {
        receive(&server, &goods);
    }
    fs::remove_file(installation.file("data/gaara.db")).unwrap();
    let in_use = run(&installation, &["backup", "restore", "latest", "--force"]);
    drop(server);
    assert!(installation.file("data/gaara.db-wal").exists(), "the log is left");

    let refused = run(&installation, &["backup", "restore", "latest"]);
    let told = run(&installation, &["backup", "restore", "latest", "--force"]).good();

    assert_eq!(in_use.status, Some(1), "{}", in_use.printed);
    assert!(in_use.complained.contains("stop the server"), "{}", in_use.complained);
    assert_eq!(refused.status, Some(2), "{}{}", refused.printed, refused.complained);
    assert!(told.contains("kept as"), "{told}");
    let logs = names_in(&installation, "data");
    assert!(logs.iter().any(|it| it.starts_with("gaara.db.before_") && it.ends_with("-wal")));
    assert_books(&installation);
    let server = installation.start();
    assert_eq!(goods.on_hand(&sign_in(&server.address)), STOCK);
}

#[test]
fn a_restore_can_be_taken_back_and_made_again() {
    for database in [Database::Sqlite, Database::postgres()] {
        let (installation, server, goods) = company(database);
        let first = create(&installation);
        assert!(server.stop().success());
        let work = || {
            let server = installation.start();
            receive(&server, &goods);
            assert!(server.stop().success());
        };
        (0..4).for_each(|_| work());
        let second = create(&installation);
        let restore = |name: &str| run(&installation, &["backup", "restore", name, "--force"]);
        restore(&first).good();
        // The audit log goes on from here with seals of the same numbers, and fewer of them.
        work();

        let verified = run(&installation, &["backup", "verify", &second]).good();
        let told = restore(&second).good();
        let again = restore(&second).good();

        assert!(verified.contains("advice: audit.heads"), "{verified}");
        assert!(told.contains("advice: audit.heads"), "{told}");
        assert!(again.contains("kept as"), "{again}");
        assert_books(&installation);
        let server = installation.start();
        assert_eq!(goods.on_hand(&sign_in(&server.address)), STOCK + 28);
    }
}

#[test]
fn books_with_a_finding_are_restored_on_demand_and_remove_no_backup() {
    let (installation, server, _goods) = company(Database::postgres());
    assert!(server.stop().success());
    let good = create(&installation);
    installation.execute("UPDATE stock_levels SET value_minor = value_minor + 5");

    let made = run(&installation, &["backup", "create", "--keep", "1"]);
    let listed = run(&installation, &["backup", "list"]).good();
    let refused = run(&installation, &["backup", "restore", "latest", "--force"]);
    let despite = ["backup", "restore", "latest", "--force", "--despite-findings"];
    let restored = run(&installation, &despite);

    assert_eq!(made.status, Some(1), "{}", made.printed);
    assert!(made.complained.contains("nothing was removed"), "{}", made.complained);
    assert!(listed.contains(&good) && listed.lines().count() == 2, "{listed}");
    assert_eq!(refused.status, Some(1), "{}", refused.printed);
    assert!(refused.complained.contains("--despite-findings"), "{}", refused.complained);
    assert_eq!(restored.status, Some(3), "{}", restored.complained);
    assert!(restored.printed.contains("books.level_value") && restored.printed.contains("قيمة"));
    run(&installation, &["backup", "restore", &good, "--force"]).good();
    assert_books(&installation);
}

#[test]
fn only_what_our_key_vouches_for_is_counted_and_the_new_backup_stays() {
    let (installation, server, _goods) = company(Database::Sqlite);
    assert!(server.stop().success());
    let first = create(&installation);
    let backups = installation.file("data/backups");
    // Of another key, of a clock that was ahead, and a file that somebody packed.
    let (other, server, _goods) = company(Database::Sqlite);
    assert!(server.stop().success());
    let foreign = create(&other);
    fs::rename(other.file("data/backups").join(&foreign), backups.join(&foreign)).unwrap();
    fs::create_dir(backups.join("gaara-20991231T000000000Z")).unwrap();
    fs::write(backups.join("gaara-20991231T000000000Z.tar"), "packed").unwrap();

    let told = run(&installation, &["backup", "create", "--keep", "1"]);
    let verified = run(&installation, &["backup", "verify"]);

    assert_eq!(told.status, Some(0), "{}", told.complained);
    let made = told.printed.lines().next().unwrap().to_owned();
    assert_eq!(told.printed.lines().nth(1), Some(format!("removed {first}").as_str()));
    for name in [&foreign, "gaara-20991231T000000000Z"] {
        assert!(told.complained.contains(&format!("left alone {name}")), "{}", told.complained);
    }
    let left = names_in(&installation, "data/backups");
    let ahead = ["gaara-20991231T000000000Z", "gaara-20991231T000000000Z.tar"];
    assert_eq!(left, [foreign.as_str(), &made, ahead[0], ahead[1]]);
    assert!(verified.printed.starts_with(&made), "{}{}", verified.printed, verified.complained);
}

#[test]
fn a_missing_key_is_told_and_never_made_anew() {
    let (installation, server, _goods) = company(Database::Sqlite);
    assert!(server.stop().success());
    create(&installation);
    let at = |name: &str| installation.file("data/secrets").join(name);
    let key = fs::read(at("backup_key")).unwrap();
    fs::remove_file(at("backup_key")).unwrap();
    for action in ["list", "verify", "create"] {
        let told = run(&installation, &["backup", action]);
        assert_eq!(told.status, Some(78), "{action}: {}", told.printed);
        assert!(told.complained.contains("the secret backup_key is missing"), "{action}");
        assert!(!at("backup_key").exists(), "{action}");
    }
    fs::write(at("backup_key"), key).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(at("backup_key"), mode).unwrap();
    fs::remove_file(at("derivation_key")).unwrap();

    let told = run(&installation, &["backup", "restore", "latest", "--force"]);

    assert_eq!(told.status, Some(1), "{}", told.printed);
    assert!(told.complained.contains("derivation_key is missing"), "{}", told.complained);
    assert!(!at("derivation_key").exists());
}

#[test]
fn what_a_killed_restore_left_behind_is_removed_and_a_pipe_is_no_backup() {
    let (installation, server, _goods) = company(Database::Sqlite);
    assert!(server.stop().success());
    let name = create(&installation);
    let left = ["data/.gaara-restore-x", "data/.gaara-backup-x", "data/backups/gaara-1Z.part"];
    for directory in left {
        fs::create_dir(installation.file(directory)).unwrap();
        fs::write(installation.file(directory).join("books.db"), "in clear").unwrap();
    }

    create(&installation);

    for directory in left {
        assert!(!installation.file(directory).exists(), "{directory}");
    }
    let file = installation.file("data/backups").join(&name).join("books.db");
    fs::remove_file(&file).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success());
    let told = run(&installation, &["backup", "verify", &name]);
    assert_eq!(told.status, Some(1), "{}", told.printed);
    assert!(told.complained.contains("books.db: it is no file"), "{}", told.complained);
}

#[test]
fn an_empty_database_makes_no_backup() {
    let installation = Installation::new(Database::postgres());
    let told = run(&installation, &["backup", "create"]);
    assert_eq!(told.status, Some(1), "{}", told.printed);
    assert!(told.complained.contains("there are no books"), "{}", told.complained);
}
