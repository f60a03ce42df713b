//! Reports.

mod aged_balances;
mod sales;
mod statement;
mod stock_valuation;
mod tax_return;

pub(crate) use aged_balances::{AgedBalancesBody, AgedRowBody};
pub(crate) use sales::{SalesBody, SalesRowBody};
pub(crate) use statement::{StatementBody, StatementRowBody};
pub(crate) use stock_valuation::{StockValuationBody, StockValueBody};
pub(crate) use tax_return::{TaxReturnBody, TaxReturnRowBody};
