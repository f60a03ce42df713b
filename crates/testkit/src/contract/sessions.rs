//! What stores promise about sessions and the refresh tokens that keep them alive.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::{Store, UnitOfWork};
use gaara_identity::{LiveSession, Origin, RefreshToken, Session, TokenDigest, User};
use gaara_kernel::{SessionId, StoreError, Timestamp};

use super::accounts::stored_user;
use super::keys::Rows;

/// A session that began so many minutes after the rows did.
fn open(rows: &Rows, user: &User, minutes: u64) -> Session {
    Session::open(rows.id(), user.id, rows.now.plus(Duration::from_mins(minutes)))
}

fn origin(device: &str) -> Origin {
    Origin { network: "192.0.2.0/24".to_owned(), device: device.to_owned() }
}

async fn add(unit: &mut dyn UnitOfWork, session: &Session) {
    unit.sessions().add(session, &origin("Firefox, Linux")).await.expect("a session");
}

async fn live(store: &Arc<dyn Store>, user: &User, now: Timestamp) -> Vec<SessionId> {
    let mut view = store.view().await.expect("a view");
    let live = view.list_sessions(user.id, now).await.expect("a list");
    live.into_iter().map(|live| live.session.id).collect()
}

/// The sessions of a user that may be used are listed with where they came from, the latest first;
/// what ended, what is over and what is somebody else's is not.
pub async fn live_sessions_are_listed_the_latest_first(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let sara = stored_user(&store, &rows, "sara").await;
    let omar = stored_user(&store, &rows, "omar").await;
    let (old, mut used, mut ended) =
        (open(&rows, &sara, 0), open(&rows, &sara, 1), open(&rows, &sara, 2));
    let over =
        Session { expires_at: rows.now.plus(Duration::from_mins(9)), ..open(&rows, &sara, 3) };
    let foreign = open(&rows, &omar, 4);
    let mut unit = store.begin().await.expect("a transaction");
    for session in [&old, &used, &ended, &over, &foreign] {
        add(&mut *unit, session).await;
    }
    used.last_used_at = rows.now.plus(Duration::from_mins(8));
    ended.end(rows.now.plus(Duration::from_mins(5)));
    unit.sessions().save(&used).await.expect("a save");
    unit.sessions().save(&ended).await.expect("a save");
    unit.commit().await.expect("a commit");

    let mut view = store.view().await.expect("a view");
    let now = rows.now.plus(Duration::from_mins(9));
    let listed = view.list_sessions(sara.id, now).await.expect("a list");
    let shown = |session| LiveSession { session, origin: origin("Firefox, Linux") };
    assert_eq!(listed, [shown(used), shown(old)]);
}

/// Of the live sessions of a user so many of the latest are kept; those that are over do not take
/// the place of others, and nobody else's are touched.
pub async fn one_session_too_many_ends_the_oldest(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let sara = stored_user(&store, &rows, "sara").await;
    let omar = stored_user(&store, &rows, "omar").await;
    let of_sara: Vec<Session> = (0..5).map(|minute| open(&rows, &sara, minute)).collect();
    let foreign = open(&rows, &omar, 0);
    let mut dead = open(&rows, &sara, 6);
    dead.end(dead.created_at);
    let mut unit = store.begin().await.expect("a transaction");
    for session in of_sara.iter().chain([&foreign, &dead]) {
        add(&mut *unit, session).await;
    }
    let now = rows.now.plus(Duration::from_mins(10));
    let ended = unit.sessions().end_oldest(sara.id, 3, now).await.expect("an update");
    assert_eq!(ended, 2);
    assert_eq!(unit.sessions().end_oldest(sara.id, 3, now).await.expect("an update"), 0);
    unit.commit().await.expect("a commit");

    let kept: Vec<SessionId> = of_sara.iter().rev().take(3).map(|session| session.id).collect();
    assert_eq!(live(&store, &sara, now).await, kept);
    assert_eq!(live(&store, &omar, now).await, [foreign.id]);
}

/// What was over long enough is forgotten together with its refresh tokens; the rest stays.
pub async fn what_is_over_is_forgotten_with_its_tokens(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let sara = stored_user(&store, &rows, "sara").await;
    let omar = stored_user(&store, &rows, "omar").await;
    let (mut ended, mut lately) = (open(&rows, &sara, 0), open(&rows, &sara, 0));
    let expired =
        Session { expires_at: rows.now.plus(Duration::from_mins(1)), ..open(&rows, &sara, 0) };
    let mut foreign = open(&rows, &omar, 0);
    for (session, minutes) in [(&mut ended, 1), (&mut lately, 3), (&mut foreign, 1)] {
        session.end(rows.now.plus(Duration::from_mins(minutes)));
    }
    let sessions = [ended, expired, lately, open(&rows, &sara, 0), foreign];
    let mut unit = store.begin().await.expect("a transaction");
    for (number, session) in (0_u8..).zip(&sessions) {
        add(&mut *unit, session).await;
        let token = RefreshToken::first(TokenDigest::new([number; 32]), session, rows.now);
        unit.sessions().add_token(&token).await.expect("a token");
    }
    let before = rows.now.plus(Duration::from_mins(2));
    unit.sessions().forget_over(before).await.expect("a removal");
    unit.commit().await.expect("a commit");

    let mut unit = store.begin().await.expect("a transaction");
    for (number, (session, stays)) in
        (0_u8..).zip(sessions.iter().zip([false, false, true, true, false]))
    {
        let session = unit.sessions().lock(session.id).await.expect("a read");
        let token = unit.sessions().lock_token(&TokenDigest::new([number; 32])).await;
        assert_eq!(session.is_some(), stays, "{number}");
        assert_eq!(token.expect("a read").is_some(), stays, "{number}");
    }
    unit.rollback().await.expect("a rollback");
}

/// That a token was traded is written where it was not, and nowhere else.
pub async fn a_token_is_saved_as_traded_once(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let sara = stored_user(&store, &rows, "sara").await;
    let session = open(&rows, &sara, 0);
    let mut token = RefreshToken::first(TokenDigest::new([7; 32]), &session, rows.now);
    let mut unit = store.begin().await.expect("a transaction");
    add(&mut *unit, &session).await;
    unit.sessions().add_token(&token).await.expect("a token");
    token.consumed_at = Some(rows.now);
    unit.sessions().save_token(&token).await.expect("it was not traded yet");
    unit.commit().await.expect("a commit");

    let mut unit = store.begin().await.expect("a transaction");
    let stored = unit.sessions().lock_token(&token.digest).await.expect("a read");
    assert_eq!(stored, Some(token));
    let again = unit.sessions().save_token(&token).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    unit.rollback().await.expect("a rollback");
}

/// Refresh tokens that stopped working before an instant are forgotten, a few at a time, and the
/// others stay.
pub async fn tokens_that_stopped_working_are_forgotten(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let sara = stored_user(&store, &rows, "sara").await;
    let session = open(&rows, &sara, 0);
    let token = |number: u8, expires_at| RefreshToken {
        digest: TokenDigest::new([number; 32]),
        session_id: session.id,
        generation: number.into(),
        expires_at,
        consumed_at: None,
    };
    let later = rows.now.plus(Duration::from_mins(1));
    let mut unit = store.begin().await.expect("a transaction");
    add(&mut *unit, &session).await;
    for number in 0..25 {
        unit.sessions().add_token(&token(number, rows.now)).await.expect("a token");
    }
    unit.sessions().add_token(&token(25, later)).await.expect("a token");
    unit.sessions().forget_tokens(later).await.expect("a removal");
    unit.sessions().forget_tokens(later).await.expect("a removal");
    for number in 0..=25 {
        let digest = TokenDigest::new([number; 32]);
        let stored = unit.sessions().lock_token(&digest).await.expect("a read");
        assert_eq!(stored.is_some(), number == 25, "{number}");
    }
    unit.rollback().await.expect("a rollback");
}
