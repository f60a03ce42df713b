//! Calculating an invoice without storing it.

use gaara_identity::Permission;
use gaara_invoicing::totals::{
    DocumentAdjustment, DocumentInput, Totals, TotalsError, TotalsPolicy, calculate,
};
use gaara_kernel::{Currency, Money, StoreError};
use thiserror::Error;

use crate::context::Context;
use crate::failure::failure;
use crate::invoicing::cash_rounding::cash_increment;
use crate::invoicing::lines::{CompletedLine, LineError, Lookup, WrittenLine};
use crate::ports::ReadView;
use crate::use_case::Query;

/// Calculates a document. Quantities may be negative here; nothing is stored.
#[derive(Debug, Clone)]
pub struct CalculateInvoice {
    /// The currency of every amount.
    pub currency: Currency,
    /// Whether line prices hold the tax.
    pub prices_include_tax: bool,
    /// The lines.
    pub lines: Vec<WrittenLine>,
    /// Allowances on the whole document.
    pub allowances: Vec<DocumentAdjustment>,
    /// Charges on the whole document.
    pub charges: Vec<DocumentAdjustment>,
    /// What was paid before.
    pub prepaid: Money,
    /// What is added to the amount due to make it round.
    pub rounding: Money,
}

/// A calculated document.
#[derive(Debug, Clone)]
pub struct CalculatedInvoice {
    /// The completed lines.
    pub lines: Vec<CompletedLine>,
    /// What the document comes to.
    pub totals: Totals,
}

/// Why a document cannot be calculated. Lines count from 0.
#[derive(Debug, Error)]
pub enum CalculateError {
    /// A line cannot be completed.
    #[error("line {line}: {error}")]
    Line {
        /// The line.
        line: usize,
        /// Why.
        error: LineError,
    },
    /// The totals cannot be calculated.
    #[error(transparent)]
    Totals(#[from] TotalsError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CalculateError);

impl Query for CalculateInvoice {
    type Output = CalculatedInvoice;
    type Error = CalculateError;
    const PERMISSION: Permission = Permission::ReadInvoices;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        _: &Context,
    ) -> Result<CalculatedInvoice, CalculateError> {
        let products = view.find_products(&Lookup::product_ids(&self.lines)).await?;
        let codes = Lookup::rate_codes(&self.lines, &products);
        let rates = view.find_tax_rates(&codes).await?;
        let units = view.find_units(&Lookup::unit_codes(&self.lines, &products)).await?;
        let lines = Lookup::new(products, rates, units)
            .complete_all(&self.lines, self.currency)
            .map_err(|(line, error)| CalculateError::Line { line, error })?;
        let inputs = lines.iter().map(|line| line.input.clone()).collect();
        let document = DocumentInput {
            prices_include_tax: self.prices_include_tax,
            allowances: self.allowances.clone(),
            charges: self.charges.clone(),
            prepaid: self.prepaid,
            rounding: self.rounding,
            ..DocumentInput::new(self.currency, inputs)
        };
        let organization = view.find_organization().await?;
        let cash_increment = cash_increment(organization.as_ref(), &document);
        let document = DocumentInput { cash_increment, ..document };
        let totals = calculate(&document, &TotalsPolicy::for_currency(self.currency))?;
        Ok(CalculatedInvoice { lines, totals })
    }
}
