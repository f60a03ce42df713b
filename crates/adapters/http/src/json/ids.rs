//! Ids as requests write them: the prefix of their kind, and 26 characters.

use gaara_kernel::{
    AllocationId, ApiKeyId, AuditId, CategoryId, CreditNoteId, CustomerId, DocumentId, EventId,
    ExchangeRateId, Id, InvoiceId, MovementId, OrganizationId, PasskeyId, PaymentId, ProductId,
    ReservationId, RoleId, SeriesId, SessionId, StocktakeId, SupplierId, TaxRateId, UnitId, UserId,
    WarehouseId, parse_id,
};

use super::field::{FieldFault, FromText};
use crate::problem::{FieldProblem, id_code};

impl FromText for DocumentId {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        Self::parse(text).map_err(|error| {
            FieldProblem::new("", id_code(&error)).param("expected", InvoiceId::PREFIX).into()
        })
    }
}

macro_rules! ids {
    ($($type:ty),+ $(,)?) => {
        $(impl FromText for $type {
            fn from_text(text: &str) -> Result<Self, FieldFault> {
                parse_id(text).map_err(|error| {
                    FieldProblem::new("", id_code(&error)).param("expected", Self::PREFIX).into()
                })
            }
        })+
    };
}

ids!(
    ApiKeyId,
    AllocationId,
    AuditId,
    CategoryId,
    CreditNoteId,
    CustomerId,
    EventId,
    ExchangeRateId,
    InvoiceId,
    MovementId,
    OrganizationId,
    PasskeyId,
    PaymentId,
    ProductId,
    ReservationId,
    SeriesId,
    SessionId,
    StocktakeId,
    SupplierId,
    TaxRateId,
    RoleId,
    UnitId,
    UserId,
    WarehouseId,
);
