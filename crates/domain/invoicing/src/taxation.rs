//! The taxes of an invoice on the day it is issued: whether its rates are in force, and why no tax
//! is charged where none is.

use gaara_kernel::{Code, Date};
use thiserror::Error;

use crate::details::{ExemptionReason, Reference};
use crate::document::DocumentKind;
use crate::draft::InvoiceContent;
use crate::tax_rate::{TaxExemption, TaxRate};
use crate::totals::TaxCategory;

/// Why an invoice cannot be taxed as it is written. Lines count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TaxationError {
    /// The rate of a line is not in force on that day.
    #[error("line {line}: the tax rate {code} is not in force on {date}")]
    RateNotEffective {
        /// The line.
        line: usize,
        /// The code of the rate.
        code: Code,
        /// The day of issuing.
        date: Date,
    },
    /// A sale charges no tax and does not say why.
    #[error("the category {} needs an exemption reason", category.code())]
    ReasonMissing {
        /// The category.
        category: TaxCategory,
    },
}

impl InvoiceContent {
    /// Makes sure that the rates of the lines are in force on a day, and takes over their reasons
    /// for charging no tax where the document gives none itself. A purchase is booked as the
    /// supplier wrote it, with or without a reason.
    ///
    /// # Errors
    /// Every variant of [`TaxationError`]; a rate that is not among `rates` is not in force.
    pub fn taxed_on(&mut self, date: Date, rates: &[TaxRate]) -> Result<(), TaxationError> {
        self.check_rates(date, rates)?;
        let untaxed = self.totals.tax_groups.iter().map(|group| group.tax.category());
        let mut untaxed: Vec<TaxCategory> = untaxed.filter(|it| !it.is_taxed()).collect();
        untaxed.dedup();
        for category in untaxed {
            let reasons = &mut self.written.details.exemptions;
            if reasons.iter().any(|reason| reason.category == category) {
                continue;
            }
            let mut usual = rates.iter().filter(|rate| rate.tax.category() == category);
            if let Some(exemption) = usual.find_map(|rate| rate.exemption.as_ref()) {
                reasons.push(reason(category, exemption));
            } else if category.needs_reason() && self.written.kind() == DocumentKind::Sale {
                return Err(TaxationError::ReasonMissing { category });
            }
        }
        Ok(())
    }

    fn check_rates(&self, date: Date, rates: &[TaxRate]) -> Result<(), TaxationError> {
        for (line, written) in self.written.lines.iter().enumerate() {
            let Some(code) = &written.tax_rate else { continue };
            let rate = rates.iter().find(|rate| rate.code == *code);
            if !rate.is_some_and(|rate| rate.is_effective(date)) {
                return Err(TaxationError::RateNotEffective { line, code: code.clone(), date });
            }
        }
        Ok(())
    }
}

fn reason(category: TaxCategory, exemption: &TaxExemption) -> ExemptionReason {
    // Whatever a rate may be given as a code is short enough for a document.
    let code = exemption.code().and_then(|code| Reference::parse(code.as_str()).ok());
    ExemptionReason { category, code, text: exemption.text().cloned() }
}
