//! How each rule of the books is checked: one statement over whole tables, for both engines.

use gaara_kernel::{Id, InvoiceId, PaymentId, ProductId, StoreError, WarehouseId};
use sea_orm::prelude::Uuid;
use sea_orm::{DbBackend, QueryResult};

use super::{BooksFinding, BooksRule};
use crate::error::failure;
use crate::view::numbering::RUNS;

/// What the rows of an answer name.
enum Named {
    /// A level: `product_id`, `warehouse_id`.
    Level,
    /// A document: `id`.
    Document,
    /// A payment: `id`.
    Payment,
    /// Numbers of a series: `series`, `year`, `gap_from`, `gap_to`.
    Run,
    /// A reference to nothing, as SQLite tells of it.
    Reference,
    /// A sentence of SQLite, which is `ok` when there is nothing to tell.
    Sentence,
}

/// How a rule is checked.
pub(super) struct Check {
    pub(super) text: String,
    table: &'static str,
    named: Named,
}

impl Check {
    /// Compares two columns added up, level by level.
    fn levels(table: &'static str, expected: &str, found: &str) -> Self {
        let key = "product_id, warehouse_id";
        let text = compare(key, expected, found, "<>");
        Self { text, table, named: Named::Level }
    }

    /// Compares two columns added up, document by document.
    fn documents(expected: &str, found: &str) -> Self {
        let found = format!("SELECT id, 0 AS expected, {found} AS found FROM invoices");
        let text = compare("id", expected, &found, "<>");
        Self { text, table: "invoices", named: Named::Document }
    }

    /// A finding out of a row, where it is one.
    pub(super) fn finding(&self, row: &QueryResult) -> Result<Option<BooksFinding>, StoreError> {
        let uuid = |column| row.try_get::<Uuid>("", column).map_err(failure);
        let number = |column| row.try_get::<i64>("", column).map_err(failure);
        let text = |column| row.try_get::<String>("", column).map_err(failure);
        let of = |table: &str, id, expected, found| {
            Ok(Some(BooksFinding { table: table.to_owned(), id, expected, found }))
        };
        match self.named {
            Named::Level => {
                let product = ProductId::from_uuid(uuid("product_id")?);
                let warehouse = WarehouseId::from_uuid(uuid("warehouse_id")?);
                let id = format!("{product}/{warehouse}");
                of(self.table, id, number("expected")?, number("found")?)
            }
            Named::Document => {
                let id = InvoiceId::from_uuid(uuid("id")?).to_string();
                of(self.table, id, number("expected")?, number("found")?)
            }
            Named::Payment => {
                let id = PaymentId::from_uuid(uuid("id")?).to_string();
                of(self.table, id, number("expected")?, number("found")?)
            }
            Named::Run => {
                let (from, to) = (number("gap_from")?, number("gap_to")?);
                let id = format!("{}/{}/{from}-{to}", text("series")?, number("year")?);
                of(self.table, id, to - from + 1, 0)
            }
            Named::Reference => {
                let id = row.try_get::<Option<i64>>("", "rowid").map_err(failure)?;
                let parent = text("parent")?;
                let id = format!("{parent} of row {}", id.unwrap_or_default());
                of(&text("table")?, id, 1, 0)
            }
            Named::Sentence => match row.try_get_by_index::<String>(0).map_err(failure)? {
                fine if fine == "ok" => Ok(None),
                sentence => of(self.table, sentence, 0, 1),
            },
        }
    }
}

/// Rows of two kinds by a key, of which the sums have to be equal, or be in order.
fn compare(key: &str, expected: &str, found: &str, breach: &str) -> String {
    format!(
        "SELECT {key}, CAST(SUM(expected) AS bigint) AS expected, \
         CAST(SUM(found) AS bigint) AS found FROM ({expected} UNION ALL {found}) AS parts \
         GROUP BY {key} HAVING SUM(found) {breach} SUM(expected) ORDER BY {key}"
    )
}

/// Levels, or what they consist of, as one of the two sides.
fn side(table: &str, column: &str, is_expected: bool, filter: &str) -> String {
    let (expected, found) = if is_expected { (column, "0") } else { ("0", column) };
    format!(
        "SELECT {table}.product_id, {table}.warehouse_id, {expected} AS expected, {found} AS found \
         FROM {table}{filter}"
    )
}

fn layers(layer: &str, level: &str) -> Check {
    let fifo = " JOIN products ON products.id = stock_levels.product_id \
         WHERE products.costing = 'fifo'";
    let expected = side("stock_levels", level, true, fifo);
    Check::levels("stock_layers", &expected, &side("stock_layers", layer, false, ""))
}

fn ledger(entry: &str, level: &str) -> Check {
    let expected = side("stock_ledger", entry, true, "");
    Check::levels("stock_levels", &expected, &side("stock_levels", level, false, ""))
}

/// What credit notes that stand say of their invoice.
fn notes(said: &str, kept: &str) -> Check {
    let expected = format!(
        "SELECT corrects_id AS id, {said} AS expected, 0 AS found FROM invoices \
         WHERE document_type = 'credit_note' AND status = 'issued'"
    );
    let kept = format!("CASE document_type WHEN 'invoice' THEN {kept} ELSE 0 END");
    Check::documents(&expected, &kept)
}

fn parts(table: &str, part: &str, whole: &str) -> Check {
    let expected = format!("SELECT invoice_id AS id, {part} AS expected, 0 AS found FROM {table}");
    Check::documents(&expected, whole)
}

fn open() -> Check {
    // What settles a document never exceeds it; a draft is settled by nothing.
    let text = "SELECT id, CAST(CASE status WHEN 'draft' THEN 0 ELSE payable_minor END AS bigint) \
         AS expected, CAST(paid_minor + credited_minor AS bigint) AS found FROM invoices \
         WHERE paid_minor + credited_minor > CASE status WHEN 'draft' THEN 0 ELSE payable_minor END \
         OR (status = 'issued' AND (payment_status IN ('paid', 'credited')) \
         <> (paid_minor + credited_minor = payable_minor)) ORDER BY id";
    Check { text: text.to_owned(), table: "invoices", named: Named::Document }
}

fn spent() -> Check {
    let expected = "SELECT id, CASE state WHEN 'posted' THEN amount_minor ELSE 0 END AS expected, \
         0 AS found FROM payments";
    let found = "SELECT payment_id AS id, 0 AS expected, amount_minor AS found \
         FROM payment_allocations";
    let text = compare("id", expected, found, ">");
    Check { text, table: "payments", named: Named::Payment }
}

fn allocated() -> Check {
    let expected =
        "SELECT payment_id AS id, amount_minor AS expected, 0 AS found FROM payment_allocations";
    let found = "SELECT id, 0 AS expected, allocated_minor AS found FROM payments";
    let text = compare("id", expected, found, "<>");
    Check { text, table: "payments", named: Named::Payment }
}

fn number_gap() -> Check {
    let runs = RUNS.replace("{filter}", "");
    let text = format!(
        "SELECT series, CAST(year AS bigint) AS year, CAST(gap_from AS bigint) AS gap_from, \
         CAST(gap_to AS bigint) AS gap_to FROM ({runs}) AS runs WHERE gap_from <= last_sequence"
    );
    Check { text, table: "number_series_counters", named: Named::Run }
}

fn number_beyond() -> Check {
    let text = "SELECT invoices.id, CAST(COALESCE(counters.last_sequence, 0) AS bigint) AS expected, \
         CAST(invoices.number_sequence AS bigint) AS found FROM invoices \
         LEFT JOIN number_series_counters AS counters ON counters.series = invoices.number_series \
         AND counters.year = invoices.number_year WHERE invoices.number_series IS NOT NULL \
         AND (counters.series IS NULL OR invoices.number_sequence > counters.last_sequence \
         OR invoices.number_sequence < counters.first_sequence) ORDER BY invoices.id";
    Check { text: text.to_owned(), table: "invoices", named: Named::Document }
}

/// How a rule is checked; not at all where the engine cannot break it.
pub(super) fn check(rule: BooksRule, backend: DbBackend) -> Option<Check> {
    let pragma = |text: &str, named| {
        let check = Check { text: text.to_owned(), table: "sqlite_schema", named };
        (backend == DbBackend::Sqlite).then_some(check)
    };
    let active = " WHERE status = 'active'";
    Some(match rule {
        BooksRule::File => return pragma("PRAGMA integrity_check", Named::Sentence),
        BooksRule::References => return pragma("PRAGMA foreign_key_check", Named::Reference),
        BooksRule::LevelQuantity => ledger("quantity_millionths", "on_hand_millionths"),
        BooksRule::LevelValue => ledger("value_minor", "value_minor"),
        BooksRule::LayerQuantity => layers("quantity_millionths", "on_hand_millionths"),
        BooksRule::LayerValue => layers("value_minor", "value_minor"),
        BooksRule::Reserved => Check::levels(
            "stock_levels",
            &side("reservations", "quantity_millionths", true, active),
            &side("stock_levels", "reserved_millionths", false, ""),
        ),
        BooksRule::Lines => parts("invoice_lines", "net_minor", "lines_net_minor"),
        BooksRule::Taxable => parts("invoice_tax_groups", "taxable_minor", "tax_exclusive_minor"),
        BooksRule::Tax => parts("invoice_tax_groups", "tax_amount_minor", "tax_minor"),
        BooksRule::Paid => parts("payment_allocations", "amount_minor", "paid_minor"),
        BooksRule::Credited => notes("credited_minor", "credited_minor"),
        BooksRule::CreditNotes => notes("payable_minor", "credit_notes_minor"),
        BooksRule::Open => open(),
        BooksRule::Spent => spent(),
        BooksRule::Allocated => allocated(),
        BooksRule::NumberGap => number_gap(),
        BooksRule::NumberBeyond => number_beyond(),
    })
}
