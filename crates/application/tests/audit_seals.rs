//! Seals on the audit log, on the memory store.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_application::identity::SignInRequest;
use gaara_application::{
    Actor, AuditFilter, AuditFinding, AuditHead, KeptHeads, ListAuditLog, Refusal,
};
use gaara_identity::Role;
use gaara_kernel::{PageLimit, PageRequest, Sort, StoreError};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, PASSWORD, USERNAME};

#[tokio::test]
async fn a_seal_follows_the_one_before_it_and_is_made_when_there_is_something_to_seal() {
    let books = Harness::new(Arc::new(MemoryStore::new())).set_up().await;
    let first = books.app.seal_audit_log().await.unwrap().unwrap();
    assert_eq!(books.app.seal_audit_log().await.unwrap(), None);
    books.add_warehouse("A").await;
    let second = books.app.seal_audit_log().await.unwrap().unwrap();
    assert_eq!((first.number, second.number), (1, 2));

    let verified = books.app.verify_audit_log(&books.system(), &[first, second]).await.unwrap();
    assert_eq!((verified.findings_total, verified.seals, verified.head), (0, 2, Some(second)));
    let wrong = AuditHead { digest: [0; 32], ..first };
    let verified = books.app.verify_audit_log(&books.system(), &[wrong]).await.unwrap();
    assert_eq!(verified.findings, [AuditFinding::HeadDiffers { seal: 1 }]);
}

/// Heads that were kept, or a place that cannot be read.
struct Kept(Option<Vec<AuditHead>>);

#[async_trait]
impl KeptHeads for Kept {
    async fn kept_heads(&self) -> Result<Vec<AuditHead>, StoreError> {
        self.0.clone().ok_or_else(|| StoreError::Internal("torn".into()))
    }
}

#[tokio::test]
async fn heads_that_the_application_keeps_are_looked_at_whoever_asks() {
    let with = |heads| {
        let books = Harness::new(Arc::new(MemoryStore::new()));
        books.map_app(|app| app.with_kept_heads(Arc::new(Kept(heads)))).set_up()
    };
    let later = AuditHead { number: 3, digest: [7; 32] };

    let books = with(Some(vec![later, AuditHead { number: 1, ..later }])).await;
    assert!(books.app.seal_audit_log().await.unwrap().is_some());
    let verified = books.app.verify_audit_log(&books.system(), &[]).await.unwrap();
    let expected =
        [AuditFinding::HeadDiffers { seal: 1 }, AuditFinding::Truncated { last: 1, kept: 3 }];
    assert_eq!(verified.findings, expected);

    let books = with(None).await;
    let refused = books.app.verify_audit_log(&books.system(), &[]).await;
    assert!(
        matches!(refused, Err(Refusal::Failed(_))),
        "nobody says that all is well: {refused:?}"
    );
}

#[tokio::test]
async fn more_than_a_thousand_rows_take_two_seals() {
    let books = Harness::new(Arc::new(MemoryStore::new())).set_up().await;
    for number in 0..1_000 {
        books.add_warehouse(&format!("W{number}")).await;
    }
    let mut seals = 0;
    while books.app.seal_audit_log().await.unwrap().is_some() {
        seals += 1;
    }
    let verified = books.app.verify_audit_log(&books.system(), &[]).await.unwrap();
    assert_eq!((seals, verified.seals, verified.rows), (2, 2, 1_001));
    assert_eq!(verified.findings_total, 0);
}

#[tokio::test]
async fn whoever_may_not_read_the_log_may_not_check_it() {
    let books = Harness::new(Arc::new(MemoryStore::new())).set_up().await;
    let refused = books.app.verify_audit_log(&books.signed_in(Role::Sales), &[]).await;
    assert!(matches!(refused, Err(Refusal::Forbidden(_))), "{refused:?}");
}

#[tokio::test]
async fn who_could_not_sign_in_as_somebody_is_told_and_from_where() {
    let books = Harness::new(Arc::new(MemoryStore::new())).set_up().await;
    let address = Some("203.0.113.9".parse().unwrap());
    let try_as = async |login: &str, password: &str| {
        let stranger = Actor::anonymous(books.app.new_trace()).asking_from(address);
        let request = SignInRequest {
            login: login.to_owned(),
            password: password.to_owned(),
            address: "203.0.113.9".to_owned(),
            user_agent: String::new(),
        };
        (books.app.sign_in(&stranger, &request).await.is_ok(), stranger.trace())
    };
    let (known, trace) = try_as(USERNAME, "Wrong-Horse-7").await;
    let (unknown, _) = try_as("nobody", "Wrong-Horse-7").await;
    let (owner, _) = try_as(USERNAME, PASSWORD).await;
    assert_eq!((known, unknown, owner), (false, false, true));
    while books.app.seal_audit_log().await.unwrap().is_some() {}

    let action = Some("user.sign_in_refused".to_owned());
    let filter = AuditFilter { action, trace: Some(trace), ..AuditFilter::default() };
    let limit = PageLimit::try_new(10).unwrap();
    let page = PageRequest { limit, sort: Sort::natural(), after: None, with_total: true };
    let rows = books.app.ask(&books.system(), &ListAuditLog { filter, page }).await.unwrap();
    let [row] = &rows.items[..] else { panic!("one refusal of somebody known: {rows:?}") };
    assert_eq!((row.address, row.actor.as_str()), (address, "anonymous"));
    assert!(row.subject.starts_with("usr_"), "{}", row.subject);
    assert_eq!(books.app.seal_audit_log().await.unwrap(), None, "told once");
}
