//! Tests of the hasher: right and wrong passwords, planted hashes, a full queue.

use super::*;

fn cheap() -> HashLimits {
    HashLimits {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
        workers: 1,
        queue_max: 2,
        wait_max: Duration::from_secs(2),
    }
}

fn phc(text: &str) -> PasswordHash {
    PasswordHash::new(text.to_owned())
}

#[tokio::test]
async fn a_password_is_recognised_and_another_is_not() {
    let hasher = Argon2Hasher::new(HashLimits::default()).unwrap();

    let hash = hasher.hash("كلمة سر طويلة جدا").await.unwrap();

    assert!(hash.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert_eq!(hasher.verify("كلمة سر طويلة جدا", Some(&hash)).await, Ok(true));
    assert_eq!(hasher.verify("كلمة سر طويلة", Some(&hash)).await, Ok(false));
}

#[tokio::test]
async fn the_same_password_never_hashes_to_the_same_text() {
    let hasher = Argon2Hasher::new(cheap()).unwrap();
    assert_ne!(hasher.hash("same").await, hasher.hash("same").await);
}

#[tokio::test]
async fn a_hash_of_earlier_costs_is_still_checked() {
    let earlier = Argon2Hasher::new(cheap()).unwrap().hash("old").await.unwrap();
    let hasher = Argon2Hasher::new(HashLimits { passes: 3, ..cheap() }).unwrap();
    assert_eq!(hasher.verify("old", Some(&earlier)).await, Ok(true));
}

/// The library's own way, in memory of its own, is what ours has to agree with.
#[tokio::test]
async fn what_the_last_hash_left_in_memory_changes_nothing() {
    use argon2::PasswordHasher as _;

    let hasher = Argon2Hasher::new(cheap()).unwrap();
    let theirs = Argon2::new(Algorithm::Argon2id, Version::V0x13, hasher.params.clone());
    for salt in ["the first salt", "another salt of its own"] {
        let stored = theirs.hash_password_with_salt(b"same", salt.as_bytes()).unwrap().to_string();
        assert_eq!(hasher.verify("same", Some(&phc(&stored))).await, Ok(true));
        assert_eq!(hasher.verify("Same", Some(&phc(&stored))).await, Ok(false));
    }
}

#[tokio::test]
async fn nobody_has_the_password_of_an_unknown_user() {
    let hasher = Argon2Hasher::new(cheap()).unwrap();
    assert_eq!(hasher.verify("anything", None).await, Ok(false));
}

#[test]
fn the_dummy_hash_costs_what_a_real_one_does() {
    let hasher = Argon2Hasher::new(HashLimits::default()).unwrap();
    let dummy = Params::try_from(&hasher.dummy).unwrap();
    assert_eq!((dummy.m_cost(), dummy.t_cost(), dummy.p_cost()), (19_456, 2, 1));
}

#[tokio::test]
async fn even_the_dummy_password_signs_nobody_in() {
    let mut hasher = Argon2Hasher::new(cheap()).unwrap();
    hasher.dummy = hash(hasher.params.clone(), b"guessed", &hasher.memory).unwrap();
    assert_eq!(hasher.verify("guessed", None).await, Ok(false));
}

#[tokio::test]
async fn a_hash_beyond_all_bounds_or_of_another_kind_is_unusable() {
    let hasher = Argon2Hasher::new(cheap()).unwrap();
    let rest = "c2FsdHNhbHRzYWx0c2FsdA$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    for planted in [
        format!("$argon2id$v=19$m=4194304,t=2,p=1${rest}"),
        format!("$argon2id$v=19$m=262145,t=2,p=1${rest}"),
        format!("$argon2id$v=19$m=19456,t=11,p=1${rest}"),
        format!("$argon2id$v=19$m=19456,t=2,p=5${rest}"),
        format!("$argon2id$v=19$m=19456,t=0,p=1${rest}"),
        format!("$argon2id$v=16$m=19456,t=2,p=1${rest}"),
        format!("$argon2i$v=19$m=19456,t=2,p=1${rest}"),
        format!("$argon2d$v=19$m=19456,t=2,p=1${rest}"),
        format!("$argon2id$m=19456,t=2,p=1${rest}"),
        "$argon2id$v=19$m=19456,t=2,p=1".to_owned(),
        "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA".to_owned(),
        "$2b$12$abcdefghijklmnopqrstuv".to_owned(),
        "hunter2".to_owned(),
        String::new(),
    ] {
        let answer = hasher.verify("x", Some(&phc(&planted))).await;
        assert_eq!(answer, Err(HashError::Unusable), "{planted}");
    }
    let usable = phc(&format!("$argon2id$v=19$m=64,t=10,p=4${rest}"));
    assert_eq!(hasher.verify("x", Some(&usable)).await, Ok(false));
}

#[test]
fn costs_beyond_the_bounds_are_refused_at_the_start() {
    for limits in [
        HashLimits { memory_kib: 262_145, ..cheap() },
        HashLimits { passes: 11, ..cheap() },
        HashLimits { lanes: 5, memory_kib: 64, ..cheap() },
        HashLimits { memory_kib: 1, ..cheap() },
    ] {
        assert_eq!(Argon2Hasher::new(limits).err(), Some(HashError::Unusable));
    }
}

#[tokio::test(start_paused = true)]
async fn one_more_than_the_queue_holds_is_told_at_once_and_the_rest_when_they_waited_enough() {
    let hasher = Arc::new(Argon2Hasher::new(cheap()).unwrap());
    let _working = Arc::clone(&hasher.workers).acquire_owned().await.unwrap();
    let start = tokio::time::Instant::now();
    // One worker and two places to wait: the working one holds no place here.
    let waiting: Vec<_> = (0..3)
        .map(|_| {
            let hasher = Arc::clone(&hasher);
            tokio::spawn(async move { hasher.hash("x").await })
        })
        .collect();
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    assert_eq!(hasher.places.available_permits(), 0);

    assert_eq!(hasher.verify("x", None).await, Err(HashError::Busy));
    assert_eq!(start.elapsed(), Duration::ZERO);

    for task in waiting {
        assert_eq!(task.await.unwrap(), Err(HashError::Busy));
    }
    let waited = start.elapsed();
    assert!((Duration::from_secs(2)..Duration::from_millis(2_010)).contains(&waited));
}

#[tokio::test]
async fn those_who_wait_get_their_turn_and_give_their_place_back() {
    let hasher = Argon2Hasher::new(cheap()).unwrap();
    for _ in 0..2 {
        let (a, b, c) = tokio::join!(hasher.hash("a"), hasher.hash("b"), hasher.hash("c"));
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
    }
    assert_eq!(hasher.places.available_permits(), 3);
    assert_eq!(hasher.workers.available_permits(), 1);
}

#[tokio::test]
async fn a_hash_of_other_costs_is_outdated() {
    let hasher = Argon2Hasher::new(cheap()).unwrap();
    let dearer = Argon2Hasher::new(HashLimits { passes: 3, ..cheap() }).unwrap();
    let hash = hasher.hash("same").await.unwrap();
    assert!(!hasher.is_outdated(&hash) && dearer.is_outdated(&hash));
    assert!(hasher.is_outdated(&phc("nonsense")));
}

#[tokio::test]
async fn without_the_pepper_a_hash_is_worth_nothing() {
    let plain = Argon2Hasher::new(cheap()).unwrap();
    let peppered = Argon2Hasher::new(cheap()).unwrap().with_pepper(&[7; 32]);
    let other = Argon2Hasher::new(cheap()).unwrap().with_pepper(&[8; 32]);
    let hash = peppered.hash("same").await.unwrap();

    assert_eq!(peppered.verify("same", Some(&hash)).await, Ok(true));
    assert_eq!(peppered.verify("other", Some(&hash)).await, Ok(false));
    assert_eq!(peppered.verify("same", None).await, Ok(false));
    for stranger in [&plain, &other] {
        assert_eq!(stranger.verify("same", Some(&hash)).await, Err(HashError::Unusable));
    }
    let (_, bare) = hash.expose().split_once(',').unwrap();
    assert_eq!(peppered.verify("same", Some(&phc(bare))).await, Ok(false), "the pepper counts");
}

#[tokio::test]
async fn hashes_from_before_the_pepper_are_checked_and_outdated() {
    let hash = Argon2Hasher::new(cheap()).unwrap().hash("same").await.unwrap();
    let peppered = Argon2Hasher::new(cheap()).unwrap().with_pepper(&[7; 32]);
    assert_eq!(peppered.verify("same", Some(&hash)).await, Ok(true));
    assert!(peppered.is_outdated(&hash));
    assert!(!peppered.is_outdated(&peppered.hash("same").await.unwrap()));
}
