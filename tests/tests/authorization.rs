//! Who may run what: the table in the documentation is compared with the code.
#![expect(clippy::unwrap_used, reason = "a guard that cannot read the tree must fail")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use gaara_application::identity::{
    AddPasskey, AnswerChallenge, AskForProof, AskPasskey, AskPasswordReset, ChangeMe,
    ChangeOrganization, ChangePassword, ChangeRole, ChangeSecondFactorRoles, ChangeUser,
    ConfirmSecondFactor, CreateApiKey, CreateRole, CreateUser, DisableUser, EnableUser,
    EndOtherSessions, EndSession, EndUserSessions, EnrolSecondFactor, FindApiKey, FindMe, FindRole,
    FindUser, FollowLink, GetOrganization, InviteUser, ListApiKeys, ListMyPasskeys, ListMySessions,
    ListPermissions, ListRoles, ListSecondFactorRoles, ListUserSessions, ListUsers, NewSetupToken,
    NoteRefusedSignIn, OpenChallenge, OpenSession, ProveSession, RefreshSession, RemoveApiKey,
    RemovePasskey, RemoveRole, RemoveSecondFactor, RenewRecoveryCodes, ResetSecondFactor,
    RevokeToken, RotateSigningKey, SendInvitation, SetPassword, SetUp, ShowSecondFactor, SignOut,
    StartPasskey, UnlockUser,
};
use gaara_application::inventory::{
    ArchiveProduct, ArchiveSupplier, ArchiveWarehouse, CancelMovement, CancelStocktake,
    ChangeCategory, ChangeMovement, ChangeProduct, ChangeStocktake, ChangeSupplier, ChangeUnit,
    ChangeWarehouse, CountStock, CreateAndPostMovement, CreateCategory, CreateMovement,
    CreateProduct, CreateReservation, CreateStocktake, CreateSupplier, CreateUnit, CreateWarehouse,
    FindCategory, FindMovement, FindProduct, FindReservation, FindStocktake, FindSupplier,
    FindUnit, FindWarehouse, ListCategories, ListLedger, ListLevels, ListMovements, ListProducts,
    ListReorder, ListReservations, ListStocktakeLines, ListStocktakes, ListSuppliers, ListUnits,
    ListWarehouses, PostMovement, PostStocktake, ReleaseReservation, RemoveCategory,
    RestoreProduct, RestoreSupplier, RestoreWarehouse, ReverseMovement, StartStocktake, ValueStock,
    WriteProducts,
};
use gaara_application::invoicing::{
    AllocatePayment, AnnotateInvoice, ArchiveCustomer, ArchiveTaxRate, CalculateInvoice,
    ChangeCreditNote, ChangeCustomer, ChangeInvoice, ChangeNumberSeries, ChangePayment,
    ChangeTaxRate, CloseNumberSeries, CreateAndIssueCreditNote, CreateAndIssueInvoice,
    CreateCreditNote, CreateCustomer, CreateInvoice, CreateNumberSeries, CreateTaxRate,
    FindCustomer, FindExchangeRate, FindExchangeRateAt, FindInvoice, FindNumberSeries, FindPayment,
    FindTaxRate, IssueInvoice, ListCustomers, ListExchangeRates, ListInvoices, ListNumberGaps,
    ListNumberSeries, ListOverdueInvoices, ListPayments, ListTaxRates, RecordPayment,
    RemoveAllocation, RemoveInvoice, RemoveNumberSeries, ReportAgedBalances, ReportSales,
    ReportStatement, ReportTaxReturn, RestoreCustomer, RestoreTaxRate, SetExchangeRate,
    VoidInvoice, VoidPayment,
};
use gaara_application::{Actor, ListAuditLog, NoteRestore, Query, TraceId, UseCase};
use gaara_identity::{Permission, Permissions, Role};
use gaara_tests::tree::{root, rust_files};

/// Names each use case or query once, with the permission it declares.
macro_rules! operations {
    (use_cases: $($use_case:ident),+; queries: $($query:ident),+ $(,)?) => {
        const OPERATIONS: &[(&str, Permission)] = &[
            $((stringify!($use_case), <$use_case as UseCase>::PERMISSION),)+
            $((stringify!($query), <$query as Query>::PERMISSION),)+
        ];
    };
}

operations! {
    use_cases: NewSetupToken, NoteRestore, SetUp, OpenSession, NoteRefusedSignIn, RefreshSession, SignOut, EndSession,
        RevokeToken, RotateSigningKey, EndOtherSessions, EndUserSessions, OpenChallenge, AnswerChallenge, ProveSession,
        EnrolSecondFactor, ConfirmSecondFactor, RemoveSecondFactor, RenewRecoveryCodes,
        AskPasskey, AskForProof, StartPasskey, AddPasskey, RemovePasskey, UnlockUser,
        ResetSecondFactor, ChangeSecondFactorRoles, CreateApiKey, RemoveApiKey, AskPasswordReset,
        FollowLink, InviteUser, SendInvitation, SetPassword, ChangeMe, ChangeOrganization, ChangePassword, CreateRole,
        ChangeRole, RemoveRole, CreateUser, ChangeUser, DisableUser, EnableUser, CreateUnit,
        ChangeUnit, CreateCategory, ChangeCategory, RemoveCategory, CreateSupplier, ChangeSupplier, ArchiveSupplier, RestoreSupplier, CreateProduct,
        ChangeProduct, WriteProducts, ArchiveProduct, RestoreProduct, CreateWarehouse,
        ChangeWarehouse, ArchiveWarehouse, RestoreWarehouse, CreateMovement,
        CreateAndPostMovement, ChangeMovement, PostMovement, ReverseMovement, CancelMovement,
        CreateReservation, ReleaseReservation, CreateStocktake, ChangeStocktake, StartStocktake,
        CountStock, PostStocktake, CancelStocktake, CreateCustomer, CreateTaxRate, CreateInvoice,
        CreateAndIssueInvoice, IssueInvoice, ChangeInvoice, RemoveInvoice, AnnotateInvoice,
        VoidInvoice, CreateCreditNote, CreateAndIssueCreditNote, ChangeCreditNote, RecordPayment,
        CreateNumberSeries, ChangeNumberSeries, CloseNumberSeries, RemoveNumberSeries,
        SetExchangeRate, ChangePayment, AllocatePayment, RemoveAllocation, VoidPayment,
        ChangeCustomer, ArchiveCustomer, RestoreCustomer, ChangeTaxRate, ArchiveTaxRate,
        RestoreTaxRate;
    queries: GetOrganization, FindMe, ListMyPasskeys, ListMySessions, ShowSecondFactor, ListSecondFactorRoles,
        FindApiKey, ListApiKeys, FindRole, ListRoles, ListPermissions,
        FindUser, ListUsers, ListUserSessions, FindUnit, ListUnits, FindCategory, ListCategories,
        FindSupplier, ListSuppliers, FindProduct, ListProducts, FindWarehouse,
        ListWarehouses, ListLevels, ListReorder, ListLedger, ListMovements, FindMovement,
        FindReservation, ListReservations, FindStocktake, ListStocktakes, ListStocktakeLines,
        FindCustomer, ListCustomers, FindTaxRate,
        ListTaxRates, FindNumberSeries, ListNumberSeries, ListNumberGaps, FindInvoice,
        ListInvoices, ListOverdueInvoices, CalculateInvoice, FindPayment, ListPayments,
        FindExchangeRate, FindExchangeRateAt, ListExchangeRates, ListAuditLog, ValueStock,
        ReportAgedBalances, ReportStatement, ReportSales, ReportTaxReturn,
}

fn columns() -> Vec<(&'static str, Permissions)> {
    let stranger = Actor::anonymous(TraceId::parse(&"1".repeat(32)).unwrap());
    let roles = Role::ALL.into_iter().map(|role| (role.code(), role.permissions()));
    std::iter::once(("stranger", stranger.permissions().clone())).chain(roles).collect()
}

fn page() -> String {
    let columns = columns();
    let mut page = String::from(
        "# Who may do what\n\n\
         Each row is a use case or a query of `crates/application`; everything not marked is denied.\n\
         The test `the_table_of_permissions_is_true` compares this page with the code; \
         `UPDATE_DOCS=1` writes it anew.\n\n\
         | Operation | Permission |",
    );
    for (name, _) in &columns {
        write!(page, " {name} |").unwrap();
    }
    page.push_str("\n|---|---|");
    page.push_str(&"---|".repeat(columns.len()));
    page.push('\n');
    let mut operations = OPERATIONS.to_vec();
    operations.sort_by_key(|(name, permission)| (permission.code(), *name));
    for (name, permission) in operations {
        write!(page, "| {name} | `{}` |", permission.code()).unwrap();
        for (_, permissions) in &columns {
            page.push_str(if permissions.allow(permission) { " yes |" } else { " |" });
        }
        page.push('\n');
    }
    page
}

#[test]
fn the_table_of_permissions_is_true() {
    let path = root().join("docs/permissions.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), page());
}

/// The names after `impl UseCase for`, `impl Query for` and in `queries!` blocks.
fn declared() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in rust_files(&root().join("crates/application/src")).unwrap() {
        let mut in_queries = false;
        for line in file.text.lines() {
            let implemented = line
                .strip_prefix("impl UseCase for ")
                .or_else(|| line.strip_prefix("impl Query for "));
            if let Some(rest) = implemented {
                names.insert(rest.trim_end_matches(" {").to_owned());
            }
            in_queries = (in_queries || line.starts_with("queries! {")) && line != "}";
            let declared = line.strip_prefix("    ").filter(|_| in_queries);
            if let Some((name, _)) = declared.and_then(|line| line.split_once(" {"))
                && name.chars().all(char::is_alphanumeric)
            {
                names.insert(name.to_owned());
            }
        }
    }
    names
}

#[test]
fn every_use_case_and_query_stands_in_the_table() {
    let listed: BTreeSet<String> = OPERATIONS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(declared(), listed);
}

#[test]
fn every_permission_is_needed_by_something() {
    let mut needed: BTreeSet<Permission> = OPERATIONS.iter().map(|(_, needed)| *needed).collect();
    // Changing the organisation asks for it, but only where a closed period would open again.
    needed.insert(Permission::ReopenPeriods);
    // Issuing asks for it, but only where a customer would owe more than it may.
    needed.insert(Permission::OverrideCreditLimit);
    // No use case: it has to work without the store.
    needed.insert(Permission::ReadHealth);
    assert_eq!(needed, Permission::ALL.iter().copied().collect());
}
