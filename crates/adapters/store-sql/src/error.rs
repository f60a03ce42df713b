//! What a failure of the database means to the application.

use gaara_kernel::StoreError;
use sea_orm::{DbErr, RuntimeErr};
use sqlx::error::DatabaseError;

/// A unique key as PostgreSQL names it, as SQLite lists it, and as the ports name it.
struct UniqueKey {
    constraint: &'static str,
    columns: &'static str,
    /// Absent where the meeting of two transactions is the only way to violate the key.
    field: Option<&'static str>,
}

const fn key(constraint: &'static str, columns: &'static str, field: &'static str) -> UniqueKey {
    UniqueKey { constraint, columns, field: Some(field) }
}

#[rustfmt::skip]
const UNIQUE_KEYS: &[UniqueKey] = &[
    key("organizations_pkey", "organizations.id", "organization"),
    key("organizations_singleton_key", "organizations.singleton", "organization"),
    key("users_pkey", "users.id", "user.id"),
    key("users_username_key", "users.username", "user.username"),
    key("users_email_key", "users.email", "user.email"),
    key("roles_pkey", "roles.id", "role.id"),
    key("roles_code_key", "roles.code", "role.code"),
    key("past_passwords_pkey", "past_passwords.user_id, past_passwords.version", "past_password"),
    key("api_keys_pkey", "api_keys.id", "api_key.id"),
    key("api_keys_digest_key", "api_keys.digest", "api_key.digest"),
    key("passkeys_pkey", "passkeys.id", "passkey.id"),
    key("passkeys_credential_key", "passkeys.credential", "passkey.credential"),
    key("ceremonies_digest_key", "ceremonies.digest", "ceremony.digest"),
    key("account_links_digest_key", "account_links.digest", "link.digest"),
    key("recovery_codes_pkey", "recovery_codes.digest", "recovery_code.digest"),
    key("challenges_pkey", "challenges.digest", "challenge.digest"),
    key("sessions_pkey", "sessions.id", "session.id"),
    key("refresh_tokens_pkey", "refresh_tokens.digest", "refresh_token.digest"),
    key("signing_keys_pkey", "signing_keys.number", "signing_key.number"),
    key("tax_rates_pkey", "tax_rates.id", "tax_rate.id"),
    key("tax_rates_code_key", "tax_rates.code", "tax_rate.code"),
    key("exchange_rates_pkey", "exchange_rates.id", "exchange_rate.id"),
    // Two who set one rate at once: the second then finds the first one's.
    UniqueKey {
        constraint: "exchange_rates_date_key",
        columns: "exchange_rates.currency, exchange_rates.rate_date",
        field: None,
    },
    key("units_pkey", "units.id", "unit.id"),
    key("units_code_key", "units.code", "unit.code"),
    key("categories_pkey", "categories.id", "category.id"),
    // A path ends in the category's own id.
    key("categories_path_key", "categories.path", "category.id"),
    key("suppliers_pkey", "suppliers.id", "supplier.id"),
    key("suppliers_email_key", "suppliers.email", "supplier.email"),
    key("products_pkey", "products.id", "product.id"),
    key("products_sku_key", "products.sku", "product.sku"),
    key("product_barcodes_pkey", "product_barcodes.barcode", "product.barcode"),
    key("warehouses_pkey", "warehouses.id", "warehouse.id"),
    key("warehouses_code_key", "warehouses.code", "warehouse.code"),
    key("stock_movements_pkey", "stock_movements.id", "movement.id"),
    key("stock_movements_reverses_key", "stock_movements.reverses_id", "movement.reverses"),
    key("reservations_pkey", "reservations.id", "reservation.id"),
    key("stocktakes_pkey", "stocktakes.id", "stocktake.id"),
    key(
        "stocktake_lines_open_key",
        "stocktake_lines.product_id, stocktake_lines.warehouse_id",
        "stocktake.line",
    ),
    key("customers_pkey", "customers.id", "customer.id"),
    key("customers_email_key", "customers.email", "customer.email"),
    key("number_series_pkey", "number_series.code", "series.code"),
    key("number_series_id_key", "number_series.id", "series.id"),
    key("number_series_pattern_key", "number_series.pattern", "series.pattern"),
    key("invoices_pkey", "invoices.id", "invoice.id"),
    key("invoices_number_key", "invoices.number", "invoice.number"),
    key(
        "invoices_number_place_key",
        "invoices.number_series, invoices.number_year, invoices.number_sequence",
        "invoice.number",
    ),
    key(
        "invoices_supplier_reference_key",
        "invoices.supplier_id, invoices.document_type, invoices.supplier_reference",
        "invoice.supplier_reference",
    ),
    key("payments_pkey", "payments.id", "payment.id"),
    key("payment_allocations_pkey", "payment_allocations.id", "allocation.id"),
    key("audit_seals_pkey", "audit_seals.number", "audit_seal.number"),
    key("audit_sealed_row_key", "audit_sealed.audit_id", "audit_seal.row"),
    key("audit_log_pkey", "audit_log.id", "audit.id"),
    key("outbox_id_key", "outbox.id", "event.id"),
    UniqueKey {
        constraint: "idempotency_records_pkey",
        columns: "idempotency_records.principal, idempotency_records.route, \
                  idempotency_records.key",
        field: None,
    },
    UniqueKey {
        constraint: "number_series_default_key",
        columns: "number_series.document",
        field: None,
    },
    UniqueKey {
        constraint: "refresh_tokens_generation_key",
        columns: "refresh_tokens.session_id, refresh_tokens.generation",
        field: None,
    },
];

/// How SQLite begins the message of a unique violation; the columns follow.
const SQLITE_UNIQUE: &str = "UNIQUE constraint failed: ";

/// Tells a failure of sea-orm in the words of the ports.
pub(crate) fn failure(error: DbErr) -> StoreError {
    let found = match &error {
        DbErr::ConnectionAcquire(_) => Found::Unavailable,
        DbErr::Conn(RuntimeErr::SqlxError(inner))
        | DbErr::Exec(RuntimeErr::SqlxError(inner))
        | DbErr::Query(RuntimeErr::SqlxError(inner)) => find(inner),
        _ => Found::Internal,
    };
    found.with_cause(Box::new(error))
}

/// Tells a failure of a commit. Where the server did not refuse it, it may have been done.
pub(crate) fn commit_failure(error: DbErr) -> StoreError {
    let is_refusal = matches!(
        &error,
        DbErr::Conn(RuntimeErr::SqlxError(inner))
        | DbErr::Exec(RuntimeErr::SqlxError(inner))
        | DbErr::Query(RuntimeErr::SqlxError(inner))
            if matches!(**inner, sqlx::Error::Database(_))
    );
    match failure(error) {
        StoreError::Unavailable(cause) if !is_refusal => StoreError::Unconfirmed(cause),
        told => told,
    }
}

/// Tells a failure of the driver in the words of the ports.
pub(crate) fn driver_failure(error: sqlx::Error) -> StoreError {
    find(&error).with_cause(Box::new(error))
}

enum Found {
    Conflict,
    Duplicate(&'static str),
    Unavailable,
    Internal,
}

impl Found {
    fn with_cause(self, cause: gaara_kernel::Cause) -> StoreError {
        match self {
            Self::Conflict => StoreError::Conflict,
            Self::Duplicate(field) => StoreError::Duplicate { field },
            Self::Unavailable => StoreError::Unavailable(cause),
            Self::Internal => StoreError::Internal(cause),
        }
    }
}

fn find(error: &sqlx::Error) -> Found {
    match error {
        sqlx::Error::Database(error) if error.is_unique_violation() => find_unique(error.as_ref()),
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            code.parse()
                .ok()
                .filter(|_| code.len() < 5)
                .map_or_else(|| find_postgres(&code), find_sqlite)
        }
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => Found::Unavailable,
        _ => Found::Internal,
    }
}

fn find_unique(error: &dyn DatabaseError) -> Found {
    let columns = error.message().strip_prefix(SQLITE_UNIQUE);
    let known = UNIQUE_KEYS.iter().find(|known| {
        error.constraint() == Some(known.constraint) || columns == Some(known.columns)
    });
    match known {
        Some(UniqueKey { field: Some(field), .. }) => Found::Duplicate(field),
        Some(_) => Found::Conflict,
        None => Found::Internal,
    }
}

/// Source: SQLite, Result and Error Codes; an extended code holds its primary code in eight bits.
fn find_sqlite(code: u32) -> Found {
    match code & 0xff {
        // SQLITE_BUSY, SQLITE_LOCKED.
        5 | 6 => Found::Conflict,
        // SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN.
        10 | 13 | 14 => Found::Unavailable,
        _ => Found::Internal,
    }
}

/// Source: PostgreSQL, appendix A, Error Codes.
fn find_postgres(code: &str) -> Found {
    match code {
        // Serialization failure, deadlock, lock not available.
        "40001" | "40P01" | "55P03" => Found::Conflict,
        // Cancelled by a timeout, shut down, crashed, starting up, idle for too long.
        "57014" | "57P01" | "57P02" | "57P03" | "25P03" => Found::Unavailable,
        // Connection exceptions, and resources that ran out.
        _ if code.starts_with("08") || code.starts_with("53") => Found::Unavailable,
        _ => Found::Internal,
    }
}
