//! Compares two things by running them in turns.

use std::time::Duration;

/// Two things that are compared.
pub(crate) struct Compared<'a> {
    /// The engine they run on.
    pub(crate) engine: &'a str,
    /// What they are.
    pub(crate) what: &'a str,
    /// How often each of them is measured.
    pub(crate) turns: usize,
    /// How many times the median of the first one the second one may take.
    pub(crate) most: u32,
}

impl Compared<'_> {
    /// Runs both in turns, after an unmeasured first turn, and prints their medians.
    pub(crate) async fn run(
        &self,
        mut one: impl AsyncFnMut() -> Duration,
        mut other: impl AsyncFnMut() -> Duration,
    ) {
        one().await;
        other().await;
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for _ in 0..self.turns {
            first.push(one().await);
            second.push(other().await);
        }
        self.tell(median(first), median(second));
    }

    fn tell(&self, first: Duration, second: Duration) {
        let Self { engine, what, most, .. } = self;
        let hundredths = second.as_nanos() * 100 / first.as_nanos().max(1);
        let (whole, part) = (hundredths / 100, hundredths % 100);
        println!(
            "{engine}: {what}: {first:?} and {second:?}, ratio {whole}.{part:02} (at most {most})"
        );
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
