//! What somebody may do.

use std::collections::BTreeSet;
use std::sync::Arc;

macro_rules! permissions {
    ($($(#[$meta:meta])* $name:ident => $code:literal,)+) => {
        /// One thing that may be allowed; everything else is denied.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Permission {
            $($(#[$meta])* $name,)+
        }

        impl Permission {
            /// Every permission there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name that roles, documents and clients use: `invoices.issue`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

permissions! {
    /// Make a setup token; held by the program itself alone.
    MakeSetupToken => "setup.make_token",
    /// Tell the audit log of a restore; held by the program itself alone.
    NoteRestores => "restores.note",
    /// Choose a password for somebody; held by the program itself alone.
    SetPasswords => "passwords.set",
    /// Set the system up; held by nobody who has signed in.
    SetUp => "setup.run",
    /// Sign in, or trade a refresh token; held by whoever has not signed in.
    SignIn => "auth.sign_in",
    /// See and end one's own session.
    UseOwnAccount => "account.own",
    /// See the organisation.
    ReadOrganization => "organization.read",
    /// Change the organisation, and close periods of its books.
    EditOrganization => "organization.edit",
    /// Open a closed period again.
    ReopenPeriods => "periods.reopen",
    /// See users.
    ReadUsers => "users.read",
    /// Add users.
    EditUsers => "users.edit",
    /// Publish the next key that signs access tokens.
    RotateSigningKeys => "signing_keys.rotate",
    /// See roles and permissions.
    ReadRoles => "roles.read",
    /// Make, change and remove roles.
    EditRoles => "roles.edit",
    /// See the keys of programs.
    ReadApiKeys => "api_keys.read",
    /// Make keys of programs and take them away.
    EditApiKeys => "api_keys.edit",
    /// See tax rates.
    ReadTaxRates => "tax_rates.read",
    /// Add tax rates.
    EditTaxRates => "tax_rates.edit",
    /// See number series.
    ReadNumberSeries => "number_series.read",
    /// Add, change, close and remove number series.
    EditNumberSeries => "number_series.edit",
    /// See exchange rates.
    ReadExchangeRates => "exchange_rates.read",
    /// Set exchange rates.
    EditExchangeRates => "exchange_rates.edit",
    /// See units.
    ReadUnits => "units.read",
    /// Add and change units.
    EditUnits => "units.edit",
    /// See categories.
    ReadCategories => "categories.read",
    /// Add, change and remove categories.
    EditCategories => "categories.edit",
    /// See suppliers.
    ReadSuppliers => "suppliers.read",
    /// Add, change and archive suppliers.
    EditSuppliers => "suppliers.edit",
    /// See products.
    ReadProducts => "products.read",
    /// Add, change and archive products.
    EditProducts => "products.edit",
    /// See warehouses.
    ReadWarehouses => "warehouses.read",
    /// Add, change and archive warehouses.
    EditWarehouses => "warehouses.edit",
    /// See stock levels and movements.
    ReadStock => "stock.read",
    /// Write drafts of stock movements.
    DraftStock => "stock.draft",
    /// Post and reverse stock movements.
    PostStock => "stock.post",
    /// See reservations.
    ReadReservations => "reservations.read",
    /// Make reservations and take them back.
    EditReservations => "reservations.edit",
    /// See stocktakes.
    ReadStocktakes => "stocktakes.read",
    /// Plan stocktakes and count.
    EditStocktakes => "stocktakes.edit",
    /// Post stocktakes.
    PostStocktakes => "stocktakes.post",
    /// See customers.
    ReadCustomers => "customers.read",
    /// Add customers.
    EditCustomers => "customers.edit",
    /// See invoices, and calculate one without storing it.
    ReadInvoices => "invoices.read",
    /// Write draft invoices and credit notes, and note something on issued ones.
    DraftInvoices => "invoices.draft",
    /// Issue invoices and credit notes.
    IssueInvoices => "invoices.issue",
    /// Void issued invoices and credit notes.
    VoidInvoices => "invoices.void",
    /// Issue an invoice beyond the credit limit of its customer.
    OverrideCreditLimit => "invoices.override_credit_limit",
    /// See payments.
    ReadPayments => "payments.read",
    /// Record payments.
    PostPayments => "payments.post",
    /// See what is owed, what was sold, at which margin, and what is to be declared.
    ReadReports => "reports.read",
    /// See how the server is, and what it stands on.
    ReadHealth => "health.read",
    /// See the audit log.
    ReadAuditLog => "audit.read",
}

impl Permission {
    /// Finds a permission by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|permission| permission.code() == code)
    }

    /// Whether a role may hold it: not what belongs to strangers or to the program itself.
    #[must_use]
    pub const fn is_grantable(self) -> bool {
        !matches!(
            self,
            Self::MakeSetupToken
                | Self::NoteRestores
                | Self::SetPasswords
                | Self::SetUp
                | Self::SignIn
        )
    }
}

/// A set of permissions, which costs nothing to copy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permissions(Arc<BTreeSet<Permission>>);

impl Permissions {
    /// Whether this permission is in the set.
    #[must_use]
    pub fn allow(&self, permission: Permission) -> bool {
        self.0.contains(&permission)
    }

    /// The first permission of the set that another set lacks: nobody gives what they do not hold.
    #[must_use]
    pub fn first_beyond(&self, other: &Self) -> Option<Permission> {
        self.0.difference(&other.0).next().copied()
    }

    /// The permissions that are in another set as well.
    #[must_use]
    pub fn within(&self, other: &Self) -> Self {
        self.0.intersection(&other.0).copied().collect()
    }

    /// The permissions, in the order of [`Permission::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Permission> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(Arc::new(permissions.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_unique() {
        let codes: BTreeSet<&str> = Permission::ALL.iter().map(|it| it.code()).collect();
        assert_eq!(codes.len(), Permission::ALL.len());
    }

    #[test]
    fn a_name_finds_its_permission() {
        for permission in Permission::ALL {
            assert_eq!(Permission::from_code(permission.code()), Some(*permission));
        }
        assert_eq!(Permission::from_code("users.own"), None);
    }

    #[test]
    fn what_lies_beyond_another_set_is_told() {
        let of = |list: &[Permission]| list.iter().copied().collect::<Permissions>();
        let (some, more) =
            (of(&[Permission::ReadStock]), of(&[Permission::ReadStock, Permission::PostStock]));
        assert_eq!(some.first_beyond(&more), None);
        assert_eq!(more.first_beyond(&some), Some(Permission::PostStock));
    }

    #[test]
    fn an_empty_set_allows_nothing() {
        let none = Permissions::default();
        assert!(Permission::ALL.iter().all(|permission| !none.allow(*permission)));
    }
}
