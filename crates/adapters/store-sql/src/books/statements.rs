//! How each rule of the books is checked: one statement over whole tables, for both engines.

mod documents;
mod numbers;
mod settlement;
mod stock;

use gaara_kernel::{
    AllocationId, Id, InvoiceId, MovementId, PaymentId, ProductId, StoreError, WarehouseId,
};
use sea_orm::prelude::Uuid;
use sea_orm::{DbBackend, QueryResult};

use super::{BooksFinding, BooksRule};
use crate::error::failure;

/// What the rows of an answer name. Each has `expected` and `found` too, unless it says otherwise.
enum Named {
    /// A level: `product_id`, `warehouse_id`.
    Level,
    /// A line of a movement: `movement_id`, `position`.
    Line,
    /// A movement: `id`.
    Movement,
    /// A document: `id`.
    Document,
    /// A payment: `id`.
    Payment,
    /// An allocation: `id`.
    Allocation,
    /// Numbers of a series: `series`, `year`, `gap_from`, `gap_to`.
    Run,
    /// A series in a year: `series`, `year`.
    Series,
    /// A reference to nothing, as SQLite tells of it: without `expected` and `found`.
    Reference,
    /// A sentence of SQLite and nothing else, which is `ok` when there is nothing to tell.
    Sentence,
}

/// How a rule is checked.
pub(super) struct Check {
    pub(super) text: String,
    table: &'static str,
    named: Named,
}

impl Check {
    fn new(named: Named, table: &'static str, text: impl Into<String>) -> Self {
        Self { text: text.into(), table, named }
    }

    /// A finding out of a row, where it is one.
    pub(super) fn finding(&self, row: &QueryResult) -> Result<Option<BooksFinding>, StoreError> {
        let number = |column| row.try_get::<i64>("", column).map_err(failure);
        let id = self.id(row)?;
        let (table, expected, found) = match self.named {
            Named::Sentence if id == "ok" => return Ok(None),
            Named::Sentence => (self.table.to_owned(), 0, 1),
            Named::Reference => (row.try_get("", "table").map_err(failure)?, 1, 0),
            _ => (self.table.to_owned(), number("expected")?, number("found")?),
        };
        Ok(Some(BooksFinding { table, id, expected, found }))
    }

    /// What a row names.
    fn id(&self, row: &QueryResult) -> Result<String, StoreError> {
        let uuid = |column| row.try_get::<Uuid>("", column).map_err(failure);
        let number = |column| row.try_get::<i64>("", column).map_err(failure);
        let text = |column| row.try_get::<String>("", column).map_err(failure);
        Ok(match self.named {
            Named::Level => {
                let product = ProductId::from_uuid(uuid("product_id")?);
                format!("{product}/{}", WarehouseId::from_uuid(uuid("warehouse_id")?))
            }
            Named::Line => {
                let movement = MovementId::from_uuid(uuid("movement_id")?);
                format!("{movement}/{}", number("position")?)
            }
            Named::Movement => MovementId::from_uuid(uuid("id")?).to_string(),
            Named::Document => InvoiceId::from_uuid(uuid("id")?).to_string(),
            Named::Payment => PaymentId::from_uuid(uuid("id")?).to_string(),
            Named::Allocation => AllocationId::from_uuid(uuid("id")?).to_string(),
            Named::Run => {
                let (from, to) = (number("gap_from")?, number("gap_to")?);
                format!("{}/{}/{from}-{to}", text("series")?, number("year")?)
            }
            Named::Series => format!("{}/{}", text("series")?, number("year")?),
            Named::Reference => {
                let id = row.try_get::<Option<i64>>("", "rowid").map_err(failure)?;
                format!("{} of row {}", text("parent")?, id.unwrap_or_default())
            }
            Named::Sentence => row.try_get_by_index(0).map_err(failure)?,
        })
    }
}

/// Rows of two kinds by a key, of which the sums have to be equal, or be in order: a breach is what
/// stands between the sum of what was found and the expected one where they are not.
fn compare(key: &str, expected: &str, found: &str, breach: &str) -> String {
    let rows = format!("{expected} UNION ALL {found}");
    format!("{} ORDER BY {key}", added_up(key, key, &rows, breach))
}

/// What rows add up to in each group, where that is a breach.
fn added_up(key: &str, group: &str, rows: &str, breach: &str) -> String {
    let (expected, found) = (sum("expected"), sum("found"));
    format!(
        "SELECT {key}, CAST({expected} AS bigint) AS expected, CAST({found} AS bigint) AS found \
         FROM ({rows}) AS added GROUP BY {group} HAVING {found} {breach} {expected}"
    )
}

/// What a column adds up to. A sum of SQLite must not pass 64 bits on the way to its result; sums
/// of the upper and of the lower bits never do.
fn sum(column: &str) -> String {
    format!("(SUM({column} >> 20) * 1048576 + SUM({column} & 1048575))")
}

/// Rows, each of which breaks a rule by itself, in the order of what they name.
fn each(key: &str, expected: &str, found: &str, rest: &str) -> String {
    format!(
        "SELECT {key}, CAST({expected} AS bigint) AS expected, CAST({found} AS bigint) AS found \
         {rest} ORDER BY {key}"
    )
}

/// How a rule is checked; not at all where the engine cannot break it.
pub(super) fn check(rule: BooksRule, backend: DbBackend) -> Option<Check> {
    let pragma = |text: &str, named| {
        let check = Check::new(named, "sqlite_schema", text);
        (backend == DbBackend::Sqlite).then_some(check)
    };
    Some(match rule {
        BooksRule::File => return pragma("PRAGMA integrity_check", Named::Sentence),
        BooksRule::References => return pragma("PRAGMA foreign_key_check", Named::Reference),
        // It is no statement: see `super::schema`.
        BooksRule::Schema => return None,
        BooksRule::LevelQuantity => stock::ledger_sum("quantity_millionths", "on_hand_millionths"),
        BooksRule::LevelValue => stock::ledger_sum("value_minor", "value_minor"),
        BooksRule::LayerQuantity => stock::layers("quantity_millionths", "on_hand_millionths"),
        BooksRule::LayerValue => stock::layers("value_minor", "value_minor"),
        BooksRule::Reserved => stock::reserved(),
        BooksRule::StockCurrency => stock::currency(),
        BooksRule::Ledger => stock::ledger(),
        BooksRule::LedgerDay => stock::ledger_day(),
        BooksRule::Reversal => stock::reversal(),
        BooksRule::Goods => stock::goods(),
        BooksRule::Cost => documents::cost(),
        BooksRule::Lines => documents::parts("invoice_lines", "net_minor", "lines_net_minor"),
        BooksRule::Groups => documents::groups(),
        BooksRule::LineTax => documents::line_tax(),
        BooksRule::Allowances => documents::adjustments("FALSE", "allowances_minor"),
        BooksRule::Charges => documents::adjustments("TRUE", "charges_minor"),
        BooksRule::Taxable => {
            documents::parts("invoice_tax_groups", "taxable_minor", "tax_exclusive_minor")
        }
        BooksRule::Tax => documents::parts("invoice_tax_groups", "tax_amount_minor", "tax_minor"),
        BooksRule::Instalments => documents::instalments(),
        BooksRule::Base => documents::base(),
        BooksRule::Corrects => documents::corrects(),
        BooksRule::Voided => settlement::voided(),
        BooksRule::Paid => settlement::paid(),
        BooksRule::Credited => settlement::notes("credited_minor", "credited_minor"),
        BooksRule::CreditNotes => settlement::notes("payable_minor", "credit_notes_minor"),
        BooksRule::Open => settlement::open(),
        BooksRule::Spent => settlement::spent(),
        BooksRule::AllocatedSum => settlement::allocated_sum(),
        BooksRule::Allocated => settlement::allocated(),
        BooksRule::SettledDay => settlement::settled_day(),
        BooksRule::BasePaid => settlement::base_paid(),
        BooksRule::Gain => settlement::gain(),
        BooksRule::BasePayment => settlement::base_payment(),
        BooksRule::NumberGap => numbers::gap(),
        BooksRule::NumberBeyond => numbers::beyond(),
        BooksRule::NumberText => numbers::text(),
        BooksRule::NumberOrder => numbers::order(),
        BooksRule::NumberDay => numbers::day(),
    })
}
