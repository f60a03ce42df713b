//! The examples give what they promise.

#[path = "../examples/pure_invoice_totals.rs"]
#[expect(dead_code, reason = "the example's own main is not called here")]
mod pure_invoice_totals;
#[path = "../examples/sell_in_process.rs"]
#[expect(dead_code, reason = "the example's own main is not called here")]
mod sell_in_process;

use gaara::invoicing::PaymentStatus;
use gaara::kernel::Money;

#[tokio::test]
async fn a_sale_in_process_leaves_a_paid_invoice_and_six_pieces() {
    let directory = tempfile::tempdir().unwrap();

    let (invoice, on_hand) = sell_in_process::sell(directory.path()).await.unwrap();

    let year = invoice.issue_date.year();
    assert_eq!(invoice.number.text(), format!("INV-{year}-00001"));
    assert_eq!(invoice.content.totals.payable.amount(), "26.45");
    assert_eq!(invoice.payment_status(), PaymentStatus::Paid);
    assert_eq!(on_hand.to_string(), "6");
}

#[test]
fn the_totals_of_an_invoice_add_up_by_the_rules_of_en_16931() {
    let totals = pure_invoice_totals::totals().unwrap();

    // 5 × 5.75 = 28.75, less 18 % of it (5.18) = 23.57; 15 % of that is 3.5355.
    let amounts = [totals.lines_net, totals.tax, totals.tax_inclusive, totals.payable];
    assert_eq!(amounts.map(Money::amount), ["97.57", "3.54", "101.11", "100.11"]);
    assert_eq!(totals.tax_groups.len(), 2);
}
