//! Adding and changing many products at once.

use gaara_identity::Permission;
use gaara_kernel::StoreError;
use thiserror::Error;

use super::product_refusal::ProductRefusal;
use super::product_writing::{Outcomes, ProductWrite, WrittenProduct, decide, store};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// What happens to the good entries of a batch when others are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchMode {
    /// All entries are written or none.
    Atomic,
    /// The good entries are written.
    Partial,
}

impl BatchMode {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Atomic, Self::Partial];

    /// The name in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Atomic => "atomic",
            Self::Partial => "partial",
        }
    }
}

/// Adds and changes products in one transaction, in a number of statements that does not grow
/// with them.
#[derive(Debug, Clone)]
pub struct WriteProducts {
    /// What happens to the good entries when others are refused.
    pub mode: BatchMode,
    /// The entries; a product stands in one of them only.
    pub writes: Vec<ProductWrite>,
    /// Whether the caller has refused other entries already: an atomic batch is then only checked.
    pub others_refused: bool,
}

/// Why a batch was not written.
#[derive(Debug, Error)]
pub enum WriteProductsError {
    /// Entries, counting from 0, and everything that is wrong with each.
    #[error("entries are refused: {0:?}")]
    Refused(Vec<(usize, Vec<ProductRefusal>)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(WriteProductsError);

impl UseCase for WriteProducts {
    /// What became of each entry, in their order.
    type Output = Vec<Result<WrittenProduct, Vec<ProductRefusal>>>;
    type Error = WriteProductsError;
    const PERMISSION: Permission = Permission::EditProducts;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, WriteProductsError> {
        let outcomes = decide(unit, &self.writes, context).await?;
        if self.mode == BatchMode::Atomic {
            let refused = refused(&outcomes);
            if self.others_refused || !refused.is_empty() {
                return Err(WriteProductsError::Refused(refused));
            }
        }
        let written: Vec<&WrittenProduct> =
            outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
        match store(unit, &written, context).await {
            // Every key was free a moment ago: somebody was faster, so the whole is decided again.
            Err(StoreError::Duplicate { .. }) => Err(StoreError::Conflict)?,
            stored => stored?,
        }
        Ok(outcomes)
    }

    fn audit(&self, output: &Self::Output) -> AuditEntry {
        let count = |is_counted: fn(&WrittenProduct) -> bool| {
            output.iter().flatten().filter(|written| is_counted(written)).count()
        };
        AuditEntry::about("products.written", "products")
            .with("mode", &self.mode.code())
            .with("created", &count(|written| written.before.is_none()))
            .with("changed", &count(|written| written.before.is_some()))
            .with("refused", &output.iter().filter(|outcome| outcome.is_err()).count())
    }
}

fn refused(outcomes: &Outcomes) -> Vec<(usize, Vec<ProductRefusal>)> {
    let numbered = outcomes.iter().enumerate();
    numbered.filter_map(|(at, outcome)| Some((at, outcome.as_ref().err()?.clone()))).collect()
}
