//! Books full of invoices, written by a few statements over a series of numbers.

use gaara_kernel::{CustomerId, Id, InvoiceId};
use uuid::Uuid;

/// How many invoices each customer has.
pub(crate) const INVOICES_PER_CUSTOMER: u32 = 100;
/// One document in so many is a draft, and one in so many is not paid.
const RARE: u32 = 500;

/// An invoice of the series.
pub(crate) fn invoice(number: u32) -> InvoiceId {
    InvoiceId::from_uuid(Uuid::from_u128((0x7000_a000 << 48) | u128::from(number)))
}

/// A customer of the series, from 0.
pub(crate) fn customer(number: u32) -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128((0x7000_b000 << 48) | u128::from(number)))
}

/// An id with these digits in its middle, counted by an expression.
pub(crate) fn id(is_sqlite: bool, middle: &str, number: &str) -> String {
    if is_sqlite {
        format!("unhex(printf('000000000000{middle}%012x', {number}))")
    } else {
        let (version, variant) = middle.split_at(4);
        format!("('00000000-0000-{version}-{variant}-' || lpad(to_hex({number}), 12, '0'))::uuid")
    }
}

fn series(is_sqlite: bool, count: u32) -> String {
    if is_sqlite {
        format!(
            "(WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count}) \
             SELECT n FROM s)"
        )
    } else {
        format!("(SELECT n FROM generate_series(1, {count}) AS n)")
    }
}

/// The statements that fill books that are set up: fifty invoices a day, each of 115.00, the later
/// the younger; one in five hundred is a draft, and another one in five hundred is unpaid.
pub(crate) fn seed(is_sqlite: bool, invoices: u32) -> Vec<String> {
    let customers = invoices / INVOICES_PER_CUSTOMER;
    let day = if is_sqlite {
        "date('2020-01-01', '+' || (i.n / 50) || ' days')"
    } else {
        "DATE '2020-01-01' + (i.n / 50)"
    };
    let is_draft = format!("i.n % {RARE} = 7");
    let issued = |value: &str| format!("CASE WHEN {is_draft} THEN NULL ELSE {value} END");
    let state = format!("CASE WHEN {is_draft} THEN 'draft' ELSE 'issued' END");
    let is_paid = format!("NOT ({is_draft}) AND i.n % {RARE} <> 9");
    let payment = format!(
        "CASE WHEN {is_draft} THEN 'none' WHEN i.n % {RARE} = 9 THEN 'unpaid' ELSE 'paid' END"
    );
    vec![
        format!(
            "INSERT INTO customers (id, name_en, country, currency, net_days, created_at_ms, \
             updated_at_ms, version) SELECT {id}, 'Customer ' || c.n, 'SA', 'SAR', 30, c.n, c.n, 1 \
             FROM {series} AS c",
            id = id(is_sqlite, "7000b000", "c.n - 1"),
            series = series(is_sqlite, customers),
        ),
        format!(
            "INSERT INTO invoices (id, status, payment_status, number, number_series, \
             number_year, number_sequence, customer_id, party_name_en, currency, prices_include_tax, issue_date, \
             due_date, issued_at_ms, lines_net_minor, allowances_minor, charges_minor, \
             tax_exclusive_minor, tax_minor, tax_inclusive_minor, prepaid_minor, rounding_minor, \
             payable_minor, paid_minor, credited_minor, created_at_ms, updated_at_ms, version) \
             SELECT {id}, {state}, {payment}, {number}, {code}, {year}, {sequence}, {customer}, \
             {party}, 'SAR', FALSE, {date}, {date}, {at}, 10000, 0, 0, 10000, 1500, 11500, 0, 0, 11500, \
             CASE WHEN {is_paid} THEN 11500 ELSE 0 END, 0, i.n, i.n, 1 FROM {series} AS i",
            id = id(is_sqlite, "7000a000", "i.n"),
            number = issued("'OLD-' || (1000000 + i.n)"),
            party = issued("'Buyer'"),
            code = issued("'INV'"),
            year = issued("2020"),
            sequence = issued("i.n"),
            customer = id(is_sqlite, "7000b000", &format!("i.n % {customers}")),
            date = issued(day),
            at = issued("i.n"),
            series = series(is_sqlite, invoices),
        ),
        "ANALYZE".to_owned(),
    ]
}
