//! Changing a password, and the rules for new ones, on the memory store.
#![expect(clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;

use gaara_application::identity::{
    ChangePasswordFailure, PasswordChange, SetUpFailure, SignInError, SignInRequest, SignedTokens,
};
use gaara_application::{Actor, AuditFilter, ListAuditLog, Refusal};
use gaara_kernel::{PageLimit, PageRequest, Sort};
use gaara_security_policy::{PasswordFault, PasswordPolicy};
use gaara_store_memory::{MemoryStore, MemoryThrottle};
use gaara_testkit::{Harness, PASSWORD, USERNAME};

async fn sign_in(books: &Harness, password: &str) -> Result<SignedTokens, SignInError> {
    let request = SignInRequest {
        login: USERNAME.to_owned(),
        password: password.to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    books.app.sign_in(&Actor::anonymous(books.app.new_trace()), &request).await
}

async fn signed_in(books: &Harness, password: &str) -> Actor {
    let tokens = sign_in(books, password).await.unwrap();
    books.app.authenticate(&tokens.access_token, books.app.new_trace()).await.unwrap()
}

async fn change(
    books: &Harness,
    actor: &Actor,
    current: &str,
    new: &str,
) -> Result<(), ChangePasswordFailure> {
    let change = PasswordChange { current: current.to_owned(), new: new.to_owned() };
    books.app.change_password(actor, &change).await
}

async fn books() -> Harness {
    Harness::new(Arc::new(MemoryStore::new())).set_up().await
}

/// The password of a round.
fn password(round: usize) -> String {
    let words = ["Tulip", "Anchor", "Violet", "Cedar", "Falcon", "Meadow", "Harbor"];
    let mut words = words.into_iter().cycle().skip(round);
    let (first, fourth) = (words.next().unwrap(), words.nth(2).unwrap());
    format!("{first}-{fourth}-{round}")
}

#[tokio::test]
async fn a_change_ends_the_other_sessions_and_leaves_a_trail() {
    let books = books().await;
    let elsewhere = sign_in(&books, PASSWORD).await.unwrap();
    let actor = signed_in(&books, PASSWORD).await;

    change(&books, &actor, PASSWORD, &password(0)).await.unwrap();

    let trace = books.app.new_trace();
    books.app.authenticate(&elsewhere.access_token, trace).await.expect_err("it was ended");
    sign_in(&books, PASSWORD).await.expect_err("it was replaced");
    sign_in(&books, &password(0)).await.unwrap();
    let filter =
        AuditFilter { action: Some("user.password_changed".to_owned()), ..AuditFilter::default() };
    let page = PageRequest {
        limit: PageLimit::default(),
        sort: Sort::natural(),
        after: None,
        with_total: false,
    };
    let rows = books.app.ask(&books.system(), &ListAuditLog { filter, page }).await.unwrap().items;
    assert_eq!(rows.len(), 1);
    assert!(rows[0].changes.iter().all(|change| change.field == "sessions_ended"));
}

#[tokio::test]
async fn none_of_the_last_five_passwords_is_taken_again() {
    let books = books().await;
    let actor = signed_in(&books, PASSWORD).await;
    let mut current = PASSWORD.to_owned();
    for round in 0..5 {
        let refused = change(&books, &actor, &current, &current).await;
        let Err(ChangePasswordFailure::Password(faults)) = refused else { panic!("{refused:?}") };
        assert_eq!(faults, [PasswordFault::Reused { kept: 5 }]);
        change(&books, &actor, &current, &password(round)).await.unwrap();
        current = password(round);
    }
    let fifth = change(&books, &actor, &current, &password(0)).await;
    assert!(matches!(fifth, Err(ChangePasswordFailure::Password(_))), "{fifth:?}");
    change(&books, &actor, &current, PASSWORD).await.expect("it is the sixth before now");
}

#[tokio::test]
async fn only_the_present_password_changes_it_and_guesses_are_counted() {
    let books = Harness::with_ports(Arc::new(MemoryStore::new()), |mut ports| {
        ports.throttle = Arc::new(MemoryThrottle::new());
        ports
    });
    let books = books.set_up().await;
    let actor = signed_in(&books, PASSWORD).await;
    for _ in 0..5 {
        let wrong = change(&books, &actor, "Wrong-Horse-77", &password(0)).await;
        assert!(matches!(wrong, Err(ChangePasswordFailure::WrongCurrent)), "{wrong:?}");
    }
    let sixth = change(&books, &actor, PASSWORD, &password(0)).await;
    assert!(matches!(sixth, Err(ChangePasswordFailure::Throttled { .. })), "{sixth:?}");
    sign_in(&books, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn the_program_itself_has_no_password_to_change() {
    let books = books().await;
    let refused = change(&books, &books.system(), PASSWORD, &password(0)).await;
    assert!(
        matches!(refused, Err(ChangePasswordFailure::Refused(Refusal::Forbidden(_)))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_password_is_the_same_however_it_was_typed() {
    let books = books().await;
    let wide: String = PASSWORD
        .chars()
        .map(|letter| char::from_u32(u32::from(letter) + 0xFEE0).unwrap())
        .collect();
    sign_in(&books, &wide).await.unwrap();
}

#[tokio::test]
async fn no_password_holds_the_name_of_the_company() {
    let books = Harness::new(Arc::new(MemoryStore::new()));
    let mut request = Harness::set_up_request(None);
    request.password = "My-N4jd-Tr@ding-7".to_owned();
    let refused = books.app.set_up(&books.system(), request).await;
    let Err(SetUpFailure::Password(faults)) = refused else { panic!("{refused:?}") };
    assert_eq!(faults, [PasswordFault::ContainsIdentity]);
    let (faults, strength) = books.app.judge_password("Correct-Horse-7", &["sara"]);
    assert_eq!((faults, strength.score.number()), (Vec::new(), 4));
}

#[tokio::test]
async fn a_password_beyond_all_bounds_is_refused_unread() {
    let books = books().await;
    let actor = signed_in(&books, PASSWORD).await;
    let refused = change(&books, &actor, PASSWORD, &"x".repeat(1_000_000)).await;
    let Err(ChangePasswordFailure::Password(faults)) = refused else { panic!("{refused:?}") };
    let characters_max = PasswordPolicy::STANDARD.characters_max;
    assert_eq!(faults, [PasswordFault::TooLong { characters_max }]);
}
