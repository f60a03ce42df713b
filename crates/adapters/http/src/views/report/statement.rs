//! What happened between us and a party.

use gaara_application::invoicing::AccountStatement;
use gaara_invoicing::report::{EntrySource, StatementRow};
use gaara_kernel::Language;
use serde::Serialize;
use utoipa::ToSchema;

use super::aged_balances::party_id;
use crate::views::BilingualBody;

/// A step of a statement, and what was owed after it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatementRowBody {
    /// Its date.
    #[schema(example = "2026-11-27")]
    pub(crate) date: String,
    /// `invoice`, `credit_note` or `payment`.
    #[serde(rename = "type")]
    #[schema(example = "invoice")]
    pub(crate) entry_type: &'static str,
    /// The id of the document or the payment.
    pub(crate) id: String,
    /// The number of the document; null for a payment.
    #[schema(example = "INV-2026-00001", required = true)]
    pub(crate) number: Option<String>,
    /// By when the document is to be paid; null for a payment.
    #[schema(required = true)]
    pub(crate) due_date: Option<String>,
    /// By how much it changed what is owed: negative where less is owed afterwards.
    #[schema(example = "27.11")]
    pub(crate) amount: String,
    /// What was owed then.
    #[schema(example = "127.11")]
    pub(crate) balance: String,
    /// The currency.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
}

/// What happened between us and a party in a period, in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatementBody {
    /// The party.
    #[schema(example = "cus_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) party_id: String,
    /// Its name.
    pub(crate) party_name: BilingualBody,
    /// Its name in the language asked for.
    pub(crate) party_display_name: String,
    /// The first day.
    #[schema(example = "2026-11-01")]
    pub(crate) date_from: String,
    /// The last day.
    #[schema(example = "2026-11-30")]
    pub(crate) date_to: String,
    /// The currency of every amount.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// What was owed before the first day.
    #[schema(example = "100.00")]
    pub(crate) opening_balance: String,
    /// What happened, in its order.
    pub(crate) data: Vec<StatementRowBody>,
    /// What was owed after the last day.
    #[schema(example = "127.11")]
    pub(crate) closing_balance: String,
}

impl StatementBody {
    /// What the API shows of a statement.
    #[must_use]
    pub(crate) fn new(told: &AccountStatement, language: Language) -> Self {
        let statement = &told.statement;
        Self {
            party_id: party_id(told.party.party),
            party_name: (&told.party.name).into(),
            party_display_name: told.party.name.pick(language).to_owned(),
            date_from: told.period.from().to_string(),
            date_to: told.period.to().to_string(),
            currency: statement.opening.currency().code(),
            opening_balance: statement.opening.amount(),
            data: statement.rows.iter().map(StatementRowBody::from).collect(),
            closing_balance: statement.closing.amount(),
        }
    }
}

impl From<&StatementRow> for StatementRowBody {
    fn from(row: &StatementRow) -> Self {
        let entry = &row.entry;
        let (entry_type, id) = match entry.source {
            EntrySource::Invoice(id) => ("invoice", id.to_string()),
            EntrySource::CreditNote(id) => ("credit_note", id.to_string()),
            EntrySource::Payment(id) => ("payment", id.to_string()),
        };
        Self {
            date: entry.date.to_string(),
            entry_type,
            id,
            number: entry.number.clone(),
            due_date: entry.due_date.map(|date| date.to_string()),
            amount: entry.amount.amount(),
            balance: row.balance.amount(),
            currency: row.balance.currency().code(),
        }
    }
}
