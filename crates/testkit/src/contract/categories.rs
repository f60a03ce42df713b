//! Categories: a tree that stays one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gaara_application::inventory::{
    ChangeCategory, ChangeCategoryError, ChangeProduct, FindCategory, ListCategories, NameChange,
    RemoveCategory, RemoveCategoryError,
};
use gaara_application::{Refusal, Store};
use gaara_inventory::{Category, CategoryFilter, CategorySort, PlaceError};
use gaara_kernel::{CategoryId, Direction, PageRequest, Sort, Version};

use super::concurrency::at_once;
use super::store::whole;
use crate::harness::Harness;

fn moved(id: CategoryId, expected: Version, parent: Option<CategoryId>) -> ChangeCategory {
    ChangeCategory { id, expected, name: NameChange::default(), parent: Some(parent) }
}

async fn category(books: &Harness, id: CategoryId) -> Category {
    let found = books.app.ask(&books.system(), &FindCategory { id }).await;
    found.expect("a category can be read").expect("it exists")
}

/// All categories, in the order in which they read as a tree.
async fn tree(books: &Harness) -> Vec<Category> {
    let sort = Sort::by(CategorySort::Path, Direction::Ascending);
    let page = PageRequest { sort, ..whole() };
    let query = ListCategories { filter: CategoryFilter::default(), page };
    books.app.ask(&books.system(), &query).await.expect("categories can be read").items
}

/// What is below moves with what is above, and the list reads as a tree before and after.
pub async fn a_category_moves_with_everything_below_it(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let a = books.add_category("A", None).await;
    let b = books.add_category("B", None).await;
    let a1 = books.add_category("A1", Some(a)).await;
    let a11 = books.add_category("A11", Some(a1)).await;
    let a2 = books.add_category("A2", Some(a)).await;
    let ids = |rows: Vec<Category>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(tree(&books).await), [a, a1, a11, a2, b]);

    let under_b = moved(a1, Version::FIRST, Some(b));
    let (_, after) = books.app.execute(&books.system(), &under_b).await.expect("it can move");
    assert_eq!((after.path, after.version), (vec![b, a1], Version::FIRST.next()));

    assert_eq!(ids(tree(&books).await), [a, a2, b, a1, a11]);
    let below = category(&books, a11).await;
    assert_eq!((below.path, below.parent), (vec![b, a1, a11], Some(a1)));
    assert_eq!(below.version, Version::FIRST.next(), "what it shows has changed");
    assert_eq!(category(&books, a2).await.version, Version::FIRST);
    let to_top = moved(a11, Version::FIRST.next(), None);
    books.app.execute(&books.system(), &to_top).await.expect("it can move");
    assert_eq!(category(&books, a11).await.path, [a11]);
    let circle = moved(b, Version::FIRST, Some(a1));
    let refused = books.app.execute(&books.system(), &circle).await.expect_err("a circle");
    let Refusal::Failed(ChangeCategoryError::Place(error)) = refused else { panic!("{refused:?}") };
    assert_eq!(error, PlaceError::Cycle);
}

/// Two moves that are each sound do not make a circle together.
pub async fn two_moves_at_once_never_make_a_circle(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let mut ids = Vec::new();
    for name in ["A", "B", "C", "D"] {
        ids.push(books.add_category(name, None).await);
    }
    let turn = AtomicUsize::new(0);

    let results = at_once(ids.len(), || {
        let at = turn.fetch_add(1, Ordering::SeqCst);
        let (books, ids) = (books.clone(), ids.clone());
        async move {
            let place = |at: usize| *ids.get(at % ids.len()).expect("a category");
            let (own, next) = (place(at), place(at + 1));
            books.app.execute(&books.system(), &moved(own, Version::FIRST, Some(next))).await
        }
    })
    .await;

    let circles = results.iter().filter(|result| {
        matches!(result, Err(Refusal::Failed(ChangeCategoryError::Place(PlaceError::Cycle))))
    });
    let stale = results
        .iter()
        .filter(|result| matches!(result, Err(Refusal::Failed(ChangeCategoryError::Stale { .. }))));
    let refused = circles.count() + stale.count();
    assert!(refused >= 1, "{results:?}");
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), ids.len() - refused);
    for row in tree(&books).await {
        assert_eq!(row.path.last(), Some(&row.id));
        let above = row.path.iter().rev().nth(1).copied();
        assert_eq!(above, row.parent, "a path says what the parents say");
    }
}

/// A category stays while anything hangs on it.
pub async fn a_category_in_use_is_not_removed(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let top = books.add_category("Top", None).await;
    let below = books.add_category("Below", Some(top)).await;
    let product = books.add_product("BOLT").await;
    let change = |category| ChangeProduct {
        category: Some(category),
        ..Harness::product_change(product, Version::FIRST)
    };
    books.app.execute(&books.system(), &change(Some(below))).await.expect("it exists");
    let remove = |id| RemoveCategory { id, expected: Version::FIRST };

    for id in [top, below] {
        let refused = books.app.execute(&books.system(), &remove(id)).await;
        assert!(matches!(refused, Err(Refusal::Failed(RemoveCategoryError::InUse))), "{refused:?}");
    }
    let nowhere = ChangeProduct { expected: Version::FIRST.next(), ..change(None) };
    books.app.execute(&books.system(), &nowhere).await.expect("it can hang on none");
    books.app.execute(&books.system(), &remove(below)).await.expect("nothing hangs on it");
    books.app.execute(&books.system(), &remove(top)).await.expect("nothing hangs on it");
    assert_eq!(tree(&books).await, []);
}
