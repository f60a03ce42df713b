//! What callers see while Redis is away, and that they see it back without a restart.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

mod server;

use std::sync::Arc;
use std::time::Duration;

use gaara_cache_redis::RedisThrottle;
use gaara_kernel::Timestamp;
use gaara_security_policy::{Throttle, ThrottleRule, Verdict};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

/// What stands where Redis should be.
#[derive(Debug, Clone, Copy)]
enum Stand {
    /// Closes every connection.
    Closing,
    /// Takes connections and says nothing.
    Silent,
    /// Says that it is not ready yet, as Redis does while it loads its data.
    Loading,
    /// Passes everything on to the real Redis.
    Redis,
}

/// A place for Redis, whose occupant the test changes.
struct Place {
    listener: Arc<TcpListener>,
    url: String,
    real: String,
    occupant: Option<AbortHandle>,
    tasks: JoinSet<()>,
}

impl Place {
    async fn new() -> Self {
        let url = server::url();
        let authority = url.rsplit_once('@').map_or(&*url, |(_, rest)| rest);
        let authority = authority.trim_start_matches("redis://");
        let real = authority.split('/').next().unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap().to_string();
        Self {
            listener: Arc::new(listener),
            url: url.replace(&real, &here),
            real,
            occupant: None,
            tasks: JoinSet::new(),
        }
    }

    /// Ends the connections of the last occupant and lets the next one in.
    async fn becomes(&mut self, stand: Stand) {
        if let Some(last) = self.occupant.take() {
            last.abort();
            while self.tasks.join_next().await.is_some() {}
        }
        let (listener, real) = (Arc::clone(&self.listener), self.real.clone());
        let occupant = self.tasks.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                connections.spawn(serve(stand, stream, real.clone()));
            }
        });
        self.occupant = Some(occupant);
    }

    fn throttle(&self) -> RedisThrottle {
        RedisThrottle::connect(&self.url).unwrap()
    }
}

async fn serve(stand: Stand, mut stream: TcpStream, real: String) {
    let mut buffer = [0; 1_024];
    match stand {
        Stand::Closing => drop(stream),
        Stand::Silent => while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {},
        Stand::Loading => {
            let answer = b"-LOADING Redis is loading the dataset in memory\r\n";
            while let Ok(read @ 1..) = stream.read(&mut buffer).await {
                // Each command is an array, and only an array begins with a star.
                let commands = buffer.iter().take(read).filter(|byte| **byte == b'*');
                if stream.write_all(&answer.repeat(commands.count())).await.is_err() {
                    return;
                }
            }
        }
        Stand::Redis => {
            let mut redis = TcpStream::connect(real).await.unwrap();
            // How a connection ends is not what these tests are about.
            let _ = copy_bidirectional(&mut stream, &mut redis).await;
        }
    }
}

async fn is_allowed(throttle: &RedisThrottle, key: &str) -> Option<bool> {
    let now = Timestamp::from_millis(1_795_435_200_000);
    let verdict = throttle.take(key, ThrottleRule::SIGN_IN, now).await;
    verdict.ok().map(|verdict| verdict == Verdict::Allowed)
}

#[tokio::test]
async fn redis_may_come_later_and_go_and_come_back() {
    let mut place = Place::new().await;
    // Long enough for a busy machine; no answer below is a matter of time.
    let throttle = place.throttle().with_call_max(Duration::from_secs(20));
    let key = server::key();
    for stand in [Stand::Closing, Stand::Loading, Stand::Closing] {
        place.becomes(stand).await;
        assert_eq!(is_allowed(&throttle, &key).await, None, "{stand:?}");
        assert!(throttle.check().await.is_err(), "{stand:?}");

        place.becomes(Stand::Redis).await;
        assert_eq!(is_allowed(&throttle, &key).await, Some(true), "after {stand:?}");
        assert!(throttle.check().await.is_ok());
    }
}

#[tokio::test]
async fn nobody_listening_is_an_error_and_not_a_wait() {
    let place = Place::new().await;
    let throttle = place.throttle();
    drop(place);
    assert_eq!(is_allowed(&throttle, "key").await, None);
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_costs_each_of_many_callers_a_quarter_of_a_second() {
    let mut place = Place::new().await;
    place.becomes(Stand::Silent).await;
    let throttle = Arc::new(place.throttle());
    let start = tokio::time::Instant::now();

    let callers: Vec<_> = (0..20)
        .map(|_| {
            let throttle = Arc::clone(&throttle);
            tokio::spawn(async move { is_allowed(&throttle, "key").await })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), None);
    }

    assert!(start.elapsed() < Duration::from_millis(300));
}

#[tokio::test]
async fn a_wrong_password_is_an_error_that_does_not_show_it() {
    let url = server::url();
    let (_, rest) = url.rsplit_once('@').expect("the test server has a password");
    let throttle = RedisThrottle::connect(&format!("redis://default:wrong-one@{rest}")).unwrap();

    let error = throttle.check().await.unwrap_err();

    let cause = std::error::Error::source(&error).unwrap();
    assert!(!format!("{error} {error:?} {cause}").contains("wrong-one"));
}
