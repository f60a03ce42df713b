//! The series that every organisation begins with.

use gaara_invoicing::{NumberPattern, NumberSeries, NumberedDocument, Numbering, SeriesReset};
use gaara_kernel::{Code, StoreError, Version};

use crate::context::Context;
use crate::ports::UnitOfWork;

/// Adds one series for each kind of document: `INV-2026-00001` and its like.
pub(crate) async fn add_first_series(
    unit: &mut dyn UnitOfWork,
    context: &Context,
) -> Result<(), StoreError> {
    for document in NumberedDocument::ALL {
        let code = document.first_series();
        let pattern = format!("{code}-{{year}}-{{sequence:05}}");
        let pattern = NumberPattern::parse(&pattern).map_err(internal)?;
        let series = NumberSeries {
            id: context.new_id(),
            code: Code::parse(code).map_err(internal)?,
            document,
            numbering: Numbering::try_new(pattern, SeriesReset::Yearly).map_err(internal)?,
            is_default: true,
            closed_at: None,
            created_at: context.now(),
            updated_at: context.now(),
            version: Version::FIRST,
        };
        unit.series().add(&series).await?;
    }
    Ok(())
}

/// The texts are our own, so a fault in one is ours.
fn internal(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Internal(Box::new(error))
}
