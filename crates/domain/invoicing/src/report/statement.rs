//! What happened between us and a party, and what was owed after each step.

use gaara_kernel::{CreditNoteId, Currency, Date, InvoiceId, Money, MoneyError, PaymentId};

use super::party::Counterparty;

/// What is owed with one party in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// With whom.
    pub party: Counterparty,
    /// In which currency.
    pub currency: Currency,
}

/// What an entry of a statement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntrySource {
    /// An issued invoice.
    Invoice(InvoiceId),
    /// An issued credit note.
    CreditNote(CreditNoteId),
    /// A payment.
    Payment(PaymentId),
}

/// Something that changed what is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementEntry {
    /// Its business date.
    pub date: Date,
    /// What it comes from.
    pub source: EntrySource,
    /// The number of a document.
    pub number: Option<String>,
    /// By when a document is to be paid.
    pub due_date: Option<Date>,
    /// By how much it changed: above zero where more is owed afterwards.
    pub amount: Money,
}

/// An entry, and what was owed after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// What happened.
    pub entry: StatementEntry,
    /// What was owed then.
    pub balance: Money,
}

/// The entries of a period, between what was owed before it and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What was owed before the first day.
    pub opening: Money,
    /// What happened, in its order.
    pub rows: Vec<StatementRow>,
    /// What was owed after the last day.
    pub closing: Money,
}

impl Statement {
    /// Runs through the entries, which are in their order.
    ///
    /// # Errors
    /// [`MoneyError`] when an entry is in another currency, or a balance is beyond an amount.
    pub fn try_new(opening: Money, entries: Vec<StatementEntry>) -> Result<Self, MoneyError> {
        let mut closing = opening;
        let mut rows = Vec::with_capacity(entries.len());
        for entry in entries {
            closing = closing.plus(entry.amount)?;
            rows.push(StatementRow { entry, balance: closing });
        }
        Ok(Self { opening, rows, closing })
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::Id;

    use super::*;

    fn entry(minor: i64, code: &str) -> StatementEntry {
        StatementEntry {
            date: Date::constant(2026, 11, 27),
            source: EntrySource::Invoice(Id::from_uuid(
                "00000000-0000-7000-8000-000000000000".parse().unwrap(),
            )),
            number: None,
            due_date: None,
            amount: Money::from_minor(minor, Currency::parse(code).unwrap()).unwrap(),
        }
    }

    #[test]
    fn each_balance_is_the_one_before_and_the_entry() {
        let entries = vec![entry(1_000, "SAR"), entry(-250, "SAR"), entry(-2_000, "SAR")];
        let opening = entry(150, "SAR").amount;

        let statement = Statement::try_new(opening, entries).unwrap();

        let balances: Vec<i64> = statement.rows.iter().map(|row| row.balance.minor()).collect();
        assert_eq!(balances, [1_150, 900, -1_100]);
        assert_eq!(statement.closing.minor(), -1_100);
        assert_eq!(Statement::try_new(opening, Vec::new()).unwrap().closing, opening);
    }

    #[test]
    fn a_statement_is_of_one_currency() {
        let mixed = Statement::try_new(entry(1, "SAR").amount, vec![entry(1, "KWD")]);
        assert!(matches!(mixed, Err(MoneyError::CurrencyMismatch { .. })));
    }
}
