//! One's own sessions, those of others, and tokens that are asked for again, on the memory store.
#![expect(clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;
use std::time::Duration;

use gaara_application::identity::{
    AddUser, AuthenticateError, EndOtherSessions, EndSession, EndSessionsError, EndUserSessions,
    ListMySessions, ListUserSessions, RefreshError, SignInRequest, SignedTokens,
};
use gaara_application::{Actor, Principal, Refusal};
use gaara_identity::{RefreshToken, Role, Session, User, Username};
use gaara_kernel::{EmailAddress, Language, SessionId};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, PASSWORD, USERNAME};

/// Where every request of these tests comes from.
const ADDRESS: &str = "192.0.2.77";

async fn books() -> Harness {
    Harness::new(Arc::new(MemoryStore::new())).set_up().await
}

fn stranger(books: &Harness) -> Actor {
    Actor::anonymous(books.app.new_trace())
}

async fn sign_in(books: &Harness, login: &str) -> SignedTokens {
    let request = SignInRequest {
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
        address: ADDRESS.to_owned(),
        user_agent: "curl/8.0".to_owned(),
    };
    books.app.sign_in(&stranger(books), &request).await.unwrap()
}

async fn authenticate(books: &Harness, tokens: &SignedTokens) -> Result<Actor, AuthenticateError> {
    books.app.authenticate(&tokens.access_token, books.app.new_trace()).await
}

async fn actor(books: &Harness, login: &str) -> Actor {
    authenticate(books, &sign_in(books, login).await).await.unwrap()
}

async fn refresh(books: &Harness, token: &str) -> Result<SignedTokens, RefreshError> {
    books.app.refresh(&stranger(books), token, ADDRESS).await
}

fn session_of(actor: &Actor) -> SessionId {
    let session = match actor.principal() {
        Principal::User { session, .. } => Some(session),
        Principal::Anonymous | Principal::Key { .. } | Principal::System => None,
    };
    session.unwrap()
}

async fn add_user(books: &Harness, name: &str, role: Role) -> User {
    let request = AddUser {
        id: None,
        email: EmailAddress::parse(&format!("{name}@example.com")).unwrap(),
        username: Username::parse(name).unwrap(),
        password: PASSWORD.to_owned(),
        role: role.into(),
        language: Language::Arabic,
    };
    let use_case = books.app.prepare_user(&books.system(), request).await.unwrap();
    books.app.execute(&books.system(), &use_case).await.unwrap()
}

#[tokio::test]
async fn sessions_tell_where_they_came_from_and_when_they_were_used() {
    let books = books().await;
    let first = sign_in(&books, USERNAME).await;
    books.clock.advance(Duration::from_mins(1));
    let asking = actor(&books, USERNAME).await;
    books.clock.advance(Duration::from_mins(1));
    refresh(&books, &first.refresh_token).await.unwrap();

    let listed = books.app.ask(&asking, &ListMySessions).await.unwrap();

    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0].session.id, session_of(&asking));
    assert_eq!(listed[1].session.last_used_at.since(listed[1].session.created_at).as_secs(), 120);
    assert_eq!(
        (listed[1].origin.network.as_str(), listed[1].origin.device.as_str()),
        ("192.0.2.0/24", "curl")
    );
}

#[tokio::test]
async fn a_session_is_ended_by_its_owner_and_nobody_else() {
    let books = books().await;
    add_user(&books, "sara", Role::Sales).await;
    let (first, second) = (sign_in(&books, USERNAME).await, actor(&books, USERNAME).await);
    let sara = actor(&books, "sara").await;
    let id = session_of(&authenticate(&books, &first).await.unwrap());

    let foreign = books.app.execute(&sara, &EndSession { id }).await;
    assert!(matches!(foreign, Err(Refusal::Failed(EndSessionsError::NotFound))), "{foreign:?}");
    authenticate(&books, &first).await.expect("nothing ended");

    books.app.execute(&second, &EndSession { id }).await.unwrap();
    let ended = authenticate(&books, &first).await;
    assert!(matches!(ended, Err(AuthenticateError::Revoked)), "{ended:?}");
    let dead = refresh(&books, &first.refresh_token).await;
    assert!(matches!(dead, Err(RefreshError::Invalid)), "{dead:?}");
    let again = books.app.execute(&second, &EndSession { id }).await;
    assert!(matches!(again, Err(Refusal::Failed(EndSessionsError::NotFound))), "{again:?}");
}

#[tokio::test]
async fn all_other_sessions_end_and_the_one_that_asks_goes_on() {
    let books = books().await;
    add_user(&books, "sara", Role::Sales).await;
    let (first, sara) = (sign_in(&books, USERNAME).await, sign_in(&books, "sara").await);
    let asking = sign_in(&books, USERNAME).await;
    let actor = authenticate(&books, &asking).await.unwrap();

    let (_, ended) = books.app.execute(&actor, &EndOtherSessions).await.unwrap();

    assert_eq!(ended, 1);
    authenticate(&books, &first).await.unwrap_err();
    authenticate(&books, &asking).await.expect("it asked");
    authenticate(&books, &sara).await.expect("somebody else's");
}

#[tokio::test]
async fn sessions_of_others_are_ended_by_those_who_hold_as_much() {
    let books = books().await;
    let admin = actor(&books, USERNAME).await;
    let Principal::User { id: boss, .. } = admin.principal() else { panic!("{admin:?}") };
    let sara = add_user(&books, "sara", Role::Sales).await;
    let tokens = sign_in(&books, "sara").await;
    let seen = books.app.ask(&admin, &ListUserSessions { user: sara.id }).await.unwrap();
    assert_eq!(seen.map(|sessions| sessions.len()), Some(1));

    let sales = authenticate(&books, &tokens).await.unwrap();
    let forbidden = books.app.execute(&sales, &EndUserSessions { user: boss }).await;
    assert!(matches!(forbidden, Err(Refusal::Forbidden(_))), "{forbidden:?}");
    let ended = books.app.execute(&admin, &EndUserSessions { user: sara.id }).await.unwrap();

    assert_eq!(ended, 1);
    authenticate(&books, &tokens).await.unwrap_err();
    authenticate(&books, &sign_in(&books, USERNAME).await).await.unwrap();
}

#[tokio::test]
async fn the_eleventh_session_ends_the_first() {
    let books = books().await;
    let first = sign_in(&books, USERNAME).await;
    let mut later = Vec::new();
    for _ in 0..Session::LIVE_MAX {
        books.clock.advance(Duration::from_secs(1));
        later.push(sign_in(&books, USERNAME).await);
    }
    authenticate(&books, &first).await.expect_err("ten others are alive");
    for tokens in &later {
        authenticate(&books, tokens).await.expect("one of the ten");
    }
}

#[tokio::test]
async fn a_lost_answer_is_given_again_and_no_longer_than_ten_seconds() {
    let books = books().await;
    let first = sign_in(&books, USERNAME).await;
    let second = refresh(&books, &first.refresh_token).await.unwrap();
    books.clock.advance(RefreshToken::RETRY);

    let again = refresh(&books, &first.refresh_token).await.unwrap();
    assert_eq!(again.refresh_token, second.refresh_token);
    authenticate(&books, &again).await.unwrap();

    books.clock.advance(Duration::from_millis(1));
    let late = refresh(&books, &first.refresh_token).await;
    assert!(matches!(late, Err(RefreshError::Reused)), "{late:?}");
    authenticate(&books, &again).await.expect_err("the family is dead");
}

#[tokio::test]
async fn a_token_that_was_overtaken_is_refused_and_ends_nothing() {
    let books = books().await;
    let first = sign_in(&books, USERNAME).await;
    let second = refresh(&books, &first.refresh_token).await.unwrap();
    // In the same second, which no clock tells apart.
    let third = refresh(&books, &second.refresh_token).await.unwrap();

    let overtaken = refresh(&books, &first.refresh_token).await;
    assert!(matches!(overtaken, Err(RefreshError::Superseded)), "{overtaken:?}");
    authenticate(&books, &third).await.expect("nobody stole anything");
    refresh(&books, &third.refresh_token).await.expect("it goes on");

    books.clock.advance(RefreshToken::RETRY + Duration::from_millis(1));
    let ancestor = refresh(&books, &first.refresh_token).await;
    assert!(matches!(ancestor, Err(RefreshError::Reused)), "{ancestor:?}");
    authenticate(&books, &third).await.expect_err("somebody holds a copy");
}
