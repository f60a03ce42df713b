//! What stores promise about people: their past passwords and their sessions.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Store;
use gaara_application::identity::AddUser;
use gaara_identity::{Origin, PasswordHash, Role, Session, User, Username};
use gaara_kernel::{EmailAddress, Language};

use super::keys::Rows;
use crate::harness::{Harness, PASSWORD};

/// Adds a user with the usual password.
pub(crate) async fn add_user(books: &Harness, name: &str, role: Role) -> User {
    let request = AddUser {
        id: None,
        email: EmailAddress::parse(&format!("{name}@example.com")).expect("an address"),
        username: Username::parse(name).expect("a user name"),
        password: PASSWORD.to_owned(),
        role: role.into(),
        language: Language::Arabic,
    };
    let system = books.system();
    let use_case = books.app.prepare_user(&system, request).await.expect("a good password");
    books.app.execute(&system, &use_case).await.expect("a user")
}

pub(crate) async fn stored_user(store: &Arc<dyn Store>, rows: &Rows, name: &str) -> User {
    let user = rows.user(name, &format!("{name}@b.sa"));
    let mut unit = store.begin().await.expect("a transaction");
    unit.users().add(&user).await.expect("a user");
    unit.commit().await.expect("a commit");
    user
}

/// Of the passwords that a user had the last ones are kept, the latest first; nobody else's are
/// touched.
pub async fn the_last_passwords_are_kept(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let mut sara = stored_user(&store, &rows, "sara").await;
    let mut omar = stored_user(&store, &rows, "omar").await;
    let hash = |number: usize| PasswordHash::new(format!("plain:{number}"));
    let mut unit = store.begin().await.expect("a transaction");
    let past = omar.change_password(hash(100), rows.now);
    unit.users().add_past_password(&past, 4).await.expect("a past password");
    for number in 1..=6 {
        let past = sara.change_password(hash(number), rows.now);
        unit.users().add_past_password(&past, 4).await.expect("a past password");
    }
    let locked = unit.users().lock(sara.id).await.expect("a read");
    assert!(locked.is_some_and(|stored| stored.version < sara.version));
    unit.users().save(&sara).await.expect("a save");
    unit.commit().await.expect("a commit");

    let mut view = store.view().await.expect("a view");
    assert_eq!(view.find_user(sara.id).await.expect("a read"), Some(sara.clone()));
    let past = view.list_past_passwords(sara.id, 10).await.expect("a read");
    assert_eq!(past, [5, 4, 3, 2].map(hash));
    let past = view.list_past_passwords(sara.id, 1).await.expect("a read");
    assert_eq!(past, [hash(5)]);
    assert_eq!(view.list_past_passwords(omar.id, 10).await.expect("a read").len(), 1);
}

/// Ending the sessions of a user leaves the one that is named, those that have ended, and those of
/// everybody else as they were.
pub async fn all_sessions_of_a_user_end_but_one(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let sara = stored_user(&store, &rows, "sara").await;
    let omar = stored_user(&store, &rows, "omar").await;
    let later = rows.now.plus(Duration::from_mins(1));
    let open = |user: &User| Session::open(rows.id(), user.id, rows.now);
    let (kept, mut ended, foreign) = (open(&sara), open(&sara), open(&omar));
    ended.end(rows.now);
    let two = [open(&sara), Session { created_at: later, proven_at: later, ..open(&sara) }];
    let mut unit = store.begin().await.expect("a transaction");
    for session in [kept, ended, foreign, two[0], two[1]] {
        unit.sessions().add(&session, &Origin::default()).await.expect("a session");
    }
    let now = rows.now.plus(Duration::from_secs(30));
    let count = unit.sessions().end_all(sara.id, Some(kept.id), now).await.expect("an update");
    assert_eq!(count, 2);
    unit.commit().await.expect("a commit");

    let mut unit = store.begin().await.expect("a transaction");
    for (session, end) in [
        (kept, None),
        (ended, Some(rows.now)),
        (foreign, None),
        (two[0], Some(now)),
        // The clock that opened it was ahead, and no session ends before it began.
        (two[1], Some(later)),
    ] {
        let stored = unit.sessions().lock(session.id).await.expect("a read").expect("a session");
        assert_eq!(stored.ended_at, end);
    }
    let rest = unit.sessions().end_all(sara.id, None, now).await.expect("an update");
    assert_eq!(rest, 1);
    unit.rollback().await.expect("a rollback");
}
