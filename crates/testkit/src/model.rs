//! Stock judged by a model: random steps on a store, and the same steps on paper.
//!
//! After each step both must have allowed the same, hold the same, and be sound: the level is the
//! sum of its ledger and of its layers, nothing is worth less than nothing, and nothing at all is
//! worth nothing.
#![expect(clippy::indexing_slicing, reason = "a model that loses its place must end its test")]

mod books;
mod compare;
mod pile;
mod reference;
mod step;

use std::sync::Arc;

use gaara_application::Store;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use proptest::{collection, prelude::*};

pub use step::{Place, Step, step};

use self::books::Books;
use self::reference::Reference;

/// How many steps one history has.
const STEPS: usize = 200;

/// Where the random steps come from unless the environment says otherwise, so that the same
/// source gives the same verdict; another number in `GAARA_MODEL_SEED` tries other steps.
const SEED: u64 = 20_261_127;

/// Tries so many random steps, in histories of 200, each on an empty store of its own.
///
/// What fails is made as short as it can be before it is told.
///
/// # Panics
/// When the store and the model part ways.
pub fn check<S, G, F>(steps: u32, make: impl Fn() -> F)
where
    S: Store + 'static,
    F: Future<Output = (Arc<S>, G)>,
{
    let histories = steps.div_ceil(u32::try_from(STEPS).unwrap_or(u32::MAX));
    let config = Config {
        cases: histories,
        max_shrink_iters: 100,
        failure_persistence: None,
        ..Config::default()
    };
    let history = collection::vec(step(), STEPS..=STEPS);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let seed = seed();
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &seed_bytes(seed));
    let result = TestRunner::new_with_rng(config, random).run(&history, |history| {
        runtime.block_on(async {
            let (store, guard) = make().await;
            let outcome = run(store, &history).await;
            drop(guard);
            outcome.map_err(TestCaseError::fail)
        })
    });
    if let Err(failure) = result {
        panic!("with GAARA_MODEL_SEED={seed} the store and the model part ways: {failure}");
    }
}

fn seed() -> u64 {
    let given = std::env::var("GAARA_MODEL_SEED").ok();
    given.map_or(SEED, |seed| seed.parse().expect("GAARA_MODEL_SEED is a number"))
}

/// The seed as the generator takes it: its bytes, over and over.
fn seed_bytes(seed: u64) -> Vec<u8> {
    seed.to_le_bytes().repeat(4)
}

/// Walks one history on a store and on paper.
async fn run(store: Arc<dyn Store>, history: &[Step]) -> Result<(), String> {
    let mut books = Books::open(store).await;
    let mut reference = Reference::default();
    for (number, step) in history.iter().enumerate() {
        let expected = reference.apply(step);
        let allowed = books.apply(step).await;
        if allowed.is_ok() != expected {
            return Err(format!("step {number}, {step:?}: on paper {expected}, got {allowed:?}"));
        }
        let same = books.compare(&reference).await;
        same.map_err(|difference| format!("step {number}, {step:?}: {difference}"))?;
    }
    Ok(())
}
