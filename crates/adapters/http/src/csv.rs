//! Lists and reports as CSV (RFC 4180): one way for all of them.
//!
//! A row is written from its JSON, so that both always say the same; a table only chooses which of
//! its fields stand in columns, and in which order.

mod cell;
mod column;
mod page;
mod tables;

use csv::{Terminator, WriterBuilder};
use gaara_kernel::Language;
use serde::Serialize;

pub use column::Column;
pub use page::csv_page;
pub(crate) use tables::{TABLES, Table};

/// The media type of a table.
pub(crate) const TEXT_CSV: &str = "text/csv";

/// Without it spreadsheets read Arabic in the code page of the machine.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// What a list or a report shows of one thing, in a row of a table.
pub trait CsvRow: Serialize {
    /// The columns, in their order; columns are added at the end and never change their meaning.
    const COLUMNS: &'static [Column];
}

/// The line of the headers, after the mark that tells the encoding.
pub(crate) fn head<R: CsvRow>(language: Language) -> Vec<u8> {
    let mut text = BYTE_ORDER_MARK.as_bytes().to_vec();
    text.extend(records(std::iter::once(R::COLUMNS.iter().map(|column| column.header(language)))));
    text
}

/// The lines of some rows.
pub(crate) fn lines<R: CsvRow>(rows: &[R]) -> Vec<u8> {
    records(rows.iter().map(|row| {
        // Rows are structs of texts, numbers and lists, which always serialize.
        let row = serde_json::to_value(row).unwrap_or_default();
        R::COLUMNS.iter().map(move |column| cell::text(column.find(&row)))
    }))
}

/// Writing to memory cannot fail.
fn records<T: AsRef<[u8]>>(rows: impl Iterator<Item = impl Iterator<Item = T>>) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).ok();
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests;
