//! The roles that are built in.

use crate::permission::{Permission, Permissions};

/// A role that every installation has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// May do everything a signed-in person can do.
    Admin,
    /// Keeps the books: tax rates, customers, suppliers, invoices, payments.
    Accountant,
    /// Sells: customers, drafts and issued invoices.
    Sales,
    /// Keeps the stock: units, categories, suppliers, products, warehouses, movements.
    Storekeeper,
    /// Reads everything, writes nothing.
    Auditor,
}

impl Role {
    /// Every role, in the order documents name them.
    pub const ALL: [Self; 5] =
        [Self::Admin, Self::Accountant, Self::Sales, Self::Storekeeper, Self::Auditor];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Accountant => "accountant",
            Self::Sales => "sales",
            Self::Storekeeper => "storekeeper",
            Self::Auditor => "auditor",
        }
    }

    /// Finds a role by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// What the role allows.
    #[must_use]
    pub fn permissions(self) -> Permissions {
        Permission::ALL.iter().copied().filter(|permission| self.allows(*permission)).collect()
    }

    fn allows(self, permission: Permission) -> bool {
        use Permission as P;
        match permission {
            P::MakeSetupToken | P::NoteRestores | P::SetPasswords | P::SetUp | P::SignIn => false,
            P::UseOwnAccount
            | P::ReadOrganization
            | P::ReadTaxRates
            | P::ReadNumberSeries
            | P::ReadExchangeRates
            | P::ReadUnits
            | P::ReadCategories
            | P::ReadSuppliers
            | P::ReadProducts
            | P::ReadWarehouses
            | P::ReadStock
            | P::ReadReservations
            | P::ReadStocktakes => true,
            P::ReadReports => {
                matches!(self, Self::Admin | Self::Accountant | Self::Auditor)
            }
            P::EditUsers
            | P::EditRoles
            | P::EditApiKeys
            | P::RotateSigningKeys
            | P::ReopenPeriods => self == Self::Admin,
            P::ReadUsers | P::ReadRoles | P::ReadApiKeys | P::ReadAuditLog | P::ReadHealth => {
                matches!(self, Self::Admin | Self::Auditor)
            }
            P::EditOrganization
            | P::EditTaxRates
            | P::EditNumberSeries
            | P::EditExchangeRates
            | P::VoidInvoices
            | P::OverrideCreditLimit
            | P::PostPayments => matches!(self, Self::Admin | Self::Accountant),
            P::EditUnits
            | P::EditCategories
            | P::EditProducts
            | P::EditWarehouses
            | P::DraftStock
            | P::PostStock
            | P::EditStocktakes
            | P::PostStocktakes => matches!(self, Self::Admin | Self::Storekeeper),
            P::EditReservations => matches!(self, Self::Admin | Self::Storekeeper | Self::Sales),
            P::EditSuppliers => {
                matches!(self, Self::Admin | Self::Accountant | Self::Storekeeper)
            }
            P::ReadCustomers | P::ReadInvoices | P::ReadPayments => self != Self::Storekeeper,
            P::EditCustomers | P::DraftInvoices | P::IssueInvoices => {
                matches!(self, Self::Admin | Self::Accountant | Self::Sales)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(permission: Permission) -> bool {
        permission.code().split('.').next_back() == Some("read")
    }

    #[test]
    fn an_auditor_reads_all_and_writes_nothing() {
        for permission in Role::Auditor.permissions().iter() {
            let code = permission.code();
            assert!(reads(permission) || code == "account.own", "{code}");
        }
        for permission in Permission::ALL {
            if reads(*permission) {
                assert!(Role::Auditor.permissions().allow(*permission), "{permission:?}");
            }
        }
    }

    #[test]
    fn no_role_holds_what_belongs_to_strangers() {
        for role in Role::ALL {
            assert!(!role.permissions().allow(Permission::MakeSetupToken));
            assert!(!role.permissions().allow(Permission::NoteRestores));
            assert!(!role.permissions().allow(Permission::SetPasswords));
            assert!(!role.permissions().allow(Permission::SetUp));
            assert!(!role.permissions().allow(Permission::SignIn));
        }
    }

    #[test]
    fn a_storekeeper_cannot_issue_an_invoice() {
        assert!(!Role::Storekeeper.permissions().allow(Permission::IssueInvoices));
        assert!(Role::Storekeeper.permissions().allow(Permission::PostStock));
    }
}
