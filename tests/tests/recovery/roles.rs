//! A server that runs as a role of PostgreSQL which does not own its tables.

use std::process::{self, Command, Output};

use gaara_tests::client::Client;
use gaara_tests::server::{Database, Installation};

use crate::company::{Told, assert_books, found, run, sign_in};

/// An installation whose servers sign in as a role of their own; gone, so is the role.
struct Shared {
    installation: Installation,
    /// The address of the owner of the tables.
    owner: String,
    role: String,
}

impl Shared {
    /// A fresh database, and a role that nobody has let in.
    fn new(name: &str) -> Self {
        let Database::Postgres(owner) = Database::postgres() else { panic!("a server") };
        let role = format!("gaara_{name}_{}", process::id());
        let (_, place) = owner.split_once('@').unwrap();
        let own = format!("postgres://{role}:secret@{place}");
        let installation = Installation::new(Database::Postgres(own));
        let shared = Self { installation, owner, role };
        shared.psql(&format!("CREATE ROLE {} LOGIN PASSWORD 'secret'", shared.role)).good();
        shared
    }

    /// Runs a statement as the owner.
    fn psql(&self, statement: &str) -> Told {
        let mut psql = Command::new("psql");
        told(psql.args([&*self.owner, "--quiet", "--command", statement]))
    }

    /// Runs the program as the owner, on the same data directory.
    fn as_owner(&self, arguments: &[&str]) -> Told {
        told(self.installation.command(arguments).env("GAARA_DATABASE_URL", &self.owner))
    }

    fn grant(&self, more: &[&str]) -> Told {
        self.as_owner(&[&["migrate", "grant", "--role", &self.role], more].concat())
    }

    /// What a server says that does not start.
    fn refusal(&self) -> String {
        let refused = run(&self.installation, &["serve", "--listen", "127.0.0.1:0"]);
        assert_eq!(refused.status, Some(1), "{}{}", refused.printed, refused.complained);
        assert!(!refused.complained.contains("permission denied"), "{}", refused.complained);
        refused.complained
    }

    /// What the role is told who rewrites history past the program.
    fn rewriting(&self) -> String {
        let statement = format!("SET ROLE {}; UPDATE audit_log SET actor = 'usr_x'", self.role);
        let refused = self.psql(&statement);
        assert_eq!(refused.status, Some(1), "{}", refused.printed);
        refused.complained
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        drop(self.psql(&format!("DROP OWNED BY {}", self.role)));
        drop(self.psql(&format!("DROP ROLE {}", self.role)));
    }
}

fn told(command: &mut Command) -> Told {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Told { status: status.code(), printed: text(stdout), complained: text(stderr) }
}

fn entries(client: &Client) -> usize {
    let answer = client.get("/api/v1/audit-log").expect(200);
    answer.body["data"].as_array().unwrap().len()
}

#[test]
fn a_server_works_as_a_role_that_cannot_rewrite_history() {
    let shared = Shared::new("works");
    let installation = &shared.installation;
    shared.as_owner(&["migrate", "up"]).good();
    let not_let_in = shared.refusal();
    let planned = shared.grant(&["--dry-run"]).good();
    let still_not = shared.refusal();
    let granted = shared.grant(&[]).good();

    let expected = format!("run `gaara migrate grant --role {}`", shared.role);
    assert!(not_let_in.contains(&expected) && not_let_in.contains("قراءة"), "{not_let_in}");
    assert_eq!(not_let_in, still_not, "a plan changes nothing");
    assert!(planned.contains("GRANT SELECT, INSERT ON TABLE public.audit_log"), "{planned}");
    assert!(granted.contains("no more") && granted.contains("audit_seals"), "{granted}");
    let server = installation.start();
    let goods = found(&server);
    let client = sign_in(&server.address);
    let _ = client.post("/api/v1/invoices", &goods.sale()).expect(201);
    let _ = client.post("/api/v1/payments", &goods.payment()).expect(201);
    assert!(entries(&client) > 5);
    assert_books(installation);
    run(installation, &["audit", "verify"]).good();
    run(installation, &["admin", "list"]).good();
    run(installation, &["backup", "create"]).good();
    assert!(shared.rewriting().contains("permission denied for table audit_log"));
    assert!(server.stop().success(), "{}", installation.log());
    assert!(!installation.log().contains("permission denied"), "{}", installation.log());
}

#[test]
fn a_server_that_may_not_apply_a_step_says_who_can() {
    let shared = Shared::new("step");
    shared.as_owner(&["migrate", "up"]).good();
    shared.grant(&[]).good();
    shared.as_owner(&["migrate", "down", "--steps", "1", "--yes"]).good();

    let refused = shared.refusal();
    let planned = run(&shared.installation, &["migrate", "plan"]);
    let applied = run(&shared.installation, &["migrate", "up"]);

    for part in
        ["the step m2", "run `gaara migrate up` as the owner", &*shared.role, "مالك الجداول"]
    {
        for told in [&refused, &planned.complained, &applied.complained] {
            assert!(told.contains(part), "{told}");
        }
    }
    shared.as_owner(&["migrate", "up"]).good();
    for refused in [
        &["migrate", "down", "--steps", "1", "--yes"][..],
        &["migrate", "grant", "--role", &shared.role],
    ] {
        assert_eq!(run(&shared.installation, refused).status, Some(1), "{refused:?}");
    }
    assert!(shared.installation.start().stop().success());
}

#[test]
fn a_restored_database_lets_the_role_in_again_and_no_further() {
    let shared = Shared::new("restored");
    let installation = &shared.installation;
    shared.as_owner(&["migrate", "up"]).good();
    shared.grant(&[]).good();
    let server = installation.start();
    let _ = found(&server);
    run(installation, &["backup", "create"]).good();
    assert!(server.stop().success());

    shared.as_owner(&["backup", "verify"]).good();
    shared.as_owner(&["backup", "restore", "latest", "--force"]).good();
    assert!(installation.start().stop().success());
    assert!(shared.rewriting().contains("permission denied for table audit_log"));

    // Roles are no part of a backup: on another server there is none of this name.
    let other = format!("{}_other", shared.role);
    shared.psql(&format!("ALTER ROLE {} RENAME TO {other}", shared.role)).good();
    let verified = shared.as_owner(&["backup", "verify"]);
    shared.psql(&format!("ALTER ROLE {other} RENAME TO {}", shared.role)).good();
    let verified = verified.good();
    assert!(verified.contains("can be restored"), "{verified}");
    assert!(verified.contains("gaara migrate grant"), "{verified}");
}
