//! What the books have to agree on.

/// Something that the books have to agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BooksRule {
    /// The file is whole, and every row keeps the rules of its table; SQLite only.
    File,
    /// Nothing refers to what is not there; PostgreSQL looks after that by itself.
    References,
    /// Every table, column, check, key, index and trigger that the program made is there as it was.
    Schema,
    /// What a level has on hand is what its ledger adds up to.
    LevelQuantity,
    /// What a level is worth is what its ledger adds up to.
    LevelValue,
    /// Where goods leave first in, first out, the layers add up to what is on hand; elsewhere
    /// there are none.
    LayerQuantity,
    /// Where goods leave first in, first out, the layers add up to what the level is worth.
    LayerValue,
    /// What a level has reserved is what its active reservations hold.
    Reserved,
    /// Levels, layers and ledger are in the currency of the books.
    StockCurrency,
    /// Every line of a posted movement has its entries in the ledger, and every entry its line: of
    /// the same product, in the warehouses of the movement, and as much as the line says.
    Ledger,
    /// An entry counts on the day of its movement, and was posted with it.
    LedgerDay,
    /// A movement and the one that took it back name each other, and come to nothing together.
    Reversal,
    /// The movement of a document fits its kind, its day, and whether it stands.
    Goods,
    /// What the lines of a document cost is what its movement cost.
    Cost,
    /// The lines of a document add up to its net.
    Lines,
    /// Lines, allowances and charges under one tax add up to what that tax is charged on.
    Groups,
    /// The tax of the lines under one tax adds up to that of its group.
    LineTax,
    /// The parts of a document's allowances add up to them.
    Allowances,
    /// The parts of a document's charges add up to them.
    Charges,
    /// The tax groups of a document add up to what is taxed.
    Taxable,
    /// The tax groups of a document add up to its tax.
    Tax,
    /// The instalments of a document add up to what is to be paid.
    Instalments,
    /// A document in the currency of the books comes to the same there.
    Base,
    /// A credit note corrects an issued invoice of the same party, as it names it.
    Corrects,
    /// Nothing is paid or credited of what was voided.
    Voided,
    /// What was paid of a document is what is allocated to it.
    Paid,
    /// What was set off against an invoice is what its credit notes say.
    Credited,
    /// What was credited of an invoice is what its credit notes come to.
    CreditNotes,
    /// What is open of a document is its total less what was paid and credited, and not below zero;
    /// its payment status says the same.
    Open,
    /// No payment has settled more than it is, and a void one nothing.
    Spent,
    /// What is kept as allocated of a payment is what its allocations come to.
    AllocatedSum,
    /// A payment settles issued documents of its own party, currency and direction.
    Allocated,
    /// What was settled counts on the day of the allocation.
    SettledDay,
    /// What was paid of a document in another currency is worth what its allocations settled.
    BasePaid,
    /// The gain of an allocation is what lies between what was paid and what it settled.
    Gain,
    /// A payment in the currency of the books is worth itself.
    BasePayment,
    /// No number is missing in a series.
    NumberGap,
    /// No document has a number that its series has not given.
    NumberBeyond,
    /// The number of a document shows its place in the series.
    NumberText,
    /// The dates of a series do not go back.
    NumberOrder,
    /// A series knows the day of its last document.
    NumberDay,
}

impl BooksRule {
    /// Every rule, in the order they are checked in.
    pub const ALL: [Self; 41] = [
        Self::File,
        Self::References,
        Self::Schema,
        Self::LevelQuantity,
        Self::LevelValue,
        Self::LayerQuantity,
        Self::LayerValue,
        Self::Reserved,
        Self::StockCurrency,
        Self::Ledger,
        Self::LedgerDay,
        Self::Reversal,
        Self::Goods,
        Self::Cost,
        Self::Lines,
        Self::Groups,
        Self::LineTax,
        Self::Allowances,
        Self::Charges,
        Self::Taxable,
        Self::Tax,
        Self::Instalments,
        Self::Base,
        Self::Corrects,
        Self::Voided,
        Self::Paid,
        Self::Credited,
        Self::CreditNotes,
        Self::Open,
        Self::Spent,
        Self::AllocatedSum,
        Self::Allocated,
        Self::SettledDay,
        Self::BasePaid,
        Self::Gain,
        Self::BasePayment,
        Self::NumberGap,
        Self::NumberBeyond,
        Self::NumberText,
        Self::NumberOrder,
        Self::NumberDay,
    ];

    /// Its name in what is printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::File => "books.file",
            Self::References => "books.references",
            Self::Schema => "books.schema",
            Self::LevelQuantity => "books.level_quantity",
            Self::LevelValue => "books.level_value",
            Self::LayerQuantity => "books.layer_quantity",
            Self::LayerValue => "books.layer_value",
            Self::Reserved => "books.reserved",
            Self::StockCurrency => "books.stock_currency",
            Self::Ledger => "books.ledger",
            Self::LedgerDay => "books.ledger_day",
            Self::Reversal => "books.reversal",
            Self::Goods => "books.goods",
            Self::Cost => "books.cost",
            Self::Lines => "books.lines",
            Self::Groups => "books.groups",
            Self::LineTax => "books.line_tax",
            Self::Allowances => "books.allowances",
            Self::Charges => "books.charges",
            Self::Taxable => "books.taxable",
            Self::Tax => "books.tax",
            Self::Instalments => "books.instalments",
            Self::Base => "books.base",
            Self::Corrects => "books.corrects",
            Self::Voided => "books.voided",
            Self::Paid => "books.paid",
            Self::Credited => "books.credited",
            Self::CreditNotes => "books.credit_notes",
            Self::Open => "books.open",
            Self::Spent => "books.spent",
            Self::AllocatedSum => "books.allocated_sum",
            Self::Allocated => "books.allocated",
            Self::SettledDay => "books.settled_day",
            Self::BasePaid => "books.base_paid",
            Self::Gain => "books.gain",
            Self::BasePayment => "books.base_payment",
            Self::NumberGap => "books.number_gap",
            Self::NumberBeyond => "books.number_beyond",
            Self::NumberText => "books.number_text",
            Self::NumberOrder => "books.number_order",
            Self::NumberDay => "books.number_day",
        }
    }
}
