//! The page that tells which columns each table has.

use gaara_kernel::Language;

use super::TABLES;

/// The page `docs/csv.md`: every table, its columns and their headers in both languages.
#[must_use]
pub fn csv_page() -> String {
    let mut page = String::from(
        "# CSV\n\n\
         This page is generated from the tables of columns; `UPDATE_DOCS=1 cargo test -p gaara-http` \
         writes it anew.\n\
         Every list and every report answers `Accept: text/csv` with the rows that it shows as JSON.\n\n\
         - UTF-8 with a byte order mark; RFC 4180: commas, quotes where they are needed, CRLF.\n\
         - The headers follow `Accept-Language`, Arabic or English; the order of the columns never \
         changes, new ones are added at the end.\n\
         - Amounts, quantities, dates and ids are the texts of the JSON; nothing is left empty.\n\
         - A text that begins with `=`, `+`, `-`, `@`, a tabulator or a carriage return has an apostrophe \
         before it, so that no spreadsheet runs it; a negative number stays a number.\n\
         - A list is read page by page along the header `Link`; a report is sent whole.\n\
         - What holds objects of its own, such as the lines of a movement, has no column.\n",
    );
    for table in TABLES {
        page.extend(["\n## ", table.name, "\n\n", "| Field | English | Arabic |\n"]);
        page.push_str("| --- | --- | --- |\n");
        for column in table.columns {
            let (english, arabic) =
                (column.header(Language::English), column.header(Language::Arabic));
            page.extend(["| `", column.path(), "` | ", english, " | ", arabic, " |\n"]);
        }
    }
    page
}
