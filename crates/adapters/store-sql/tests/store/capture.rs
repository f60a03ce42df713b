//! What the store asks its engine while the contract is kept, and on whose behalf.

pub(crate) mod counts;
pub(crate) mod explain;
mod rest;
pub(crate) mod run;
pub(crate) mod seed;
pub(crate) mod source;
mod trace;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use gaara_application::{ReadView, Store, Transaction};
use gaara_kernel::StoreError;
use gaara_store_sql::SqlStore;
use sea_orm::Statement;

use self::trace::Places;

/// How many runs of one statement are kept: its plan depends on its values.
const KEPT_MAX: usize = 3;

/// A statement as it was run, and the methods of the store that ran it.
#[derive(Clone, Default)]
pub(crate) struct Seen {
    /// Some of its runs, with their values.
    pub(crate) runs: Vec<Statement>,
    /// The methods, as `Port::method`.
    pub(crate) methods: BTreeSet<String>,
}

/// One transaction or view, from its beginning to that of the next.
#[derive(Default)]
struct Unit {
    statements: usize,
    /// Whoever opened it; more than one where several were open at once.
    use_cases: BTreeSet<String>,
}

#[derive(Default)]
struct State {
    places: Places,
    shapes: BTreeMap<String, Seen>,
    counts: BTreeMap<String, RangeInclusive<usize>>,
    unit: Unit,
}

impl State {
    fn run(&mut self, statement: &Statement) {
        let caller = self.places.caller();
        self.unit.statements += 1;
        self.unit.use_cases.extend(caller.use_case);
        let seen = self.shapes.entry(shape(&statement.sql)).or_default();
        seen.methods.extend(caller.methods);
        if seen.runs.len() < KEPT_MAX {
            seen.runs.push(statement.clone());
        }
    }

    /// Closes what is open, and opens the next.
    fn turn(&mut self) {
        let Unit { statements, mut use_cases } = std::mem::take(&mut self.unit);
        // What ran beside something else cannot be counted.
        let Some(name) = use_cases.pop_first().filter(|_| use_cases.is_empty()) else { return };
        let range = self.counts.entry(name).or_insert(statements..=statements);
        *range = statements.min(*range.start())..=statements.max(*range.end());
    }
}

/// The statements that a store ran, by their shape, and how many each use case took.
#[derive(Clone, Default)]
pub(crate) struct Captured(Arc<Mutex<State>>);

impl Captured {
    /// A store that is watched from now on.
    pub(crate) fn watch(&self, mut store: SqlStore) -> impl Store + use<> {
        let captured = self.clone();
        store.watch(move |statement| captured.state().run(statement));
        Watched { store, captured: self.clone() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that was seen.
    pub(crate) fn all(&self) -> Vec<Seen> {
        self.state().shapes.values().cloned().collect()
    }

    /// The fewest and the most statements that each use case took in one transaction.
    pub(crate) fn counts(&self) -> BTreeMap<String, RangeInclusive<usize>> {
        let mut state = self.state();
        state.turn();
        state.counts.clone()
    }

    /// Forgets what was counted since these were.
    pub(crate) fn count_again_from(&self, counts: BTreeMap<String, RangeInclusive<usize>>) {
        let mut state = self.state();
        state.turn();
        state.counts = counts;
    }
}

/// Tells where one transaction or view ends and the next begins.
struct Watched {
    store: SqlStore,
    captured: Captured,
}

#[async_trait]
impl Store for Watched {
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        self.captured.state().turn();
        self.store.begin().await
    }

    async fn view(&self) -> Result<Box<dyn ReadView>, StoreError> {
        self.captured.state().turn();
        self.store.view().await
    }
}

/// A statement without the numbers of its parameters, and every list of them as short as one.
fn shape(sql: &str) -> String {
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
