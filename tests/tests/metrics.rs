//! Figures of the real server, and the dashboards and alerts that are made of them.
#![expect(clippy::unwrap_used, reason = "what is not there must end its test")]

use std::collections::BTreeSet;
use std::fs;

use gaara_http::METRICS;
use gaara_tests::client::Client;
use gaara_tests::server::{Database, Installation};
use gaara_tests::tree::root;
use serde_json::{Value, json};

/// Exported for whoever looks closer, and shown on no dashboard.
const NOT_SHOWN: [&str; 1] = ["gaara_uptime_seconds"];

/// The text of an address that answers no JSON.
fn text(url: &str) -> String {
    ureq::get(url).call().unwrap().body_mut().read_to_string().unwrap()
}

#[test]
fn a_server_tells_its_figures_on_a_listener_of_their_own() {
    let installation = Installation::new(Database::Sqlite);
    let server = installation.start_with(&[
        ("GAARA_METRICS__LISTEN", "127.0.0.1:0"),
        // Whom the server calls, it has a breaker for.
        ("GAARA_MAIL__SMTP_URL", "smtp://127.0.0.1:1"),
    ]);
    let address = format!("http://{}", server.told("figures at http://").unwrap());
    let client = Client::new(&server.address);
    let _ = client.get("/health").expect(200);
    let _ = client.get("/made/up/by/a/client").expect(404);
    let login = json!({"login": "nobody", "password": "wrong"});
    let _ = client.post("/api/v1/auth/login", &login).expect_problem(503, "setup.required");

    let figures = text(&address);

    for metric in METRICS {
        let line = format!("# HELP {} ", metric.name);
        // Nobody has tried to sign in behind the gate of the setup.
        let is_there = figures.contains(&line) || metric.name == "gaara_sign_ins_total";
        assert!(is_there, "{line} is not in\n{figures}");
    }
    let request = "route=\"/health\",method=\"GET\",status=\"2xx\"";
    assert!(figures.contains(&format!("gaara_http_request_duration_seconds_count{{{request}}} 1")));
    assert!(figures.contains("gaara_problems_total{code=\"setup.required\"} 1"), "{figures}");
    let breaker = "gaara_breaker_state{dependency=\"mail\",state=\"closed\"} 1";
    assert!(figures.contains(breaker), "{figures}");
    assert!(!figures.contains("made/up"), "a client makes up no series");
    let _ = client.get("/metrics").expect_problem(404, "resource.not_found");
    assert!(!installation.log().contains("\"route\":\"/metrics\""));
    let foreign = ureq::get(format!("{address}/metrics")).header("host", "evil.example");
    let foreign = foreign.config().http_status_as_error(false).build().call().unwrap();
    assert_eq!(foreign.status(), 421, "a site whose name leads here reads nothing");
    assert!(server.stop().success());
}

/// The names of figures in a text of queries, without what a histogram adds to its name.
fn names(queries: &str) -> BTreeSet<String> {
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let words = queries.split(|sign| !is_name(sign));
    let ours = words.filter(|word| word.starts_with("gaara_") || word.starts_with("process_"));
    let plain = |word: &str| {
        let parts = ["_bucket", "_sum", "_count"];
        let part = parts.iter().find_map(|part| word.strip_suffix(part));
        part.unwrap_or(word).to_owned()
    };
    ours.map(plain).collect()
}

/// The queries of every panel of a dashboard.
fn queries(dashboard: &Value) -> String {
    let panels = dashboard["panels"].as_array().unwrap();
    let targets = panels.iter().filter_map(|panel| panel["targets"].as_array()).flatten();
    targets.map(|target| target["expr"].as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn dashboards_and_alerts_use_what_is_exported_and_all_of_it() {
    let exported: BTreeSet<String> = METRICS.iter().map(|metric| metric.name.to_owned()).collect();
    let dashboard = fs::read_to_string(root().join("deploy/grafana/gaara.json")).unwrap();
    let dashboard: Value = serde_json::from_str(&dashboard).unwrap();
    let alerts = fs::read_to_string(root().join("deploy/prometheus/alerts.yml")).unwrap();
    let expressions = alerts.lines().filter_map(|line| line.trim().strip_prefix("expr: "));
    let alerts = expressions.collect::<Vec<_>>().join("\n");

    let (shown, watched) = (names(&queries(&dashboard)), names(&alerts));

    assert!(watched.len() > 5, "{watched:?}");
    let used: BTreeSet<String> = shown.union(&watched).cloned().collect();
    let unknown: Vec<_> = used.difference(&exported).collect();
    assert!(unknown.is_empty(), "nothing exports {unknown:?}");
    let unused: Vec<&str> = exported.difference(&used).map(String::as_str).collect();
    assert_eq!(unused, NOT_SHOWN, "exported and neither shown nor listed as not shown");
}
