//! Levels and their cost layers.

use std::sync::Arc;

use gaara_application::Store;
use gaara_inventory::{
    CostLayer, LayerChanges, LayerDemand, MovementKind, NewLayer, StockKey, StockLevel,
};
use gaara_kernel::{MovementId, Quantity};

use super::stock::{Stock, assert_corrupt};
use crate::fixtures::{currency, money, quantity, unit_price};

fn level(key: StockKey, on_hand: &str, value: &str, last_cost: Option<&str>) -> StockLevel {
    let (on_hand, value) = (quantity(on_hand), money(value));
    StockLevel::from_stored(key, on_hand, Quantity::ZERO, value, last_cost.map(unit_price))
        .expect("a sound level")
}

/// Makes sure that levels exist.
async fn open_levels(books: &Stock, keys: &[StockKey]) {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    let mut transaction = books.begin().await;
    let levels = transaction.stock().lock_levels(&keys, currency("SAR")).await;
    let empty = |key: &StockKey| StockLevel::empty(*key, currency("SAR"));
    assert_eq!(levels.expect("levels"), keys.iter().map(empty).collect::<Vec<_>>());
    transaction.commit().await.expect("a commit");
}

/// A level keeps its last cost, and the levels of a product come sorted by warehouse.
pub async fn a_level_remembers_its_last_cost(store: Arc<dyn Store>) {
    let books = Stock::new(store).await;
    let (main, shop) = (books.key(0, 0), books.key(0, 1));
    open_levels(&books, &[main, shop, books.key(1, 0)]).await;
    let saved = [level(main, "0", "0", Some("1.333333")), level(shop, "3", "4", None)];
    let mut transaction = books.begin().await;
    transaction.stock().save_levels(&saved).await.expect("they were locked");
    transaction.commit().await.expect("a commit");

    let mut transaction = books.begin().await;
    let of_product = transaction.stock().lock_levels_of(main.product).await.expect("levels");
    let mut expected = saved.to_vec();
    expected.sort_by_key(StockLevel::key);
    assert_eq!(of_product, expected);
    let none = transaction.stock().lock_levels_of(books.rows.id()).await.expect("an answer");
    assert_eq!(none, []);
}

/// A level that nobody locked does not exist, and cannot be saved.
pub async fn a_level_that_does_not_exist_is_not_saved(store: Arc<dyn Store>) {
    let books = Stock::new(store).await;
    open_levels(&books, &[books.key(0, 0)]).await;
    let levels = [level(books.key(0, 0), "1", "1", None), level(books.key(0, 1), "1", "1", None)];
    let mut transaction = books.begin().await;
    let result = transaction.stock().save_levels(&levels).await;
    assert_corrupt(&result, "stock_level");
}

fn new_layer(key: StockKey, movement: MovementId, count: &str) -> NewLayer {
    NewLayer { key, movement, quantity: quantity(count), value: money(count) }
}

/// Layers of 5, 3, 2 and 4 pieces, and one of 9 between them on another level; the third came by
/// the second movement, the rest by the first.
async fn layered(books: &Stock) -> [MovementId; 2] {
    let (key, other) = (books.key(0, 0), books.key(1, 0));
    open_levels(books, &[key, other]).await;
    let first = books.moved(MovementKind::Receipt, "2026-11-18", key, "21", "21").await.content.id;
    let second = books.moved(MovementKind::Receipt, "2026-11-18", key, "2", "2").await.content.id;
    let added = vec![
        new_layer(key, first, "5"),
        new_layer(key, first, "3"),
        new_layer(other, first, "9"),
        new_layer(key, second, "2"),
        new_layer(key, first, "4"),
    ];
    let mut transaction = books.begin().await;
    let changes = LayerChanges { added, ..LayerChanges::default() };
    transaction.stock().save_layers(&changes).await.expect("layers can be added");
    transaction.commit().await.expect("a commit");
    [first, second]
}

async fn layers(
    books: &Stock,
    demand: &[(StockKey, &str)],
    made_by: Option<MovementId>,
) -> Vec<CostLayer> {
    let demand: Vec<LayerDemand> = demand
        .iter()
        .map(|(key, count)| LayerDemand { key: *key, quantity: quantity(count) })
        .collect();
    let mut transaction = books.begin().await;
    transaction.stock().find_layers(&demand, made_by).await.expect("layers can be read")
}

fn counts(layers: &[CostLayer]) -> Vec<String> {
    layers.iter().map(|layer| layer.quantity.to_string()).collect()
}

/// As many of the oldest layers as hold what is demanded, and no more.
pub async fn layers_are_read_as_far_as_they_are_needed(store: Arc<dyn Store>) {
    let books = Stock::new(store).await;
    let [first, second] = layered(&books).await;
    let (key, other) = (books.key(0, 0), books.key(1, 0));

    for (demand, expected) in [
        ("0.000001", &["5"][..]),
        ("5", &["5"]),
        ("5.000001", &["5", "3"]),
        ("8", &["5", "3"]),
        ("9", &["5", "3", "2"]),
        ("14", &["5", "3", "2", "4"]),
        ("99", &["5", "3", "2", "4"]),
    ] {
        assert_eq!(counts(&layers(&books, &[(key, demand)], None).await), expected, "{demand}");
    }
    let both = layers(&books, &[(key, "6"), (other, "1")], None).await;
    assert_eq!(counts(&both), ["5", "3", "9"], "the oldest first");
    assert!(both.iter().all(|layer| layer.movement == first));
    assert!(both.iter().all(|layer| layer.value == money(&layer.quantity.to_string())));
    let own = layers(&books, &[(key, "1")], Some(second)).await;
    assert_eq!(counts(&own), ["5", "2"], "what the movement made, however young");
    let own = layers(&books, &[(key, "6")], Some(first)).await;
    assert_eq!(counts(&own), ["5", "3", "9", "4"], "each once");
    assert_eq!(layers(&books, &[(books.key(0, 1), "1")], None).await, []);
}

/// Layers that are used up go, the others shrink, and new ones come last.
pub async fn what_became_of_layers_is_kept(store: Arc<dyn Store>) {
    let books = Stock::new(store).await;
    let [first, _] = layered(&books).await;
    let key = books.key(0, 0);
    let before = layers(&books, &[(key, "99")], None).await;
    let sequences: Vec<i64> = before.iter().map(|layer| layer.sequence).collect();
    let [five, three, two, four] = sequences.as_slice() else { panic!("{sequences:?}") };
    let shrunk = |sequence: i64, count: &str| CostLayer {
        sequence,
        key,
        movement: first,
        quantity: quantity(count),
        value: money("0.07"),
    };
    let changes = LayerChanges {
        removed: vec![*five, *two],
        reduced: vec![shrunk(*three, "1"), shrunk(*four, "2")],
        added: vec![new_layer(key, first, "6"), new_layer(key, first, "7")],
    };
    let mut transaction = books.begin().await;
    transaction.stock().save_layers(&changes).await.expect("they were read");
    transaction.commit().await.expect("a commit");

    let after = layers(&books, &[(key, "99")], None).await;
    assert_eq!(counts(&after), ["1", "2", "6", "7"]);
    let values: Vec<String> = after.iter().map(|layer| layer.value.amount()).collect();
    assert_eq!(values, ["0.07", "0.07", "6.00", "7.00"]);
    assert!(after.iter().skip(2).all(|layer| layer.sequence > *four), "no number is given twice");
    for gone in [
        LayerChanges { removed: vec![*five], ..LayerChanges::default() },
        LayerChanges { reduced: vec![shrunk(*two, "1")], ..LayerChanges::default() },
    ] {
        let mut transaction = books.begin().await;
        assert_corrupt(&transaction.stock().save_layers(&gone).await, "stock_layer");
    }
}
