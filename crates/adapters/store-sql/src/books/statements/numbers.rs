//! Numbers: each given once, in the order of days, and none lost.

use super::{Check, Named, each};
use crate::view::numbering::RUNS;

pub(super) fn gap() -> Check {
    let runs = RUNS.replace("{filter}", "");
    let text = format!(
        "SELECT series, CAST(year AS bigint) AS year, CAST(gap_from AS bigint) AS gap_from, \
         CAST(gap_to AS bigint) AS gap_to, CAST(gap_to - gap_from + 1 AS bigint) AS expected, \
         CAST(0 AS bigint) AS found FROM ({runs}) AS runs WHERE gap_from <= last_sequence"
    );
    Check::new(Named::Run, "number_series_counters", text)
}

pub(super) fn beyond() -> Check {
    let rest = "FROM invoices \
         LEFT JOIN number_series_counters AS counters ON counters.series = invoices.number_series \
         AND counters.year = invoices.number_year WHERE invoices.number_series IS NOT NULL \
         AND (counters.series IS NULL OR invoices.number_sequence > counters.last_sequence \
         OR invoices.number_sequence < counters.first_sequence)";
    let (last, given) = ("COALESCE(counters.last_sequence, 0)", "invoices.number_sequence");
    Check::new(Named::Document, "invoices", each("invoices.id", last, given, rest))
}

/// Every pattern shows the sequence, filled up with noughts or not; the pattern of a series may
/// have been another when the number was given.
pub(super) fn text() -> Check {
    let rest = "FROM invoices \
         WHERE number NOT LIKE '%' || CAST(number_sequence AS text) || '%'";
    Check::new(Named::Document, "invoices", each("id", "number_sequence", "0", rest))
}

pub(super) fn order() -> Check {
    let rest = "FROM (SELECT id, issue_date, LAG(issue_date) OVER \
         (PARTITION BY number_series, number_year ORDER BY number_sequence) AS day_before \
         FROM invoices WHERE number_series IS NOT NULL) AS placed WHERE issue_date < day_before";
    Check::new(Named::Document, "invoices", each("id", "1", "0", rest))
}

pub(super) fn day() -> Check {
    let rest = "FROM number_series_counters AS counter \
         JOIN (SELECT number_series, number_year, MAX(issue_date) AS day FROM invoices \
         WHERE number_series IS NOT NULL GROUP BY number_series, number_year) AS given \
         ON given.number_series = counter.series AND given.number_year = counter.year \
         WHERE counter.last_issue_date IS DISTINCT FROM given.day";
    let text = each("counter.series, counter.year", "1", "0", rest);
    Check::new(Named::Series, "number_series_counters", text)
}
