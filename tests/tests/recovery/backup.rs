//! Backups that are made while people work, and put back.

use std::fs;

use gaara_tests::server::{Database, Installation};
use serde_json::Value;

use crate::company::{assert_books, found, run, sign_in};
use crate::load::Journal;

/// What was there when a backup began is in it; and all that is in it agrees.
fn a_backup_under_load_comes_back(database: Database, sealed: bool) {
    let installation = Installation::new(database);
    let is_sqlite = !installation.is_postgres();
    let server = installation.start();
    let goods = found(&server);
    let journal = Journal::default();
    let create: &[&str] =
        if sealed { &["backup", "create", "--encrypt"] } else { &["backup", "create"] };
    let before = journal.during(&server.address, &goods, || {
        journal.await_more(30);
        let before: Vec<_> =
            journal.lines().into_iter().filter(|line| line.told.is_some()).collect();
        let name = run(&installation, create).good();
        assert!(name.starts_with("gaara-"), "{name}");
        journal.await_more(30);
        before
    });
    let verified = run(&installation, &["backup", "verify"]).good();
    assert!(verified.contains("can be restored"), "{verified}");

    let restore = ["backup", "restore", "latest"];
    let forced = ["backup", "restore", "latest", "--force"];
    let in_use = run(&installation, &forced);
    assert_eq!(in_use.status, Some(1), "{}", in_use.printed);
    assert!(in_use.complained.contains("stop"), "{}", in_use.complained);
    assert!(server.stop().success());
    let refused = run(&installation, &restore);
    assert_eq!(refused.status, Some(2), "{}", refused.complained);
    if is_sqlite {
        // The disk is gone, and with it all but the backup and the secrets.
        for entry in fs::read_dir(installation.file("data")).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().unwrap().to_str().unwrap().starts_with("gaara.db") {
                fs::remove_file(path).unwrap();
            }
        }
        run(&installation, &restore).good();
    } else {
        let told = run(&installation, &forced).good();
        assert!(told.contains("are kept as"), "{told}");
    }

    assert_books(&installation);
    let server = installation.start();
    let client = sign_in(&server.address);
    let noted = client.get("/api/v1/audit-log?action=backup.restored").expect(200);
    let noted = noted.body["data"].as_array().map(Vec::len);
    assert_eq!(noted, Some(1), "the restore is in the books that it brought back");
    for line in &before {
        let id = line.told.as_deref().unwrap();
        let _ = client.get(&format!("{}/{id}", line.path())).expect(200);
    }
    // Whoever was told of a sale after the backup finds that out, and can ask for it again.
    journal.forget();
    journal.ask_again(&server.address, &goods);
    journal.assert_kept(&server.address, &goods);
    assert_books(&installation);
    assert!(server.stop().success());
}

#[test]
fn a_backup_of_sqlite_under_load_comes_back() {
    a_backup_under_load_comes_back(Database::Sqlite, false);
}

#[test]
fn a_sealed_backup_of_postgresql_under_load_comes_back() {
    a_backup_under_load_comes_back(Database::postgres(), true);
}

#[test]
fn only_the_newest_backups_are_kept() {
    let installation = Installation::new(Database::Sqlite);
    let server = installation.start();
    let _ = found(&server);
    let mut names = Vec::new();
    for _ in 0..3 {
        let told = run(&installation, &["backup", "create", "--keep", "2"]).good();
        names.push(told.lines().next().unwrap().to_owned());
    }
    let listed = run(&installation, &["backup", "list", "--json"]).good();
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let listed: Vec<_> = listed.as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    assert_eq!(listed, names[1..]);
    assert!(server.stop().success());
}

#[test]
fn programs_of_another_version_are_refused_and_no_command_line_holds_a_password() {
    let database = Database::postgres();
    let Database::Postgres(url) = &database else { panic!("a server") };
    let password = url.split(['/', ':', '@']).nth(4).unwrap().to_owned();
    let programs = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        use std::os::unix::fs::PermissionsExt;
        let path = programs.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    };
    let directory = programs.path().to_str().unwrap().to_owned();
    let installation = Installation::new(database);
    assert!(installation.start().stop().success());
    let installation = installation.with("GAARA_BACKUP__POSTGRES_PROGRAMS", &directory);
    for name in ["pg_dump", "pg_restore"] {
        write(name, "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n");
    }
    let refused = run(&installation, &["backup", "create"]);
    assert_eq!(refused.status, Some(1));
    assert!(refused.complained.contains("is of PostgreSQL 9"), "{}", refused.complained);

    let seen = programs.path().join("seen");
    for name in ["pg_dump", "pg_restore"] {
        let text = format!(
            "#!/bin/sh\necho \"$@\" >>{}\nPATH=$(ls -d /usr/lib/postgresql/*/bin | tail -1):$PATH\n\
             exec {name} \"$@\"\n",
            seen.display()
        );
        write(name, &text);
    }
    run(&installation, &["backup", "create"]).good();
    run(&installation, &["backup", "verify"]).good();
    let seen = fs::read_to_string(seen).unwrap();
    assert!(seen.contains("--snapshot=") && seen.contains("--dbname"), "{seen}");
    assert!(!password.is_empty() && !seen.contains(&password), "{seen}");
}
