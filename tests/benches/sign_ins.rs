//! Two hundred who sign in at once: whether the server stays ready meanwhile, and what it takes.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark measures time and prints what it measured"
)]

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fs, thread};

use gaara_tests::client::Client;
use gaara_tests::server::{Database, Installation, release_binary};
use serde_json::{Value, json};

const PASSWORD: &str = "Correct-Horse-7";
const AT_ONCE: usize = 200;
/// What the slowest answer of `/health/ready` must stay under.
const READY_MAX: Duration = Duration::from_millis(100);
/// What hashing one password takes, in KiB (argon2id, 19 MiB).
const HASH_KIB: u64 = 19 * 1024;
/// What else signing in may take, in KiB.
const REST_KIB: u64 = 64 * 1024;

/// A figure out of `/proc/…/status`, in KiB.
fn memory(process: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a figure");
    line.trim_matches([':', '\t', ' ', 'k', 'B']).parse().expect("a number")
}

/// Has the system forget how much memory a process took at most until now.
fn forget_peak(process: u32) {
    fs::write(format!("/proc/{process}/clear_refs"), "5").expect("a process of one's own");
}

fn set_up(client: &Client, token: &str) {
    let body = json!({
        "token": token, "email": "admin@example.com", "username": "admin", "password": PASSWORD,
        "organization": {"name": {"en": "Najd Trading"}, "country": "SA", "currency": "SAR",
            "time_zone": "Asia/Riyadh"},
    });
    let _ = client.post("/api/v1/setup", &body).expect(201);
}

fn login() -> Value {
    json!({"login": "admin", "password": PASSWORD})
}

/// Clients on devices that are known, so that the limit of tries lets all of them through.
fn known_devices(stranger: &Client) -> Vec<Client> {
    let device = |_| {
        let signed_in = stranger.post("/api/v1/auth/login", &login()).expect(200);
        let (cookie, _) = signed_in.header("set-cookie").split_once(';').expect("a cookie");
        stranger.with("cookie", cookie)
    };
    (0..AT_ONCE).map(device).collect()
}

/// Asks whether the server is ready until all have signed in; answers how long each answer took.
fn watch(client: &Client, is_over: &AtomicBool) -> Vec<Duration> {
    let mut times = Vec::new();
    while !is_over.load(Ordering::SeqCst) {
        let start = Instant::now();
        let _ = client.get("/health/ready").expect(200);
        times.push(start.elapsed());
    }
    times.sort_unstable();
    times
}

fn main() {
    let installation = Installation::new(Database::Sqlite).run_by(release_binary());
    let server = installation.start();
    let stranger = Client::new(&server.address);
    set_up(&stranger, server.setup_token.as_deref().expect("a fresh installation"));
    let devices = known_devices(&stranger);
    forget_peak(server.process());
    let before = memory(server.process(), "VmRSS");

    let (is_over, barrier) = (AtomicBool::new(false), Barrier::new(AT_ONCE));
    let start = Instant::now();
    let (ready, statuses) = thread::scope(|scope| {
        let watcher = scope.spawn(|| watch(&stranger, &is_over));
        let storm: Vec<_> = devices
            .iter()
            .map(|device| {
                scope.spawn(|| {
                    barrier.wait();
                    device.post("/api/v1/auth/login", &login()).status
                })
            })
            .collect();
        let mut statuses = BTreeMap::new();
        for one in storm {
            *statuses.entry(one.join().expect("an answer")).or_insert(0) += 1;
        }
        is_over.store(true, Ordering::SeqCst);
        (watcher.join().expect("answers"), statuses)
    });
    let took = start.elapsed();
    let grown = memory(server.process(), "VmHWM").saturating_sub(before);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let allowed = u64::try_from(cores).unwrap_or(1) * HASH_KIB + REST_KIB;
    let slowest = ready.last().copied().unwrap_or_default();

    println!("{AT_ONCE} sign-ins at once: statuses {statuses:?} within {took:?}");
    println!("ready {} times meanwhile, the slowest in {slowest:?}", ready.len());
    println!("memory grew from {before} KiB by {grown} KiB, of {allowed} KiB on {cores} cores");
    assert!(statuses.keys().all(|status| [200, 503].contains(status)), "{statuses:?}");
    assert!(slowest < READY_MAX, "not ready for {slowest:?}, and must be within {READY_MAX:?}");
    assert!(grown < allowed, "{grown} KiB, and must stay under {allowed} KiB");
    assert!(server.stop().success());
}
