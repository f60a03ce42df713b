//! TLS between the server and PostgreSQL: what is checked, and what is refused.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use gaara_tests::server::{Database, Installation};
use gaara_tests::service::Service;
use tempfile::TempDir;

use crate::authority::Authority;

/// A PostgreSQL server, a database of it, and files beside it.
struct Cluster {
    service: Service,
    url: String,
    files: TempDir,
}

impl Cluster {
    /// One that speaks in plain.
    fn plain() -> Self {
        let service = Service::postgres();
        let url = Database::make(&service.url);
        Self { service, url, files: tempfile::tempdir().unwrap() }
    }

    /// One with a certificate for these names, which asks for one of its clients where it is to.
    fn with_certificate(authority: &Authority, names: &[&str], asks: bool) -> Self {
        let cluster = Self::plain();
        let (certificate, key) = authority.issue_for(names);
        let (certificate, key) =
            (cluster.write("server.pem", &certificate), cluster.write("server.key", &key));
        let root = cluster.write("root.pem", &authority.pem);
        cluster.service.speak_tls(&certificate, &key, asks.then_some(&*root));
        cluster
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.files.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// An installation whose books are there, with parameters after the address.
    fn installation(&self, parameters: &str) -> Installation {
        let parameters = parameters.replace("FILES", self.files.path().to_str().unwrap());
        Installation::new(Database::Postgres(format!("{}?{parameters}", self.url)))
    }

    /// What is said about these parameters by whoever is refused.
    fn refusal(&self, parameters: &str) -> String {
        let Output { status, stderr, .. } = run(&self.installation(parameters), &["migrate", "up"]);
        let told = String::from_utf8(stderr).unwrap();
        assert!(!status.success(), "{parameters} is taken");
        let password = self.url.split([':', '@']).nth(2).unwrap();
        assert!(!password.is_empty() && !told.contains(password), "{told}");
        told
    }
}

fn run(installation: &Installation, arguments: &[&str]) -> Output {
    installation.command(arguments).output().unwrap()
}

fn assert_done(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn postgresql_with_a_certificate_is_checked_by_servers_and_backups_alike() {
    let authority = Authority::new();
    let cluster = Cluster::with_certificate(&authority, &["127.0.0.1"], false);
    let checked = "sslmode=verify-full&sslrootcert=FILES/root.pem";
    let installation = cluster.installation(checked);
    let server = installation.start();
    installation_is_encrypted(&cluster);
    assert_done(&run(&installation, &["backup", "create"]));
    assert_done(&run(&installation, &["backup", "verify"]));
    assert!(server.stop().success(), "{}", installation.log());

    cluster.write("other.pem", &Authority::new().pem);
    let other = "sslmode=verify-full&sslrootcert=FILES/other.pem";
    assert!(cluster.refusal(other).contains("certificate"), "{}", cluster.refusal(other));
    // Nobody else vouches for it.
    assert!(cluster.refusal("sslmode=verify-full").contains("certificate"));
    assert_done(&run(&cluster.installation("sslmode=require"), &["migrate", "up"]));
}

/// Every session of the program is encrypted, and there are some.
fn installation_is_encrypted(cluster: &Cluster) {
    let text = "SELECT count(*) FILTER (WHERE ssl), count(*) FILTER (WHERE NOT ssl) \
                FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
                WHERE application_name = 'gaara'";
    let told = std::process::Command::new("psql")
        .args([&*cluster.url, "--tuples-only", "--no-align", "--command", text])
        .output()
        .unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let (encrypted, plain) = told.trim().split_once('|').unwrap();
    assert_ne!(encrypted, "0");
    assert_eq!(plain, "0");
}

#[test]
fn a_certificate_for_another_name_is_refused() {
    let authority = Authority::new();
    let cluster = Cluster::with_certificate(&authority, &["db.example.com"], false);
    let checked = "sslmode=verify-full&sslrootcert=FILES/root.pem";
    let told = cluster.refusal(checked);
    assert!(told.contains("not valid for name"), "{told}");
}

#[test]
fn a_postgresql_that_asks_for_a_certificate_is_shown_one() {
    let authority = Authority::new();
    let cluster = Cluster::with_certificate(&authority, &["127.0.0.1"], true);
    let (certificate, key) = authority.issue_for(&["gaara"]);
    cluster.write("own.pem", &certificate);
    let key = cluster.write("own.key", &key);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Its own programs take no key that others may read.
        fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
    }
    let checked = "sslmode=verify-full&sslrootcert=FILES/root.pem";
    let told = cluster.refusal(checked);
    assert!(told.contains("client certificate"), "{told}");
    let installation =
        cluster.installation(&format!("{checked}&sslcert=FILES/own.pem&sslkey=FILES/own.key"));
    assert_done(&run(&installation, &["migrate", "up"]));
    assert_done(&run(&installation, &["backup", "create"]));
}

#[test]
fn nothing_falls_back_to_plain_where_tls_was_asked_for() {
    let cluster = Cluster::plain();
    cluster.write("root.pem", &Authority::new().pem);
    for parameters in ["sslmode=require", "sslmode=verify-full&sslrootcert=FILES/root.pem"] {
        let told = cluster.refusal(parameters);
        assert!(told.contains("server does not support TLS"), "{told}");
    }
    // What would promise more than it holds is not taken at all.
    for (parameters, expected) in [
        ("sslmode=verify-ca&sslrootcert=FILES/root.pem", "say verify-full"),
        ("sslmode=require&sslrootcert=FILES/root.pem", "sslmode=verify-full alone"),
        ("sslmode=verify-full&sslrootcert=FILES/nowhere.pem", "nowhere.pem"),
        ("sslmode=allow", "in plain"),
    ] {
        let told = cluster.refusal(parameters);
        assert!(told.contains(expected), "{told}");
        assert!(told.contains("database.url"), "{told}");
    }
    assert_done(&run(&cluster.installation("sslmode=prefer"), &["migrate", "up"]));
}
