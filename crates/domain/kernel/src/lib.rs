//! Words every context shares: ids, money, quantities, dates, bilingual text, pages, store failures.
//!
//! The crate is pure: it reads no clock, draws no randomness and does no input or output.
//! Time and randomness enter through the [`Clock`] and [`Entropy`] ports.
#![deny(clippy::float_arithmetic)]

mod address;
mod apportion;
mod calendar;
mod code;
mod contact;
mod country;
mod currency;
mod decimal;
mod document_id;
mod email;
mod id;
mod identifier;
mod ids;
mod money;
mod page;
mod party;
mod payment_terms;
mod ports;
mod rounding;
mod scaled;
mod search;
mod short_text;
mod store_error;
mod tax_id;
mod text;
mod timestamp;
mod version;

pub use address::Address;
pub use apportion::{CannotApportion, apportion};
pub use calendar::{Date, DateError, TimeZone, UnknownTimeZone, parse_date};
pub use code::{Code, CodeError};
pub use contact::{Contact, PhoneError, PhoneNumber};
pub use country::{Country, UnknownCountry};
pub use currency::{Currency, UnknownCurrency};
pub use decimal::{DecimalError, format_scaled, parse_scaled};
pub use document_id::DocumentId;
pub use email::{EmailAddress, EmailError};
pub use id::{Id, IdError, parse_id};
pub use identifier::{
    ElectronicAddress, IdentifierError, LegalIdentifier, LegalIdentifiers, RepeatedScheme,
};
pub use ids::*;
pub use money::{Money, MoneyError};
pub use page::{
    Cursor, CursorError, Direction, Page, PageLimit, PageRequest, Sort, SortError, SortField,
    SortKey, SortValue,
};
pub use party::{AddressChange, ContactChange, DetailsChange, PartyDetails, TextChange, Wish};
pub use payment_terms::{DuePart, Instalment, PaymentTerms, PaymentTermsError};
pub use ports::{Clock, Entropy};
pub use rounding::{div_half_away, multiple_half_away};
pub use scaled::{Percent, Quantity, SCALE, SCALE_DIGITS, UnitPrice};
pub use search::{SearchQuery, fold_text, search_words};
pub use short_text::ShortText;
pub use store_error::{Cause, StoreError};
pub use tax_id::{TaxId, TaxIdError};
pub use text::{BilingualText, Language, TextError, clean_text};
pub use timestamp::{Timestamp, TimestampError};
pub use version::Version;
