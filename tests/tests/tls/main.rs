//! TLS from outside: versions, headers, certificates that change while connections are open, and
//! what a server refuses to send in the clear.
#![expect(clippy::unwrap_used, reason = "an answer without what is looked for must end its test")]

mod authority;
mod connection;
mod database;

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use gaara_tests::client::Client;
use gaara_tests::server::{Database, Installation, Server, binary};
use rustls::version::{TLS12, TLS13};
use serde_json::json;

use authority::Authority;
use connection::Connection;

/// An installation with a certificate of this authority in its directory.
fn installation(authority: &Authority) -> Installation {
    let installation = Installation::new(Database::Sqlite);
    put(&installation, authority);
    installation
}

/// Replaces the certificate and its key, one after the other.
fn put(installation: &Installation, authority: &Authority) {
    let (certificate, key) = authority.issue();
    fs::write(installation.file("key.pem"), key).unwrap();
    fs::write(installation.file("certificate.pem"), certificate).unwrap();
}

const FILES: [(&str, &str); 2] =
    [("GAARA_SERVER__TLS__CERTIFICATE", "certificate.pem"), ("GAARA_SERVER__TLS__KEY", "key.pem")];

fn start(installation: &Installation, more: &[(&str, &str)]) -> Server {
    installation.start_with(&[&FILES, more].concat())
}

#[test]
fn both_versions_are_spoken_and_every_answer_asks_for_tls() {
    let authority = Authority::new();
    let installation = installation(&authority);

    let server = start(&installation, &[]);

    assert!(server.address.starts_with("https://127.0.0.1:"), "{}", server.address);
    for version in [&TLS12, &TLS13] {
        let mut connection = Connection::open(server.socket(), &[&authority], &[version]).unwrap();
        for path in ["/health", "/nowhere"] {
            let answer = connection.get(path).unwrap();
            let header = "strict-transport-security: max-age=31536000; includesubdomains\r\n";
            assert!(answer.to_lowercase().contains(header), "{answer}");
        }
    }
    assert!(server.stop().success(), "{}", installation.log());
}

#[test]
fn a_certificate_changes_under_load_without_an_error() {
    let (old, new) = (Authority::new(), Authority::new());
    let installation = installation(&old);
    let server = start(&installation, &[("GAARA_SERVER__TLS__RELOAD_EVERY_MS", "20")]);
    let both = [&old, &new];
    let (is_over, answered) = (AtomicBool::new(false), AtomicU32::new(0));
    let mut kept = Connection::open(server.socket(), &both, &[&TLS13]).unwrap();
    let _ = kept.get("/health").unwrap();

    thread::scope(|scope| {
        let clients = [(); 3].map(|()| {
            scope.spawn(|| {
                while !is_over.load(Ordering::Acquire) {
                    let mut connection =
                        Connection::open(server.socket(), &both, &[&TLS13]).unwrap();
                    for _ in 0..3 {
                        let answer = connection.get("/health").unwrap();
                        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
                        answered.fetch_add(1, Ordering::Relaxed);
                    }
                }
            })
        });
        // A client that ends before it is told to has met an error.
        let await_more = || {
            let before = answered.load(Ordering::Relaxed);
            while answered.load(Ordering::Relaxed) < before + 9 {
                assert!(clients.iter().all(|client| !client.is_finished()), "an error");
            }
        };
        await_more();
        put(&installation, &new);
        // Whoever trusts the new authority alone is served once the files were read again.
        while Connection::open(server.socket(), &[&new], &[&TLS13]).is_err() {}
        await_more();
        is_over.store(true, Ordering::Release);
    });

    assert!(Connection::open(server.socket(), &[&old], &[&TLS13]).is_err());
    assert!(kept.get("/health").unwrap().starts_with("HTTP/1.1 200"), "what was open stays open");
    assert!(server.stop().success(), "{}", installation.log());
}

#[test]
fn a_hangup_reads_the_certificate_at_once_and_one_that_is_broken_changes_nothing() {
    let (old, new) = (Authority::new(), Authority::new());
    let installation = installation(&old);
    let server = start(&installation, &[("GAARA_SERVER__TLS__RELOAD_EVERY_MS", "3600000")]);

    fs::write(installation.file("certificate.pem"), "no certificate").unwrap();
    server.signal("-HUP");
    while !installation.log().contains("the certificate stays as it was") {}
    assert!(Connection::open(server.socket(), &[&old], &[&TLS13]).is_ok());
    put(&installation, &new);
    server.signal("-HUP");
    while Connection::open(server.socket(), &[&new], &[&TLS13]).is_err() {}

    assert!(server.stop().success(), "{}", installation.log());
}

#[test]
fn people_are_led_to_tls_and_programs_are_refused() {
    let authority = Authority::new();
    let installation = installation(&authority);
    let server = start(&installation, &[("GAARA_SERVER__TLS__REDIRECT_LISTEN", "127.0.0.1:0")]);
    let plain = Client::new(server.told("leading people on from ").unwrap());

    let page = plain.get("/setup?x=1");
    let login = plain.post("/api/v1/auth/login", &json!({"login": "a", "password": "b"}));

    assert_eq!(page.status, 308);
    assert_eq!(page.header("location"), format!("{}/setup?x=1", server.address));
    assert_eq!(page.header("strict-transport-security"), "", "plain HTTP must not say it");
    let _ =
        plain.with("host", "evil.example").get("/setup").expect_problem(421, "http.misdirected");
    let login = login.expect_problem(403, "http.tls_required");
    assert_eq!(login.header("x-frame-options"), "DENY");
    assert!(server.stop().success());
}

/// Runs the binary to its end, with these settings.
fn run(
    installation: &Installation,
    arguments: &[&str],
    settings: &[(&str, &str)],
) -> (i32, String) {
    let mut command = Command::new(binary());
    command.args(arguments).current_dir(installation.file("."));
    command.envs(settings.iter().copied());
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), told)
}

#[test]
fn what_would_leave_the_machine_unencrypted_is_not_served() {
    let authority = Authority::new();
    let installation = installation(&authority);

    let (status, told) = run(&installation, &["serve", "--listen", "0.0.0.0:0"], &[]);
    assert_eq!(status, 78, "{told}");
    assert!(told.contains("unencrypted") && told.contains("server.tls.certificate"), "{told}");

    let other = Authority::new().issue().1;
    fs::write(installation.file("other.pem"), other).unwrap();
    let wrong = [FILES[0], ("GAARA_SERVER__TLS__KEY", "other.pem")];
    let (status, told) = run(&installation, &["serve"], &wrong);
    assert_eq!(status, 78, "{told}");
    assert!(told.contains("cannot be used together"), "{told}");

    let (status, told) = run(&installation, &["serve"], &FILES[..1]);
    assert_eq!(status, 78, "{told}");
    assert!(told.contains("set together"), "{told}");
}

#[test]
fn a_server_is_asked_how_it_is_over_tls_and_in_plain() {
    let authority = Authority::new();
    let installation = installation(&authority);
    let server = start(&installation, &[]);
    let listen = ("GAARA_SERVER__LISTEN", server.socket());

    let own = run(&installation, &["healthcheck"], &[FILES[0], FILES[1], listen]);
    assert_eq!(own.0, 0, "{}", own.1);
    // The machine's own authorities know nothing of ours.
    let stranger = run(&installation, &["healthcheck", "--url", &server.address], &[]);
    assert_eq!(stranger.0, 1, "{}", stranger.1);
    put(&installation, &authority);
    let other = run(&installation, &["healthcheck"], &[FILES[0], FILES[1], listen]);
    assert_eq!(other.0, 1, "another certificate is another server: {}", other.1);
    let socket = server.socket().to_owned();
    assert!(server.stop().success());

    let gone = run(&installation, &["healthcheck", "--url", &format!("http://{socket}")], &[]);
    assert_eq!(gone.0, 1, "{}", gone.1);
    let plain = installation.start();
    let well = run(&installation, &["healthcheck", "--url", &plain.address], &[]);
    assert_eq!(well.0, 0, "{}", well.1);
    let missing = format!("{}/nowhere", plain.address);
    assert_eq!(run(&installation, &["healthcheck", "--url", &missing], &[]).0, 1);
}
