//! Telling what an id stands for.

use gaara::kernel::{
    ApiKeyId, AuditId, CategoryId, CustomerId, EventId, Id, IdError, InvoiceId, MovementId,
    OrganizationId, PasskeyId, PaymentId, ProductId, SessionId, SupplierId, TaxRateId, Timestamp,
    UnitId, UserId, WarehouseId, parse_id,
};

use crate::failure::Failure;
use crate::output;

/// Prints the kind, the UUID and the instant of an id.
pub(super) fn tell(text: &str) -> Result<(), Failure> {
    let known = KINDS.iter().find_map(|(kind, read)| Some((kind, read(text)?)));
    let Some((kind, found)) = known else {
        return Err(Failure::Usage(format!("{text} is not an id of Gaara")));
    };
    let (uuid, made_at) = found.map_err(|error| Failure::Usage(format!("{text}: {error}")))?;
    output::line(&format!("kind     {kind}"))?;
    output::line(&format!("uuid     {uuid}"))?;
    Ok(output::line(&format!("created  {made_at}"))?)
}

/// The UUID and the instant in it.
type Told = Result<(String, Timestamp), IdError>;

/// Reads an id of one kind; `None` when it is of another.
fn read<I: Id>(text: &str) -> Option<Told> {
    match parse_id::<I>(text) {
        Ok(id) => {
            let uuid = id.as_uuid();
            // The first 48 bits of a UUIDv7 are milliseconds since 1970 (RFC 9562, 5.7).
            let millis = i64::try_from(uuid.as_u128() >> 80).unwrap_or(i64::MAX);
            Some(Ok((uuid.to_string(), Timestamp::from_millis(millis))))
        }
        Err(IdError::WrongKind { .. }) => None,
        Err(IdError::Malformed) => Some(Err(IdError::Malformed)),
    }
}

/// Reads an id of one kind.
type Read = fn(&str) -> Option<Told>;

/// Every kind of id.
const KINDS: [(&str, Read); 17] = [
    ("organization", read::<OrganizationId>),
    ("user", read::<UserId>),
    ("session", read::<SessionId>),
    ("API key", read::<ApiKeyId>),
    ("passkey", read::<PasskeyId>),
    ("unit", read::<UnitId>),
    ("category", read::<CategoryId>),
    ("supplier", read::<SupplierId>),
    ("product", read::<ProductId>),
    ("customer", read::<CustomerId>),
    ("warehouse", read::<WarehouseId>),
    ("stock movement", read::<MovementId>),
    ("tax rate", read::<TaxRateId>),
    ("invoice", read::<InvoiceId>),
    ("payment", read::<PaymentId>),
    ("audit row", read::<AuditId>),
    ("event", read::<EventId>),
];
