//! Movements of every kind, in every state.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Store;
use gaara_inventory::{
    DraftMovement, Movement, MovementContent, MovementKind, MovementOwner, PostedMovement,
    Returned, StockKey,
};
use gaara_kernel::{Date, MovementId, StoreError};

use super::stock::{Stock, assert_corrupt};
use crate::fixtures::date;

/// What a movement of this kind does to the first product, as the schema allows it.
fn posted(books: &Stock, content: MovementContent) -> PostedMovement {
    let (here, there) = (books.key(0, 0), books.key(0, 1));
    let day = "2026-11-19";
    match content.kind {
        MovementKind::Transfer => books.posted(
            content,
            day,
            &[
                (0, here, "-24", "-25.00", "0"),
                (0, there, "24", "25.00", "0"),
                (1, here, "-36", "-37.50", "0"),
                (1, there, "36", "37.50", "0"),
            ],
        ),
        MovementKind::Revaluation => books.posted(content, day, &[(0, here, "0", "-3.20", "3.20")]),
        MovementKind::Issue | MovementKind::SupplierReturn => books.posted(
            content,
            day,
            &[(0, here, "-24", "-25.00", "-0.01"), (1, here, "-36", "-37.50", "0")],
        ),
        _ => books.posted(
            content,
            day,
            &[(0, here, "24", "25.00", "0.01"), (1, here, "36", "37.50", "0")],
        ),
    }
}

fn later(draft: &DraftMovement, content: MovementContent) -> DraftMovement {
    DraftMovement {
        content,
        updated_at: draft.updated_at.plus(Duration::from_millis(5)),
        version: draft.version.next(),
    }
}

/// A draft of every kind is written, changed and posted, and reads back as it is each time.
pub async fn a_movement_of_every_kind_is_read_back(store: Arc<dyn Store>) {
    let books = Stock::new(store).await;
    let issue = books.moved(MovementKind::Issue, "2026-11-18", books.key(0, 0), "-9", "-9").await;
    for kind in MovementKind::ALL {
        let mut content = books.content(kind);
        content.origin = kind.origin().map(|_| issue.content.id);
        content.owner = Some(MovementOwner::Stocktake(books.stocktake().await));
        let draft = books.draft(content.clone());
        books.add_draft(&draft).await;
        let id = content.id;
        assert_eq!(books.found(id).await, Some(Movement::Draft(draft.clone())), "{kind:?}");

        content.lines = vec![books.line("4"), books.line("5"), books.line("6")];
        (content.note, content.owner, content.effective_date) = (None, None, None);
        let draft = later(&draft, content);
        let mut transaction = books.begin().await;
        assert!(transaction.movements().lock(id).await.expect("it reads").is_some());
        transaction.movements().save(&draft).await.expect("a draft can be changed");
        transaction.commit().await.expect("a commit");
        assert_eq!(books.found(id).await, Some(Movement::Draft(draft.clone())), "{kind:?}");

        let mut content = draft.content.clone();
        content.lines.truncate(2);
        let version = draft.version.next();
        let posted = PostedMovement { version, ..posted(&books, content) };
        let mut transaction = books.begin().await;
        transaction.movements().save_posted(&posted).await.expect("a draft can be posted");
        transaction.commit().await.expect("a commit");
        assert_eq!(books.found(id).await, Some(Movement::Posted(posted.clone())), "{kind:?}");
        let mut transaction = books.begin().await;
        let locked = transaction.movements().lock(id).await.expect("it reads");
        assert_eq!(locked, Some(Movement::Posted(posted)), "{kind:?}");
    }
}

/// A draft that is given up stays, with what was written in it.
pub async fn a_cancelled_draft_is_read_back(store: Arc<dyn Store>) {
    let books = Stock::new(store).await;
    let draft = books.draft(books.content(MovementKind::Adjustment));
    books.add_draft(&draft).await;
    let cancelled = draft.clone().cancel(draft.updated_at.plus(Duration::from_secs(1)));

    let mut transaction = books.begin().await;
    transaction.movements().save_cancelled(&cancelled).await.expect("a draft can be given up");
    transaction.commit().await.expect("a commit");

    let found = books.found(draft.content.id).await;
    assert_eq!(found, Some(Movement::Cancelled(cancelled)));
    assert_eq!(books.found(books.rows.id()).await, None);
}

/// The movement and the one that undoes it.
fn reversal(books: &Stock, posted: &PostedMovement) -> (PostedMovement, PostedMovement) {
    let undoing: MovementId = books.rows.id();
    let mirrored = posted.entries.iter().map(|entry| gaara_inventory::LedgerEntry {
        quantity: entry.quantity.negated(),
        value: entry.value.negated(),
        variance: entry.variance.negated(),
        ..*entry
    });
    let undoing = PostedMovement {
        content: MovementContent { id: undoing, ..posted.content.clone() },
        entries: mirrored.collect(),
        reverses: Some(posted.content.id),
        ..posted.clone()
    };
    let undone = PostedMovement {
        reversed_by: Some(undoing.content.id),
        updated_at: posted.updated_at.plus(Duration::from_millis(7)),
        version: posted.version.next(),
        ..posted.clone()
    };
    (undoing, undone)
}

async fn reverse(books: &Stock, posted: &PostedMovement) -> (PostedMovement, PostedMovement) {
    let (undoing, undone) = reversal(books, posted);
    let mut transaction = books.begin().await;
    transaction.movements().add_posted(&undoing).await.expect("a reversal");
    transaction.movements().save_reversed(&undone).await.expect("it was posted");
    transaction.commit().await.expect("a commit");
    (undoing, undone)
}

/// A reversal and what it undoes name each other, and a second one is refused by name.
pub async fn a_movement_is_reversed_once(store: Arc<dyn Store>) {
    let books = Stock::new(store).await;
    let first = posted(&books, books.content(MovementKind::Transfer));
    books.add(&first).await;

    let (undoing, undone) = reverse(&books, &first).await;

    assert_eq!(books.found(undoing.content.id).await, Some(Movement::Posted(undoing)));
    assert_eq!(books.found(undone.content.id).await, Some(Movement::Posted(undone)));
    let (again, _) = reversal(&books, &first);
    let mut transaction = books.begin().await;
    let result = transaction.movements().add_posted(&again).await;
    let field = "movement.reverses";
    assert!(matches!(result, Err(StoreError::Duplicate { field: told }) if told == field));
    drop(transaction);
    let mut transaction = books.begin().await;
    let result = transaction.movements().add_posted(&first).await;
    assert!(matches!(result, Err(StoreError::Duplicate { field: "movement.id" })), "{result:?}");
    drop(transaction);
    let mut transaction = books.begin().await;
    let result = transaction.movements().add(&books.draft(first.content)).await;
    assert!(matches!(result, Err(StoreError::Duplicate { field: "movement.id" })), "{result:?}");
}

/// Expects a save of something that is not there in the state it should be in.
macro_rules! refuses {
    ($books:expr, $save:ident, $movement:expr) => {{
        let mut transaction = $books.begin().await;
        assert_corrupt(&transaction.movements().$save($movement).await, "movement");
    }};
}

/// Only a draft is changed, posted or given up, and only what stands posted is reversed.
pub async fn a_movement_is_saved_only_from_the_state_before(store: Arc<dyn Store>) {
    let books = Stock::new(store).await;
    let absent = books.draft(books.content(MovementKind::Receipt));
    let draft = books.draft(books.content(MovementKind::Receipt));
    books.add_draft(&draft).await;
    let first = posted(&books, books.content(MovementKind::Receipt));
    books.add(&first).await;

    for other in [&absent.content, &first.content] {
        let other = books.draft(other.clone());
        refuses!(books, save, &other);
        refuses!(books, save_posted, &posted(&books, other.content.clone()));
        refuses!(books, save_cancelled, &other.clone().cancel(other.updated_at));
    }
    let reversed_by = Some(first.content.id);
    for content in [&absent.content, &draft.content] {
        let posted = posted(&books, content.clone());
        refuses!(books, save_reversed, &PostedMovement { reversed_by, ..posted });
    }
    let (_, undone) = reverse(&books, &first).await;
    refuses!(books, save_reversed, &undone);
    assert_eq!(books.found(draft.content.id).await, Some(Movement::Draft(draft)));
}

async fn returned(books: &Stock, origin: MovementId) -> Vec<(StockKey, String, String)> {
    let mut transaction = books.begin().await;
    let rows: Vec<Returned> =
        transaction.movements().returned(origin).await.expect("returns can be read");
    let place = |product| StockKey { product, ..books.key(0, 0) };
    let told = |row: Returned| (place(row.product), row.quantity.to_string(), row.amount.amount());
    let mut told: Vec<_> = rows.into_iter().map(told).collect();
    told.sort();
    told
}

/// What came back is added up by product, value and variance together; a return that was
/// reversed, a draft and the returns of another movement do not count.
pub async fn what_came_back_is_added_up(store: Arc<dyn Store>) {
    let books = Stock::new(store).await;
    let (a, b) = (books.key(0, 0), books.key(1, 0));
    let issue = books.moved(MovementKind::Issue, "2026-11-18", a, "-30", "-30").await;
    let other = books.moved(MovementKind::Issue, "2026-11-18", a, "-30", "-30").await;
    let back = |origin: &PostedMovement| MovementContent {
        origin: Some(origin.content.id),
        ..books.content(MovementKind::CustomerReturn)
    };
    assert_eq!(returned(&books, issue.content.id).await, []);

    let day = "2026-11-19";
    let one =
        books.posted(back(&issue), day, &[(0, a, "2", "1.50", "0.50"), (1, b, "1", "7", "0")]);
    let two = books.posted(back(&issue), day, &[(0, a, "3", "3.00", "-0.25")]);
    let foreign = books.posted(back(&other), day, &[(0, a, "5", "5.00", "0")]);
    for movement in [&one, &two, &foreign] {
        books.add(movement).await;
    }
    books.add_draft(&books.draft(back(&issue))).await;
    let told = |key, quantity: &str, amount: &str| (key, quantity.to_owned(), amount.to_owned());
    let all = [told(a, "5", "4.75"), told(b, "1", "7.00")];
    assert_eq!(returned(&books, issue.content.id).await, all);

    reverse(&books, &one).await;
    let left = [told(a, "3", "2.75"), told(b, "0", "0.00")];
    assert_eq!(returned(&books, issue.content.id).await, left);
    assert_eq!(returned(&books, other.content.id).await, [told(a, "5", "5.00")]);
}

/// What moved is added up by level and day, after a day, and a day that comes to nothing is
/// left out.
pub async fn changes_are_added_up_by_day(store: Arc<dyn Store>) {
    let books = Stock::new(store).await;
    let (a, elsewhere, b) = (books.key(0, 0), books.key(0, 1), books.key(1, 0));
    for (key, day, amount) in [
        (a, "2026-11-17", "100"),
        (a, "2026-11-18", "1"),
        (a, "2026-11-19", "2.5"),
        (a, "2026-11-19", "4"),
        (b, "2026-11-19", "8"),
        (a, "2026-11-20", "16"),
        (elsewhere, "2026-11-20", "32"),
    ] {
        books.moved(MovementKind::Receipt, day, key, amount, "1").await;
    }
    books.moved(MovementKind::Issue, "2026-11-20", a, "-16", "-1").await;
    books.moved(MovementKind::Issue, "2026-11-21", a, "-64", "-1").await;
    books.moved(MovementKind::Revaluation, "2026-11-22", a, "0", "-1").await;

    let mut transaction = books.begin().await;
    let mut keys = [a, b];
    keys.sort_unstable();
    let after: Date = date("2026-11-18");
    let changes = transaction.stock().daily_changes(&keys, after).await.expect("an answer");

    let mut told: Vec<(StockKey, String, String)> = changes
        .into_iter()
        .map(|change| (change.key, change.date.to_string(), change.quantity.to_string()))
        .collect();
    told.sort();
    let said = |key, day: &str, amount: &str| (key, day.to_owned(), amount.to_owned());
    let mut expected =
        [said(a, "2026-11-19", "6.5"), said(a, "2026-11-21", "-64"), said(b, "2026-11-19", "8")];
    expected.sort();
    assert_eq!(told, expected);
    let none = transaction.stock().daily_changes(&[], after).await.expect("an answer");
    assert_eq!(none, []);
}
