//! How the real server ends: ready no more at once, and no request is lost.
#![expect(clippy::unwrap_used, reason = "an answer without what is looked for must end its test")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use gaara_tests::client::Client;
use gaara_tests::server::{Database, Installation, Server};
use serde_json::json;

/// How often the server is ended under load.
const TURNS: u32 = 20;
/// How many clients send requests meanwhile.
const CLIENTS: u32 = 4;

/// Waits until the server says that it is not ready, as whoever hands out requests does.
fn await_unready(server: &Server) {
    let client = Client::new(&server.address);
    loop {
        let answer = client.get("/health/ready");
        if answer.status == 503 {
            let _ = answer.expect_problem(503, "health.draining");
            return;
        }
        assert_eq!(answer.status, 200);
    }
}

/// A request whose body stays away; answered with 422 once it has come, since it lacks everything.
fn begin_slow_request(server: &Server) -> TcpStream {
    let mut stream = TcpStream::connect(server.socket()).unwrap();
    let head = "POST /api/v1/setup HTTP/1.1\r\nHost: localhost\r\n\
                Content-Type: application/json\r\nContent-Length: 8\r\nConnection: close\r\n\r\n{";
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

/// Sends requests until the server calls itself unready, and answers how many were answered.
fn send_until(is_over: &AtomicBool, address: &str) -> u32 {
    let client = Client::new(address);
    let mut answered = 0;
    while !is_over.load(Ordering::Acquire) {
        let _ = client.get("/api/v1/products").expect_problem(503, "setup.required");
        let login = json!({"login": "nobody", "password": "wrong"});
        let _ = client.post("/api/v1/auth/login", &login).expect_problem(503, "setup.required");
        answered += 2;
    }
    answered
}

#[test]
fn no_request_is_lost_when_the_server_ends_under_load() {
    let installation = Installation::new(Database::Sqlite);
    for turn in 0..TURNS {
        let server = installation.start_with(&[("GAARA_SERVER__DRAIN_DELAY_MS", "200")]);
        let (is_over, answered) = (AtomicBool::new(false), AtomicU32::new(0));

        thread::scope(|scope| {
            for _ in 0..CLIENTS {
                scope.spawn(|| {
                    let count = send_until(&is_over, &server.address);
                    answered.fetch_add(count, Ordering::Relaxed);
                });
            }
            // Every client is at work by the time that the server hears of its end.
            for _ in 0..CLIENTS {
                let _ = Client::new(&server.address).get("/health").expect(200);
            }
            server.signal("-TERM");
            await_unready(&server);
            is_over.store(true, Ordering::Release);
        });

        assert!(answered.load(Ordering::Relaxed) >= CLIENTS, "turn {turn}");
        assert_eq!(server.ended().code(), Some(0), "turn {turn}: {}", installation.log());
    }
}

#[test]
fn what_runs_when_the_server_stops_is_finished() {
    let installation = Installation::new(Database::Sqlite);
    let server = installation.start_with(&[("GAARA_SERVER__DRAIN_DELAY_MS", "100")]);
    let mut slow = begin_slow_request(&server);
    let _ = Client::new(&server.address).get("/health").expect(200);

    server.signal("-TERM");
    // Nobody listens any more once the delay is over, and the request still runs.
    while TcpStream::connect(server.socket()).is_ok() {}
    slow.write_all(b"\"a\": 1}").unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();

    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert!(answer.contains("validation."), "{answer}");
    assert_eq!(server.ended().code(), Some(0), "{}", installation.log());
}

#[test]
fn a_server_that_is_told_twice_leaves_at_once() {
    let installation = Installation::new(Database::Sqlite);
    let server = installation.start_with(&[("GAARA_SERVER__DRAIN_DELAY_MS", "3600000")]);
    let _slow = begin_slow_request(&server);

    server.signal("-TERM");
    await_unready(&server);
    server.signal("-TERM");

    assert_eq!(server.ended().code(), Some(130), "{}", installation.log());
}

#[test]
fn a_server_without_room_on_its_disk_is_not_ready_and_lives() {
    let installation = Installation::new(Database::Sqlite);
    let server = installation.start_with(&[("GAARA_HEALTH__DISK_MIB_MIN", "1000000000000")]);
    let client = Client::new(&server.address);

    let _ = client.get("/health/ready").expect_problem(503, "health.not_ready");
    let _ = client.get("/health/live").expect(200);

    assert!(installation.log().contains("\"part\":\"disk\""), "{}", installation.log());
    assert!(server.stop().success());
}

#[test]
fn a_server_that_lost_its_secrets_is_not_ready() {
    let installation = Installation::new(Database::Sqlite);
    let server = installation.start();
    let client = Client::new(&server.address);
    let _ = client.get("/health/ready").expect(200);

    std::fs::remove_file(installation.file("data/secrets/sealing_key")).unwrap();

    loop {
        let answer = client.get("/health/ready");
        if answer.status != 200 {
            let _ = answer.expect_problem(503, "health.not_ready");
            break;
        }
    }
    assert!(installation.log().contains("sealing_key"), "{}", installation.log());
    assert!(server.stop().success());
}
