//! What stores promise about revocations and signing keys, and what instances make of them.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::identity::{
    AuthenticateError, DisableUser, EndUserSessions, RotateSigningKey, SignInRequest, SignOut,
    SignedTokens,
};
use gaara_application::{Actor, Principal, Store};
use gaara_identity::{KeyNumber, KeySchedule, Revocation, Revoked, Role, SigningKey, TokenId};
use gaara_kernel::{StoreError, Timestamp};

use super::accounts::add_user;
use super::keys::Rows;
use crate::harness::{Harness, PASSWORD};

async fn enter(store: &Arc<dyn Store>, revocation: &Revocation) {
    let mut unit = store.begin().await.expect("a transaction");
    unit.revocations().add(revocation).await.expect("an entry");
    unit.commit().await.expect("a commit");
}

async fn listed(store: &Arc<dyn Store>, since: Timestamp) -> Vec<Revocation> {
    let mut view = store.view().await.expect("a view");
    let mut list = view.list_revocations(since).await.expect("a list");
    list.sort_by(|a, b| a.what.cmp(&b.what));
    list
}

/// What was revoked is listed from its instant on; entered once more it is counted, and what no
/// token depends on any more is forgotten with the entries that follow.
pub async fn what_was_revoked_is_listed_and_forgotten(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let later = rows.now.plus(Duration::from_mins(1));
    let user = Revocation::new(Revoked::User(rows.id()), rows.now);
    let session = Revocation::new(Revoked::Session(rows.id()), rows.now);
    let token = Revocation::new(Revoked::Token(TokenId::new([7; 16])), later);
    let role = Revocation::new(Revoked::Role(Role::Sales.into()), later);
    for entry in [&user, &session, &token, &role] {
        enter(&store, entry).await;
    }
    let mut all = vec![user.clone(), session.clone(), token.clone(), role.clone()];
    all.sort_by(|a, b| a.what.cmp(&b.what));
    assert_eq!(listed(&store, rows.now).await, all);
    assert_eq!(listed(&store, later).await.len(), 2);

    let again = Revocation::new(user.what.clone(), later);
    enter(&store, &again).await;
    let known = Revocation { count: 2, ..again };
    assert!(listed(&store, later).await.contains(&known));

    let end = later.plus(KeySchedule::ACCEPTED);
    enter(&store, &Revocation::new(session.what.clone(), end)).await;
    let rest = listed(&store, rows.now).await;
    assert_eq!(rest.iter().map(|entry| &entry.what).collect::<Vec<_>>(), [&session.what]);
}

/// A fresh store has the first signing key; each number is given once.
pub async fn every_signing_key_has_a_number_of_its_own(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let mut view = store.view().await.expect("a view");
    let schedule = view.find_key_schedule().await.expect("a schedule");
    drop(view);
    assert_eq!(schedule, KeySchedule::first());
    let second = schedule.following(rows.now, KeySchedule::PUBLISHED);
    let mut unit = store.begin().await.expect("a transaction");
    assert_eq!(unit.signing_keys().lock().await.expect("a schedule"), schedule);
    unit.signing_keys().add(&second).await.expect("a key");
    unit.commit().await.expect("a commit");

    let mut view = store.view().await.expect("a view");
    let keys = view.find_key_schedule().await.expect("a schedule");
    drop(view);
    assert_eq!(keys.keys().last(), Some(&second));
    let mut unit = store.begin().await.expect("a transaction");
    let twice = SigningKey { number: KeyNumber::new(2), ..second };
    let Err(StoreError::Duplicate { field }) = unit.signing_keys().add(&twice).await else {
        panic!("a number is given once")
    };
    assert_eq!(field, "signing_key.number");
    unit.rollback().await.expect("a rollback");
}

async fn sign_in(books: &Harness, name: &str) -> SignedTokens {
    let request = SignInRequest {
        login: name.to_owned(),
        password: PASSWORD.to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    let stranger = Actor::anonymous(books.app.new_trace());
    books.app.sign_in(&stranger, &request).await.expect("the right password")
}

async fn authenticate(books: &Harness, tokens: &SignedTokens) -> Result<Actor, AuthenticateError> {
    books.app.authenticate(&tokens.access_token, books.app.new_trace()).await
}

fn is_revoked<T>(result: &Result<T, AuthenticateError>) -> bool {
    matches!(result, Err(AuthenticateError::Revoked))
}

/// What ends on one instance is over there at once, and on every other instance within two
/// seconds, though that one had seen the session a moment before.
pub async fn what_ends_is_over_everywhere_within_two_seconds(store: Arc<dyn Store>) {
    let here = Harness::new(Arc::clone(&store)).set_up().await;
    let there = Harness::new(store);
    for round in 0..3 {
        let name = format!("user{round}");
        let user = add_user(&here, &name, Role::Sales).await;
        let tokens = sign_in(&here, &name).await;
        let actor = authenticate(&here, &tokens).await.expect("signed in");
        authenticate(&there, &tokens).await.expect("signed in");
        match round {
            0 => drop(here.app.execute(&actor, &SignOut).await.expect("signed out")),
            1 => {
                let disable = DisableUser { id: user.id, expected: None };
                drop(here.app.execute(&here.system(), &disable).await.expect("kept out"));
            }
            _ => {
                let end = EndUserSessions { user: user.id };
                here.app.execute(&here.system(), &end).await.expect("ended");
            }
        }

        assert!(is_revoked(&authenticate(&here, &tokens).await), "{round}");
        for books in [&here, &there] {
            books.clock.advance(Duration::from_secs(2));
        }
        assert!(is_revoked(&authenticate(&there, &tokens).await), "{round}");
    }
}

/// One token that is taken back is over everywhere, and its session goes on.
pub async fn a_token_that_was_taken_back_is_over_everywhere(store: Arc<dyn Store>) {
    let here = Harness::new(Arc::clone(&store)).set_up().await;
    let there = Harness::new(store);
    let tokens = sign_in(&here, crate::USERNAME).await;
    let actor = authenticate(&here, &tokens).await.expect("signed in");
    authenticate(&there, &tokens).await.expect("signed in");

    here.app.revoke_token(&actor, &tokens.access_token).await.expect("it is one's own");

    assert!(is_revoked(&authenticate(&here, &tokens).await));
    there.clock.advance(Duration::from_secs(2));
    assert!(is_revoked(&authenticate(&there, &tokens).await));
    let stranger = Actor::anonymous(here.app.new_trace());
    let next = here.app.refresh(&stranger, &tokens.refresh_token, "192.0.2.1").await;
    let next = next.expect("the session goes on");
    let actor = authenticate(&there, &next).await.expect("a fresh token");
    assert!(matches!(actor.principal(), Principal::User { id, .. } if id == tokens.user.id));
}

/// Two who publish the next key at once give two numbers, and both instances sign with the last.
pub async fn keys_published_at_once_have_two_numbers(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let both = [(), ()].map(|()| {
        let books = books.clone();
        tokio::spawn(async move {
            books.app.execute(&books.system(), &RotateSigningKey::Soon).await.expect("a key")
        })
    });
    let mut numbers = Vec::new();
    for task in both {
        numbers.push(task.await.expect("it ends").number.number());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [3, 4], "the first is everybody's, the second came with setting up");
}
