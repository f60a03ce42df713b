//! A real server on a real socket.
#![expect(clippy::unwrap_used, reason = "what a test stands on ends it when it fails")]

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use gaara_http::{HttpConfig, Listeners, Shared, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{BOXES, routes, signed_in};

async fn exchange(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

fn get(method: &str, path: &str, token: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Connection: close\r\n\r\n"
    )
}

#[actix_web::test]
async fn a_panic_ends_its_request_and_nothing_else() {
    let (books, token) = signed_in().await;
    let shared = Shared::new(Arc::clone(&books.app), HttpConfig::default());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let running = shared.start(Listeners::plain(listener), routes).unwrap();
    let stopper = running.stopper();
    let running = actix_web::rt::spawn(running.ended());

    let panicked = exchange(address, &get("GET", "/api/v1/test/panic", &token)).await;
    let next = exchange(address, &get("GET", "/api/v1/test/boxes", &token)).await;

    assert!(panicked.starts_with("HTTP/1.1 500"), "{panicked}");
    assert!(panicked.contains("\"code\":\"internal\"") && panicked.contains("x-trace-id: "));
    assert!(panicked.contains("content-security-policy: default-src 'none'"));
    assert!(next.starts_with("HTTP/1.1 200"), "{next}");
    stopper.stop().await;
    running.await.unwrap().unwrap();
}

#[actix_web::test]
async fn head_is_get_without_the_body() {
    let (books, token) = signed_in().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let config = HttpConfig { workers: Some(1), ..HttpConfig::default() };
    let server = actix_web::rt::spawn(serve(Arc::clone(&books.app), listener, config));

    let full = exchange(address, &get("GET", "/health", &token)).await;
    let head = exchange(address, &get("HEAD", "/health", &token)).await;
    let missing = exchange(address, &get("HEAD", "/nowhere", &token)).await;

    let (full_head, body) = full.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "{\"status\":\"ok\"}");
    assert!(full_head.contains("content-length: 15"), "{full_head}");
    assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
    assert!(head.contains("content-length: 15"), "{head}");
    assert!(missing.starts_with("HTTP/1.1 404") && missing.ends_with("\r\n\r\n"), "{missing}");
    server.abort();
}

#[actix_web::test]
async fn a_body_that_never_arrives_does_not_hold_its_connection() {
    let (books, token) = signed_in().await;
    let config = HttpConfig { body_timeout: Duration::from_millis(20), ..HttpConfig::default() };
    let shared = Shared::new(Arc::clone(&books.app), config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let running = shared.start(Listeners::plain(listener), routes).unwrap();
    let running = actix_web::rt::spawn(running.ended());

    let request = format!(
        "POST {BOXES} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"
    );
    let answer = exchange(address, &request).await;

    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("\"code\":\"http.body_timeout\""), "{answer}");
    running.abort();
}

/// Asks on a connection that stays open, and answers whether there was an answer.
async fn is_answered(stream: &mut TcpStream) -> bool {
    let request = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let mut answer = [0; 4_096];
    stream.write_all(request).await.is_ok()
        && stream.read(&mut answer).await.is_ok_and(|read| read > 0)
}

#[actix_web::test]
async fn one_address_holds_so_many_connections_and_no_more() {
    let (books, _) = signed_in().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let config = HttpConfig {
        workers: Some(1),
        connections_per_address_max: 2,
        uncounted: Vec::new(),
        keep_alive: Duration::from_mins(1),
        ..HttpConfig::default()
    };
    let server = actix_web::rt::spawn(serve(Arc::clone(&books.app), listener, config));
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        assert!(is_answered(&mut stream).await);
        held.push(stream);
    }

    let mut third = TcpStream::connect(address).await.unwrap();
    assert!(!is_answered(&mut third).await);
    assert!(is_answered(&mut held[1]).await, "the others are still there");

    held.pop();
    // The server notices in its own time.
    while !is_answered(&mut TcpStream::connect(address).await.unwrap()).await {}
    server.abort();
}

#[actix_web::test]
async fn an_answer_that_nobody_reads_holds_no_connection() {
    let (books, _) = signed_in().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let config = HttpConfig {
        workers: Some(1),
        connections_per_address_max: 1,
        uncounted: Vec::new(),
        answer_timeout: Duration::from_millis(50),
        // What the sockets of both sides take buys no time worth naming.
        body_rate_min: u32::MAX,
        keep_alive: Duration::from_mins(1),
        ..HttpConfig::default()
    };
    let server = actix_web::rt::spawn(serve(Arc::clone(&books.app), listener, config));
    let mut deaf = TcpStream::connect(address).await.unwrap();
    let request = "GET /api/schema HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(64);
    deaf.write_all(request.as_bytes()).await.unwrap();

    // There is room for somebody else once it is gone.
    while !is_answered(&mut TcpStream::connect(address).await.unwrap()).await {}

    let mut answers = Vec::new();
    // It may end with a reset: what was asked last was never read.
    drop(deaf.read_to_end(&mut answers).await);
    let answers = answers.windows(12).filter(|window| *window == b"HTTP/1.1 200").count();
    assert!(answers < 64, "{answers}");
    server.abort();
}
