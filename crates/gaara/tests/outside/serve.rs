//! The server from outside: what it prints, where it keeps things, and how it ends.

use std::fs;
use std::path::Path;

use crate::program::{Program, Server, mode};
use serde_json::{Value, json};
use ureq::Agent;

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).build().into()
}

fn sign_in(server: &Server, password: &str) -> String {
    let body = json!({"login": "admin", "password": password});
    let url = format!("{}/api/v1/auth/login", server.address);
    let mut answer = agent().post(url).send_json(body).unwrap();
    let body: Value = answer.body_mut().read_json().unwrap();
    body["access_token"].as_str().unwrap_or_else(|| panic!("{body:#}")).to_owned()
}

fn get(server: &Server, path: &str, token: &str) -> Value {
    let request = agent().get(format!("{}{path}", server.address));
    let mut answer = request.header("authorization", format!("Bearer {token}")).call().unwrap();
    answer.body_mut().read_json().unwrap()
}

#[test]
fn a_first_start_offers_the_setup_and_keeps_everything_private() {
    let program = Program::new();

    let server = program.serve(&["--data-dir", "data"]);

    let setup = format!("set up at {}/setup#", server.address);
    assert!(!server.told(&setup).unwrap().is_empty());
    assert!(server.address.starts_with("http://127.0.0.1:"));
    assert_eq!(mode(&program.path("data")), 0o700);
    assert_eq!(mode(&program.path("data/secrets")), 0o700);
    assert_eq!(mode(&program.path("data/secrets/jwt_signing_key")), 0o600);
    assert_eq!(mode(&program.path("data/gaara.db")), 0o600);
    assert_eq!(server.stop("-TERM"), Some(0), "{}", program.log());
}

#[test]
fn the_signing_key_survives_a_restart() {
    let program = Program::new();
    let key = || fs::read(program.path("data/secrets/jwt_signing_key")).unwrap();

    assert_eq!(program.serve(&[]).stop("-INT"), Some(0));
    let first = key();
    assert_eq!(program.serve(&[]).stop("-TERM"), Some(0));

    assert_eq!(key(), first);
}

#[test]
fn redis_may_be_down_at_the_start() {
    let program = Program::new();
    // Nobody listens on port 1.
    fs::write(program.path("gaara.toml"), "[redis]\nurl = \"redis://127.0.0.1:1/0\"").unwrap();

    let server = program.serve(&[]);

    assert_eq!(server.stop("-TERM"), Some(0), "{}", program.log());
}

#[test]
fn the_demonstration_has_books_to_look_at_and_leaves_nothing() {
    let program = Program::new();
    fs::create_dir(program.path("tmp")).unwrap();
    let mut command = program.command(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    command.env("TMPDIR", program.path("tmp"));

    let server = program.start(command);

    assert_eq!(server.told("login: "), Some("admin"));
    assert!(server.told("try it at ").unwrap().ends_with("/api/docs"));
    assert!(server.told("set up at").is_none());
    let token = sign_in(&server, server.told("password: ").unwrap());
    let invoices = get(&server, "/api/v1/invoices?limit=200&with_total=true", &token);
    assert_eq!(invoices["page"]["total"], 300, "{invoices:#}");
    let paid = "/api/v1/invoices?payment_status=paid&payment_status=partially_paid&with_total=true";
    let paid = get(&server, paid, &token)["page"]["total"].as_u64().unwrap();
    assert!((180..=220).contains(&paid), "{paid} of 300 are paid");
    assert_eq!(server.stop("-TERM"), Some(0));
    let left = |path: &Path| fs::read_dir(path).unwrap().count();
    assert_eq!(left(&program.path("tmp")), 0, "the directory is removed");
    assert!(!program.path("data").exists());
}
