//! Taking the next number of a series.

use gaara_invoicing::{DateOutOfOrder, InvoiceNumber, NumberedDocument, SeriesChoice};
use gaara_kernel::{Code, Date, StoreError};
use thiserror::Error;

use crate::failure::failure;
use crate::ports::UnitOfWork;

/// Why a document was given no number.
#[derive(Debug, Error)]
pub enum NumberError {
    /// There is no such number series.
    #[error("there is no number series {0}")]
    Unknown(Code),
    /// The document names no series, and its kind has no usual one.
    #[error("no number series is the default of {}", .0.code())]
    NoDefault(NumberedDocument),
    /// The series numbers something else.
    #[error("the number series {code} numbers {}", .numbers.code())]
    OtherDocument {
        /// The series.
        code: Code,
        /// What it numbers.
        numbers: NumberedDocument,
    },
    /// The series gives no numbers any more.
    #[error("the number series {0} is closed")]
    Closed(Code),
    /// The series went past this date.
    #[error(transparent)]
    DateOutOfOrder(#[from] DateOutOfOrder),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(NumberError);

/// Takes the next number, as late as can be: everybody who issues waits for the series. It is lost
/// with the unit when that fails.
pub(crate) async fn take_number(
    unit: &mut dyn UnitOfWork,
    document: NumberedDocument,
    named: Option<&Code>,
    issue_date: Date,
) -> Result<InvoiceNumber, NumberError> {
    let choice = match named {
        Some(code) => SeriesChoice::Named(code.clone()),
        None => SeriesChoice::Default(document),
    };
    let series = unit.series().hold(&choice).await?.ok_or_else(|| match &choice {
        SeriesChoice::Named(code) => NumberError::Unknown(code.clone()),
        SeriesChoice::Default(document) => NumberError::NoDefault(*document),
    })?;
    let code = series.code;
    if series.document != document {
        return Err(NumberError::OtherDocument { code, numbers: series.document });
    }
    if series.closed_at.is_some() {
        return Err(NumberError::Closed(code));
    }
    let year = series.numbering.reset().counted_year(issue_date);
    let counter = unit.series().lock_counter(&code, year).await?;
    let mut counter = counter.ok_or(NumberError::Unknown(code))?;
    let number = counter.take(issue_date, &series.numbering)?;
    unit.series().save_counter(&counter).await?;
    Ok(number)
}
