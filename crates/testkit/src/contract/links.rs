//! What stores promise about the links that let somebody choose a password.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Store;
use gaara_identity::{AccountLink, LinkPurpose, LinkSeed, Role, TokenDigest, User};
use gaara_kernel::Timestamp;

use super::accounts::stored_user;
use super::keys::Rows;

fn link(user: &User, purpose: LinkPurpose, byte: u8, now: Timestamp) -> AccountLink {
    let secret = (LinkSeed::new([byte; 16]), TokenDigest::new([byte; 32]));
    AccountLink::new(user.id, purpose, secret, now)
}

async fn put(store: &Arc<dyn Store>, links: &[&AccountLink]) {
    let mut unit = store.begin().await.expect("a transaction");
    for link in links {
        unit.links().put(link).await.expect("a link");
    }
    unit.commit().await.expect("a commit");
}

/// A user has one link at most: another takes its place, and a removed one is gone.
pub async fn a_user_has_one_link_at_most(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let user = stored_user(&store, &rows, "sara").await;
    let first = link(&user, LinkPurpose::Invitation, 1, rows.now);
    let mut second = link(&user, LinkPurpose::PasswordReset, 2, rows.now);
    second.try_mailing(rows.now);
    put(&store, &[&first]).await;
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.find_link(&first.digest).await.expect("a read"), Some(first.clone()));
    drop(view);

    put(&store, &[&second]).await;
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.find_link(&first.digest).await.expect("a read"), None);
    assert_eq!(view.find_link(&second.digest).await.expect("a read"), Some(second.clone()));
    drop(view);

    let mut unit = store.begin().await.expect("a transaction");
    assert_eq!(unit.links().lock(user.id).await.expect("a read"), Some(second.clone()));
    unit.links().remove(user.id).await.expect("a removal");
    unit.links().remove(user.id).await.expect("nothing to remove");
    assert_eq!(unit.links().lock(user.id).await.expect("a read"), None);
    unit.commit().await.expect("a commit");
}

/// What is to be mailed is found, the longest due first: neither what was mailed, nor what is over,
/// nor what is to be mailed later.
pub async fn links_are_due_until_they_were_mailed(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let ali = stored_user(&store, &rows, "ali").await;
    let badr = stored_user(&store, &rows, "badr").await;
    let dana = stored_user(&store, &rows, "dana").await;
    let huda = stored_user(&store, &rows, "huda").await;
    let omar = stored_user(&store, &rows, "omar").await;
    let at = |minutes| rows.now.plus(Duration::from_mins(minutes));
    let invite =
        |user: &User, byte, minutes| link(user, LinkPurpose::Invitation, byte, at(minutes));
    let (early, late) = (invite(&ali, 1, 1), invite(&badr, 2, 2));
    let (mut mailed, mut later) = (invite(&dana, 3, 0), invite(&huda, 4, 0));
    mailed.mailed();
    later.mail_at = Some(at(90));
    let over = link(&omar, LinkPurpose::PasswordReset, 9, at(0));
    put(&store, &[&late, &mailed, &over, &early, &later]).await;

    let mut unit = store.begin().await.expect("a transaction");
    let due = unit.links().lock_due(at(60), 10).await.expect("a read");
    assert_eq!(due, [early.clone(), late]);
    let first = unit.links().lock_due(at(60), 1).await.expect("a read");
    assert_eq!(first.as_slice(), std::slice::from_ref(&early));
    assert_eq!(unit.links().lock_due(at(1), 10).await.expect("a read"), [over, early]);
    unit.rollback().await.expect("a rollback");
}

/// An administrator who was invited and has chosen no password does not count as one who can sign
/// in.
pub async fn an_administrator_without_a_password_does_not_count(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let mut admins = Vec::new();
    let mut unit = store.begin().await.expect("a transaction");
    for name in ["sara", "omar"] {
        let mut user = rows.user(name, &format!("{name}@b.sa"));
        user.role = Role::Admin.into();
        unit.users().add(&user).await.expect("a user");
        admins.push(user);
    }
    unit.commit().await.expect("a commit");
    let [sara, omar] = admins.as_slice() else { panic!("two users") };
    for (purpose, counted) in [
        (LinkPurpose::Invitation, vec![sara.id]),
        (LinkPurpose::PasswordReset, vec![sara.id, omar.id]),
    ] {
        put(&store, &[&link(omar, purpose, 1, rows.now)]).await;
        let mut unit = store.begin().await.expect("a transaction");
        assert_eq!(unit.users().lock_admins().await.expect("a read"), counted);
        drop(unit);
    }
}
