//! Response bodies: what the API shows of each thing.

mod audit;
mod catalogue;
mod details;
mod document;
mod exchange_rate;
mod identity;
mod invoice;
mod numbering;
mod party;
mod payment;
mod places;
mod reservation;
mod stock;
mod stocktake;
mod text;

pub(crate) use audit::AuditRowBody;
pub(crate) use catalogue::{ProductBody, TaxRateBody};
pub(crate) use document::{AdjustmentBody, LineBody, TaxBody, TaxGroupBody, TotalsBody};
pub(crate) use exchange_rate::ExchangeRateBody;
pub(crate) use identity::{OrganizationBody, TokensBody, UserBody};
pub(crate) use invoice::{CalculationBody, InvoiceBody, InvoiceSummaryBody};
pub(crate) use numbering::{NumberGapsBody, NumberRunBody, SeriesBody};
pub(crate) use party::{CustomerBody, SupplierBody};
pub(crate) use payment::PaymentBody;
pub(crate) use places::{CategoryBody, UnitBaseBody, UnitBody, WarehouseBody};
pub(crate) use reservation::ReservationBody;
pub(crate) use stock::{LedgerBody, LevelBody, MovementBody, ReorderBody};
pub(crate) use stocktake::{StocktakeBody, StocktakeLineBody};
pub(crate) use text::BilingualBody;
