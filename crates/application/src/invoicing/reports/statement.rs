//! What happened between us and a party.

use gaara_identity::Permission;
use gaara_invoicing::report::{Account, Counterparty, NamedParty, Period, Statement};
use gaara_kernel::Currency;

use super::{PeriodAsked, ReportError, beyond, books};
use crate::context::Context;
use crate::ports::ReadView;
use crate::use_case::Query;

/// Tells what happened between us and a party in a period, in one currency.
#[derive(Debug, Clone)]
pub struct ReportStatement {
    /// With whom.
    pub party: Counterparty,
    /// The currency; the party's own when absent.
    pub currency: Option<Currency>,
    /// The days.
    pub period: PeriodAsked,
}

/// A statement, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountStatement {
    /// With whom.
    pub party: NamedParty,
    /// The days.
    pub period: Period,
    /// What happened.
    pub statement: Statement,
}

impl Query for ReportStatement {
    type Output = AccountStatement;
    type Error = ReportError;
    const PERMISSION: Permission = Permission::ReadReports;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<AccountStatement, ReportError> {
        let period = self.period.days(&books(view).await?, context)?;
        let (name, own_currency) = match self.party {
            Counterparty::Customer(id) => {
                let customer = view.find_customer(id).await?;
                customer.map(|customer| (customer.name, customer.currency))
            }
            Counterparty::Supplier(id) => {
                let supplier = view.find_supplier(id).await?;
                supplier.map(|supplier| (supplier.name, supplier.currency))
            }
        }
        .ok_or(ReportError::NotFound)?;
        let currency = self.currency.unwrap_or(own_currency);
        let account = Account { party: self.party, currency };
        let opening = view.balance_before(&account, period.from()).await?;
        let entries = view.statement_entries(&account, period).await?;
        Ok(AccountStatement {
            party: NamedParty { party: self.party, name },
            period,
            statement: Statement::try_new(opening, entries).map_err(beyond)?,
        })
    }
}
