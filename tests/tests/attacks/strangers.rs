//! Every route, asked by somebody who has not signed in.

use gaara_tests::client::Client;
use gaara_tests::server::Database;
use serde_json::json;

use crate::Target;

/// Paths and methods that ask for somebody who has signed in, as the document tells them.
fn closed_routes(stranger: &Client) -> Vec<(String, String)> {
    let document = stranger.get("/api/schema").expect(200).body;
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["security"] == json!([{}]) || operation["security"] == json!([]) {
                continue;
            }
            let part = |part| match part {
                "{currency}" => "USD",
                "{date}" => "2026-11-23",
                other if other.starts_with('{') => "usr_00000000000000000000000001",
                other => other,
            };
            let path = path.split('/').map(part).collect::<Vec<_>>().join("/");
            routes.push((method.to_uppercase(), path));
        }
    }
    routes
}

#[test]
fn every_route_refuses_a_stranger_before_it_reads_anything() {
    let target = Target::new(Database::Sqlite);
    let stranger = &target.stranger;
    let routes = closed_routes(stranger);
    assert!(routes.len() > 80, "{}", routes.len());

    let guest = stranger.with("cookie", "__Host-gaara_access=nonsense; __Host-gaara_csrf=x");
    let forged = stranger.signed_in("nonsense");
    for (method, path) in &routes {
        let body = (method != "GET").then(|| "{\"broken".to_owned());
        let missing = stranger.send(method, path, body.clone());
        assert_eq!(missing.text("/code"), "auth.token_missing", "{method} {path}");
        assert_eq!(missing.header("www-authenticate"), "Bearer", "{method} {path}");
        for client in [&forged, &guest] {
            let invalid = client.send(method, path, body.clone());
            assert_eq!(invalid.text("/code"), "auth.token_invalid", "{method} {path}");
            assert_eq!(invalid.status, 401);
        }
    }
    target.stop();
}
