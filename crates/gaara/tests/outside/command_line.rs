//! The command line from outside: what is printed, and the exit status.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::program::Program;
use serde_json::Value;

const CANARY: &str = "canary-7f3a";

#[test]
fn wrong_usage_ends_with_two_and_help_with_nought() {
    let program = Program::new();
    for arguments in [&[][..], &["frobnicate"], &["serve", "--port", "1"], &["id", "inv_1"]] {
        assert_eq!(program.run(arguments).status(), Some(2), "{arguments:?}");
    }
    assert_eq!(program.run(&["serve", "--demo", "--data-dir", "x"]).status(), Some(2));
    assert_eq!(program.run(&["migrate", "down", "--steps", "0", "--yes"]).status(), Some(2));
    assert_eq!(program.run(&["--help"]).status(), Some(0));
    assert_eq!(program.run(&["--version"]).status(), Some(0));
}

#[test]
fn a_wrong_configuration_ends_with_78_and_says_what_was_meant() {
    let program = Program::new();
    let mut check = program.command(&["config", "check"]);
    let output = check.env("GAARA_SERVER__LISTE", "x").output().unwrap();
    assert_eq!(output.status.code(), Some(78));
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(complaint.contains("GAARA_SERVER__LISTEN"), "{complaint}");

    for arguments in [
        &["serve", "--listen", "nowhere"][..],
        &["serve", "--listen", "0.0.0.0:0"],
        &["config", "check", "--config", "absent.toml"],
        &["migrate", "status", "--database-url", "mysql://host/db"],
    ] {
        let ended = program.run(arguments);
        assert_eq!(ended.status(), Some(78), "{arguments:?}: {}", ended.complained());
    }
    assert!(!program.path("data").exists(), "a refused start leaves nothing behind");
    assert_eq!(program.run(&["config", "check"]).status(), Some(0));
}

#[test]
fn a_data_directory_that_others_may_write_to_ends_with_78() {
    let program = Program::new();
    fs::create_dir(program.path("data")).unwrap();
    fs::set_permissions(program.path("data"), fs::Permissions::from_mode(0o777)).unwrap();

    let ended = program.run(&["serve", "--listen", "127.0.0.1:0"]);

    assert_eq!(ended.status(), Some(78));
    assert!(ended.complained().contains("set its mode to 700"), "{}", ended.complained());
}

#[test]
fn print_tells_values_and_origins_but_no_secret() {
    let program = Program::new();
    let toml = format!("[redis]\nurl = \"redis://:{CANARY}@host/0\"\n[log]\nformat = \"json\"\n");
    fs::write(program.path("gaara.toml"), toml).unwrap();
    let database = format!("postgres://gaara:{CANARY}@host/books");

    for arguments in [&["config", "print"][..], &["config", "print", "--json"]] {
        let mut print = program.command(arguments);
        let output = print.env("GAARA_DATABASE_URL", &database).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(!printed.contains(CANARY), "{printed}");
        assert!(printed.contains("postgres://gaara:[redacted]@host/books"), "{printed}");
        assert!(printed.contains("GAARA_DATABASE_URL") && printed.contains("gaara.toml"));
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn print_is_json_where_that_is_asked_for() {
    let printed = Program::new().run(&["config", "print", "--json"]).printed();

    let rows: Vec<Value> = serde_json::from_str(&printed).unwrap();

    let listen = rows.iter().find(|row| row["key"] == "server.listen").unwrap();
    assert_eq!(
        (&listen["value"], &listen["origin"]),
        (&"127.0.0.1:8080".into(), &"default".into())
    );
}

#[test]
fn the_example_is_a_configuration() {
    let program = Program::new();
    let example = program.run(&["config", "example"]).printed();
    fs::write(program.path("gaara.toml"), &example).unwrap();

    assert_eq!(program.run(&["config", "check"]).status(), Some(0));
    assert!(example.contains("# GAARA_DATABASE__URL\n#url = \"\""), "{example}");
}

#[test]
fn an_id_tells_its_kind_its_uuid_and_its_instant() {
    let ended = Program::new().run(&["id", "inv_01jbr1h3ktfaz8vvr14d2pf2db"]);

    assert_eq!(ended.status(), Some(0), "{}", ended.complained());
    let lines: Vec<String> = ended.printed().lines().map(str::to_owned).collect();
    assert_eq!(lines[0], "kind     invoice");
    assert!(lines[1].starts_with("uuid     0192f018-"), "{lines:?}");
    assert!(lines[2].starts_with("created  2024-11-03T"), "{lines:?}");
}

#[test]
fn migrations_go_up_and_down_and_show_where_they_are() {
    let program = Program::new();
    let steps = |arguments: &[&str]| -> Vec<Value> {
        let ended = program.run(&[&["migrate"][..], arguments, &["--json"][..]].concat());
        assert_eq!(ended.status(), Some(0), "{arguments:?}: {}", ended.complained());
        serde_json::from_str(&ended.printed()).unwrap()
    };
    let applied = |steps: &[Value]| steps.iter().filter(|step| step["applied"] == true).count();
    assert_eq!(program.run(&["migrate", "status"]).status(), Some(1), "there is no database");
    assert!(!program.path("data").exists(), "looking leaves nothing behind");

    let up = steps(&["up"]);
    assert!(!up.is_empty());
    assert_eq!(applied(&steps(&["status"])), up.len());
    assert_eq!(steps(&["up"]), Vec::<Value>::new(), "nothing is missing any more");

    assert_eq!(steps(&["plan"]), Vec::<Value>::new(), "nothing is planned");

    assert_eq!(program.run(&["migrate", "down", "--steps", "1"]).status(), Some(2));
    assert_eq!(steps(&["down", "--steps", "1", "--dry-run"]).len(), 1);
    assert_eq!(applied(&steps(&["status"])), up.len(), "a dry run changes nothing");
    assert_eq!(steps(&["down", "--steps", "1", "--yes"])[0]["applied"], false);
    assert_eq!(applied(&steps(&["status"])), up.len() - 1);

    let planned = steps(&["plan"]);
    assert_eq!((planned.len(), &planned[0]["step"]), (1, &up[up.len() - 1]["step"]));
    let printed = program.run(&["migrate", "plan"]).printed();
    assert!(printed.starts_with("-- m2026") && printed.contains(';'), "{printed}");
    assert_eq!(applied(&steps(&["status"])), up.len() - 1, "a plan changes nothing");
}

#[test]
fn the_api_document_is_printed() {
    let ended = Program::new().run(&["openapi", "print"]);

    let document: Value = serde_json::from_str(&ended.printed()).unwrap();

    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
}
