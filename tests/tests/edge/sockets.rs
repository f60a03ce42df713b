//! Bytes over a bare socket: framing that two readers could read differently, heads and bodies
//! without end, and those that never come.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use gaara_tests::server::{Database, Installation, Server};

/// Ends of a head, and bodies that begin and do not go on.
const STALLED: [&str; 2] = [
    "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
    "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
];

/// A server whose time-outs are short.
struct Target {
    server: Server,
    installation: Installation,
}

impl Target {
    fn new() -> Self {
        // Long enough for heads that do come, however busy the machine is.
        Self::waiting("20000", "5000")
    }

    /// Waits so many milliseconds for heads, and for the next one to begin.
    fn waiting(head: &str, idle: &str) -> Self {
        let installation = Installation::new(Database::Sqlite)
            .with("GAARA_SERVER__HEAD_TIMEOUT_MS", head)
            .with("GAARA_SERVER__KEEP_ALIVE_MS", idle)
            .with("GAARA_SERVER__BODY_TIMEOUT_MS", "600")
            .with("GAARA_SERVER__BODY_GRACE_MS", "300")
            .with("GAARA_SERVER__HOSTS", "books.example.com");
        Self { server: installation.start(), installation }
    }

    /// Sends bytes and reads until the server ends the connection.
    fn exchange(&self, bytes: &[u8]) -> String {
        let address = self.server.address.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        // A connection that stays open ends the test.
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        // The server may answer, and close, before it has read everything.
        drop(stream.write_all(bytes));
        let mut answer = Vec::new();
        let mut buffer = [0; 4_096];
        loop {
            match stream.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => answer.extend_from_slice(buffer.get(..read).unwrap()),
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::ConnectionReset, "it stays open");
                    break;
                }
            }
        }
        String::from_utf8(answer).unwrap()
    }
}

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or_default()
}

#[test]
fn framing_that_can_be_read_in_two_ways_is_refused() {
    let target = Target::new();
    let head = "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n";
    let body = "\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    for framing in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: +4",
        "Content-Length: -1",
        "Content-Length: 5, 6",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity, xchunked",
    ] {
        let answer = target.exchange(format!("{head}{framing}{body}").as_bytes());
        assert_eq!(status(&answer), "400", "{framing}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{framing}: nothing else is answered");
    }
}

#[test]
fn a_request_without_a_host_is_refused() {
    let target = Target::new();
    assert_eq!(status(&target.exchange(b"GET /health HTTP/1.1\r\n\r\n")), "400");
    assert_eq!(status(&target.exchange(b"nonsense\r\n\r\n")), "400");
    // Whoever watches for failures of the server must not be woken by anybody's nonsense.
    assert!(!target.installation.log().contains("ERROR"), "{}", target.installation.log());
}

#[test]
fn a_request_for_somebody_else_is_misdirected() {
    let target = Target::new();
    let close = "Connection: close\r\n\r\n";
    for (request, expected) in [
        ("GET /health HTTP/1.1\r\nHost: books.example.com\r\n", "200"),
        ("GET http://books.example.com/health HTTP/1.1\r\nHost: books.example.com\r\n", "200"),
        ("GET /health HTTP/1.1\r\nHost: evil.example\r\n", "421"),
        ("GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\n", "421"),
        ("GET http://localhost/health HTTP/1.1\r\nHost: evil.example\r\n", "421"),
    ] {
        let answer = target.exchange(format!("{request}{close}").as_bytes());
        assert_eq!(status(&answer), expected, "{request}: {answer}");
        assert_eq!(answer.contains("http.misdirected"), expected == "421", "{answer}");
    }
}

#[test]
fn a_head_without_end_is_refused() {
    let target = Target::new();
    let line = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    let many = "X-Filler: x\r\n".repeat(120);
    let large = format!("X-Filler: {}\r\n", "x".repeat(200 * 1024));
    let middling = format!("X-Filler: {}\r\n", "x".repeat(40 * 1024));
    for (fields, told) in [(&many, false), (&large, false), (&middling, true)] {
        let answer = target.exchange(format!("{line}{fields}\r\n").as_bytes());
        assert_eq!(status(&answer), "431", "{}", answer.get(..200).unwrap_or(&answer));
        assert_eq!(answer.contains("http.head_too_large"), told);
    }
}

#[test]
fn a_head_that_does_not_come_is_not_waited_for() {
    let target = Target::waiting("300", "300");
    for head in ["GET /health HTTP/1.1\r\nHost: localhost\r\n", "GET /he"] {
        assert_eq!(status(&target.exchange(head.as_bytes())), "408", "{head}");
    }
}

#[test]
fn a_later_head_that_does_not_come_is_not_waited_for_either() {
    let target = Target::waiting("2000", "300");
    let request = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for begun in ["G", "GET /health HTTP/1.1\r\nHost: localhost\r\n"] {
        let answer = target.exchange(format!("{request}{begun}").as_bytes());
        assert_eq!(status(&answer), "200", "{answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{begun}: {answer}");
    }
}

#[test]
fn a_body_that_does_not_come_is_told_in_words() {
    let target = Target::new();
    for framing in STALLED {
        let request = format!("POST /api/v1/setup HTTP/1.1\r\nHost: localhost\r\n{framing}");
        let answer = target.exchange(request.as_bytes());
        assert_eq!(status(&answer), "408", "{answer}");
        assert!(answer.contains("\"code\":\"http.body_timeout\""), "{answer}");
        assert!(answer.contains("x-trace-id: ") && answer.contains("application/problem+json"));
    }
}

#[test]
fn a_body_that_nobody_reads_holds_no_connection() {
    let target = Target::new();
    for path in ["/api/v1/products", "/health", "/nowhere"] {
        for framing in STALLED {
            let request = format!("POST {path} HTTP/1.1\r\nHost: localhost\r\n{framing}");
            let answer = target.exchange(request.as_bytes());
            assert!(["405", "503", "404"].contains(&status(&answer)), "{path}: {answer}");
        }
    }
}
