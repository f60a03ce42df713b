//! What stores promise about second factors.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Store;
use gaara_identity::{
    Challenge, Origin, Role, RoleCode, SealedSecret, SecondFactor, Session, TokenDigest, TotpStep,
    User,
};

use super::keys::Rows;

/// As long as a sealed secret is.
fn sealed(byte: u8) -> SealedSecret {
    SealedSecret::new(vec![byte; 49])
}

fn digest(byte: u8) -> TokenDigest {
    TokenDigest::new([byte; 32])
}

/// A user with a second factor that was confirmed.
async fn enrolled(store: &Arc<dyn Store>, rows: &Rows, name: &str) -> (User, SecondFactor) {
    let mut user = rows.user(name, &format!("{name}@b.sa"));
    user.second_factor_since = Some(rows.now);
    let mut factor = SecondFactor::start(user.id, sealed(1), rows.now);
    factor.confirm(TotpStep::new(7), rows.now);
    let mut unit = store.begin().await.expect("a transaction");
    unit.users().add(&user).await.expect("a user");
    unit.second_factors().save(&factor).await.expect("a factor");
    unit.commit().await.expect("a commit");
    (user, factor)
}

/// A factor is read back in every state, is put in the place of the one before, and goes.
pub async fn a_second_factor_is_read_back_in_every_state(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let (user, confirmed) = enrolled(&store, &rows, "sara").await;
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.find_user(user.id).await.expect("a read"), Some(user.clone()));
    let found = view.find_second_factor(user.id).await.expect("a read");
    assert_eq!(found, Some(confirmed));
    drop(view);

    let begun = SecondFactor::start(user.id, sealed(2), rows.now);
    let mut unit = store.begin().await.expect("a transaction");
    unit.second_factors().save(&begun).await.expect("a save");
    let locked = unit.second_factors().lock(user.id).await.expect("a read");
    assert_eq!(locked, Some(begun));
    assert!(unit.second_factors().remove(user.id).await.expect("a removal"));
    assert!(!unit.second_factors().remove(user.id).await.expect("nothing to remove"));
    assert_eq!(unit.second_factors().lock(user.id).await.expect("a read"), None);
    unit.commit().await.expect("a commit");
}

/// A recovery code works once and for its owner; new ones take the place of all before.
pub async fn a_recovery_code_works_once_and_for_its_owner(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let (sara, _) = enrolled(&store, &rows, "sara").await;
    let (omar, _) = enrolled(&store, &rows, "omar").await;
    let mut unit = store.begin().await.expect("a transaction");
    unit.second_factors().put_recovery_codes(sara.id, &[digest(1), digest(2)]).await.expect("two");
    unit.second_factors().put_recovery_codes(omar.id, &[digest(3)]).await.expect("one");
    unit.commit().await.expect("a commit");

    let mut unit = store.begin().await.expect("a transaction");
    for (user, code, works) in
        [(omar.id, 1, false), (sara.id, 1, true), (sara.id, 1, false), (sara.id, 9, false)]
    {
        let code = digest(code);
        let spent = unit.second_factors().spend_recovery_code(user, &code, rows.now).await;
        assert_eq!(spent.expect("an update"), works, "{user} {code:?}");
    }
    unit.commit().await.expect("a commit");
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.count_recovery_codes(sara.id).await.expect("a count"), 1);
    assert_eq!(view.count_recovery_codes(omar.id).await.expect("a count"), 1);
    drop(view);

    let mut unit = store.begin().await.expect("a transaction");
    unit.second_factors().put_recovery_codes(sara.id, &[digest(4)]).await.expect("a new one");
    let old = unit.second_factors().spend_recovery_code(sara.id, &digest(2), rows.now).await;
    assert!(!old.expect("an update"));
    unit.second_factors().remove(omar.id).await.expect("a removal");
    let gone = unit.second_factors().spend_recovery_code(omar.id, &digest(3), rows.now).await;
    assert!(!gone.expect("an update"), "codes go with their factor");
    unit.commit().await.expect("a commit");
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.count_recovery_codes(sara.id).await.expect("a count"), 1);
    assert_eq!(view.count_recovery_codes(omar.id).await.expect("a count"), 0);
}

/// Of ten who use one recovery code at once, one gets through.
pub async fn a_recovery_code_is_used_by_one_of_many(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let (sara, _) = enrolled(&store, &rows, "sara").await;
    let mut unit = store.begin().await.expect("a transaction");
    unit.second_factors().put_recovery_codes(sara.id, &[digest(1)]).await.expect("a code");
    unit.commit().await.expect("a commit");

    let tries: Vec<_> = (0..10)
        .map(|_| {
            let (store, now) = (Arc::clone(&store), rows.now);
            tokio::spawn(async move {
                let mut unit = store.begin().await.expect("a transaction");
                let code = digest(1);
                let spent = unit.second_factors().spend_recovery_code(sara.id, &code, now).await;
                match spent {
                    Ok(spent) => unit.commit().await.is_ok() && spent,
                    Err(_) => false,
                }
            })
        })
        .collect();
    let mut through = 0;
    for task in tries {
        through += usize::from(task.await.expect("it ends"));
    }
    assert_eq!(through, 1);
}

/// A challenge is read back, counts its misses, and goes when it is over or its user's are removed.
pub async fn a_challenge_is_kept_until_it_is_over(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let (user, _) = enrolled(&store, &rows, "sara").await;
    let (other, _) = enrolled(&store, &rows, "omar").await;
    let origin = Origin::of("192.0.2.7", "curl/8");
    let ask = |byte, user: &User| Challenge::ask(digest(byte), user, origin.clone(), rows.now);
    let (mut first, foreign) = (ask(1, &user), ask(2, &other));
    let mut unit = store.begin().await.expect("a transaction");
    unit.second_factors().add_challenge(&first, rows.now).await.expect("a challenge");
    unit.second_factors().add_challenge(&foreign, rows.now).await.expect("a challenge");
    first.miss();
    unit.second_factors().save_challenge(&first).await.expect("a save");
    unit.commit().await.expect("a commit");

    let mut view = store.view().await.expect("a view");
    let found = view.find_challenge(&first.digest).await.expect("a read");
    assert_eq!(found, Some(first.clone()));
    assert_eq!(view.find_challenge(&digest(9)).await.expect("a read"), None);
    drop(view);

    let later = rows.now.plus(Challenge::LIFETIME + Duration::from_secs(1));
    let second = Challenge::ask(digest(3), &user, origin, later);
    let mut unit = store.begin().await.expect("a transaction");
    unit.second_factors().add_challenge(&second, later).await.expect("a challenge");
    let locked = unit.second_factors().lock_challenge(&first.digest).await.expect("a read");
    assert_eq!(locked, None, "it was over");
    let kept = unit.second_factors().lock_challenge(&foreign.digest).await.expect("a read");
    assert_eq!(kept, Some(foreign.clone()), "somebody else's is left alone");
    unit.second_factors().remove_challenges(user.id).await.expect("a removal");
    let gone = unit.second_factors().lock_challenge(&second.digest).await.expect("a read");
    assert_eq!(gone, None);
    let kept = unit.second_factors().lock_challenge(&foreign.digest).await.expect("a read");
    assert_eq!(kept, Some(foreign));
    unit.commit().await.expect("a commit");
}

/// The roles that need a second factor are those that were put last.
pub async fn the_roles_that_need_a_second_factor_are_those_put_last(store: Arc<dyn Store>) {
    let code = |role: Role| RoleCode::from(role);
    for roles in [vec![code(Role::Sales), code(Role::Admin)], vec![code(Role::Auditor)], vec![]] {
        let mut unit = store.begin().await.expect("a transaction");
        unit.second_factors().put_roles(&roles).await.expect("roles");
        unit.commit().await.expect("a commit");

        let mut view = store.view().await.expect("a view");
        let mut sorted = roles.clone();
        sorted.sort();
        assert_eq!(view.list_second_factor_roles().await.expect("a list"), sorted);
        for role in Role::ALL {
            let needed = view.needs_second_factor(&code(role)).await.expect("a read");
            assert_eq!(needed, roles.contains(&code(role)), "{role:?}");
        }
    }
}

/// A session tells when its user was proven, also after that was renewed.
pub async fn a_session_tells_when_its_user_was_proven(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let (user, _) = enrolled(&store, &rows, "sara").await;
    let mut session = Session::open(rows.id(), user.id, rows.now);
    let mut unit = store.begin().await.expect("a transaction");
    unit.sessions().add(&session, &Origin::default()).await.expect("a session");
    session.proven_at = rows.now.plus(Duration::from_mins(3));
    unit.sessions().save(&session).await.expect("a save");
    unit.commit().await.expect("a commit");

    let mut view = store.view().await.expect("a view");
    let found = view.find_signed_in(session.id).await.expect("a read").expect("a session");
    assert_eq!((found.session, found.user), (session, user));
}
