//! What an operator does about people, from outside.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use serde_json::{Value, json};
use ureq::Agent;

use crate::program::{Program, Server};

const FIRST: &str = "Tulip-Anchor-7";
const SECOND: &str = "Walnut-Harbour-9";

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).build().into()
}

fn post(server: &Server, path: &str, body: &Value) -> (u16, Value) {
    let url = format!("{}/api/v1/{path}", server.address);
    let mut answer = agent().post(url).send_json(body).unwrap();
    (answer.status().as_u16(), answer.body_mut().read_json().unwrap_or_default())
}

fn login(server: &Server, login: &str, password: &str) -> u16 {
    post(server, "auth/login", &json!({"login": login, "password": password})).0
}

/// Runs to the end with something on standard input; answers status, output and complaint.
fn pipe(program: &Program, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = program.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that refuses at once has closed its end already.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Sets the system up through the link that the command line made.
fn set_up(program: &Program) {
    let link = program.run(&["admin", "setup-link"]);
    assert_eq!(link.status(), Some(0), "{}", link.complained());
    let token = link.printed().trim().split_once("/setup#").unwrap().1.to_owned();
    let server = program.serve(&[]);
    // Serving has made a link of its own, so the one before is over.
    let late = json!({"token": token, "email": "a@example.com", "username": "admin",
        "password": FIRST, "organization": {"name": {"en": "Najd"}, "country": "SA",
        "currency": "SAR", "time_zone": "Asia/Riyadh"}});
    assert_eq!(post(&server, "setup", &late).0, 401);
    let prefix = format!("set up at {}/setup#", server.address);
    let mut body = late;
    body["token"] = json!(server.told(&prefix).unwrap());
    assert_eq!(post(&server, "setup", &body).0, 201);
    assert_eq!(server.stop("-TERM"), Some(0), "{}", program.log());
}

#[test]
fn people_are_let_in_and_back_in_from_the_command_line() {
    let program = Program::new();
    assert_eq!(program.run(&["admin", "list"]).status(), Some(1), "there is no database");
    assert!(!program.path("data").exists(), "looking leaves nothing behind");
    set_up(&program);
    assert_eq!(program.run(&["admin", "setup-link"]).status(), Some(1), "it is set up");

    fs::write(program.path("password"), format!("{FIRST}\n")).unwrap();
    let create = [
        "admin",
        "create-user",
        "--username",
        "sara",
        "--email",
        "sara@example.com",
        "--role",
        "sales",
        "--password-file",
        "password",
    ];
    let created = program.run(&create);
    assert_eq!(created.status(), Some(0), "{}", created.complained());
    assert!(created.printed().starts_with("usr_"));
    let twice = program.run(&create);
    assert_eq!(twice.status(), Some(1));
    assert!(twice.complained().contains("somebody else has this"), "{}", twice.complained());
    let nobody = ["admin", "reset-mfa", "nobody"];
    assert_eq!(program.run(&nobody).status(), Some(1));
    assert_eq!(program.run(&["admin", "reset-mfa", "sara"]).status(), Some(1), "there is none");
    assert_eq!(program.run(&["admin", "unlock", "nobody"]).status(), Some(1));
    assert_eq!(program.run(&["admin", "unlock", "sara"]).status(), Some(0), "again and again");

    let reset = ["admin", "reset-password", "sara@example.com", "--password-file", "-"];
    let (status, _, complaint) = pipe(&program, &reset, "sara\n");
    assert_eq!(status, Some(1));
    assert!(complaint.contains("at least 12 characters"), "{complaint}");
    let (status, printed, complaint) = pipe(&program, &reset, &format!("{SECOND}\n"));
    assert_eq!(status, Some(0), "{complaint}");
    assert!(!printed.contains(SECOND));
    let server = program.serve(&[]);
    assert_eq!(login(&server, "sara", FIRST), 401);
    assert_eq!(login(&server, "sara", SECOND), 200);
    assert_eq!(server.stop("-TERM"), Some(0));

    let rows: Vec<Value> =
        serde_json::from_str(&program.run(&["admin", "list", "--json"]).printed()).unwrap();
    let names: Vec<&str> = rows.iter().map(|row| row["username"].as_str().unwrap()).collect();
    assert_eq!(names, ["admin", "sara"]);
    let table = program.run(&["admin", "list"]).printed();
    assert!(table.lines().nth(2).unwrap().contains("sara@example.com"), "{table}");
}

#[test]
fn a_password_is_never_an_argument() {
    let program = Program::new();
    set_up(&program);
    let flag = ["admin", "reset-password", "admin", "--password", SECOND];
    assert_eq!(program.run(&flag).status(), Some(2));
    let positional = ["admin", "reset-password", "admin", SECOND];
    assert_eq!(program.run(&positional).status(), Some(2));
    let (status, _, complaint) = pipe(&program, &["admin", "reset-password", "admin"], SECOND);
    assert_eq!(status, Some(2), "there is no terminal to ask on: {complaint}");
    let missing = ["admin", "reset-password", "admin", "--password-file", "absent"];
    assert_eq!(program.run(&missing).status(), Some(1));
    assert!(!program.run(&["admin", "reset-password", "--help"]).printed().contains("<PASSWORD>"));
}

fn outcomes(program: &Program) -> (Option<i32>, Vec<(String, String)>) {
    let ended = program.run(&["doctor", "--json"]);
    let rows: Vec<Value> = serde_json::from_str(&ended.printed()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let pairs = rows.iter().map(|row| (text(&row["check"]), text(&row["outcome"])));
    (ended.status(), pairs.collect())
}

fn outcome(outcomes: &[(String, String)], check: &str) -> String {
    let found = outcomes.iter().find(|(name, _)| name == check);
    found.unwrap_or_else(|| panic!("{check}: {outcomes:?}")).1.clone()
}

#[test]
fn the_doctor_finds_what_others_could_find() {
    let program = Program::new();
    let (status, found) = outcomes(&program);
    assert_eq!((status, outcome(&found, "database")), (Some(1), "finding".to_owned()));
    assert!(!program.path("data").exists(), "looking leaves nothing behind");

    set_up(&program);
    let (status, found) = outcomes(&program);
    assert_eq!(status, Some(0), "{found:?}");
    assert_eq!(outcome(&found, "passwords"), "fine");
    assert_eq!(outcome(&found, "second_factors"), "advice");

    fs::write(program.path("password"), "Correct-Horse-7").unwrap();
    let known = ["admin", "reset-password", "admin", "--password-file", "password"];
    assert_eq!(program.run(&known).status(), Some(0));
    let key = program.path("data/secrets/sealing_key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let (status, found) = outcomes(&program);
    assert_eq!((status, outcome(&found, "secret_files")), (Some(1), "finding".to_owned()));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    let (status, found) = outcomes(&program);
    assert_eq!((status, outcome(&found, "passwords")), (Some(1), "finding".to_owned()));

    let toml = "[mail]\nsmtp_url = \"smtps://user:secret@mail.example.com\"\n";
    fs::write(program.path("gaara.toml"), toml).unwrap();
    fs::set_permissions(program.path("gaara.toml"), fs::Permissions::from_mode(0o644)).unwrap();
    let (_, found) = outcomes(&program);
    assert_eq!(outcome(&found, "settings"), "finding");
    let printed = program.run(&["doctor"]).printed();
    assert!(
        printed.contains("mail.smtp_url stands in") && !printed.contains("secret@"),
        "{printed}"
    );
}
