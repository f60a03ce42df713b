//! How the totals of a document grow with its lines: 5 against 1,000, taken in turns.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark measures time and prints what it measured"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use gaara_invoicing::totals::{
    Adjustment, DocumentInput, LineInput, Tax, TaxCategory, TotalsPolicy, calculate,
};
use gaara_kernel::{Currency, Percent, Quantity, UnitPrice};

const ROUNDS: usize = 201;

fn document(lines: usize) -> DocumentInput {
    let currency = Currency::parse("SAR").expect("a currency");
    let rate = Percent::parse("15").expect("a rate");
    let tax = Tax::try_new(TaxCategory::Standard, rate).expect("a tax");
    let quantity = Quantity::parse("5").expect("a quantity");
    let price = UnitPrice::parse("5.75").expect("a price");
    let mut line = LineInput::new(quantity, price, tax);
    line.allowances = vec![Adjustment::percent(Percent::parse("18").expect("a share"))];
    DocumentInput::new(currency, vec![line; lines])
}

fn time(input: &DocumentInput, policy: TotalsPolicy) -> Duration {
    let start = Instant::now();
    black_box(calculate(black_box(input), &policy)).expect("totals");
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn main() {
    let (small, large) = (document(5), document(1_000));
    let policy = TotalsPolicy::for_currency(small.currency);
    let (mut of_small, mut of_large) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        of_small.push(time(&small, policy));
        of_large.push(time(&large, policy));
    }
    let (of_small, of_large) = (median(of_small), median(of_large));
    let ratio = of_large.as_nanos() / of_small.as_nanos().max(1);
    println!("totals, median of {ROUNDS} turns: 5 lines {of_small:?}, 1,000 lines {of_large:?}");
    println!("totals, 1,000 lines against 5: {ratio} times the time for 200 times the lines");
}
