//! Attacks from outside on the real binary: forged tokens, races, escalation, guessing.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "an answer without what is looked for must end its test"
)]

mod audit;
mod authenticator;
mod codes;
mod cookies;
mod forge;
mod guessing;
mod instances;
mod links;
mod passkeys;
mod people;
mod refreshing;
mod strangers;
mod tokens;

use gaara_tests::client::{Answer, Client};
use gaara_tests::server::{Database, Installation, Server};
use serde_json::{Value, json};

/// The password of everybody here.
const PASSWORD: &str = "Correct-Horse-7";

/// A system that is set up, and a client that nobody has signed in on.
struct Target {
    installation: Installation,
    server: Server,
    stranger: Client,
}

impl Target {
    fn new(database: Database) -> Self {
        Self::of(Installation::new(database))
    }

    fn of(installation: Installation) -> Self {
        let server = installation.start();
        let stranger = Client::new(&server.address);
        let token = server.setup_token.as_deref().unwrap();
        let body = json!({
            "token": token, "email": "admin@example.com", "username": "admin",
            "password": PASSWORD,
            "organization": {"name": {"en": "Najd Trading"}, "country": "SA", "currency": "SAR",
                "time_zone": "Asia/Riyadh"},
        });
        let _ = stranger.post("/api/v1/setup", &body).expect(201);
        Self { installation, server, stranger }
    }

    fn login(&self, login: &str, password: &str) -> Answer {
        let body = json!({"login": login, "password": password});
        self.stranger.post("/api/v1/auth/login", &body)
    }

    fn sign_in(&self, login: &str) -> Value {
        self.login(login, PASSWORD).expect(200).body
    }

    fn client(&self, login: &str) -> Client {
        self.stranger.signed_in(self.sign_in(login)["access_token"].as_str().unwrap())
    }

    fn stop(self) {
        assert!(self.server.stop().success(), "{}", self.installation.log());
        assert!(!self.installation.log().contains(PASSWORD));
    }
}

fn add_user(admin: &Client, name: &str, role: &str) -> String {
    let body = json!({"email": format!("{name}@example.com"), "username": name,
        "password": PASSWORD, "role": role});
    admin.post("/api/v1/users", &body).expect(201).text("/id").to_owned()
}
