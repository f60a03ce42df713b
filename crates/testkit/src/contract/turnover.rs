//! Days on which more moves than a number can add up on its way to the result.

use std::sync::Arc;

use gaara_application::inventory::{CreateAndPostMovement, ListLevels, MovementError};
use gaara_application::{Refusal, Store};
use gaara_inventory::{LevelFilter, PostError};
use gaara_kernel::Quantity;

use super::store::whole;
use crate::fixtures::{date, quantity, unit_price};
use crate::harness::Harness;

/// The most that one level holds.
const MOST: &str = "1000000000000";

fn at(day: &str, mut movement: CreateAndPostMovement) -> CreateAndPostMovement {
    movement.0.effective_date = Some(date(day));
    for line in &mut movement.0.lines {
        line.unit_cost = line.unit_cost.map(|_| unit_price("0"));
    }
    movement
}

async fn on_hand(books: &Harness, day: &str) -> Quantity {
    let filter = LevelFilter { as_of: Some(date(day)), ..LevelFilter::default() };
    let query = ListLevels { filter, page: whole() };
    let levels = books.app.ask(&books.system(), &query).await.expect("levels can be told").items;
    let [level] = levels.as_slice() else { panic!("{levels:?}") };
    level.on_hand_as_of.expect("a day was asked for")
}

/// Ten times the most comes and goes on one day: 64 bits do not hold either sum, and it comes to
/// nothing. What would leave too much on an earlier day is refused, so that every day can be told.
pub async fn however_much_moves_every_day_can_be_told(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let (product, warehouse) = (books.add_product("A").await, books.add_warehouse("MAIN").await);
    let receipt = |day, count| at(day, Harness::receipt(product, warehouse, quantity(count)));
    let issue = |day, count| at(day, Harness::issue_of(product, warehouse, quantity(count)));
    let post = async |movement| books.app.execute(&books.system(), &movement).await;
    post(receipt("2026-11-10", "5")).await.expect("there is room");
    post(issue("2026-11-20", "5")).await.expect("they are there");
    for _ in 0..10 {
        post(receipt("2026-11-20", MOST)).await.expect("there is room");
        post(issue("2026-11-20", MOST)).await.expect("they are there");
    }

    assert_eq!(on_hand(&books, "2026-11-19").await, quantity("5"));
    assert_eq!(on_hand(&books, "2026-11-20").await, quantity("0"));
    post(receipt("2026-11-10", "1")).await.expect("there was room");
    post(issue("2026-11-12", "1")).await.expect("it was there");

    let refused = post(receipt("2026-11-19", MOST)).await.expect_err("five are there that day");
    let Refusal::Failed(MovementError::Post(error)) = refused else { panic!("{refused:?}") };
    assert_eq!(error, PostError::OutOfRange);
    assert_eq!(on_hand(&books, "2026-11-19").await, quantity("5"));
}
