//! Reports.

mod stock_valuation;

pub(crate) use stock_valuation::{StockValuationBody, StockValueBody};
