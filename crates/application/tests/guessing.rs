//! Guessing passwords, and the people who must not suffer from it, on the memory store.
#![expect(clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Actor;
use gaara_application::identity::{SignInError, SignInRequest, SignedTokens};
use gaara_identity::PasswordHash;
use gaara_store_memory::{MemoryStore, MemoryThrottle};
use gaara_testkit::{Harness, PASSWORD, Store, USERNAME};

async fn books() -> Harness {
    let books = Harness::with_ports(Arc::new(MemoryStore::new()), |mut ports| {
        ports.throttle = Arc::new(MemoryThrottle::new());
        ports
    });
    books.set_up().await
}

async fn sign_in(
    books: &Harness,
    password: &str,
    address: &str,
    device: Option<&str>,
) -> Result<SignedTokens, SignInError> {
    let request = SignInRequest {
        login: USERNAME.to_owned(),
        password: password.to_owned(),
        address: address.to_owned(),
        user_agent: String::new(),
    };
    let stranger = Actor::anonymous(books.app.new_trace());
    books.app.sign_in_on(&stranger, &request, device).await
}

fn is_throttled(result: &Result<SignedTokens, SignInError>) -> bool {
    matches!(result, Err(SignInError::Throttled { .. }))
}

/// Guesses at one name from many addresses until nobody may try it any more.
async fn guess_from_everywhere(books: &Harness) {
    for number in 0..100 {
        let address = format!("198.51.100.{}", number / 4);
        let wrong = sign_in(books, "Wrong-Horse-77", &address, None).await;
        assert!(matches!(wrong, Err(SignInError::InvalidCredentials)), "{number}: {wrong:?}");
    }
    let refused = sign_in(books, "Wrong-Horse-77", "198.51.100.77", None).await;
    assert!(is_throttled(&refused), "{refused:?}");
}

#[tokio::test]
async fn changing_the_address_gives_a_guesser_a_hundred_tries_an_hour() {
    let books = books().await;
    guess_from_everywhere(&books).await;
    books.clock.advance(Duration::from_secs(36));
    let one = sign_in(&books, "Wrong-Horse-77", "198.51.100.78", None).await;
    assert!(matches!(one, Err(SignInError::InvalidCredentials)), "{one:?}");
    assert!(is_throttled(&sign_in(&books, PASSWORD, "198.51.100.79", None).await));
}

#[tokio::test]
async fn guessers_do_not_keep_the_owner_of_a_known_device_out() {
    let books = books().await;
    let device = sign_in(&books, PASSWORD, "192.0.2.1", None).await.unwrap().device.unwrap();
    guess_from_everywhere(&books).await;

    assert!(is_throttled(&sign_in(&books, PASSWORD, "192.0.2.1", None).await));
    // Also from the very address that somebody guesses from.
    for address in ["192.0.2.1", "198.51.100.1"] {
        let tokens = sign_in(&books, PASSWORD, address, Some(&device)).await.unwrap();
        assert_eq!(tokens.device.as_deref(), Some(device.as_str()), "it stays the same device");
    }
}

#[tokio::test]
async fn a_stolen_device_has_five_tries_a_minute_as_well() {
    let books = books().await;
    let device = sign_in(&books, PASSWORD, "192.0.2.1", None).await.unwrap().device.unwrap();
    for number in 0..5 {
        let address = format!("198.51.100.{number}");
        let wrong = sign_in(&books, "Wrong-Horse-77", &address, Some(&device)).await;
        assert!(matches!(wrong, Err(SignInError::InvalidCredentials)), "{wrong:?}");
    }
    assert!(is_throttled(&sign_in(&books, PASSWORD, "192.0.2.9", Some(&device)).await));
    sign_in(&books, PASSWORD, "192.0.2.9", None).await.expect("the name itself was not tried");
}

#[tokio::test]
async fn a_device_cannot_be_made_up_nor_used_for_another_name() {
    let books = books().await;
    let device = sign_in(&books, PASSWORD, "192.0.2.1", None).await.unwrap().device.unwrap();
    let (number, proof) = device.split_once('.').unwrap();
    guess_from_everywhere(&books).await;
    let zeros = "0".repeat(64);
    for forged in [
        format!("{number}.{zeros}"),
        format!("{}.{proof}", "0".repeat(32)),
        format!("{number}."),
        format!("{device}0"),
        number.to_owned(),
        String::new(),
        format!(":{}.{proof}", &number[1..]),
    ] {
        let refused = sign_in(&books, PASSWORD, "192.0.2.9", Some(&forged)).await;
        assert!(is_throttled(&refused), "{forged}: {refused:?}");
    }
    let request = SignInRequest {
        login: "admin@example.com".to_owned(),
        password: "Wrong-Horse-77".to_owned(),
        address: "192.0.2.9".to_owned(),
        user_agent: String::new(),
    };
    let stranger = Actor::anonymous(books.app.new_trace());
    for _ in 0..5 {
        books.app.sign_in_on(&stranger, &request, Some(&device)).await.unwrap_err();
    }
    let known = sign_in(&books, PASSWORD, "192.0.2.9", Some(&device)).await;
    known.expect("tries for another name are none of this device's");
}

/// Puts another hash in the place of the administrator's.
async fn plant(store: &MemoryStore, hash: &str) {
    let mut view = store.view().await.unwrap();
    let mut user = view.find_login(USERNAME).await.unwrap().unwrap();
    drop(view);
    user.password_hash = PasswordHash::new(hash.to_owned());
    let mut unit = store.begin().await.unwrap();
    unit.users().save(&user).await.unwrap();
    unit.commit().await.unwrap();
}

async fn stored(store: &MemoryStore) -> String {
    let mut view = store.view().await.unwrap();
    let user = view.find_login(USERNAME).await.unwrap().unwrap();
    user.password_hash.expose().to_owned()
}

#[tokio::test]
async fn an_old_hash_is_made_anew_when_its_owner_signs_in() {
    let store = MemoryStore::new();
    let books = Harness::new(Arc::new(store.clone())).set_up().await;
    plant(&store, &format!("old:{PASSWORD}")).await;

    sign_in(&books, "Wrong-Horse-77", "192.0.2.1", None).await.unwrap_err();
    assert_eq!(stored(&store).await, format!("old:{PASSWORD}"));
    sign_in(&books, PASSWORD, "192.0.2.1", None).await.unwrap();
    assert_eq!(stored(&store).await, format!("plain:{PASSWORD}"));
    sign_in(&books, PASSWORD, "192.0.2.1", None).await.unwrap();
}

#[tokio::test]
async fn a_hash_that_was_tampered_with_signs_nobody_in_and_is_no_failure_of_ours() {
    let store = MemoryStore::new();
    let books = Harness::new(Arc::new(store.clone())).set_up().await;
    plant(&store, "$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHQ$aGFzaA").await;

    let refused = sign_in(&books, PASSWORD, "192.0.2.1", None).await;
    assert!(matches!(refused, Err(SignInError::UnusableHash(_))), "{refused:?}");
}
