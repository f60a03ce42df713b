//! What cannot be taken back.

use gaara_invoicing::{CreditError, CreditLine, CreditScope};
use gaara_kernel::Quantity;

use crate::build::{Account, invoice, line, quantity, some, standard};

fn account() -> Account {
    Account::of(invoice(
        "SAR",
        vec![line("3", "10", standard("15")), line("1", "5", standard("15"))],
    ))
}

#[test]
fn c_07_more_than_is_left_is_refused() {
    let mut account = account();
    account.credit(&some(0, "2")).unwrap();

    let refused = account.credit(&some(0, "1.000001")).unwrap_err();
    assert_eq!(refused, CreditError::ExceedsRemaining { line: 0, remaining: Quantity::ONE });
    account.credit(&CreditScope::Full).unwrap();
    assert_eq!(account.credit(&CreditScope::Full).unwrap_err(), CreditError::NothingLeft);
    let refused = account.credit(&some(1, "1")).unwrap_err();
    assert_eq!(refused, CreditError::ExceedsRemaining { line: 1, remaining: Quantity::ZERO });
}

#[test]
fn what_is_said_of_a_line_twice_counts_together() {
    let mut account = account();
    let twice = |count: &str| CreditLine { line: 0, quantity: quantity(count) };
    let scope = |counts: [&str; 2]| CreditScope::Lines(counts.iter().map(|it| twice(it)).collect());

    let refused = account.credit(&scope(["2", "2"])).unwrap_err();
    assert_eq!(refused, CreditError::ExceedsRemaining { line: 0, remaining: quantity("3") });
    let note = account.credit(&scope(["2", "1"])).unwrap();
    assert_eq!((note.lines.len(), note.totals.lines_net.amount()), (1, "30.00".to_owned()));
}

#[test]
fn a_note_names_lines_of_the_invoice_and_takes_something() {
    let mut account = account();

    let refused = account.credit(&some(2, "1")).unwrap_err();
    assert_eq!(refused, CreditError::LineUnknown { line: 2 });
    for count in ["0", "-1"] {
        let refused = account.credit(&some(0, count)).unwrap_err();
        assert_eq!(refused, CreditError::QuantityNotPositive { line: 0 });
    }
    let nothing = CreditScope::Lines(Vec::new());
    assert_eq!(account.credit(&nothing).unwrap_err(), CreditError::Empty);
}
