//! Response bodies: what the API shows of each thing.

mod address;
mod api_key;
mod audit;
mod base_totals;
mod catalogue;
mod details;
mod document;
mod exchange_rate;
mod identity;
mod instalment;
mod invoice;
mod invoice_details;
mod invoice_summary;
mod numbering;
mod party;
mod passkey;
mod payment;
mod places;
mod report;
mod reservation;
mod role;
mod session;
mod stock;
mod stocktake;
mod text;

pub(crate) use address::{AddressBody, ContactBody, IdentifierBody};
pub(crate) use api_key::ApiKeyBody;
pub(crate) use audit::{AuditRowBody, AuditVerificationBody};
pub(crate) use base_totals::BaseTotalsBody;
pub(crate) use catalogue::{ProductBody, TaxRateBody};
pub(crate) use document::{AdjustmentBody, LineBody, TaxBody, TaxGroupBody, TotalsBody};
pub(crate) use exchange_rate::ExchangeRateBody;
pub(crate) use identity::{OrganizationBody, TokensBody, UserBody};
pub(crate) use instalment::InstalmentBody;
pub(crate) use invoice::InvoiceBody;
pub(crate) use invoice_details::PeriodBody;
pub(crate) use invoice_summary::{CalculationBody, InvoiceSummaryBody};
pub(crate) use numbering::{NumberGapsBody, NumberRunBody, SeriesBody};
pub(crate) use party::{CustomerBody, SupplierBody};
pub(crate) use passkey::PasskeyBody;
pub(crate) use payment::PaymentBody;
pub(crate) use places::{CategoryBody, UnitBaseBody, UnitBody, WarehouseBody};
pub(crate) use report::{
    AgedBalancesBody, AgedRowBody, SalesBody, SalesRowBody, StatementBody, StatementRowBody,
    StockValuationBody, StockValueBody, TaxReturnBody, TaxReturnRowBody,
};
pub(crate) use reservation::ReservationBody;
pub(crate) use role::RoleBody;
pub(crate) use session::SessionBody;
pub(crate) use stock::{LedgerBody, LevelBody, MovementBody, ReorderBody};
pub(crate) use stocktake::{StocktakeBody, StocktakeLineBody};
pub(crate) use text::BilingualBody;
