//! Where a secret is found, which files are refused, and that a race leaves one value.
#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Barrier;

use gaara_application::{SecretError, SecretStore, SecretValue};
use gaara_secrets::EnvironmentAndFileSecrets;
use tempfile::TempDir;

const SECRET: &str = "correct horse battery staple";

fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn store(directory: &Path, pairs: &[(&str, &str)]) -> EnvironmentAndFileSecrets {
    EnvironmentAndFileSecrets::new(Some(directory.to_owned()), environment(pairs))
}

fn write(path: &Path, content: &[u8], mode: u32) {
    fs::write(path, content).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

async fn text(store: &EnvironmentAndFileSecrets, name: &str) -> String {
    String::from_utf8(store.get(name).await.unwrap().expose().to_vec()).unwrap()
}

/// The reason of a refusal; the secret must not be in it.
async fn reason(store: &EnvironmentAndFileSecrets, name: &str) -> String {
    let error = store.get(name).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains(SECRET));
    match error {
        SecretError::Unreadable { reason, .. } => reason,
        SecretError::Missing { .. } => panic!("missing, not unreadable"),
    }
}

#[tokio::test]
async fn a_secret_is_found_in_its_variable_then_by_its_path_then_in_the_directory() {
    let directory = TempDir::new().unwrap();
    let elsewhere = TempDir::new().unwrap();
    let path = elsewhere.path().join("anything");
    write(&path, b"by path\n", 0o600);
    write(&directory.path().join("token_key"), b"in the directory\n", 0o400);
    let by_value = ("GAARA_SECRET__TOKEN_KEY", "by value");
    let by_path = ("GAARA_SECRET__TOKEN_KEY_FILE", path.to_str().unwrap());

    let all = store(directory.path(), &[by_value, by_path]);
    assert_eq!(text(&all, "token_key").await, "by value");
    let two = store(directory.path(), &[by_path]);
    assert_eq!(text(&two, "token_key").await, "by path");
    let one = store(directory.path(), &[("TOKEN_KEY", "not ours")]);
    assert_eq!(text(&one, "token_key").await, "in the directory");
}

#[tokio::test]
async fn a_secret_that_is_nowhere_is_missing() {
    let directory = TempDir::new().unwrap();
    for store in [
        store(directory.path(), &[]),
        store(&directory.path().join("not there"), &[]),
        EnvironmentAndFileSecrets::new(None, environment(&[])),
    ] {
        let error = store.get("token_key").await.unwrap_err();
        assert!(matches!(error, SecretError::Missing { ref name, .. } if name == "token_key"));
    }
}

#[tokio::test]
async fn a_file_that_others_may_read_is_refused() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("token_key");
    for mode in [0o644, 0o640, 0o604, 0o620, 0o602, 0o610, 0o601] {
        write(&path, SECRET.as_bytes(), mode);
        let reason = reason(&store(directory.path(), &[]), "token_key").await;
        assert!(reason.contains("set its mode to 600"), "{mode:o}: {reason}");
        fs::remove_file(&path).unwrap();
    }
}

#[tokio::test]
async fn what_is_set_wrongly_is_said_and_not_passed_over() {
    let directory = TempDir::new().unwrap();
    write(&directory.path().join("key"), SECRET.as_bytes(), 0o600);
    fs::create_dir(directory.path().join("folder")).unwrap();
    write(&directory.path().join("empty"), b"\n", 0o600);
    write(&directory.path().join("large"), &vec![b'x'; 65_537], 0o600);
    for (name, value, expected) in [
        ("key", ("GAARA_SECRET__KEY", ""), "GAARA_SECRET__KEY: the value is empty"),
        ("key", ("GAARA_SECRET__KEY", "base64:!"), "GAARA_SECRET__KEY: not base64"),
        ("key", ("GAARA_SECRET__KEY_FILE", "/not/there"), "there is no file /not/there"),
        ("folder", ("", ""), "it is not a file"),
        ("empty", ("", ""), "the value is empty"),
        ("large", ("", ""), "it is larger than 64 KiB"),
        ("../key", ("", ""), "a name is small letters"),
        ("key_file", ("", ""), "does not end in _file"),
    ] {
        let store = store(directory.path(), &[value]);
        let reason = reason(&store, name).await;
        assert!(reason.contains(expected), "{name}: {reason}");
        assert!(store.get_or_keep(name, &SecretValue::new(vec![1])).await.is_err());
    }
}

#[tokio::test]
async fn a_secret_that_is_kept_survives_and_is_private() {
    let parent = TempDir::new().unwrap();
    let directory = parent.path().join("secrets");
    let value = SecretValue::new(vec![0, 255, b'\n', b'\r', b'\n']);

    let kept = store(&directory, &[]).get_or_keep("token_key", &value).await;
    let later = SecretValue::new(vec![1]);
    let again = store(&directory, &[]).get_or_keep("token_key", &later).await;

    assert_eq!(kept, Ok(value.clone()));
    assert_eq!(again, Ok(value.clone()));
    assert_eq!(store(&directory, &[]).get("token_key").await, Ok(value));
    assert_eq!(mode(&directory), 0o700);
    assert_eq!(mode(&directory.join("token_key")), 0o600);
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 1, "nothing is left behind");
}

#[tokio::test]
async fn a_secret_of_the_environment_is_not_written_down() {
    let directory = TempDir::new().unwrap();
    let store = store(directory.path(), &[("GAARA_SECRET__KEY", SECRET)]);

    let value = store.get_or_keep("key", &SecretValue::new(vec![1])).await;

    assert_eq!(value, Ok(SecretValue::new(SECRET.into())));
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn nothing_is_kept_without_a_directory_or_where_others_may_write() {
    let value = SecretValue::new(SECRET.into());
    let nowhere = EnvironmentAndFileSecrets::new(None, environment(&[]));
    let error = nowhere.get_or_keep("key", &value).await.unwrap_err();
    assert!(matches!(error, SecretError::Missing { .. }));

    let directory = TempDir::new().unwrap();
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o770)).unwrap();
    let error = store(directory.path(), &[]).get_or_keep("key", &value).await.unwrap_err();
    assert!(error.to_string().contains("set its mode to 700"), "{error}");
    assert!(!error.to_string().contains(SECRET));
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn an_empty_secret_is_not_kept() {
    let directory = TempDir::new().unwrap();
    let store = store(directory.path(), &[]);
    assert!(store.get_or_keep("key", &SecretValue::new(Vec::new())).await.is_err());
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn what_a_crash_left_behind_is_in_nobodys_way() {
    let directory = TempDir::new().unwrap();
    for count in 0..200 {
        let left = format!(".key.{}.{count}", std::process::id());
        write(&directory.path().join(left), b"half a sec", 0o600);
    }
    let value = SecretValue::new(vec![1]);
    let kept = store(directory.path(), &[]).get_or_keep("key", &value).await;
    assert_eq!(kept, Ok(value));
}

#[test]
fn of_many_who_race_one_wins_and_all_agree() {
    for _ in 0..20 {
        let parent = TempDir::new().unwrap();
        let directory = parent.path().join("secrets");
        let start = Barrier::new(16);
        let values: Vec<SecretValue> = std::thread::scope(|scope| {
            let racers: Vec<_> = (0..16_u8)
                .map(|racer| {
                    let (directory, start) = (&directory, &start);
                    scope.spawn(move || {
                        let own = SecretValue::new(vec![racer; 32]);
                        let store = store(directory, &[]);
                        start.wait();
                        let runtime = tokio::runtime::Builder::new_current_thread();
                        let kept = { runtime }.build().unwrap();
                        kept.block_on(store.get_or_keep("key", &own)).unwrap()
                    })
                })
                .collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).collect()
        });

        assert!(values.iter().all(|value| *value == values[0]));
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
    }
}

#[test]
fn a_store_prints_no_value() {
    let store = store(Path::new("/secrets"), &[("GAARA_SECRET__KEY", SECRET)]);
    assert!(!format!("{store:?}").contains(SECRET));
}
