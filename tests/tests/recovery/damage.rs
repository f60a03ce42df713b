//! Backups that were damaged, cut or exchanged.

use std::fs;
use std::path::{Path, PathBuf};

use gaara_tests::server::{Database, Installation};

use crate::company::{found, run};

fn file_of(backup: &Path) -> PathBuf {
    let files = fs::read_dir(backup).unwrap().map(|entry| entry.unwrap().path());
    files.into_iter().find(|path| path.file_name().unwrap() != "manifest.json").unwrap()
}

/// Verifies after a change, expects to hear of it, and takes the change back.
fn assert_found(
    installation: &Installation,
    name: &str,
    path: &Path,
    change: impl FnOnce(&mut Vec<u8>),
    why: &str,
) {
    let good = fs::read(path).unwrap();
    let mut bad = good.clone();
    change(&mut bad);
    fs::write(path, &bad).unwrap();
    let told = run(installation, &["backup", "verify", name]);
    assert_eq!(told.status, Some(1), "{why}: {}", told.printed);
    let all = format!("{}{}", told.printed, told.complained);
    assert!(all.contains(why), "expected {why}: {all}");
    let restore = run(installation, &["backup", "restore", name, "--force"]);
    assert_eq!(restore.status, Some(1), "{why}: {}", restore.printed);
    fs::write(path, good).unwrap();
}

#[test]
fn what_is_damaged_cut_or_exchanged_is_found_and_never_restored() {
    let installation = Installation::new(Database::Sqlite);
    let server = installation.start();
    let _ = found(&server);
    assert!(server.stop().success());
    let create = |arguments: &[&str]| {
        run(&installation, arguments).good().lines().next().unwrap().to_owned()
    };
    let plain = create(&["backup", "create"]);
    let sealed = create(&["backup", "create", "--encrypt"]);
    let at = |name: &str| installation.file("data/backups").join(name);
    let good = fs::read(file_of(&at(&plain))).unwrap();
    let hidden = fs::read(file_of(&at(&sealed))).unwrap();
    assert!(good.windows(7).any(|it| it == b"BOLT-M8"), "it can be read");
    assert!(!hidden.windows(7).any(|it| it == b"BOLT-M8"), "it cannot be read");

    let middle = good.len() / 2;
    for (name, why) in [(&plain, "checksum"), (&sealed, "changed, cut")] {
        let file = file_of(&at(name));
        assert_found(&installation, name, &file, |bytes| bytes[middle] ^= 1, why);
    }
    for (name, why) in [(&plain, "bytes and not"), (&sealed, "changed, cut")] {
        let file = file_of(&at(name));
        assert_found(&installation, name, &file, |bytes| bytes.truncate(middle), why);
    }
    let file = file_of(&at(&sealed));
    let why = "not sealed by this program";
    assert_found(&installation, &sealed, &file, |bytes| bytes.clone_from(&good), why);
    let other = fs::read(at(&plain).join("manifest.json")).unwrap();
    let manifest = at(&sealed).join("manifest.json");
    let why = "belongs to the backup";
    assert_found(&installation, &sealed, &manifest, |bytes| bytes.clone_from(&other), why);
    let forge = |bytes: &mut Vec<u8>| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text.replace("\"invoices\": 0", "\"invoices\": 1").into_bytes();
    };
    assert_found(&installation, &sealed, &manifest, forge, "changed, or written with another key");
    for name in [&plain, &sealed] {
        run(&installation, &["backup", "verify", name]).good();
    }
}
