//! What stores promise about the keys of programs.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Store;
use gaara_identity::{ApiKey, ApiKeySort, KeyHolder, Permission, Role, TokenDigest, User};
use gaara_kernel::{Direction, PageLimit, PageRequest, Sort, StoreError};

use super::accounts::stored_user;
use super::keys::Rows;

fn key(rows: &Rows, owner: &User, byte: u8) -> ApiKey {
    ApiKey {
        id: rows.id(),
        owner: owner.id,
        name: format!("Key {byte}"),
        prefix: format!("gak_{byte:08}"),
        digest: TokenDigest::new([byte; 32]),
        permissions: [Permission::ReadStock, Permission::PostStock].into_iter().collect(),
        expires_at: byte.is_multiple_of(2).then(|| rows.now.plus(Duration::from_hours(1))),
        created_at: rows.now.plus(Duration::from_secs(u64::from(byte / 2))),
        last_used_at: None,
    }
}

async fn add(store: &Arc<dyn Store>, keys: &[ApiKey]) {
    let mut unit = store.begin().await.expect("a transaction");
    for key in keys {
        unit.api_keys().add(key).await.expect("a key");
    }
    unit.commit().await.expect("a commit");
}

/// A key is found by its digest, with its owner and what the owner may do, until it is removed.
pub async fn a_key_is_found_with_its_owner_until_it_is_removed(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let owner = stored_user(&store, &rows, "sara").await;
    let one = key(&rows, &owner, 1);
    add(&store, std::slice::from_ref(&one)).await;

    let mut view = store.view().await.expect("a view");
    assert_eq!(view.find_api_key(one.id).await.expect("a read"), Some(one.clone()));
    let holder = view.find_key_holder(&one.digest).await.expect("a read");
    let owner_permissions = Role::Sales.permissions();
    assert_eq!(holder, Some(KeyHolder { key: one.clone(), owner, owner_permissions }));
    let unknown = TokenDigest::new([9; 32]);
    assert_eq!(view.find_key_holder(&unknown).await.expect("a read"), None);
    drop(view);

    let mut unit = store.begin().await.expect("a transaction");
    assert!(unit.api_keys().remove(one.id).await.expect("a removal"));
    assert!(!unit.api_keys().remove(one.id).await.expect("nothing to remove"));
    unit.commit().await.expect("a commit");
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.find_key_holder(&one.digest).await.expect("a read"), None);
}

/// A use is noted once in a while, and never before the key was made.
pub async fn the_use_of_a_key_is_noted_once_in_a_while(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let owner = stored_user(&store, &rows, "sara").await;
    let one = key(&rows, &owner, 1);
    let other =
        ApiKey { created_at: rows.now.plus(Duration::from_hours(9)), ..key(&rows, &owner, 3) };
    add(&store, &[one.clone(), other.clone()]).await;
    let at = |minutes| rows.now.plus(Duration::from_mins(minutes));

    let mut unit = store.begin().await.expect("a transaction");
    for minutes in [10, 12, 15] {
        let since = at(minutes).minus(ApiKey::NOTED);
        unit.api_keys().note_use(one.id, at(minutes), since).await.expect("an update");
        if minutes == 12 {
            unit.api_keys().note_use(other.id, at(12), since).await.expect("an update");
        }
    }
    unit.commit().await.expect("a commit");
    let mut view = store.view().await.expect("a view");
    let found = view.find_api_key(one.id).await.expect("a read").expect("a key");
    assert_eq!(found.last_used_at, Some(at(15)));
    let found = view.find_api_key(other.id).await.expect("a read").expect("a key");
    assert_eq!(found.last_used_at, Some(other.created_at), "the clock that made it was ahead");
    drop(view);

    let mut unit = store.begin().await.expect("a transaction");
    unit.api_keys().note_use(one.id, at(16), at(11)).await.expect("an update");
    unit.commit().await.expect("a commit");
    let mut view = store.view().await.expect("a view");
    let found = view.find_api_key(one.id).await.expect("a read").expect("a key");
    assert_eq!(found.last_used_at, Some(at(15)), "that was noted a moment ago");
}

/// Keys are listed by name and by age, with what each was made for, and no two share a digest.
pub async fn keys_are_listed_with_what_they_were_made_for(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let owner = stored_user(&store, &rows, "sara").await;
    let mut special = key(&rows, &owner, 5);
    special.permissions = [Permission::ReadInvoices].into_iter().collect();
    let others = (1..=4).rev().map(|byte| key(&rows, &owner, byte));
    let keys: Vec<ApiKey> = std::iter::once(special.clone()).chain(others).collect();
    add(&store, &keys).await;
    let mut unit = store.begin().await.expect("a transaction");
    let again = ApiKey { id: rows.id(), ..special };
    let taken = unit.api_keys().add(&again).await;
    assert!(matches!(taken, Err(StoreError::Duplicate { field: "api_key.digest" })), "{taken:?}");
    unit.rollback().await.expect("a rollback");

    let mut view = store.view().await.expect("a view");
    for field in [ApiKeySort::Name, ApiKeySort::CreatedAt] {
        let mut expected = keys.clone();
        if field == ApiKeySort::Name {
            expected.sort_by(|a, b| a.name.cmp(&b.name));
        } else {
            expected.sort_by_key(|key| (key.created_at, key.id));
        }
        let page = PageRequest {
            limit: PageLimit::default(),
            sort: Sort::by(field, Direction::Ascending),
            after: None,
            with_total: true,
        };
        let listed = view.list_api_keys(&page).await.expect("a list");
        assert_eq!((listed.items, listed.total), (expected, Some(5)), "{field:?}");
    }
}
