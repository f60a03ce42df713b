//! Reading when invoices are to be paid.

use gaara_kernel::PaymentTerms;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::code::Code;
use crate::json::{Check, Field};
use crate::problem::FieldProblem;

/// When invoices are to be paid.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct PaymentTermsRequest {
    /// Days from the issue date to the due date: 0 to 3650.
    #[schema(value_type = u16, required = true, example = 30)]
    #[serde(default)]
    net_days: Field<u16>,
}

/// Reads the members of `payment_terms`.
pub(super) fn read_terms(request: PaymentTermsRequest, check: &mut Check) -> Option<PaymentTerms> {
    let net_days = check.required("/net_days", request.net_days)?;
    if net_days > PaymentTerms::NET_DAYS_MAX {
        let fault = FieldProblem::new("/net_days", Code::ValidationRange);
        check.fault(fault.param("min", 0).param("max", PaymentTerms::NET_DAYS_MAX));
        return None;
    }
    Some(PaymentTerms::net(net_days))
}
