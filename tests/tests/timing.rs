//! Signing in takes as long with a name that somebody has as with one that nobody has.

use std::sync::Arc;
use std::time::{Duration, Instant};

use gaara_application::Actor;
use gaara_application::identity::{SignInError, SignInRequest};
use gaara_crypto::{Argon2Hasher, HashLimits};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, USERNAME};

/// How often each name is tried.
const ATTEMPTS: usize = 500;

async fn refused_after(books: &Harness, login: &str) -> Duration {
    let request = SignInRequest {
        login: login.to_owned(),
        password: "Wrong-Horse-77".to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    let stranger = Actor::anonymous(books.app.new_trace());
    #[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
    let began = Instant::now();
    let refused = books.app.sign_in(&stranger, &request).await;
    let took = began.elapsed();
    assert!(matches!(refused, Err(SignInError::InvalidCredentials)), "{refused:?}");
    took
}

/// How often in a thousand pairs the first of two samples is the longer one; ties count half
/// (Mann and Whitney's U, divided by the number of pairs).
fn longer_in_a_thousand(first: &[Duration], second: &[Duration]) -> usize {
    let pairs = first.iter().flat_map(|a| second.iter().map(move |b| a.cmp(b)));
    let halves: usize = pairs
        .map(|order| match order {
            std::cmp::Ordering::Greater => 2,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Less => 0,
        })
        .sum();
    halves * 500 / (first.len() * second.len())
}

/// Both names are tried in turn, so that whatever else the machine does meets both alike. Without a
/// difference the figure is 500 with a standard deviation of 18; what is tolerated is eight of them
/// away, and a name that is not hashed for gives 0.
#[tokio::test]
async fn a_known_and_an_unknown_name_take_as_long() {
    let limits = HashLimits { memory_kib: 4_096, ..HashLimits::default() };
    let hasher = Arc::new(Argon2Hasher::new(limits).unwrap());
    let books = Harness::with_ports(Arc::new(MemoryStore::new()), |mut ports| {
        ports.hasher = hasher;
        ports
    });
    let books = books.set_up().await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for round in 0..ATTEMPTS {
        // Neither always comes first.
        if round % 2 == 0 {
            known.push(refused_after(&books, USERNAME).await);
            unknown.push(refused_after(&books, "nobody").await);
        } else {
            unknown.push(refused_after(&books, "nobody").await);
            known.push(refused_after(&books, USERNAME).await);
        }
    }

    let longer = longer_in_a_thousand(&known, &unknown);

    assert!((350..=650).contains(&longer), "the known name took longer {longer} times in 1,000");
}

#[test]
fn the_figure_tells_two_samples_apart() {
    let of = |range: std::ops::Range<u64>| range.map(Duration::from_micros).collect::<Vec<_>>();
    assert_eq!(longer_in_a_thousand(&of(0..100), &of(100..200)), 0);
    assert_eq!(longer_in_a_thousand(&of(0..100), &of(0..100)), 500);
    assert_eq!(longer_in_a_thousand(&of(100..200), &of(0..100)), 1_000);
}
