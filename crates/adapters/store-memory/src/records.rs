//! Everything the store holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::passkeys::Passkeys;
use crate::seals::Seals;
use crate::second_factors::SecondFactors;
use gaara_application::{AuditRow, Event, IdempotencyKey, IdempotencyRecord};
use gaara_identity::{
    AccountLink, ApiKey, AssignableRole, KeySchedule, Organization, Origin, PasswordHash,
    RefreshToken, Revocation, Revoked, Session, SetupToken, SigningKey, TokenDigest, User,
};
use gaara_inventory::{
    Category, CostLayer, LedgerView, Movement, Product, Reservation, StockKey, StockLevel,
    Stocktake, StocktakeLine, Supplier, Unit, Warehouse,
};
use gaara_invoicing::{
    Customer, DatedRate, Invoice, NumberSeries, Payment, SeriesCounter, TaxRate,
};
use gaara_kernel::{
    ApiKeyId, CategoryId, Code, Currency, CustomerId, Date, InvoiceId, MovementId, PaymentId,
    ProductId, ReservationId, RoleId, SeriesId, SessionId, StocktakeId, StoreError, SupplierId,
    TaxRateId, UnitId, UserId, Version, WarehouseId,
};

/// The rows of every kind. A transaction works on a copy, so large rows are shared.
#[derive(Clone, Default)]
pub(crate) struct Records {
    pub(crate) organization: Option<Organization>,
    pub(crate) setup_token: Option<SetupToken>,
    pub(crate) roles: Roles,
    pub(crate) users: BTreeMap<UserId, Arc<User>>,
    pub(crate) past_passwords: BTreeMap<(UserId, Version), PasswordHash>,
    pub(crate) second_factors: SecondFactors,
    pub(crate) passkeys: Passkeys,
    pub(crate) api_keys: BTreeMap<ApiKeyId, ApiKey>,
    pub(crate) links: BTreeMap<UserId, AccountLink>,
    pub(crate) origins: BTreeMap<SessionId, Origin>,
    pub(crate) sessions: BTreeMap<SessionId, Session>,
    pub(crate) refresh_tokens: BTreeMap<TokenDigest, RefreshToken>,
    pub(crate) revocations: BTreeMap<Revoked, Revocation>,
    pub(crate) signing_keys: SigningKeys,
    pub(crate) units: BTreeMap<UnitId, Arc<Unit>>,
    pub(crate) categories: BTreeMap<CategoryId, Arc<Category>>,
    pub(crate) suppliers: BTreeMap<SupplierId, Arc<Supplier>>,
    pub(crate) products: BTreeMap<ProductId, Arc<Product>>,
    pub(crate) warehouses: BTreeMap<WarehouseId, Arc<Warehouse>>,
    pub(crate) levels: BTreeMap<StockKey, StockLevel>,
    /// By sequence; the highest that was ever given stands beside them.
    pub(crate) layers: BTreeMap<i64, CostLayer>,
    pub(crate) last_layer: i64,
    pub(crate) movements: BTreeMap<MovementId, Arc<Movement>>,
    /// By sequence, from 1.
    pub(crate) ledger: Vec<Arc<LedgerView>>,
    pub(crate) reservations: BTreeMap<ReservationId, Arc<Reservation>>,
    pub(crate) stocktakes: BTreeMap<StocktakeId, Arc<Stocktake>>,
    pub(crate) stocktake_lines: BTreeMap<(StocktakeId, ProductId), StocktakeLine>,
    pub(crate) customers: BTreeMap<CustomerId, Arc<Customer>>,
    pub(crate) tax_rates: BTreeMap<TaxRateId, Arc<TaxRate>>,
    pub(crate) series: BTreeMap<SeriesId, NumberSeries>,
    pub(crate) exchange_rates: BTreeMap<(Currency, Date), DatedRate>,
    pub(crate) counters: BTreeMap<(Code, i16), SeriesCounter>,
    pub(crate) invoices: BTreeMap<InvoiceId, Arc<Invoice>>,
    pub(crate) payments: BTreeMap<PaymentId, Arc<Payment>>,
    pub(crate) audit_log: Vec<Arc<AuditRow>>,
    pub(crate) seals: Seals,
    pub(crate) outbox: Vec<Arc<Event>>,
    pub(crate) idempotency: BTreeMap<IdempotencyKey, Arc<IdempotencyRecord>>,
}

/// Roles by id; a fresh store has the built-in ones.
#[derive(Clone)]
pub(crate) struct Roles(pub(crate) BTreeMap<RoleId, Arc<AssignableRole>>);

impl Default for Roles {
    fn default() -> Self {
        let with_id = |role: AssignableRole| (role.id, Arc::new(role));
        Self(AssignableRole::built_in().into_iter().map(with_id).collect())
    }
}

/// The keys that sign access tokens; a fresh store has the first one.
#[derive(Clone)]
pub(crate) struct SigningKeys(pub(crate) Vec<SigningKey>);

impl Default for SigningKeys {
    fn default() -> Self {
        Self(KeySchedule::first().keys().copied().collect())
    }
}

/// Refuses a value that stands in another row already.
pub(crate) fn unique(free: bool, field: &'static str) -> Result<(), StoreError> {
    if free { Ok(()) } else { Err(StoreError::Duplicate { field }) }
}

/// Adds a row under a key that must be free.
pub(crate) fn add<K: Ord, V>(
    rows: &mut BTreeMap<K, V>,
    key: K,
    row: V,
    field: &'static str,
) -> Result<(), StoreError> {
    unique(!rows.contains_key(&key), field)?;
    rows.insert(key, row);
    Ok(())
}

/// Replaces a row that must exist.
pub(crate) fn save<K: Ord, V>(
    rows: &mut BTreeMap<K, V>,
    key: &K,
    row: V,
    entity: &'static str,
) -> Result<(), StoreError> {
    match rows.get_mut(key) {
        Some(stored) => {
            *stored = row;
            Ok(())
        }
        None => Err(StoreError::Corrupt { entity }),
    }
}

/// A copy of a shared row.
pub(crate) fn copied<T: Clone>(row: Option<&Arc<T>>) -> Option<T> {
    row.map(|row| T::clone(row))
}
