//! Stocktakes: what is counted is set next to the books of that moment, and posted as one movement.

use std::sync::Arc;

use gaara_application::inventory::{
    CancelStocktake, CountRefusal, CountStock, CountStockError, FindMovement, ListLedger,
    ListStocktakeLines, PostStocktakeError, StartStocktakeError, StocktakeLockError, WrittenCount,
};
use gaara_application::{Refusal, Store};
use gaara_inventory::{
    LedgerFilter, Movement, MovementKind, MovementOwner, PostError, Progress, SettleError,
    Stocktake, StocktakeLine, StocktakeLineFilter, StocktakeScope, StocktakeState,
    StocktakeStateError, StocktakeStatus, Uncounted,
};
use gaara_kernel::{ProductId, Quantity, StocktakeId, StoreError, UnitPrice};

use super::concurrency::at_once;
use super::shelf::Shelf;
use super::store::whole;
use crate::fixtures::{quantity, unit_price};

pub(super) async fn lines(shelf: &Shelf, id: StocktakeId) -> Vec<StocktakeLine> {
    let filter = StocktakeLineFilter { stocktake: id, is_counted: None };
    let query = ListStocktakeLines { filter, page: whole() };
    let rows = shelf.books.app.ask(&shelf.books.system(), &query).await.expect("lines");
    rows.items.into_iter().map(|row| row.line).collect()
}

pub(super) async fn line_of(shelf: &Shelf, id: StocktakeId, product: ProductId) -> StocktakeLine {
    let lines = lines(shelf, id).await;
    lines.into_iter().find(|line| line.product == product).expect("it has a line")
}

/// Every state of a stocktake is read back as it was written.
pub async fn a_stocktake_is_read_back_in_every_state(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let other = shelf.books.add_product("OTHER").await;
    let mut scope = vec![shelf.sale.product, other];
    scope.sort_unstable();
    let planned = shelf.plan(StocktakeScope::Products(scope)).await;
    assert_eq!(shelf.stocktake(planned.id).await, planned);
    let mut unit = shelf.store.begin().await.expect("a transaction");
    let again = unit.stocktakes().add(&planned).await;
    assert!(matches!(again, Err(StoreError::Duplicate { field: "stocktake.id" })), "{again:?}");
    drop(unit);

    let started = shelf.start(planned.id).await.expect("nobody else counts");
    assert_eq!(started.progress, Progress { lines: 1, counted: 0 }, "OTHER was never there");
    assert_eq!(shelf.stocktake(planned.id).await, started);
    let counted = shelf.count(planned.id, &[(shelf.sale.product, "8"), (other, "0")]).await;
    let counted = counted.expect("both are in scope");
    assert_eq!(counted.progress, Progress { lines: 2, counted: 2 });
    assert_eq!(shelf.stocktake(planned.id).await, counted);
    let posted = shelf.settle(planned.id, Uncounted::Refused).await.expect("all is counted");
    assert_eq!(shelf.stocktake(planned.id).await, posted);

    let cancelled = shelf.plan(StocktakeScope::Everything).await.id;
    let cancel = CancelStocktake { id: cancelled, expected: None };
    let cancelled = shelf.books.app.execute(&shelf.books.system(), &cancel).await;
    let cancelled = cancelled.expect("a draft");
    assert_eq!(shelf.stocktake(cancelled.id).await, cancelled);
    let kinds = shelf.events(&posted.id.to_string()).await;
    assert_eq!(kinds, ["stocktake.started", "stocktake.posted"]);
    assert_eq!(shelf.events(&cancelled.id.to_string()).await, ["stocktake.cancelled"]);
}

/// T-01: book 100, counted 98, five leave, post: two are missing, 93 are there.
pub async fn what_moves_after_a_count_does_not_change_the_difference(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "100").await;
    let id = shelf.counting().await.id;
    shelf.count(id, &[(shelf.sale.product, "98")]).await.expect("it is in scope");
    shelf.issue("5", None).await.expect("a hundred are there");

    let posted = shelf.settle(id, Uncounted::Refused).await.expect("all is counted");

    assert_eq!(shelf.level().await.on_hand(), quantity("93"));
    let line = line_of(&shelf, id, shelf.sale.product).await;
    assert_eq!((line.expected, line.delta()), (quantity("100"), Some(quantity("-2"))));
    let StocktakeState::Posted { movement: Some(movement), .. } = posted.state else {
        panic!("{posted:?}")
    };
    let query = FindMovement { id: movement };
    let movement = shelf.books.app.ask(&shelf.books.system(), &query).await.expect("an answer");
    let Some(Movement::Posted(movement)) = movement else { panic!("{movement:?}") };
    assert_eq!(movement.content.kind, MovementKind::Adjustment);
    assert_eq!(movement.content.owner, Some(MovementOwner::Stocktake(id)));
    let quantities: Vec<Quantity> =
        movement.content.lines.iter().map(|line| line.base_quantity).collect();
    assert_eq!(quantities, [quantity("-2")]);
}

/// T-02: a difference is that of the count, and a line that nobody counted keeps what it has.
pub async fn a_line_that_nobody_counted_stays_when_that_is_meant(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "1").await;
    let other = shelf.books.add_product_by("OTHER", "KG").await;
    shelf.receive(other, "2.5").await;
    let id = shelf.counting().await.id;
    shelf.count(id, &[(shelf.sale.product, "3")]).await.expect("it is in scope");
    shelf.receive(shelf.sale.product, "1").await;
    shelf.receive(other, "1.3").await;

    let refused = shelf.settle(id, Uncounted::Refused).await;
    let Err(Refusal::Failed(PostStocktakeError::Settle(SettleError::Incomplete { uncounted }))) =
        refused
    else {
        panic!("{refused:?}")
    };
    assert_eq!(uncounted, 1);
    shelf.settle(id, Uncounted::Kept).await.expect("the rest is kept");

    assert_eq!(shelf.books.on_hand(shelf.sale.product).await, "4", "1 + 1 received + 2 found");
    assert_eq!(shelf.books.on_hand(other).await, "3.8");
    assert_eq!(line_of(&shelf, id, other).await.count, None);
    let kept = shelf.stocktake(id).await;
    assert_eq!(kept.progress, Progress { lines: 2, counted: 1 });
}

/// What nobody counted can be taken for nothing: as it is when posting, not as it was at the start.
pub async fn a_line_that_nobody_counted_becomes_nothing_when_that_is_meant(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let id = shelf.counting().await.id;
    shelf.receive(shelf.sale.product, "2").await;

    let posted = shelf.settle(id, Uncounted::Zeroed).await.expect("nothing is promised");

    assert_eq!(shelf.level().await.on_hand(), Quantity::ZERO);
    assert_eq!(posted.progress, Progress { lines: 1, counted: 1 });
    let line = line_of(&shelf, id, shelf.sale.product).await;
    assert_eq!((line.expected, line.delta()), (quantity("12"), Some(quantity("-12"))));
}

/// What the books said at a count is the sum of the ledger up to the sequence that stands there.
pub async fn the_books_of_a_count_are_the_ledger_up_to_its_sequence(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let other = shelf.books.add_product("OTHER").await;
    shelf.receive(other, "50").await;
    let never = shelf.books.add_product("NEVER").await;
    let id = shelf.counting().await.id;

    let moving = at_once(12, || {
        let shelf = shelf.clone();
        async move { shelf.receive(shelf.sale.product, "1").await.posted_at }
    });
    let counting = async {
        let counts = [(shelf.sale.product, "7"), (other, "49"), (never, "0")];
        shelf.count(id, &counts).await.expect("all are in scope")
    };
    tokio::join!(moving, counting);

    for line in lines(&shelf, id).await {
        let count = line.count.expect("it is counted");
        let filter = LedgerFilter {
            product: Some(line.product),
            warehouse: Some(shelf.sale.warehouse),
            ..LedgerFilter::default()
        };
        let query = ListLedger { filter, page: whole() };
        let ledger = shelf.books.app.ask(&shelf.books.system(), &query).await.expect("a ledger");
        let before = ledger.items.iter().filter(|row| row.sequence <= count.sequence);
        let sum = before.map(|row| row.entry.quantity).try_fold(Quantity::ZERO, Quantity::plus);
        assert_eq!(sum, Ok(line.expected), "{line:?}");
    }
    assert_eq!(line_of(&shelf, id, never).await.count.expect("counted").sequence, 0);
}

/// A product in a warehouse is counted by one stocktake at a time, even if two start at once.
pub async fn two_stocktakes_never_count_the_same(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let later = shelf.books.add_product("LATER").await;
    let (one, two) = (
        shelf.plan(StocktakeScope::Everything).await.id,
        shelf.plan(StocktakeScope::Products(vec![shelf.sale.product])).await.id,
    );
    let ids = Arc::new(std::sync::Mutex::new(vec![one, two]));

    let results = at_once(2, || {
        let shelf = shelf.clone();
        let id = ids.lock().expect("nothing panics").pop().expect("two ids");
        async move { shelf.start(id).await }
    })
    .await;

    let overlaps = |result: &&Result<Stocktake, _>| {
        matches!(result, Err(Refusal::Failed(StartStocktakeError::Overlaps)))
    };
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert_eq!(results.iter().filter(overlaps).count(), 1, "{results:?}");
    let counting = results.into_iter().find_map(Result::ok).expect("one").id;
    let waiting = if counting == one { two } else { one };
    assert_eq!(shelf.stocktake(waiting).await.status(), StocktakeStatus::Draft);
    assert_eq!(lines(&shelf, waiting).await, []);

    let cancel = CancelStocktake { id: counting, expected: None };
    shelf.books.app.execute(&shelf.books.system(), &cancel).await.expect("it counts");
    let free = shelf.start(waiting).await.expect("what was given up is in nobody's way");
    assert_eq!(free.progress.lines, 1);

    // What has never been there belongs to whoever counts it first.
    let (a, b) = (
        shelf.plan(StocktakeScope::Products(vec![later])).await.id,
        shelf.plan(StocktakeScope::Products(vec![later])).await.id,
    );
    shelf.start(a).await.expect("it has no lines");
    shelf.start(b).await.expect("it has no lines");
    shelf.count(a, &[(later, "0")]).await.expect("it is in scope");
    let second = shelf.count(b, &[(later, "0")]).await;
    assert!(matches!(second, Err(Refusal::Failed(CountStockError::Overlaps))), "{second:?}");
    shelf.settle(a, Uncounted::Refused).await.expect("all is counted");
    shelf.count(b, &[(later, "0")]).await.expect("the other one is posted");
}

/// Counting answers to its scope and version, and changes nothing when it is refused.
pub async fn a_count_is_of_what_is_in_scope(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let other = shelf.books.add_product("OTHER").await;
    let product = shelf.sale.product;
    let id = shelf.plan(StocktakeScope::Products(vec![product])).await.id;
    let early = shelf.count(id, &[(product, "1")]).await;
    let draft = StocktakeStateError(StocktakeStatus::Draft);
    assert!(
        matches!(&early, Err(Refusal::Failed(CountStockError::Lock(StocktakeLockError::State(state)))) if *state == draft)
    );
    let started = shelf.start(id).await.expect("nobody else counts");

    let stray = shelf.count(id, &[(product, "9"), (other, "1")]).await;
    assert!(matches!(
        stray,
        Err(Refusal::Failed(CountStockError::Refused {
            index: 1,
            refusal: CountRefusal::NotInScope
        }))
    ));
    let twice = shelf.count(id, &[(product, "9"), (product, "8")]).await;
    assert!(matches!(
        twice,
        Err(Refusal::Failed(CountStockError::Refused {
            index: 1,
            refusal: CountRefusal::Repeated
        }))
    ));
    assert_eq!(shelf.stocktake(id).await, started);
    let first = shelf.count(id, &[(product, "9")]).await.expect("it is in scope");
    let stale = shelf.count_on(started.version, id, &[(product, "8")]).await;
    let Err(Refusal::Failed(CountStockError::Lock(StocktakeLockError::Stale { current }))) = stale
    else {
        panic!("{stale:?}")
    };
    assert_eq!(current, first.version);
    let again = shelf.count(id, &[(product, "8")]).await.expect("counts can be changed");
    assert_eq!(again.progress, Progress { lines: 1, counted: 1 });
    assert_eq!(line_of(&shelf, id, product).await.delta(), Some(quantity("-2")));
}

/// A loss never takes what is promised, and a stocktake that is refused still counts.
pub async fn a_difference_never_takes_what_is_promised(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let promise = shelf.reserve("8").await.expect("ten are free");
    let id = shelf.counting().await.id;
    let counted = shelf.count(id, &[(shelf.sale.product, "7")]).await.expect("it is in scope");

    let refused = shelf.settle(id, Uncounted::Refused).await;

    let Err(Refusal::Failed(PostStocktakeError::Post(PostError::Insufficient(shortages)))) =
        refused
    else {
        panic!("{refused:?}")
    };
    let [shortage] = shortages.as_slice() else { panic!("{shortages:?}") };
    assert_eq!((shortage.requested, shortage.available), (quantity("3"), quantity("2")));
    assert_eq!(shelf.stocktake(id).await, counted);
    shelf.books.clock.advance(std::time::Duration::from_hours(24));
    shelf.settle(id, Uncounted::Refused).await.expect("the promise has expired");
    assert_eq!(shelf.held().await, ("7".to_owned(), "0".to_owned()));
    assert_eq!(shelf.find(promise.id).await.version.number(), 2);
    shelf.assert_sound().await;
}

/// More than the books say, where they know no cost, takes the cost of the count.
pub async fn a_gain_needs_a_cost(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let found = shelf.books.add_product("FOUND").await;
    let id = shelf.plan(StocktakeScope::Products(vec![found])).await.id;
    shelf.start(id).await.expect("nobody else counts");
    let count = async |unit_cost: Option<UnitPrice>| {
        let count = WrittenCount { product: found, quantity: quantity("3"), unit: None, unit_cost };
        let expected = shelf.stocktake(id).await.version;
        let use_case = CountStock { id, expected, counts: vec![count] };
        shelf.books.app.execute(&shelf.books.system(), &use_case).await.expect("it is in scope");
    };
    count(None).await;
    let refused = shelf.settle(id, Uncounted::Refused).await;
    let Err(Refusal::Failed(PostStocktakeError::Settle(SettleError::CostRequired { product }))) =
        refused
    else {
        panic!("{refused:?}")
    };
    assert_eq!(product, found);

    count(Some(unit_price("2.50"))).await;
    shelf.settle(id, Uncounted::Refused).await.expect("the count says what it is worth");

    assert_eq!(shelf.books.on_hand(found).await, "3");
    let line = line_of(&shelf, id, found).await;
    assert_eq!(line.count.expect("counted").unit_cost, Some(unit_price("2.5")));
}

/// A stocktake is posted once, however many try.
pub async fn a_stocktake_is_posted_once(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let id = shelf.counting().await.id;
    shelf.count(id, &[(shelf.sale.product, "8")]).await.expect("it is in scope");

    let results = at_once(6, || {
        let shelf = shelf.clone();
        async move { shelf.settle(id, Uncounted::Refused).await }
    })
    .await;

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert_eq!(shelf.level().await.on_hand(), quantity("8"));
}
