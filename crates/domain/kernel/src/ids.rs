//! The kinds of ids.

use crate::id::id;

id! {
    /// The organisation whose books these are.
    OrganizationId, "org"
}
id! {
    /// A person who signs in.
    UserId, "usr"
}
id! {
    /// A session: one sign-in on one device.
    SessionId, "ses"
}
id! {
    /// A role: what somebody may do.
    RoleId, "rol"
}
id! {
    /// A key that a program uses.
    ApiKeyId, "key"
}
id! {
    /// A key that a device keeps for its owner.
    PasskeyId, "psk"
}
id! {
    /// A category of products.
    CategoryId, "cat"
}
id! {
    /// A unit of measure.
    UnitId, "unt"
}
id! {
    /// Somebody goods are bought from.
    SupplierId, "sup"
}
id! {
    /// A product or service that is bought or sold.
    ProductId, "prd"
}
id! {
    /// A customer.
    CustomerId, "cus"
}
id! {
    /// A warehouse.
    WarehouseId, "whs"
}
id! {
    /// A stock movement.
    MovementId, "mov"
}
id! {
    /// A reservation of stock.
    ReservationId, "rsv"
}
id! {
    /// A stocktake.
    StocktakeId, "stk"
}
id! {
    /// A tax rate.
    TaxRateId, "tax"
}
id! {
    /// A number series.
    SeriesId, "ser"
}
id! {
    /// An exchange rate of a day.
    ExchangeRateId, "exr"
}
id! {
    /// An invoice, or the place of a credit note among the documents; see [`crate::DocumentId`].
    InvoiceId, "inv"
}
id! {
    /// A credit note, as it is printed.
    CreditNoteId, "crn"
}
id! {
    /// A payment.
    PaymentId, "pay"
}
id! {
    /// A part of a payment that settles an invoice.
    AllocationId, "alc"
}
id! {
    /// A row of the audit log.
    AuditId, "aud"
}
id! {
    /// An event for the outside world.
    EventId, "evt"
}
