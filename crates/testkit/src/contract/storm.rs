//! Many who move stock at once: nothing is oversold, nothing is lost, and no deadlock is anybody's
//! to deal with.

use std::sync::Arc;

use gaara_application::inventory::{
    CountStock, CreateAndPostMovement, CreateStocktake, FindMovement, FindStocktake, MovementError,
    PostStocktake, StartStocktake, WrittenCount, WrittenMovement, WrittenMovementLine,
};
use gaara_application::{Refusal, Store};
use gaara_inventory::{
    Movement, MovementKind, PostError, StocktakeScope, StocktakeState, Uncounted,
};
use gaara_kernel::{ProductId, Quantity, StocktakeId, WarehouseId};

use super::concurrency::at_once;
use crate::fixtures::quantity;
use crate::harness::{Harness, Sale};

/// Fifty at once want one of twenty pieces each: twenty get one, thirty are told there is none.
pub async fn fifty_sellers_on_twenty_pieces_sell_exactly_twenty(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("20").await;

    let results = at_once(50, || {
        let books = books.clone();
        let issue = Harness::issue_of(sale.product, sale.warehouse, quantity("1"));
        async move { books.app.execute(&books.system(), &issue).await.map(|_| ()) }
    })
    .await;

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 20, "{results:?}");
    for refused in results.into_iter().filter_map(Result::err) {
        let Refusal::Failed(MovementError::Post(error)) = refused else { panic!("{refused:?}") };
        assert!(matches!(error, PostError::Insufficient(_)), "{error:?}");
    }
    assert_eq!(books.on_hand(sale.product).await, "0");
}

/// Eight workers move the same four products a thousand times, half of them in one order and half
/// in the other, back and forth between two warehouses: each gets through.
pub async fn a_thousand_movements_in_opposite_orders_all_get_through(store: Arc<dyn Store>) {
    const WORKERS: usize = 8;
    const EACH: usize = 125;
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let (main, shop) = (books.add_warehouse("MAIN").await, books.add_warehouse("SHOP").await);
    let mut products = Vec::new();
    for sku in ["A", "B", "C", "D"] {
        let product = books.add_product(sku).await;
        for warehouse in [main, shop] {
            let receipt = Harness::receipt(product, warehouse, quantity("1000"));
            books.app.execute(&books.system(), &receipt).await.expect("goods can be received");
        }
        products.push(product);
    }

    let running: Vec<_> = (0..WORKERS)
        .map(|worker| {
            let (books, mut products) = (books.clone(), products.clone());
            let (mut from, mut to) = (main, shop);
            if worker % 2 == 1 {
                products.reverse();
                (from, to) = (to, from);
            }
            tokio::spawn(async move {
                for _ in 0..EACH {
                    let transfer = transfer(&products, from, to);
                    books.app.execute(&books.system(), &transfer).await?;
                }
                Ok::<(), Refusal<MovementError>>(())
            })
        })
        .collect();
    for worker in running {
        worker.await.expect("nothing panics").expect("no deadlock reaches a caller");
    }

    for product in products {
        assert_eq!(books.on_hand(product).await, "2000");
    }
}

fn transfer(products: &[ProductId], from: WarehouseId, to: WarehouseId) -> CreateAndPostMovement {
    let lines = products.iter().map(|it| WrittenMovementLine::new(*it, Quantity::ONE)).collect();
    let mut written = WrittenMovement::new(MovementKind::Transfer, from, lines);
    written.to_warehouse = Some(to);
    CreateAndPostMovement(written)
}

/// While five hundred pieces leave, somebody counts and posts: whatever the books said at the
/// moment of the count, they are off by the difference found then, and by nothing else.
pub async fn a_stocktake_posted_during_five_hundred_issues_takes_its_own_difference(
    store: Arc<dyn Store>,
) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("1000").await;
    let (app, actor) = (&books.app, books.system());
    let id = start_stocktake(&books, sale).await;

    let sellers = sell_five_hundred(&books, sale);
    let found = app.ask(&actor, &FindStocktake { id }).await.expect("it can be read");
    let count = CountStock {
        id,
        expected: found.expect("it was planned").version,
        counts: vec![WrittenCount {
            product: sale.product,
            quantity: quantity("700"),
            unit: None,
            unit_cost: None,
        }],
    };
    app.execute(&actor, &count).await.expect("the count is taken");
    let post = PostStocktake { id, expected: None, uncounted: Uncounted::Refused };
    let posted = app.execute(&actor, &post).await.expect("the difference can be taken");
    for seller in sellers {
        seller.await.expect("nothing panics").expect("goods are there");
    }

    let StocktakeState::Posted { movement, .. } = posted.state else { panic!("{posted:?}") };
    let difference = match movement {
        Some(id) => {
            let movement = app.ask(&actor, &FindMovement { id }).await;
            let Ok(Some(Movement::Posted(movement))) = movement else { panic!("{movement:?}") };
            let [entry] = movement.entries.as_slice() else { panic!("{movement:?}") };
            entry.quantity
        }
        // The count met the very moment at which the books said the same.
        None => Quantity::ZERO,
    };
    let left = quantity("500").plus(difference).expect("a quantity in range");
    assert_eq!(books.on_hand(sale.product).await, left.to_string());
}

async fn start_stocktake(books: &Harness, sale: Sale) -> StocktakeId {
    let planned = CreateStocktake {
        id: None,
        warehouse: sale.warehouse,
        scope: StocktakeScope::Everything,
        note: None,
    };
    let id = books.app.execute(&books.system(), &planned).await.expect("a plan").id;
    let start = StartStocktake { id, expected: None };
    books.app.execute(&books.system(), &start).await.expect("nothing else is counted");
    id
}

type Seller = tokio::task::JoinHandle<Result<(), Refusal<MovementError>>>;

fn sell_five_hundred(books: &Harness, sale: Sale) -> Vec<Seller> {
    let sell = |books: Harness| async move {
        for _ in 0..100 {
            let issue = Harness::issue_of(sale.product, sale.warehouse, quantity("1"));
            books.app.execute(&books.system(), &issue).await?;
        }
        Ok(())
    };
    (0..5).map(|_| tokio::spawn(sell(books.clone()))).collect()
}
