//! What the books have to agree on.

/// Something that the books have to agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BooksRule {
    /// The file is whole, and every row keeps the rules of its table; SQLite only.
    File,
    /// Nothing refers to what is not there; PostgreSQL looks after that by itself.
    References,
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
    /// The lines of a document add up to its net.
    Lines,
    /// The tax groups of a document add up to what is taxed.
    Taxable,
    /// The tax groups of a document add up to its tax.
    Tax,
    /// What was paid of a document is what is allocated to it.
    Paid,
    /// What was set off against an invoice is what its credit notes say.
    Credited,
    /// What was credited of an invoice is what its credit notes come to.
    CreditNotes,
    /// What is open of a document is its total less what was paid and credited, and not below zero.
    Open,
    /// No payment has settled more than it is, and a void one nothing.
    Spent,
    /// What is allocated of a payment is what its allocations come to.
    Allocated,
    /// No number is missing in a series.
    NumberGap,
    /// No document has a number that its series has not given.
    NumberBeyond,
}

impl BooksRule {
    /// Every rule, in the order they are checked in.
    pub const ALL: [Self; 18] = [
        Self::File,
        Self::References,
        Self::LevelQuantity,
        Self::LevelValue,
        Self::LayerQuantity,
        Self::LayerValue,
        Self::Reserved,
        Self::Lines,
        Self::Taxable,
        Self::Tax,
        Self::Paid,
        Self::Credited,
        Self::CreditNotes,
        Self::Open,
        Self::Spent,
        Self::Allocated,
        Self::NumberGap,
        Self::NumberBeyond,
    ];

    /// Its name in what is printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::File => "books.file",
            Self::References => "books.references",
            Self::LevelQuantity => "books.level_quantity",
            Self::LevelValue => "books.level_value",
            Self::LayerQuantity => "books.layer_quantity",
            Self::LayerValue => "books.layer_value",
            Self::Reserved => "books.reserved",
            Self::Lines => "books.lines",
            Self::Taxable => "books.taxable",
            Self::Tax => "books.tax",
            Self::Paid => "books.paid",
            Self::Credited => "books.credited",
            Self::CreditNotes => "books.credit_notes",
            Self::Open => "books.open",
            Self::Spent => "books.spent",
            Self::Allocated => "books.allocated",
            Self::NumberGap => "books.number_gap",
            Self::NumberBeyond => "books.number_beyond",
        }
    }
}
