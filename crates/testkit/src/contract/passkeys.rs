//! What stores promise about passkeys and questions to devices.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Store;
use gaara_identity::{Assertion, Ceremony, CeremonyPurpose, Passkey, TokenDigest, User};
use gaara_kernel::StoreError;

use super::accounts::stored_user;
use super::keys::Rows;

fn passkey(rows: &Rows, owner: &User, byte: u8) -> Passkey {
    Passkey {
        id: rows.id(),
        user_id: owner.id,
        name: format!("هاتف {byte}"),
        credential: vec![byte; 32],
        record: vec![byte; 200],
        created_at: rows.now.plus(Duration::from_secs(u64::from(byte))),
        last_used_at: None,
    }
}

fn ceremony(rows: &Rows, user: &User, purpose: CeremonyPurpose, byte: u8) -> Ceremony {
    Ceremony {
        digest: TokenDigest::new([byte; 32]),
        user_id: user.id,
        purpose,
        state: vec![byte; 300],
        expires_at: rows.now.plus(Ceremony::LIFETIME),
    }
}

async fn add(store: &Arc<dyn Store>, passkeys: &[&Passkey]) {
    let mut unit = store.begin().await.expect("a transaction");
    for passkey in passkeys {
        unit.passkeys().add(passkey).await.expect("a passkey");
    }
    unit.commit().await.expect("a commit");
}

async fn list(store: &Arc<dyn Store>, user: &User) -> Vec<Passkey> {
    let mut view = store.view().await.expect("a view");
    view.list_passkeys(user.id).await.expect("a read")
}

/// Passkeys are listed for their owner in the order they came, and go one by one or all at once.
pub async fn passkeys_are_listed_until_they_are_removed(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let sara = stored_user(&store, &rows, "sara").await;
    let omar = stored_user(&store, &rows, "omar").await;
    let (two, one, foreign) =
        (passkey(&rows, &sara, 2), passkey(&rows, &sara, 1), passkey(&rows, &omar, 3));
    add(&store, &[&two, &one, &foreign]).await;
    assert_eq!(list(&store, &sara).await, [one.clone(), two.clone()]);

    let mut unit = store.begin().await.expect("a transaction");
    assert!(!unit.passkeys().remove(sara.id, foreign.id).await.expect("nobody else's"));
    assert!(unit.passkeys().remove(sara.id, one.id).await.expect("a removal"));
    assert!(!unit.passkeys().remove(sara.id, one.id).await.expect("nothing to remove"));
    unit.commit().await.expect("a commit");
    assert_eq!(list(&store, &sara).await, [two]);

    let asked = ceremony(&rows, &sara, CeremonyPurpose::SignIn, 1);
    let mut unit = store.begin().await.expect("a transaction");
    unit.passkeys().put_ceremony(&asked).await.expect("a question");
    unit.passkeys().remove_all(sara.id).await.expect("a removal");
    unit.commit().await.expect("a commit");
    assert_eq!(list(&store, &sara).await, []);
    assert_eq!(list(&store, &omar).await, [foreign]);
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.find_ceremony(&asked.digest).await.expect("a read"), None);
}

/// A credential of a device is nobody else's.
pub async fn a_credential_stands_once(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let sara = stored_user(&store, &rows, "sara").await;
    let omar = stored_user(&store, &rows, "omar").await;
    add(&store, &[&passkey(&rows, &sara, 1)]).await;
    let mut unit = store.begin().await.expect("a transaction");
    let again = unit.passkeys().add(&passkey(&rows, &omar, 1)).await;
    assert!(
        matches!(&again, Err(StoreError::Duplicate { field }) if *field == "passkey.credential"),
        "{again:?}"
    );
}

/// A use is noted on what was looked at, and not on what somebody used meanwhile.
pub async fn the_use_of_a_passkey_is_noted_once(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let sara = stored_user(&store, &rows, "sara").await;
    let kept = passkey(&rows, &sara, 1);
    add(&store, &[&kept]).await;
    let used = Assertion { passkey: kept.id, before: kept.record.clone(), after: vec![7; 210] };
    let later = kept.created_at.plus(Duration::from_mins(1));
    let mut unit = store.begin().await.expect("a transaction");
    assert!(unit.passkeys().note_use(&used, later).await.expect("an update"));
    assert!(!unit.passkeys().note_use(&used, later).await.expect("an update"), "an old look");
    unit.commit().await.expect("a commit");
    let after = Passkey { record: vec![7; 210], last_used_at: Some(later), ..kept.clone() };
    assert_eq!(list(&store, &sara).await, [after]);

    let early = Assertion { passkey: kept.id, before: vec![7; 210], after: vec![8; 210] };
    let mut unit = store.begin().await.expect("a transaction");
    let noted = unit.passkeys().note_use(&early, kept.created_at.minus(Duration::from_mins(1)));
    assert!(noted.await.expect("a clock that is behind changes nothing"));
    unit.commit().await.expect("a commit");
    let last_uses = list(&store, &sara).await.into_iter().map(|passkey| passkey.last_used_at);
    assert_eq!(last_uses.collect::<Vec<_>>(), [Some(kept.created_at)]);
}

/// A question is answered once, and another of its purpose takes its place.
pub async fn a_question_to_a_device_is_answered_once(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let sara = stored_user(&store, &rows, "sara").await;
    let first = ceremony(&rows, &sara, CeremonyPurpose::SignIn, 1);
    let second = ceremony(&rows, &sara, CeremonyPurpose::SignIn, 2);
    let other = ceremony(&rows, &sara, CeremonyPurpose::Proof, 3);
    let mut unit = store.begin().await.expect("a transaction");
    for asked in [&first, &second, &other] {
        unit.passkeys().put_ceremony(asked).await.expect("a question");
    }
    unit.commit().await.expect("a commit");

    let mut view = store.view().await.expect("a view");
    assert_eq!(view.find_ceremony(&first.digest).await.expect("a read"), None);
    let found = view.find_ceremony(&second.digest).await.expect("a read");
    assert_eq!(found, Some(second.clone()));
    drop(view);
    let mut unit = store.begin().await.expect("a transaction");
    assert!(!unit.passkeys().take_ceremony(&first.digest).await.expect("a removal"));
    assert!(unit.passkeys().take_ceremony(&second.digest).await.expect("a removal"));
    assert!(!unit.passkeys().take_ceremony(&second.digest).await.expect("a removal"));
    unit.commit().await.expect("a commit");
    let mut view = store.view().await.expect("a view");
    let found = view.find_ceremony(&other.digest).await.expect("a read");
    assert_eq!(found, Some(other), "another purpose has its own");
}
