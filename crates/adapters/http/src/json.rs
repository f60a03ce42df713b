//! Request bodies: strict JSON in, typed values or a list of everything wrong out.

mod body;
mod check;
mod decode;
mod empty;
mod field;
mod ids;
mod list;
mod strict;
mod text_change;
mod texts;
mod values;

pub(crate) use body::{AnyObject, check_encoding};
pub use body::{Body, OptionalBody};
pub use check::Check;
pub(crate) use decode::decode;
pub(crate) use empty::Empty;
pub use field::{Field, FieldFault, FromJson, FromText, Patch};
pub use list::{List, Nested};
pub(crate) use texts::TextList;
pub use values::{DecimalText, NoteText, SecretText};
pub(crate) use values::{JsonObject, money_fault};

/// Escapes one part of a JSON pointer (RFC 6901, section 3).
pub(crate) fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}
