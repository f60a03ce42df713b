//! Which columns each list and each report has, in which order.

use utoipa::ToSchema;

use super::{Column, CsvRow};
use crate::views;

/// A table as the documentation tells about it.
pub(crate) struct Table {
    /// What its rows are.
    pub(crate) name: &'static str,
    /// What the OpenAPI document calls a row.
    pub(crate) schema: fn() -> std::borrow::Cow<'static, str>,
    /// What the OpenAPI document calls the report that holds the rows, where it is no list.
    pub(crate) report: Option<&'static str>,
    /// Its columns.
    pub(crate) columns: &'static [Column],
}

/// Gives each body its columns, and lists all of them.
macro_rules! tables {
    ($($name:literal $body:ty $(, in $report:literal)?: $($column:ident)+;)*) => {
        $(impl CsvRow for $body {
            const COLUMNS: &'static [Column] = &[$(Column::$column,)+];
        })*

        /// Every table, in the order of the documentation.
        pub(crate) const TABLES: &[Table] = &[$(Table {
            name: $name,
            schema: <$body as ToSchema>::name,
            report: [$($report)?].first().copied(),
            columns: <$body as CsvRow>::COLUMNS,
        },)*];
    };
}

tables! {
    "Users" views::UserBody:
        Id Username Email Role Language MfaEnabledAt Disabled CreatedAt Version;
    "API keys" views::ApiKeyBody:
        Id Name Prefix OwnerId Permissions ExpiresAt LastUsedAt CreatedAt;
    "Roles" views::RoleBody:
        Id Code NameEn NameAr BuiltIn Permissions CreatedAt Version;
    "Sessions" views::SessionBody:
        Id CreatedAt LastUsedAt ExpiresAt Network Device ThisSession;
    "Passkeys" views::PasskeyBody:
        Id Name CreatedAt LastUsedAt;
    "Units" views::UnitBody:
        Id Code NameEn NameAr Decimals BaseUnit BaseNumerator BaseDenominator CreatedAt UpdatedAt
        Version;
    "Categories" views::CategoryBody:
        Id ParentId NameEn NameAr Path CreatedAt UpdatedAt Version;
    "Products" views::ProductBody:
        Id Sku NameEn NameAr Kind Unit UnitPrice Currency TaxRate CategoryId SupplierId Barcodes
        Costing StandardCost ArchivedAt CreatedAt UpdatedAt Version;
    "Tax rates" views::TaxRateBody:
        Id Code Category Rate NameEn NameAr CreatedAt Version;
    "Warehouses" views::WarehouseBody:
        Id Code NameEn NameAr ArchivedAt CreatedAt UpdatedAt Version;
    "Customers" views::CustomerBody:
        Id NameEn NameAr Email TaxId Country Currency CreditLimit NetDays CreatedAt UpdatedAt
        Version;
    "Suppliers" views::SupplierBody:
        Id NameEn NameAr Email TaxId Country Currency CreditLimit NetDays ArchivedAt CreatedAt
        UpdatedAt Version;
    "Stock levels" views::LevelBody:
        ItsProductId ItsSku ItsProductEn ItsProductAr ItsWarehouseId ItsWarehouseCode
        ItsWarehouseEn ItsWarehouseAr
        OnHand Reserved Available Value UnitCost Currency;
    "What to order" views::ReorderBody:
        ItsProductId ItsSku ItsProductEn ItsProductAr ItsWarehouseId ItsWarehouseCode
        ItsWarehouseEn ItsWarehouseAr
        OnHand Reserved Available Value UnitCost Currency Minimum Maximum Suggested;
    "Stock ledger" views::LedgerBody:
        Sequence MovementId Kind Line ProductId WarehouseId Quantity Value Variance Currency
        EffectiveDate PostedAt;
    "Stock movements" views::MovementBody:
        Id Kind Status WarehouseId ToWarehouseId EffectiveDate OriginId InvoiceId StocktakeId Note
        ReversesId ReversedById Currency CreatedAt UpdatedAt PostedAt CancelledAt Version;
    "Reservations" views::ReservationBody:
        Id ProductId WarehouseId Quantity Consumed Status ExpiresAt Note CreatedAt EndedAt Version;
    "Stocktakes" views::StocktakeBody:
        Id Status WarehouseId CategoryIds ProductIds Note LineCount CountedCount MovementId
        CreatedAt UpdatedAt StartedAt PostedAt CancelledAt Version;
    "Lines of a stocktake" views::StocktakeLineBody:
        ProductId Sku NameEn NameAr Expected Counted Delta UnitCost LedgerSequence CountedAt;
    "Invoices" views::InvoiceSummaryBody:
        Id Type Kind Status PaymentStatus Number CustomerId CustomerEn CustomerAr IssueDate DueDate
        Currency TaxInclusive Payable Paid Credited CreatedAt UpdatedAt Version;
    "Payments" views::PaymentBody:
        Id Direction Status CustomerId Amount Currency PaymentDate Method Unallocated CreatedAt
        Version;
    "Number series" views::SeriesBody:
        Id Code Document Pattern Reset Default Status NextNumber ClosedAt CreatedAt UpdatedAt
        Version;
    "Number gaps" views::NumberRunBody, in "NumberGapsBody":
        Series Year FirstNumber LastNumber Missing;
    "Exchange rates" views::ExchangeRateBody:
        Id Currency RateDate Rate CreatedAt UpdatedAt Version;
    "Audit log" views::AuditRowBody:
        Id At Actor SessionId Address TraceId Action Subject;
    "Stock valuation" views::StockValueBody, in "StockValuationBody":
        Id Code NameEn NameAr OnHand Value Currency;
    "Aged receivables and payables" views::AgedRowBody, in "AgedBalancesBody":
        PartyId PartyEn PartyAr Currency Current Days1To30 Days31To60 Days61To90 DaysOver90 Open
        Credit Balance;
    "Statement" views::StatementRowBody, in "StatementBody":
        Date Type Id Number DueDate Amount Balance Currency;
    "Sales" views::SalesRowBody, in "SalesBody":
        Period Id Code NameEn NameAr Net Tax Gross Cost Margin Currency;
    "Tax return" views::TaxReturnRowBody, in "TaxReturnBody":
        Side Category Rate Taxable Tax Currency;
}
