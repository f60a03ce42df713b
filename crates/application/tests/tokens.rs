//! Access tokens over time: keys that take over from each other, and changes that count at once.
#![expect(clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;
use std::time::Duration;

use gaara_application::identity::{
    AddUser, AuthenticateError, ChangeRole, ChangeUser, CreateRole, EndOtherSessions,
    PasswordChange, RotateSigningKey, SignInRequest, SignedTokens,
};
use gaara_application::{Actor, Refusal};
use gaara_identity::{KeyState, Permission, Role, RoleCode, Username};
use gaara_kernel::{BilingualText, EmailAddress, Language};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, PASSWORD, USERNAME};

async fn books() -> Harness {
    Harness::new(Arc::new(MemoryStore::new())).set_up().await
}

async fn sign_in(books: &Harness, login: &str) -> SignedTokens {
    let request = SignInRequest {
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    books.app.sign_in(&Actor::anonymous(books.app.new_trace()), &request).await.unwrap()
}

async fn authenticate(books: &Harness, tokens: &SignedTokens) -> Result<Actor, AuthenticateError> {
    books.app.authenticate(&tokens.access_token, books.app.new_trace()).await
}

async fn states(books: &Harness) -> Vec<(u32, KeyState)> {
    let keys = books.app.public_keys().await.unwrap();
    keys.iter().map(|shown| (shown.key.number.number(), shown.state)).collect()
}

/// The number of the key that signed a token of these tests.
fn signer(tokens: &SignedTokens) -> &str {
    tokens.access_token.split('.').nth(1).unwrap()
}

#[tokio::test]
async fn a_rotation_refuses_nobody_and_the_old_key_dies_with_its_last_token() {
    let books = books().await;
    let first = sign_in(&books, USERNAME).await;
    assert_eq!(signer(&first), "2");
    books.clock.advance(Duration::from_mins(1));
    books.app.execute(&books.system(), &RotateSigningKey::Soon).await.unwrap();
    assert_eq!(
        states(&books).await,
        [(1, KeyState::Retired), (2, KeyState::Active), (3, KeyState::Next)]
    );

    let mut last = first;
    for minute in 1..=90 {
        let tokens = sign_in(&books, USERNAME).await;
        assert_eq!(signer(&tokens), if minute <= 60 { "2" } else { "3" }, "{minute}");
        authenticate(&books, &tokens).await.unwrap();
        // Ten sessions live at once.
        if minute % 9 == 0 {
            authenticate(&books, &last).await.unwrap();
            last = tokens;
        }
        books.clock.advance(Duration::from_mins(1));
    }
    assert_eq!(states(&books).await, [(3, KeyState::Active)]);
}

#[tokio::test]
async fn a_key_that_may_be_known_is_replaced_at_once() {
    let books = books().await;
    let before = sign_in(&books, USERNAME).await;
    books.app.execute(&books.system(), &RotateSigningKey::AtOnce).await.unwrap();

    assert_eq!(signer(&sign_in(&books, USERNAME).await), "3");
    authenticate(&books, &before).await.expect("a token of a retired key");
}

#[tokio::test]
async fn the_next_key_is_published_by_itself_after_ninety_days() {
    let books = books().await;
    let day = Duration::from_hours(24);
    books.clock.advance(day * 89);
    sign_in(&books, USERNAME).await;
    assert_eq!(states(&books).await, [(2, KeyState::Active)]);
    let early = books.app.execute(&books.system(), &RotateSigningKey::WhenDue).await;
    assert!(matches!(early, Err(Refusal::Failed(_))), "{early:?}");

    books.clock.advance(day);
    assert_eq!(signer(&sign_in(&books, USERNAME).await), "2");
    assert_eq!(states(&books).await, [(2, KeyState::Active), (3, KeyState::Next)]);
    books.clock.advance(Duration::from_hours(1));
    assert_eq!(signer(&sign_in(&books, USERNAME).await), "3");
}

#[tokio::test]
async fn who_may_not_rotate_keys_does_not() {
    let books = books().await;
    let sales = books.signed_in(Role::Sales);
    let refused = books.app.execute(&sales, &RotateSigningKey::AtOnce).await;
    assert!(matches!(refused, Err(Refusal::Forbidden(Permission::RotateSigningKeys))));
}

#[tokio::test]
async fn a_token_is_taken_back_by_whose_it_is() {
    let books = books().await;
    let request = AddUser {
        id: None,
        email: EmailAddress::parse("sara@example.com").unwrap(),
        username: Username::parse("sara").unwrap(),
        password: PASSWORD.to_owned(),
        role: Role::Sales.into(),
        language: Language::Arabic,
    };
    let use_case = books.app.prepare_user(&books.system(), request).await.unwrap();
    books.app.execute(&books.system(), &use_case).await.unwrap();
    let tokens = sign_in(&books, USERNAME).await;
    let sara = authenticate(&books, &sign_in(&books, "sara").await).await.unwrap();

    books.app.revoke_token(&sara, &tokens.access_token).await.unwrap();
    books.app.revoke_token(&sara, "nonsense").await.unwrap();
    let owner = authenticate(&books, &tokens).await.expect("it was none of hers");

    books.app.revoke_token(&owner, &tokens.access_token).await.unwrap();
    let over = authenticate(&books, &tokens).await;
    assert!(matches!(over, Err(AuthenticateError::Revoked)), "{over:?}");
}

#[tokio::test]
async fn what_changes_about_a_user_counts_for_the_token_at_hand() {
    let books = books().await;
    let (app, system) = (&books.app, books.system());
    let role = CreateRole {
        id: None,
        code: RoleCode::parse("cashier").unwrap(),
        name: BilingualText::try_new(Some("دور"), Some("Role")).unwrap(),
        permissions: vec![Permission::PostPayments],
    };
    let role = app.execute(&system, &role).await.unwrap();
    let request = AddUser {
        id: None,
        email: EmailAddress::parse("sara@example.com").unwrap(),
        username: Username::parse("sara").unwrap(),
        password: PASSWORD.to_owned(),
        role: role.code.clone(),
        language: Language::Arabic,
    };
    let use_case = app.prepare_user(&system, request).await.unwrap();
    let sara = app.execute(&system, &use_case).await.unwrap();
    let tokens = sign_in(&books, "sara").await;
    let may = async |permission| {
        authenticate(&books, &tokens).await.unwrap().permissions().allow(permission)
    };
    assert!(may(Permission::PostPayments).await);

    let name = role.name.clone();
    let change = ChangeRole {
        id: role.id,
        expected: role.version,
        name,
        permissions: vec![Permission::ReadStock],
    };
    app.execute(&system, &change).await.unwrap();
    assert!(!may(Permission::PostPayments).await && may(Permission::ReadStock).await);
    let change = ChangeUser {
        id: sara.id,
        expected: sara.version,
        email: None,
        username: None,
        role: Some(Role::Auditor.into()),
        language: None,
    };
    app.execute(&system, &change).await.unwrap();
    assert!(may(Permission::ReadAuditLog).await);
}

#[tokio::test]
async fn sessions_that_were_seen_a_moment_before_end_at_once() {
    let books = books().await;
    let elsewhere = sign_in(&books, USERNAME).await;
    let asking = sign_in(&books, USERNAME).await;
    let actor = authenticate(&books, &asking).await.unwrap();
    authenticate(&books, &elsewhere).await.unwrap();
    books.app.execute(&actor, &EndOtherSessions).await.unwrap();
    authenticate(&books, &elsewhere).await.unwrap_err();

    let elsewhere = sign_in(&books, USERNAME).await;
    authenticate(&books, &elsewhere).await.unwrap();
    let change = PasswordChange { current: PASSWORD.to_owned(), new: "Tulip-Anchor-7".to_owned() };
    books.app.change_password(&actor, &change).await.unwrap();
    authenticate(&books, &elsewhere).await.unwrap_err();
    authenticate(&books, &asking).await.expect("it asked");
}
