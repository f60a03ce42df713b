//! Unique keys that the contract does not try, by the names the ports give them.

use std::sync::Arc;

use gaara_application::inventory::FindMovement;
use gaara_application::invoicing::{CreateInvoice, FindInvoice};
use gaara_application::{
    Claim, Fingerprint, IdempotencyKey, IdempotencyRecord, Store, StoredReply,
};
use gaara_identity::{Origin, RefreshToken, Session, TokenDigest};
use gaara_inventory::Movement;
use gaara_invoicing::{Frozen, Invoice, InvoiceNumber, NumberSeries, PaymentTerms};
use gaara_kernel::{Id, StoreError, Timestamp, UserId};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, date, number_series, quantity};
use uuid::Uuid;

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    a_second_organisation_session_or_token_is_told_by_name,
    a_second_document_movement_or_number_is_told_by_name,
    a_second_idempotency_record_is_a_conflict,
    a_claimed_key_is_held_until_the_unit_ends,
    expired_records_do_not_pile_up,
}

fn assert_taken<T>(result: Result<T, StoreError>, expected: &str) {
    match result {
        Err(StoreError::Duplicate { field }) => assert_eq!(field, expected),
        Err(other) => panic!("{expected}: {other:?}"),
        Ok(_) => panic!("{expected} was accepted"),
    }
}

async fn a_second_organisation_session_or_token_is_told_by_name(
    (store, _database): (Arc<SqlStore>, Database),
) {
    let books = Harness::new(store.clone()).set_up().await;
    let mut unit = store.begin().await.unwrap();
    let mut organization = unit.organization().find().await.unwrap().unwrap();
    organization.id = Id::from_uuid(Uuid::from_u128(1));
    assert_taken(unit.organization().add(&organization).await, "organization");
    drop(unit);

    let mut view = store.view().await.unwrap();
    let admin: UserId = view.find_login(gaara_testkit::USERNAME).await.unwrap().unwrap().id;
    let now = gaara_kernel::Clock::now(&*books.clock);
    let session = Session::open(Id::from_uuid(Uuid::from_u128(2)), admin, now);
    let mut unit = store.begin().await.unwrap();
    unit.sessions().add(&session, &Origin::default()).await.unwrap();
    let token = RefreshToken::first(TokenDigest::new([7; 32]), &session, now);
    unit.sessions().add_token(&token).await.unwrap();
    let again = token.successor(token.digest, &session, now);
    assert_taken(unit.sessions().add_token(&again).await, "refresh_token.digest");
    drop(unit);
    let mut unit = store.begin().await.unwrap();
    unit.sessions().add(&session, &Origin::default()).await.unwrap();
    assert_taken(unit.sessions().add(&session, &Origin::default()).await, "session.id");
}

async fn a_second_document_movement_or_number_is_told_by_name(
    (store, _database): (Arc<SqlStore>, Database),
) {
    let books = Harness::new(store.clone()).set_up().await;
    let sale = books.stocked_sale("10").await;
    let draft = books.app.execute(&books.system(), &CreateInvoice(sale.draft("1"))).await.unwrap();
    let issued = books.issue(&sale.draft("1")).await.unwrap();
    let receipt = Harness::receipt(sale.product, sale.warehouse, quantity("1"));
    let posted = books.app.execute(&books.system(), &receipt).await.unwrap();

    let mut unit = store.begin().await.unwrap();
    assert_taken(unit.invoices().add_draft(&draft).await, "invoice.id");
    drop(unit);
    let mut unit = store.begin().await.unwrap();
    assert_taken(unit.movements().add_posted(&posted).await, "movement.id");
    drop(unit);

    let number: InvoiceNumber = issued.number.clone();
    let prepared = draft.clone().prepare(date("2026-11-23"), &PaymentTerms::default()).unwrap();
    let (snapshot, costs) = (issued.snapshot.clone(), issued.costs.clone());
    let frozen = Frozen { snapshot, costs, base: issued.base };
    let again = prepared.issue(number, frozen, issued.issued_at, |_| [0; 32]);
    let mut unit = store.begin().await.unwrap();
    assert_taken(unit.invoices().save_issued(&again).await, "invoice.number");
    drop(unit);

    let id = draft.content.written.id;
    let kept = books.app.ask(&books.system(), &FindInvoice { id }).await.unwrap();
    assert_eq!(kept, Some(Invoice::Draft(Box::new(draft))));
    let id = posted.content.id;
    let kept = books.app.ask(&books.system(), &FindMovement { id }).await.unwrap();
    assert_eq!(kept, Some(Movement::Posted(posted)));
    let mut unit = store.begin().await.unwrap();
    let numbering = number_series("OTHER").numbering;
    let taken = NumberSeries { numbering, ..number_series("CRN") };
    assert_taken(unit.series().add(&taken).await, "series.code");
}

fn record(key: &IdempotencyKey) -> IdempotencyRecord {
    let now = Timestamp::from_millis(1_000);
    IdempotencyRecord {
        key: key.clone(),
        fingerprint: Fingerprint([9; 32]),
        reply: StoredReply {
            status: 201,
            headers: vec![("location".into(), "/b".into()), ("etag".into(), "\"1\"".into())],
            body: vec![0, 159, 146, 150],
        },
        created_at: now,
        expires_at: now.plus(IdempotencyRecord::LIFETIME),
    }
}

fn key() -> IdempotencyKey {
    IdempotencyKey { principal: "system".into(), route: "POST /x".into(), key: "k".into() }
}

async fn a_second_idempotency_record_is_a_conflict((store, _database): (Arc<SqlStore>, Database)) {
    let record = record(&key());
    let mut unit = store.begin().await.unwrap();
    unit.idempotency().add(&record).await.unwrap();
    unit.commit().await.unwrap();

    let mut unit = store.begin().await.unwrap();
    let result = unit.idempotency().add(&record).await;
    assert!(matches!(result, Err(StoreError::Conflict)), "{result:?}");
    drop(unit);
    let mut unit = store.begin().await.unwrap();
    let claim = unit.idempotency().claim(&record.key, record.created_at).await.unwrap();
    assert_eq!(claim, Claim::Done(Box::new(record.clone())));
    let claim = unit.idempotency().claim(&record.key, record.expires_at).await.unwrap();
    assert_eq!(claim, Claim::Free);
    unit.idempotency().add(&record).await.unwrap();
}

async fn a_claimed_key_is_held_until_the_unit_ends((store, database): (Arc<SqlStore>, Database)) {
    let now = Timestamp::from_millis(1_000);
    let mut first = store.begin().await.unwrap();
    assert_eq!(first.idempotency().claim(&key(), now).await.unwrap(), Claim::Free);
    if database.is_sqlite() {
        // The other unit does not even begin before this one ends.
        first.rollback().await.unwrap();
    } else {
        let mut second = store.begin().await.unwrap();
        assert_eq!(second.idempotency().claim(&key(), now).await.unwrap(), Claim::Held);
        first.rollback().await.unwrap();
    }
    let mut third = store.begin().await.unwrap();
    assert_eq!(third.idempotency().claim(&key(), now).await.unwrap(), Claim::Free);
}

async fn expired_records_do_not_pile_up((store, database): (Arc<SqlStore>, Database)) {
    let add = async |name: usize, created_at: Timestamp| {
        let key = IdempotencyKey { key: format!("key-{name}"), ..key() };
        let expires_at = created_at.plus(IdempotencyRecord::LIFETIME);
        let record = IdempotencyRecord { created_at, expires_at, ..record(&key) };
        let mut unit = store.begin().await.unwrap();
        unit.idempotency().add(&record).await.unwrap();
        unit.commit().await.unwrap();
    };
    let count =
        async || database.execute("UPDATE idempotency_records SET status = status").await.unwrap();
    let first = Timestamp::from_millis(0);
    for name in 0..30 {
        add(name, first).await;
    }
    assert_eq!(count().await, 30);

    let later = first.plus(IdempotencyRecord::LIFETIME);
    add(30, later).await;
    assert_eq!(count().await, 11, "twenty were removed, one was added");
    add(31, later).await;
    assert_eq!(count().await, 2);
}
