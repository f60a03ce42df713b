//! What the store asks its engine while the contract is kept, and on whose behalf.

pub(crate) mod explain;
pub(crate) mod run;
pub(crate) mod seed;
mod trace;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use gaara_store_sql::SqlStore;
use sea_orm::Statement;

/// How many runs of one statement are kept: its plan depends on its values.
const KEPT_MAX: usize = 3;

/// A statement as it was run, and the methods of the store that ran it.
#[derive(Clone)]
pub(crate) struct Seen {
    /// Some of its runs, with their values.
    pub(crate) runs: Vec<Statement>,
    /// The methods, as `Port::method`.
    pub(crate) methods: BTreeSet<String>,
    times: usize,
}

/// The statements that a store ran, by their shape.
#[derive(Clone, Default)]
pub(crate) struct Captured(Arc<Mutex<BTreeMap<String, Seen>>>);

impl Captured {
    /// Watches a store from now on.
    pub(crate) fn watch(&self, store: &mut SqlStore) {
        let captured = self.clone();
        store.watch(move |statement| captured.add(statement));
    }

    fn add(&self, statement: &Statement) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = all.entry(shape(&statement.sql)).or_insert_with(|| Seen {
            runs: Vec::new(),
            methods: BTreeSet::new(),
            times: 0,
        });
        seen.times += 1;
        // A look at the stack takes milliseconds, and whoever runs it next is seldom somebody else.
        if seen.times.is_power_of_two() {
            seen.methods.extend(trace::methods());
        }
        if seen.runs.len() < KEPT_MAX {
            seen.runs.push(statement.clone());
        }
    }

    /// Everything that was seen.
    pub(crate) fn all(&self) -> Vec<Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}

/// A statement without the numbers of its parameters, and every list of them as short as one.
pub(crate) fn shape(sql: &str) -> String {
    let mut text = String::new();
    let mut signs = sql.chars().peekable();
    while let Some(sign) = signs.next() {
        text.push(if sign == '$' { '?' } else { sign });
        while sign == '$' && signs.next_if(char::is_ascii_digit).is_some() {}
    }
    for (long, short) in [("?, ?", "?"), ("(?), (?)", "(?)")] {
        while text.contains(long) {
            text = text.replace(long, short);
        }
    }
    text
}
