//! What is open, by how long it has been due.

use gaara_invoicing::report::{AgedBalances, AgedRow, AgedSums, Counterparty};
use gaara_kernel::Language;
use serde::Serialize;
use utoipa::ToSchema;

use crate::views::BilingualBody;

/// What is open in one currency, by how long it has been due.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgedSumsBody {
    /// The currency of the amounts.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// Not overdue.
    #[schema(example = "100.00")]
    pub(crate) current: String,
    /// 1 to 30 days overdue.
    #[schema(example = "0.00")]
    pub(crate) days_1_30: String,
    /// 31 to 60 days overdue.
    #[schema(example = "0.00")]
    pub(crate) days_31_60: String,
    /// 61 to 90 days overdue.
    #[schema(example = "0.00")]
    pub(crate) days_61_90: String,
    /// More than 90 days overdue.
    #[schema(example = "0.00")]
    pub(crate) days_over_90: String,
    /// All that is open.
    #[schema(example = "100.00")]
    pub(crate) open: String,
    /// What was paid or credited beyond documents.
    #[schema(example = "10.00")]
    pub(crate) credit: String,
    /// What is open less the credit.
    #[schema(example = "90.00")]
    pub(crate) balance: String,
}

/// What is open with one party in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgedRowBody {
    /// The party.
    #[schema(example = "cus_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) party_id: String,
    /// Its name.
    pub(crate) party_name: BilingualBody,
    /// Its name in the language asked for.
    pub(crate) party_display_name: String,
    /// What is open.
    #[serde(flatten)]
    pub(crate) sums: AgedSumsBody,
}

/// What is open at the end of a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgedBalancesBody {
    /// The day.
    #[schema(example = "2026-11-27")]
    pub(crate) as_of: String,
    /// One row for each party and currency.
    pub(crate) data: Vec<AgedRowBody>,
    /// The sums of the rows, one for each currency.
    pub(crate) totals: Vec<AgedSumsBody>,
}

impl AgedBalancesBody {
    /// What the API shows of what is open.
    #[must_use]
    pub(crate) fn new(aged: &AgedBalances, language: Language) -> Self {
        Self {
            as_of: aged.as_of.to_string(),
            data: aged.rows.iter().map(|row| AgedRowBody::new(row, language)).collect(),
            totals: aged.totals.iter().map(AgedSumsBody::from).collect(),
        }
    }
}

impl AgedRowBody {
    fn new(row: &AgedRow, language: Language) -> Self {
        Self {
            party_id: party_id(row.party.party),
            party_name: (&row.party.name).into(),
            party_display_name: row.party.name.pick(language).to_owned(),
            sums: (&row.sums).into(),
        }
    }
}

impl From<&AgedSums> for AgedSumsBody {
    fn from(sums: &AgedSums) -> Self {
        Self {
            currency: sums.open.currency().code(),
            current: sums.current.amount(),
            days_1_30: sums.to_30.amount(),
            days_31_60: sums.to_60.amount(),
            days_61_90: sums.to_90.amount(),
            days_over_90: sums.over_90.amount(),
            open: sums.open.amount(),
            credit: sums.credit.amount(),
            balance: sums.balance.amount(),
        }
    }
}

/// A counterparty's id as it is printed.
pub(super) fn party_id(party: Counterparty) -> String {
    match party {
        Counterparty::Customer(id) => id.to_string(),
        Counterparty::Supplier(id) => id.to_string(),
    }
}
