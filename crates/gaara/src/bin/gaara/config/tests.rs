//! Which source wins, what is refused, and what is shown.

use std::sync::Arc;

use gaara::application::{Breakers, Dependency};
use gaara_crypto::{SystemClock, SystemEntropy};
use gaara_http::HttpConfig;

use super::*;

const CANARY: &str = "canary-7f3a";

fn layer(pairs: &[(&'static str, &str)], origin: &str) -> Layer {
    let found = |text: &str| Found { text: text.to_owned(), origin: origin.to_owned() };
    pairs.iter().map(|(key, text)| (*key, found(text))).collect()
}

fn load(flags: Flags, variables: &[(&str, &str)], toml: &str) -> Result<Config, Vec<String>> {
    let mut complaints = Vec::new();
    let file = file::parse(toml, "gaara.toml", &mut complaints);
    let variables =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let environment = environment::read(&variables, &mut complaints);
    Config::merge(flags, environment, file, complaints)
}

fn complaint(variables: &[(&str, &str)], toml: &str) -> String {
    load(Vec::new(), variables, toml).unwrap_err().join("\n")
}

fn row(config: &Config, key: &str) -> [String; 2] {
    let rows = config.rows();
    let [_, value, origin] = rows.into_iter().find(|row| row[0] == key).unwrap();
    [value, origin]
}

#[test]
fn flags_beat_variables_which_beat_the_file_which_beats_defaults() {
    let key = "server.listen";
    let flags = || vec![(key, "127.0.0.1:4".to_owned(), "--listen")];
    let variables = [("GAARA_SERVER__LISTEN", "127.0.0.1:3")];
    let toml = "[server]\nlisten = \"127.0.0.1:2\"";

    let all = load(flags(), &variables, toml).unwrap();
    let no_flag = load(Vec::new(), &variables, toml).unwrap();
    let only_file = load(Vec::new(), &[], toml).unwrap();
    let nothing = load(Vec::new(), &[], "").unwrap();

    assert_eq!(row(&all, key), ["127.0.0.1:4", "--listen"]);
    assert_eq!(row(&no_flag, key), ["127.0.0.1:3", "GAARA_SERVER__LISTEN"]);
    assert_eq!(row(&only_file, key), ["127.0.0.1:2", "gaara.toml"]);
    assert_eq!(row(&nothing, key), ["127.0.0.1:8080", "default"]);
    assert_eq!(all.edge.listen.port(), 4);
}

#[test]
fn every_setting_can_be_set_by_either_variable() {
    for setting in SETTINGS {
        for name in [setting.variable(), setting.short_variable()] {
            let variables = BTreeMap::from([(name.clone(), "x".to_owned())]);
            let mut complaints = Vec::new();

            let read = environment::read(&variables, &mut complaints);

            assert_eq!(complaints, Vec::<String>::new());
            assert_eq!(read[setting.key].origin, name);
        }
    }
}

#[test]
fn a_file_holds_a_value_and_loses_its_line_end() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("url");
    std::fs::write(&path, "redis://host/0\n").unwrap();

    let config = load(Vec::new(), &[("GAARA_REDIS__URL_FILE", path.to_str().unwrap())], "");

    assert_eq!(config.unwrap().redis_url, "redis://host/0");
}

#[test]
fn two_variables_for_one_setting_are_refused() {
    for pair in [
        [("GAARA_REDIS__URL", "a"), ("GAARA_REDIS__URL_FILE", "b")],
        [("GAARA_REDIS__URL", "a"), ("GAARA_REDIS_URL", "a")],
    ] {
        let complaint = complaint(&pair, "");
        assert!(complaint.contains(pair[0].0) && complaint.contains(pair[1].0), "{complaint}");
    }
    let empty = [("GAARA_REDIS__URL", "redis://a"), ("GAARA_REDIS_URL", "")];
    assert!(load(Vec::new(), &empty, "").is_ok(), "an empty variable is absent");
}

#[test]
fn what_sets_nothing_is_refused_with_what_was_meant() {
    for (variable, meant) in [
        ("GAARA_SERVER__LISTE", "GAARA_SERVER__LISTEN"),
        ("GAARA_DATABASE_URI", "GAARA_DATABASE_URL"),
        ("GAARA_DATABSE__URL", "GAARA_DATABASE__URL"),
    ] {
        let complaint = complaint(&[(variable, "x")], "");
        assert!(complaint.contains(variable) && complaint.contains(meant), "{complaint}");
    }
    assert!(complaint(&[], "[server]\nlisen = 1").contains("did you mean server.listen?"));
    assert!(complaint(&[], "[sever]\nlisten = 1").contains("did you mean server.listen?"));
    assert!(complaint(&[], "listen = 1").contains("there is no setting listen"));
}

#[test]
fn variables_of_others_are_left_alone() {
    let others = [
        ("GAARA_SECRET__JWT_SIGNING_KEY", "x"),
        ("GAARA_TEST_POSTGRES_URL", "x"),
        ("DATABASE_URL", "x"),
    ];
    assert!(load(Vec::new(), &others, "").is_ok());
}

#[test]
fn everything_that_is_wrong_is_told_at_once_and_without_the_values() {
    let wrong = [
        ("server.listen", CANARY),
        ("server.insecure_http", CANARY),
        ("data.dir", ""),
        ("database.url", CANARY),
        ("database.read_connections_max", "0"),
        ("database.lock_timeout_ms", "-1"),
        ("secrets.backend", CANARY),
        ("log.format", CANARY),
        ("log.level", "info,=,"),
    ];

    let told = Config::merge(Vec::new(), layer(&wrong, "here"), Layer::new(), Vec::new());

    let told = told.unwrap_err();
    assert_eq!(told.len(), wrong.len(), "{told:#?}");
    assert!(told.iter().all(|line| line.contains("(from here)") && !line.contains(CANARY)));
}

#[test]
fn a_file_that_cannot_be_read_is_not_quoted() {
    let complaint = complaint(&[], &format!("[redis]\nurl = \"redis://:{CANARY}@host"));
    assert!(complaint.starts_with("gaara.toml line 2: "), "{complaint}");
    assert!(!complaint.contains(CANARY), "{complaint}");
}

#[test]
fn secrets_are_never_shown() {
    let redis = format!("redis://:{CANARY}@host/0");
    let database = format!("postgres://gaara:{CANARY}@host/books");
    let variables = [("GAARA_REDIS_URL", redis.as_str()), ("GAARA_DATABASE_URL", &database)];

    let config = load(Vec::new(), &variables, "").unwrap();

    assert_eq!(config.redis_url, redis);
    assert_eq!(row(&config, "redis.url")[0], "[redacted]");
    assert_eq!(row(&config, "database.url")[0], "postgres://gaara:[redacted]@host/books");
    assert!(!format!("{:?}", config.rows()).contains(CANARY));
    assert!(!format!("{config:?}").contains(CANARY));
}

#[test]
fn the_defaults_are_those_of_the_adapters() {
    let config = load(Vec::new(), &[], "").unwrap();
    let sql = config.sql().unwrap();
    assert_eq!(sql, SqlConfig::new(sql.url.clone()));
    assert_eq!(sql.url, "sqlite:./data/gaara.db");
}

fn breakers() -> Breakers {
    Breakers::new(Arc::new(SystemClock), Arc::new(SystemEntropy))
}

#[test]
fn the_defaults_of_the_edge_are_those_of_the_server_with_limits() {
    let config = load(Vec::new(), &[], "").unwrap();

    let http =
        config.shield.around(config.http(), &config, &breakers(), config.edge.listen).unwrap();

    assert!(format!("{:?}", http.rate_limits).contains("times: 100"), "{:?}", http.rate_limits);
    let plain = HttpConfig {
        hosts: http.hosts.clone(),
        rate_limits: http.rate_limits.clone(),
        ..HttpConfig::default()
    };
    assert_eq!(format!("{http:?}"), format!("{plain:?}"));
}

#[test]
fn the_edge_is_configured_by_lists_and_switches() {
    let toml = "[server]\npublic_url = \"https://books.example.com/x\"\nhosts = \"a.example, b\"\n\
                trusted_proxies = \"10.0.0.0/8, ::1\"\ncors_origins = \"https://c.example\"\n\
                [rate_limit]\nenabled = false\n[breaker]\nforced_open = \"mail\"";
    let config = load(Vec::new(), &[], toml).unwrap();
    let breakers = breakers();

    config.shield.hold(&breakers);
    let http = config.shield.around(config.http(), &config, &breakers, config.edge.listen).unwrap();

    assert!(http.rate_limits.is_none());
    assert_eq!(http.trusted_proxies.len(), 2);
    let told = format!("{http:?}");
    for name in ["books.example.com", "a.example", "b", "127.0.0.1", "https://c.example"] {
        assert!(told.contains(&format!("\"{name}\"")), "{name}: {told}");
    }
    let mail = breakers.guard(Dependency::MAIL).snapshot().state;
    assert_eq!(mail.as_str(), "forced_open");
}

#[test]
fn what_would_open_the_edge_to_everybody_is_refused() {
    for (key, value) in [
        ("server.cors_origins", "*"),
        ("server.cors_origins", "null"),
        ("server.cors_origins", "https://*.example.com"),
        ("server.trusted_proxies", "everybody"),
        ("rate_limit.per_minute", "0"),
        ("rate_limit.routes", "GET /a"),
        ("breaker.disabled", "database"),
        ("server.request_timeout_ms", "0"),
    ] {
        let set = layer(&[(key, value)], "here");
        let told = Config::merge(Vec::new(), set, Layer::new(), Vec::new()).unwrap_err();
        assert_eq!(told.len(), 1, "{key}: {told:?}");
        assert!(told[0].contains(key), "{told:?}");
    }
}

#[test]
fn plain_http_stays_on_this_machine() {
    let exposed = |listen: &str, insecure: &str| {
        let set = layer(&[("server.listen", listen), ("server.insecure_http", insecure)], "here");
        Config::merge(Vec::new(), set, Layer::new(), Vec::new()).unwrap().edge.exposure().is_some()
    };
    assert!(exposed("0.0.0.0:80", "false") && exposed("[::]:80", "false"));
    assert!(exposed("192.168.1.5:80", "false"));
    assert!(!exposed("0.0.0.0:80", "true"));
    for toml in [
        "[server]\nlisten = \"0.0.0.0:443\"\ntls = {certificate = \"c\", key = \"k\"}",
        "[server]\nlisten = \"0.0.0.0:80\"\n[server.tls]\nproxy = true",
    ] {
        assert_eq!(load(Vec::new(), &[], toml).unwrap().edge.exposure(), None, "{toml}");
    }
    assert!(!exposed("127.0.0.9:80", "false") && !exposed("[::1]:80", "false"));
}

#[test]
fn half_of_a_certificate_is_refused() {
    for toml in ["[server.tls]\ncertificate = \"c\"", "[server.tls]\nkey = \"k\""] {
        assert!(complaint(&[], toml).contains("set together"), "{toml}");
    }
    let alone = "[server.tls]\nredirect_listen = \"127.0.0.1:80\"";
    assert!(complaint(&[], alone).contains("needs server.tls.certificate"));
}
