//! What parties have left is found along indexes, however many payments are used up.

use std::sync::Arc;

use gaara_application::Store;
use gaara_invoicing::report::{Counterparty, Side};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, date};

use crate::databases::{Database, on_both_engines};
use crate::invoice_plans::seed::{customer, id, seed as invoices};
use crate::planner::{self, May};
use crate::plans::seed::seed;

on_both_engines! {
    what_is_left_of_payments_is_found_without_those_that_are_used_up,
}

const LARGE: &[&str] = &["payments", "payment_allocations", "invoices"];
const INVOICES: u32 = 20_000;
const PAYMENTS: u32 = 40_000;
/// Two hundred payments are not used up, and fifty were after the day.
const ROWS_MAX: f64 = 3_000.0;
/// By what SQLite may look a row of them up.
const SOUGHT: &[&str] = &[
    "INDEX payments_unspent ",
    "(id=?)",
    "(payment_id=?)",
    "(invoice_id=?)",
    "(settled_on>?)",
    "INDEX invoices_owed",
    "(payment_status=?)",
];

/// Fifty payments a day over 800 days, each allocated on its day; one in two hundred is not. One
/// document in ten is a credit note, all but forty of them used up.
async fn write(database: &Database) {
    let is_sqlite = database.is_sqlite();
    let payments = format!(
        "INSERT INTO payments (id, customer_id, direction, state, amount_minor, currency, \
         base_currency, base_rate_scaled, base_amount_minor, payment_date, method, created_at_ms, \
         updated_at_ms, version, allocated_minor) SELECT {{id 8589934592 + n}}, {payer}, 'in', \
         'posted', 100, 'SAR', 'SAR', 10000000000, 100, {{day n / 50}}, 'cash', n, n, 1, \
         CASE n % 200 WHEN 3 THEN 0 ELSE 100 END FROM series",
        payer = id(is_sqlite, "7000b000", "n % 200"),
    );
    let allocations = format!(
        "INSERT INTO payment_allocations (payment_id, invoice_id, amount_minor, settled_on) \
         SELECT {{id 8589934592 + n}}, {invoice}, 100, {{day n / 50}} FROM series \
         WHERE n % 200 <> 3",
        invoice = id(is_sqlite, "7000a000", &format!("n % {INVOICES} + 1")),
    );
    for statement in invoices(is_sqlite, INVOICES).iter().filter(|text| *text != "ANALYZE") {
        database.execute(statement).await.expect(statement);
    }
    let notes = format!(
        "UPDATE invoices SET document_type = 'credit_note', corrects_id = {corrected}, \
         corrects_number = 'OLD', corrects_issue_date = issue_date, snapshot = '{{}}', \
         digest = {digest} WHERE number_sequence % 10 = 9",
        corrected = id(is_sqlite, "7000a000", "1"),
        digest = if is_sqlite { "zeroblob(32)" } else { "sha256('')" },
    );
    database.execute(&notes).await.unwrap();
    for text in [payments, allocations] {
        database.execute(&seed(PAYMENTS, &text, is_sqlite)).await.unwrap();
    }
}

async fn what_is_left_of_payments_is_found_without_those_that_are_used_up(
    (store, database): (Arc<SqlStore>, Database),
) {
    Harness::new(store).set_up().await;
    write(&database).await;
    let is_sqlite = database.is_sqlite();
    // SQLite keeps no statistics of its own accord, so its plans must be good without them too.
    for with_statistics in [!is_sqlite, true] {
        let (store, statements, planner) =
            planner::look(&database, with_statistics, LARGE, ROWS_MAX).await;
        let planner = planner.seeking_for_little().await;
        for side in [Side::Sales, Side::Purchases] {
            let own = (side == Side::Sales).then(|| Counterparty::Customer(customer(3)));
            for party in [None, own] {
                let mut view = store.view().await.unwrap();
                statements.take();
                let left = view.party_credits(side, date("2022-03-09"), party).await.unwrap();
                drop(view);
                assert_eq!(left.is_empty(), side == Side::Purchases, "{side:?} of {party:?}");
                let what = format!("credits of {side:?}, {party:?}, {with_statistics}");
                let asked = statements.take();
                let asked = asked.iter().filter(|it| it.sql.contains("payments"));
                for statement in asked {
                    planner.assert_keyed(&what, statement, May::Seek).await;
                    // Of a side that has nothing it may walk the index, which is empty.
                    if is_sqlite && side == Side::Sales {
                        assert_sought(&what, &planner.plan(statement).await);
                    }
                }
            }
        }
        store.close().await.unwrap();
    }
}

/// SQLite calls it a search, too, when it walks all payments that are posted.
fn assert_sought(what: &str, plan: &str) {
    let of_large = |step: &&str| {
        let table = step.split(' ').nth(1).unwrap_or_default();
        step.starts_with("SEARCH ") && LARGE.contains(&table)
    };
    let mut strays = plan.lines().filter(of_large);
    let stray = strays.find(|step| !SOUGHT.iter().any(|sought| step.contains(sought)));
    assert_eq!(stray, None, "{what}:\n{plan}");
}
