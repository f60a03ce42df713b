//! Secrets and names are sent through every route of the real server; none of them reaches its log.
#![expect(clippy::unwrap_used, reason = "an answer without what is looked for must end its test")]

use gaara_tests::client::{Answer, Client};
use gaara_tests::server::{Database, Installation, Server};
use serde_json::{Value, json};

const PASSWORD: &str = "Canary-Horse-7f3a";
/// What is sent and must not be logged.
const CANARIES: [&str; 6] = [
    PASSWORD,
    "canary-wrong-password",
    "canary-mail@example.com",
    "Canary Customer",
    "canary-in-a-body",
    "canary-in-a-header",
];

fn set_up(server: &Server) -> Answer {
    let stranger = Client::new(&server.address);
    let body = json!({
        "token": server.setup_token, "email": CANARIES[2], "username": "admin",
        "password": PASSWORD,
        "organization": {"name": {"en": "Canary Customer"}, "country": "SA", "currency": "SAR",
            "time_zone": "Asia/Riyadh"},
    });
    let _ = stranger.post("/api/v1/setup", &body).expect(201);
    let wrong = json!({"login": CANARIES[2], "password": CANARIES[1]});
    let _ = stranger.post("/api/v1/auth/login", &wrong).expect(401);
    stranger
        .post("/api/v1/auth/login", &json!({"login": CANARIES[2], "password": PASSWORD}))
        .expect(200)
}

/// Every route of the document, with the canary in the places of its parameters.
fn routes(document: &Value) -> Vec<(String, String)> {
    let mut routes = Vec::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        let part =
            |part: &str| if part.starts_with('{') { "canary-in-a-path" } else { part }.to_owned();
        let path = template.split('/').map(part).collect::<Vec<_>>().join("/");
        for method in ["get", "post", "put", "patch", "delete"] {
            if item.get(method).is_some() {
                routes.push((method.to_uppercase(), path.clone()));
            }
        }
    }
    routes
}

/// A body that has the canary under every name that a route may look for.
fn body() -> String {
    let names = [
        "login",
        "password",
        "new_password",
        "current_password",
        "email",
        "username",
        "name",
        "code",
        "token",
        "refresh_token",
        "challenge_id",
        "reason",
        "note",
        "sku",
        "lines",
        "language",
    ];
    let fields = names.map(|name| (name.to_owned(), json!("canary-in-a-body")));
    Value::Object(fields.into_iter().collect()).to_string()
}

#[test]
fn nothing_secret_and_nobodys_name_reaches_the_log() {
    let installation = Installation::new(Database::Sqlite);
    let server = installation.start();
    let tokens = set_up(&server);
    let (access, refresh) = (tokens.text("/access_token"), tokens.text("/refresh_token"));
    let marked = Client::new(&server.address)
        .with("user-agent", "canary-in-a-header")
        .with("referer", "canary-in-a-header")
        .with("x-forwarded-for", "canary-in-a-header")
        .with("accept-language", "canary-in-a-header")
        .with("idempotency-key", "canary-in-a-header")
        .with("if-match", "\"1\"");
    let client = marked.signed_in(access);
    let customer = json!({"name": {"en": "Canary Customer"}, "email": CANARIES[2],
        "country": "SA", "currency": "SAR"});
    let _ = client.post("/api/v1/customers", &customer).expect(201);
    let factor = client.post("/api/v1/me/mfa", &json!({"password": PASSWORD}));
    let secret = factor.text("/secret").to_owned();
    let document = client.get("/api/schema").body;

    let routes = routes(&document);
    for (method, path) in &routes {
        let path = format!("{path}?q=canary-in-a-query&cursor=canary-in-a-query");
        let ends_session = path.contains("/auth/logout") || path.contains("/sessions");
        let body = (method != "GET").then(body);
        let _ = marked.with("cookie", "canary-in-a-header").send(method, &path, body.clone());
        let _ = marked.signed_in("canary-in-a-header").send(method, &path, body.clone());
        if !ends_session {
            let _ = client.send(method, &path, body);
        }
    }
    assert!(server.stop().success());

    let log = installation.log();
    let lines = log.lines().filter(|line| line.contains("\"message\":\"request\"")).count();
    assert!(lines > 2 * routes.len(), "{lines} requests were logged");
    assert!(!secret.is_empty(), "{:#}", factor.body);
    let all = CANARIES.into_iter().chain([access, refresh, secret.as_str()]);
    for canary in all.chain(["canary", "Canary"]) {
        let told = log.lines().find(|line| line.contains(canary));
        assert_eq!(told, None, "{canary} is in the log");
    }
    for line in log.lines() {
        let entry: Value = serde_json::from_str(line).expect("each line is one object");
        assert!(entry["level"].is_string(), "{line}");
    }
}
