//! Rounding what is to be paid to the organisation's smallest coin.

use gaara_identity::Organization;
use gaara_invoicing::totals::{DocumentInput, TotalsError, TotalsPolicy, calculate};
use gaara_kernel::Money;

/// The smallest coin for a document: the organisation's, in its own currency, unless the document
/// says itself how much it is rounded by.
pub(crate) fn cash_increment(
    organization: Option<&Organization>,
    document: &DocumentInput,
) -> Option<Money> {
    let coin = organization?.cash_rounding?;
    let applies = document.rounding.is_zero() && coin.currency() == document.currency;
    applies.then_some(coin)
}

/// What a document is rounded by: what it says, or what its smallest coin makes of it.
pub(crate) fn rounding(
    organization: Option<&Organization>,
    document: DocumentInput,
) -> Result<Money, TotalsError> {
    let cash_increment = cash_increment(organization, &document);
    if cash_increment.is_none() {
        return Ok(document.rounding);
    }
    let document = DocumentInput { cash_increment, ..document };
    Ok(calculate(&document, &TotalsPolicy::for_currency(document.currency))?.rounding)
}

/// Whether a document is rounded by what its smallest coin makes of it, and not by what somebody
/// said.
pub(crate) fn is_by_coin(
    organization: Option<&Organization>,
    document: DocumentInput,
) -> Result<bool, TotalsError> {
    let said = document.rounding;
    let unsaid = DocumentInput { rounding: Money::zero(document.currency), ..document };
    Ok(rounding(organization, unsaid)? == said)
}
