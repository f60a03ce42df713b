//! Lists of stock: levels as of a day, the ledger, and movements.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Store;
use gaara_application::inventory::{ListLedger, ListLevels, ListMovements};
use gaara_inventory::{
    DraftMovement, LedgerFilter, LedgerSort, LedgerView, LevelFilter, LevelView, Movement,
    MovementFilter, MovementKind, MovementOwner, MovementStatus, PostedMovement, StockKey,
    StockLevel,
};
use gaara_kernel::{Date, Quantity, Sort};

use super::lists::{assert_whole, walk};
use super::stock::Stock;
use super::store::whole;
use crate::fixtures::{currency, date, money, quantity};
use crate::harness::Harness;

/// Receipts, issues, a transfer and a revaluation over four days: eleven entries.
async fn moved(books: &Stock) -> Vec<PostedMovement> {
    let (a, elsewhere, b) = (books.key(0, 0), books.key(0, 1), books.key(1, 0));
    let mut moved = Vec::new();
    for (key, day, count) in [
        (a, "2026-11-17", "10"),
        (b, "2026-11-17", "20"),
        (elsewhere, "2026-11-18", "5"),
        (a, "2026-11-19", "7"),
    ] {
        moved.push(books.moved(MovementKind::Receipt, day, key, count, count).await);
    }
    // Written last, and yet for an early day.
    moved.push(books.moved(MovementKind::Issue, "2026-11-17", a, "-1", "-1").await);
    moved.push(books.moved(MovementKind::Issue, "2026-11-20", b, "-3", "-3").await);
    let transfer = books.posted(
        books.content(MovementKind::Transfer),
        "2026-11-20",
        &[
            (0, a, "-2", "-2", "0"),
            (0, elsewhere, "2", "2.50", "-0.50"),
            (1, a, "-1", "-1", "0"),
            (1, elsewhere, "1", "1", "0"),
        ],
    );
    books.add(&transfer).await;
    moved.push(transfer);
    moved.push(books.moved(MovementKind::Revaluation, "2026-11-18", b, "0", "-4").await);
    moved
}

fn every_ledger_filter(books: &Stock, transfer: &PostedMovement) -> Vec<LedgerFilter> {
    let some = |condition: usize, bit: usize| condition & (1 << bit) != 0;
    (0..32)
        .map(|choice| LedgerFilter {
            product: some(choice, 0).then(|| books.key(0, 0).product),
            warehouse: some(choice, 1).then(|| books.key(0, 1).warehouse),
            movement: some(choice, 2).then_some(transfer.content.id),
            date_from: some(choice, 3).then(|| date("2026-11-18")),
            date_to: some(choice, 4).then(|| date("2026-11-19")),
        })
        .collect()
}

fn is_in(row: &LedgerView, filter: &LedgerFilter) -> bool {
    filter.product.is_none_or(|product| product == row.entry.key.product)
        && filter.warehouse.is_none_or(|warehouse| warehouse == row.entry.key.warehouse)
        && filter.movement.is_none_or(|movement| movement == row.movement)
        && filter.date_from.is_none_or(|from| row.effective_date >= from)
        && filter.date_to.is_none_or(|to| row.effective_date <= to)
}

/// Every entry stands in the order in which it was written, and each filter keeps what matches,
/// page by page, forwards and backwards.
pub async fn the_ledger_is_walked_both_ways_under_every_filter(store: Arc<dyn Store>) {
    let stock = Stock::new(Arc::clone(&store)).await;
    let moved = moved(&stock).await;
    let books = Harness::new(store);
    let query = ListLedger { filter: LedgerFilter::default(), page: whole() };
    let all = books.app.ask(&books.system(), &query).await.expect("a page").items;

    let written = moved.iter().flat_map(|movement| {
        let content = &movement.content;
        movement.entries.iter().map(|entry| {
            (*entry, content.id, content.kind, movement.effective_date, movement.posted_at)
        })
    });
    let told = all
        .iter()
        .map(|row| (row.entry, row.movement, row.kind, row.effective_date, row.posted_at));
    assert_eq!(told.collect::<Vec<_>>(), written.collect::<Vec<_>>());
    let transfer = moved.get(6).expect("the transfer");
    for filter in every_ledger_filter(&stock, transfer) {
        let expected = all.iter().filter(|row| is_in(row, &filter));
        let expected: Vec<String> = expected.map(|row| row.sequence.to_string()).collect();
        let sequence = |row: &LedgerView| row.sequence.to_string();
        let list = |page| ListLedger { filter: filter.clone(), page };
        assert_whole(&books, expected.len(), sequence, list).await;
        for sort in [Sort::natural(), Sort::parse("sequence").expect("a field of the list")] {
            let keys = walk::<LedgerSort, _, _>(&books, &sort, sequence, list).await;
            assert_eq!(keys, expected, "{filter:?}");
        }
    }
}

async fn open_level(books: &Stock, key: StockKey, on_hand: &str) {
    let (on_hand, value) = (quantity(on_hand), money("1"));
    let level = StockLevel::from_stored(key, on_hand, Quantity::ZERO, value, None);
    let mut transaction = books.begin().await;
    transaction.stock().lock_levels(&[key], currency("SAR")).await.expect("levels");
    transaction.stock().save_levels(&[level.expect("sound")]).await.expect("it was locked");
    transaction.commit().await.expect("a commit");
}

/// What was on hand at the end of a day leaves out what counts for later days, whenever it was
/// written.
pub async fn levels_as_of_a_day_leave_out_what_came_later(store: Arc<dyn Store>) {
    let stock = Stock::new(Arc::clone(&store)).await;
    moved(&stock).await;
    let (a, elsewhere, b) = (stock.key(0, 0), stock.key(0, 1), stock.key(1, 0));
    for (key, on_hand) in [(a, "13"), (elsewhere, "8"), (b, "17")] {
        open_level(&stock, key, on_hand).await;
    }
    let books = Harness::new(store);
    let as_of = async |day: Option<Date>, key: StockKey| {
        let filter = LevelFilter { product: Some(key.product), as_of: day, ..Default::default() };
        let query = ListLevels { filter, page: whole() };
        let rows = books.app.ask(&books.system(), &query).await.expect("a page").items;
        let row = rows.into_iter().find(|row| row.level.key() == key).expect("the level");
        row.on_hand_as_of.map(|quantity| quantity.to_string())
    };

    for (day, expected) in [
        ("2026-11-16", ["0", "0", "0"]),
        ("2026-11-17", ["9", "0", "20"]),
        ("2026-11-18", ["9", "5", "20"]),
        ("2026-11-19", ["16", "5", "20"]),
        ("2026-11-20", ["13", "8", "17"]),
        ("2027-01-01", ["13", "8", "17"]),
    ] {
        for (key, expected) in [a, elsewhere, b].into_iter().zip(expected) {
            assert_eq!(as_of(Some(date(day)), key).await.as_deref(), Some(expected), "{day}");
        }
    }
    assert_eq!(as_of(None, a).await, None);
    let list = |page| ListLevels {
        filter: LevelFilter { as_of: Some(date("2026-11-18")), ..Default::default() },
        page,
    };
    assert_whole(&books, 3, |row: &LevelView| format!("{:?}", row.level.key()), list).await;
}

/// Movements in every state, each saved a second after the one before.
async fn in_every_state(books: &Stock) -> Vec<Movement> {
    let mut all: Vec<Movement> = moved(books).await.into_iter().map(Movement::Posted).collect();
    for number in 0..4 {
        let content = books.content(MovementKind::Adjustment);
        let updated_at = content.created_at.plus(Duration::from_secs(number));
        let mut draft = DraftMovement { updated_at, ..books.draft(content) };
        if number == 0 {
            draft.content.effective_date = None;
            draft.content.owner = Some(MovementOwner::Stocktake(books.stocktake().await));
        }
        books.add_draft(&draft).await;
        if number < 3 {
            all.push(Movement::Draft(draft));
            continue;
        }
        let cancelled = draft.cancel(updated_at.plus(Duration::from_secs(1)));
        let mut transaction = books.begin().await;
        transaction.movements().save_cancelled(&cancelled).await.expect("it was a draft");
        transaction.commit().await.expect("a commit");
        all.push(Movement::Cancelled(cancelled));
    }
    all
}

/// Movements are listed whole, in every order and by every filter.
pub async fn movements_are_listed_by_every_filter(store: Arc<dyn Store>) {
    let stock = Stock::new(Arc::clone(&store)).await;
    let all = in_every_state(&stock).await;
    let books = Harness::new(store);
    let none = MovementFilter::default;
    let (main, shop) = (stock.key(0, 0).warehouse, stock.key(0, 1).warehouse);
    let second = stock.rows.now.plus(Duration::from_secs(1));

    let filters: [(MovementFilter, usize); 14] = [
        (none(), 12),
        (MovementFilter { kinds: vec![MovementKind::Receipt], ..none() }, 4),
        (MovementFilter { kinds: vec![MovementKind::Issue, MovementKind::Transfer], ..none() }, 3),
        (MovementFilter { statuses: vec![MovementStatus::Draft], ..none() }, 3),
        (MovementFilter { statuses: vec![MovementStatus::Posted], ..none() }, 8),
        (MovementFilter { statuses: vec![MovementStatus::Reversed], ..none() }, 0),
        (
            MovementFilter {
                statuses: vec![MovementStatus::Cancelled, MovementStatus::Posted],
                ..none()
            },
            9,
        ),
        (MovementFilter { warehouse: Some(main), ..none() }, 11),
        (MovementFilter { warehouse: Some(shop), ..none() }, 2),
        (MovementFilter { product: Some(stock.key(1, 0).product), ..none() }, 3),
        (MovementFilter { date_from: Some(date("2026-11-19")), ..none() }, 6),
        (MovementFilter { date_to: Some(date("2026-11-17")), ..none() }, 3),
        (MovementFilter { updated_since: Some(second), ..none() }, 3),
        (MovementFilter { invoice: Some(stock.rows.id()), ..none() }, 0),
    ];
    let id = |movement: &Movement| movement.content().id.to_string();
    for (filter, expected) in filters {
        let list = |page| ListMovements { filter: filter.clone(), page };
        assert_whole(&books, expected, id, list).await;
    }
    let query = ListMovements { filter: none(), page: whole() };
    let listed = books.app.ask(&books.system(), &query).await.expect("a page").items;
    let mut expected = all;
    expected.sort_by_key(|movement| movement.content().id);
    assert_eq!(listed, expected);
}

/// The goods of an invoice are found by the invoice.
pub async fn the_movement_of_an_invoice_is_found_by_it(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    books.issue(&sale.draft("1")).await.expect("goods are there");
    let issued = books.issue(&sale.draft("2")).await.expect("goods are there");

    let invoice = issued.content.written.id;
    let filter = MovementFilter { invoice: Some(invoice), ..MovementFilter::default() };
    let query = ListMovements { filter, page: whole() };
    let listed = books.app.ask(&books.system(), &query).await.expect("a page").items;

    let [Movement::Posted(movement)] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!(movement.content.owner, Some(MovementOwner::Invoice(invoice)));
    let taken: Vec<String> =
        movement.entries.iter().map(|entry| entry.quantity.to_string()).collect();
    assert_eq!(taken, ["-2"]);
}
