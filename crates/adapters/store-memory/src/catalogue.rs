//! The catalogue in memory: one file to a subject, and one for reading them.

mod categories;
mod products;
mod suppliers;
mod units;
mod view;
mod warehouses;

use std::collections::BTreeMap;
use std::sync::Arc;

/// Copies of the rows with these ids that exist, in the order of their ids.
fn chosen<I: Ord + Copy, T: Clone>(rows: &BTreeMap<I, Arc<T>>, ids: &[I]) -> Vec<T> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids.iter().filter_map(|id| crate::records::copied(rows.get(id))).collect()
}
