//! Reservations: what is promised is nobody else's, and comes back when it ends.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::inventory::{
    CreateReservationError, ListReservations, MovementError, ReleaseReservation,
    ReleaseReservationError,
};
use gaara_application::invoicing::{
    CreateInvoice, CreateInvoiceError, FindInvoice, IssueInvoice, IssueInvoiceError, LineError,
};
use gaara_application::{Refusal, Store};
use gaara_inventory::{
    LevelError, PostError, Reservation, ReservationFilter, ReservationStatus, ReserveError,
};
use gaara_invoicing::Invoice;
use gaara_kernel::{Clock, ReservationId, StoreError, Timestamp};

use super::concurrency::at_once;
use super::lists::assert_whole;
use super::shelf::Shelf;
use super::store::whole;
use crate::fixtures::quantity;

const DAY: Duration = Duration::from_hours(24);

fn pair(on_hand: &str, reserved: &str) -> (String, String) {
    (on_hand.to_owned(), reserved.to_owned())
}

async fn release(
    shelf: &Shelf,
    id: ReservationId,
) -> Result<Reservation, Refusal<ReleaseReservationError>> {
    let use_case = ReleaseReservation { id, expected: None };
    shelf.books.app.execute(&shelf.books.system(), &use_case).await
}

fn not_active<T>(result: &Result<T, Refusal<MovementError>>) -> Option<ReservationStatus> {
    match result {
        Err(Refusal::Failed(MovementError::Post(PostError::ReservationNotActive {
            line: 0,
            status,
        }))) => Some(*status),
        _ => None,
    }
}

/// Every state of a reservation is read back as it was written.
pub async fn a_reservation_is_read_back_in_every_state(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let made = shelf.reserve("1.5").await.expect("ten are free");
    assert_eq!(shelf.find(made.id).await, made);
    let mut unit = shelf.store.begin().await.expect("a transaction");
    let again = unit.reservations().add(&made).await;
    assert!(matches!(again, Err(StoreError::Duplicate { field: "reservation.id" })), "{again:?}");
    drop(unit);

    let released = release(&shelf, made.id).await.expect("it stands");
    assert_eq!(shelf.find(made.id).await, released);
    let used = shelf.reserve("2").await.expect("ten are free");
    shelf.issue("0.75", Some(used.id)).await.expect("two are promised");
    let consumed = shelf.find(used.id).await;
    assert_eq!(consumed.consumed(), quantity("0.75"));
    assert_eq!(consumed.ended_at(), Some(shelf.books.clock.now()));
    assert_eq!(shelf.held().await, pair("9.25", "0"));
    let mut unit = shelf.store.begin().await.expect("a transaction");
    let ended = unit.reservations().save_all(&[consumed]).await;
    assert!(matches!(ended, Err(StoreError::Corrupt { entity: "reservation" })), "{ended:?}");
}

/// T-03: what is promised to somebody is not there for others.
pub async fn what_is_reserved_is_not_there_for_others(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let promise = shelf.reserve("7").await.expect("ten are free");

    let taken = shelf.issue("4", None).await;

    let Err(Refusal::Failed(MovementError::Post(PostError::Insufficient(shortages)))) = taken
    else {
        panic!("{taken:?}")
    };
    let [shortage] = shortages.as_slice() else { panic!("{shortages:?}") };
    assert_eq!((shortage.requested, shortage.available), (quantity("4"), quantity("3")));
    let refused = shelf.reserve("3.001").await;
    let Err(Refusal::Failed(CreateReservationError::Reserve(ReserveError::Level(
        LevelError::Insufficient(shortage),
    )))) = refused
    else {
        panic!("{refused:?}")
    };
    assert_eq!((shortage.requested, shortage.available), (quantity("3.001"), quantity("3")));
    shelf.issue("3", None).await.expect("three are free");
    assert_eq!(shelf.held().await, pair("7", "7"));
    release(&shelf, promise.id).await.expect("it stands");
    shelf.assert_sound().await;
}

/// T-04: who takes less than was promised leaves the rest free; who takes more needs it to be free.
pub async fn a_movement_keeps_a_promise_and_frees_the_rest(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let first = shelf.reserve("7").await.expect("ten are free");
    let second = shelf.reserve("2").await.expect("three are free");

    let too_much = shelf.issue("9", Some(first.id)).await;
    assert!(matches!(
        too_much,
        Err(Refusal::Failed(MovementError::Post(PostError::Insufficient(_))))
    ));
    assert_eq!(shelf.find(first.id).await, first, "nothing was half done");
    let moved = shelf.issue("5", Some(first.id)).await.expect("seven are promised");

    assert_eq!(shelf.held().await, pair("5", "2"));
    let consumed = shelf.find(first.id).await;
    assert_eq!(consumed.status(), ReservationStatus::Consumed);
    assert_eq!((consumed.quantity, consumed.consumed()), (quantity("7"), quantity("5")));
    let line = moved.content.lines.first().expect("one line");
    assert_eq!(line.reservation, Some(first.id));
    shelf.issue("4", Some(second.id)).await.expect("two are promised, two are free");
    assert_eq!(shelf.held().await, pair("1", "0"));
    assert_eq!(shelf.find(second.id).await.consumed(), quantity("2"));
    shelf.assert_sound().await;
    let kinds = shelf.events(&first.id.to_string()).await;
    assert_eq!(kinds, ["reservation.created", "reservation.consumed"]);
}

/// T-05: what has ended can be neither consumed nor released.
pub async fn what_has_ended_is_ended(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let expiring = shelf.reserve("1").await.expect("ten are free");
    shelf.books.clock.advance(DAY);
    let released = shelf.reserve("1").await.expect("ten are free");
    release(&shelf, released.id).await.expect("it stands");
    let consumed = shelf.reserve("1").await.expect("ten are free");
    shelf.issue("1", Some(consumed.id)).await.expect("one is promised");

    for (id, status) in [
        (expiring.id, ReservationStatus::Expired),
        (released.id, ReservationStatus::Released),
        (consumed.id, ReservationStatus::Consumed),
    ] {
        let before = shelf.find(id).await;
        let consuming = shelf.issue("1", Some(id)).await;
        assert_eq!(not_active(&consuming), Some(status), "{consuming:?}");
        let releasing = release(&shelf, id).await;
        let Err(Refusal::Failed(ReleaseReservationError::NotActive(said))) = releasing else {
            panic!("{releasing:?}")
        };
        assert_eq!((said, shelf.find(id).await), (status, before));
    }
    assert_eq!(shelf.held().await, pair("9", "0"));
    shelf.assert_sound().await;
}

/// A promise ends at its end, though nothing runs at that moment; whoever comes next takes it back.
pub async fn a_promise_expires_without_a_timer(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let end = shelf.books.clock.now().plus(Duration::from_mins(10));
    let short = shelf.reserve_until("7", Some(end)).await.expect("ten are free");
    let long = shelf.reserve("1").await.expect("three are free");
    shelf.books.clock.advance(Duration::from_mins(10));

    let seen = shelf.find(short.id).await;
    assert_eq!((seen.status(), seen.ended_at()), (ReservationStatus::Expired, Some(end)));
    assert_eq!(shelf.held().await, pair("10", "1"));
    assert_eq!(listed(&shelf, &[ReservationStatus::Expired]).await, [short.id]);
    assert_eq!(listed(&shelf, &[ReservationStatus::Active]).await, [long.id]);
    shelf.assert_sound().await;

    shelf.issue("9", None).await.expect("nine are free");

    assert_eq!(shelf.held().await, pair("1", "1"));
    assert_eq!(shelf.find(short.id).await, seen, "nobody sees when it was taken back");
    shelf.assert_sound().await;
    let kinds = shelf.events(&short.id.to_string()).await;
    assert_eq!(kinds, ["reservation.created", "reservation.expired"]);
}

async fn listed(shelf: &Shelf, statuses: &[ReservationStatus]) -> Vec<ReservationId> {
    let filter = ReservationFilter { statuses: statuses.to_vec(), ..Default::default() };
    let query = ListReservations { filter, page: whole() };
    let rows = shelf.books.app.ask(&shelf.books.system(), &query).await.expect("a list");
    rows.items.into_iter().map(|row| row.id).collect()
}

/// A line can only keep a promise of its own product and warehouse.
pub async fn a_promise_is_of_one_product_in_one_warehouse(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let other = shelf.books.add_warehouse("OTHER").await;
    let elsewhere = Shelf { sale: crate::Sale { warehouse: other, ..shelf.sale }, ..shelf.clone() };
    elsewhere.receive(shelf.sale.product, "5").await;
    let promise = elsewhere.reserve("5").await.expect("five are free");

    let mismatched = shelf.issue("1", Some(promise.id)).await;

    let mismatch = PostError::ReservationMismatch { line: 0 };
    assert!(
        matches!(&mismatched, Err(Refusal::Failed(MovementError::Post(error))) if *error == mismatch),
        "{mismatched:?}"
    );
    let unknown: ReservationId = super::keys::Rows::new().id();
    let unknown = shelf.issue("1", Some(unknown)).await;
    let reason = PostError::ReservationUnknown { line: 0 };
    assert!(
        matches!(&unknown, Err(Refusal::Failed(MovementError::Post(error))) if *error == reason),
        "{unknown:?}"
    );
    assert_eq!(elsewhere.find(promise.id).await, promise);
    elsewhere.assert_sound().await;
}

/// Twenty at once on fifteen pieces, ten to promise and ten to take: exactly fifteen succeed.
pub async fn promising_and_taking_at_once_never_exceeds_what_is_there(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "15").await;
    let turns = Arc::new(std::sync::atomic::AtomicUsize::new(0));

    let results = at_once(20, || {
        let shelf = shelf.clone();
        let turn = turns.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move {
            if turn.is_multiple_of(2) {
                shelf.reserve("1").await.is_ok()
            } else {
                shelf.issue("1", None).await.is_ok()
            }
        }
    })
    .await;

    assert_eq!(results.iter().filter(|ok| **ok).count(), 15);
    assert!(shelf.level().await.available().is_zero());
    shelf.assert_sound().await;
}

/// A promise is kept once, however many try.
pub async fn a_promise_is_kept_once(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "20").await;
    let id = shelf.reserve("10").await.expect("twenty are free").id;

    let results = at_once(8, || {
        let shelf = shelf.clone();
        async move { shelf.issue("1", Some(id)).await }
    })
    .await;

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    let consumed = Some(ReservationStatus::Consumed);
    let refused = results.iter().filter(|result| not_active(result) == consumed).count();
    assert_eq!(refused, 7, "{results:?}");
    assert_eq!(shelf.held().await, pair("19", "0"));
    shelf.assert_sound().await;
}

/// Lists give each reservation once in every order, and keep what matches.
pub async fn reservations_are_listed(store: Arc<dyn Store>) {
    use ReservationStatus::{Active, Consumed, Expired, Released};

    let shelf = Shelf::with(store, "100").await;
    let other = shelf.books.add_product("OTHER").await;
    shelf.receive(other, "10").await;
    let elsewhere = Shelf { sale: crate::Sale { product: other, ..shelf.sale }, ..shelf.clone() };
    let start: Timestamp = shelf.books.clock.now();
    for minutes in [30, 10, 20, 10, 40] {
        let end = start.plus(Duration::from_mins(minutes));
        shelf.reserve_until("1", Some(end)).await.expect("a hundred are free");
    }
    let gone = elsewhere.reserve("1").await.expect("ten are free");
    release(&elsewhere, gone.id).await.expect("it stands");
    shelf.books.clock.advance(Duration::from_mins(10));

    let query =
        |filter: ReservationFilter| move |page| ListReservations { filter: filter.clone(), page };
    let count = async |filter: ReservationFilter, expected: usize| {
        let key = |row: &Reservation| row.id.to_string();
        assert_whole(&shelf.books, expected, key, query(filter)).await;
    };
    let statuses = |statuses: &[ReservationStatus]| ReservationFilter {
        statuses: statuses.to_vec(),
        ..Default::default()
    };
    count(ReservationFilter::default(), 6).await;
    count(ReservationFilter { product: Some(other), ..Default::default() }, 1).await;
    let there = Some(shelf.sale.warehouse);
    count(ReservationFilter { warehouse: there, ..statuses(&[Active]) }, 3).await;
    count(statuses(&[Expired]), 2).await;
    count(statuses(&[Expired, Released]), 3).await;
    count(statuses(&[Consumed]), 0).await;
}

/// A sale keeps a promise when its goods leave; until then it stands.
pub async fn a_sale_keeps_a_promise(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let promise = shelf.reserve("7").await.expect("ten are free");
    let mut sale = shelf.sale.draft("5");
    let line = sale.lines.first_mut().expect("one line");
    line.reservation = Some(promise.id);
    let (books, actor) = (&shelf.books, shelf.books.system());
    let draft = books.app.execute(&actor, &CreateInvoice(sale.clone())).await.expect("a draft");
    assert_eq!(shelf.find(promise.id).await, promise);
    let id = draft.content.written.id;
    let found = books.app.ask(&actor, &FindInvoice { id }).await.expect("an answer");
    assert_eq!(found, Some(Invoice::Draft(Box::new(draft))));

    let issue = IssueInvoice::plainly(id);
    books.app.execute(&actor, &issue).await.expect("seven are promised");

    assert_eq!(shelf.held().await, pair("5", "0"));
    assert_eq!(shelf.find(promise.id).await.consumed(), quantity("5"));
    shelf.assert_sound().await;
    let refused = books.issue(&sale).await;
    let Err(Refusal::Failed(CreateInvoiceError::Issue(error))) = refused else {
        panic!("{refused:?}")
    };
    assert!(
        matches!(
            &*error,
            IssueInvoiceError::Stock(PostError::ReservationNotActive { line: 0, .. })
        ),
        "{error:?}"
    );
    sale.warehouse = None;
    let refused = books.app.execute(&actor, &CreateInvoice(sale)).await;
    let mismatch = LineError::ReservationMismatch;
    assert!(
        matches!(&refused, Err(Refusal::Failed(CreateInvoiceError::Line { line: 0, error })) if *error == mismatch),
        "{refused:?}"
    );
}
