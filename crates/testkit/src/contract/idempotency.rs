//! A request that is sent again has its effect once.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::inventory::MovementError;
use gaara_application::{
    Fingerprint, IdempotencyKey, Once, OnceError, Refusal, Reply, Store, StoredReply,
};
use gaara_inventory::PostedMovement;

use crate::fixtures::quantity;
use crate::harness::{Harness, Sale};

fn once(key: &str, body: u8) -> Once {
    Once {
        key: IdempotencyKey {
            principal: "system".to_owned(),
            route: "POST /stock-movements".to_owned(),
            key: key.to_owned(),
        },
        fingerprint: Fingerprint([body; 32]),
    }
}

fn render(posted: &PostedMovement) -> StoredReply {
    let id = posted.content.id.to_string();
    StoredReply {
        status: 201,
        headers: vec![("location".to_owned(), id.clone())],
        body: id.into_bytes(),
    }
}

async fn receive(
    books: &Harness,
    sale: Sale,
    once: &Once,
) -> Result<Reply, Refusal<MovementError>> {
    let receipt = Harness::receipt(sale.product, sale.warehouse, quantity("1"));
    books.app.execute_once(&books.system(), &receipt, once, render).await
}

/// The second request is answered with the first one's reply, to the letter.
pub async fn a_repeated_key_has_its_effect_once(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("1").await;

    let first = receive(&books, sale, &once("a-key-of-mine-001", 1)).await.expect("the first");
    let second = receive(&books, sale, &once("a-key-of-mine-001", 1)).await.expect("the second");

    let Reply::Fresh(reply) = first else { panic!("{first:?}") };
    assert_eq!(second, Reply::Replayed(reply));
    assert_eq!(books.on_hand(sale.product).await, "2");
}

/// A key stands for one request and for no other.
pub async fn a_key_of_another_request_is_refused(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("1").await;
    receive(&books, sale, &once("a-key-of-mine-002", 1)).await.expect("the first");

    let other = receive(&books, sale, &once("a-key-of-mine-002", 2)).await;
    let mut elsewhere = once("a-key-of-mine-002", 1);
    "somebody else".clone_into(&mut elsewhere.key.principal);
    let elsewhere = receive(&books, sale, &elsewhere).await;

    assert!(matches!(other, Err(Refusal::Once(OnceError::Reused))), "{other:?}");
    assert!(matches!(elsewhere, Ok(Reply::Fresh(_))), "{elsewhere:?}");
    assert_eq!(books.on_hand(sale.product).await, "3");
}

/// Only an effect uses a key up, and only for a day.
pub async fn a_key_is_free_after_a_day_and_after_a_failure(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("1").await;
    let key = once("a-key-of-mine-003", 1);
    let too_much = Harness::issue_of(sale.product, sale.warehouse, quantity("5"));
    let failed = books.app.execute_once(&books.system(), &too_much, &key, render).await;
    failed.expect_err("one is there");

    let first = receive(&books, sale, &key).await.expect("the key is free");
    books.clock.advance(Duration::from_hours(24) - Duration::from_millis(1));
    let within = receive(&books, sale, &key).await.expect("a replay");
    books.clock.advance(Duration::from_millis(1));
    let after = receive(&books, sale, &key).await.expect("the key is free again");

    assert!(matches!(first, Reply::Fresh(_)));
    assert!(matches!(within, Reply::Replayed(_)));
    assert!(matches!(after, Reply::Fresh(_)));
    assert_eq!(books.on_hand(sale.product).await, "3");
}

/// A storm of the same request has one effect; who comes too early may be told to wait, from
/// this instance or from another one on the same store.
pub async fn fifty_at_once_with_one_key_have_one_effect(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let sale = books.stocked_sale("1").await;
    let mut other = Harness::new(store);
    other.clock = Arc::clone(&books.clock);

    let running: Vec<_> = (0..50)
        .map(|number| {
            let books = if number % 2 == 0 { books.clone() } else { other.clone() };
            tokio::spawn(async move { receive(&books, sale, &once("a-key-of-mine-004", 1)).await })
        })
        .collect();
    let (mut fresh, mut replayed, mut early) = (0, 0, 0);
    for one in running {
        match one.await.expect("nothing panics") {
            Ok(Reply::Fresh(_)) => fresh += 1,
            Ok(Reply::Replayed(_)) => replayed += 1,
            Err(Refusal::Once(OnceError::InProgress)) => early += 1,
            Err(refusal) => panic!("{refusal:?}"),
        }
    }

    assert_eq!(fresh, 1);
    assert_eq!(replayed + early, 49);
    assert_eq!(books.on_hand(sale.product).await, "2");
}
