//! Keyset pages: a place in a sorted list is the values of its last row, never an offset.

use thiserror::Error;
use uuid::Uuid;

/// How many rows a page has: 1 to 200, 50 unless asked otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLimit(u16);

impl PageLimit {
    /// The most rows of a page.
    pub const MAX: u16 = 200;

    /// Takes a number of rows; `None` outside 1 to 200.
    #[must_use]
    pub const fn try_new(rows: u16) -> Option<Self> {
        if rows == 0 || rows > Self::MAX { None } else { Some(Self(rows)) }
    }

    /// The number of rows.
    #[must_use]
    pub const fn rows(self) -> u16 {
        self.0
    }
}

impl Default for PageLimit {
    fn default() -> Self {
        Self(50)
    }
}

/// Which way a key is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A value a list is sorted by. Texts compare byte by byte, as every store does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortValue {
    /// A whole number: a count, an amount, an instant in milliseconds, a day.
    Integer(i64),
    /// A text.
    Text(String),
}

/// The fields a list may be sorted by.
pub trait SortField: Copy + Eq + Send + Sync + 'static {
    /// Every field, in the order the documentation names them.
    const ALL: &'static [Self];

    /// The name in a `sort=` parameter.
    fn name(self) -> &'static str;

    /// Whether the field is compared as a text (else as a whole number).
    fn is_text(self) -> bool;
}

/// Declares the fields a list may be sorted by: the enum, the names and their kinds.
///
/// ```
/// use gaara_kernel::SortField;
///
/// gaara_kernel::sort_fields! {
///     /// The fields a list of boxes may be sorted by.
///     BoxSort {
///         /// The label.
///         Label => "label", text;
///         /// The weight.
///         Weight => "weight", integer;
///     }
/// }
/// assert_eq!(BoxSort::Weight.name(), "weight");
/// ```
#[macro_export]
macro_rules! sort_fields {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$field_meta:meta])* $field:ident => $text:literal, $kind:ident;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$field_meta])* $field,)+
        }

        impl $crate::SortField for $name {
            const ALL: &'static [Self] = &[$(Self::$field,)+];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$field => $text,)+
                }
            }

            fn is_text(self) -> bool {
                match self {
                    $(Self::$field => $crate::sort_fields!(@is_text $kind),)+
                }
            }
        }
    };
    (@is_text text) => {
        true
    };
    (@is_text integer) => {
        false
    };
}

/// A field and its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey<F> {
    /// The field.
    pub field: F,
    /// The direction.
    pub direction: Direction,
}

/// Why a `sort=` parameter was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("cannot sort by {name}")]
pub struct SortError {
    /// The part that is not a field of the list, or that stands twice.
    pub name: String,
}

/// The order of a list; the primary key breaks ties, in the direction of the last sort key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort<F> {
    keys: Vec<SortKey<F>>,
}

impl<F: SortField> Sort<F> {
    /// A list in the order of its primary key alone: the oldest first, where the key is an id.
    #[must_use]
    pub const fn natural() -> Self {
        Self { keys: Vec::new() }
    }

    /// A list sorted by one field.
    #[must_use]
    pub fn by(field: F, direction: Direction) -> Self {
        Self { keys: vec![SortKey { field, direction }] }
    }

    /// Reads `-issue_date,number`: a minus sorts the largest first.
    ///
    /// # Errors
    /// [`SortError`] naming the first part that is unknown or stands twice.
    pub fn parse(text: &str) -> Result<Self, SortError> {
        let mut keys: Vec<SortKey<F>> = Vec::new();
        for part in text.split(',') {
            let (name, direction) = match part.strip_prefix('-') {
                Some(name) => (name, Direction::Descending),
                None => (part, Direction::Ascending),
            };
            let field = F::ALL.iter().copied().find(|field| field.name() == name);
            match field {
                Some(field) if keys.iter().all(|key| key.field != field) => {
                    keys.push(SortKey { field, direction });
                }
                _ => {
                    return Err(SortError { name: name.to_owned() });
                }
            }
        }
        Ok(Self { keys })
    }

    /// The keys, the most significant first.
    #[must_use]
    pub fn keys(&self) -> &[SortKey<F>] {
        &self.keys
    }

    /// The direction of the primary key that breaks ties.
    #[must_use]
    pub fn tie_direction(&self) -> Direction {
        self.keys.last().map_or(Direction::Ascending, |key| key.direction)
    }

    /// Checks that a cursor was made by a list in this order.
    ///
    /// # Errors
    /// [`CursorError`] when its values do not fit the keys.
    pub fn check(&self, cursor: &Cursor) -> Result<(), CursorError> {
        let fits = |(key, value): (&SortKey<F>, &SortValue)| {
            matches!(value, SortValue::Text(_)) == key.field.is_text()
        };
        let all_fit = self.keys.len() == cursor.values.len()
            && self.keys.iter().zip(&cursor.values).all(fits);
        if all_fit { Ok(()) } else { Err(CursorError) }
    }
}

/// The cursor does not belong to this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the cursor does not belong to this list")]
pub struct CursorError;

/// A place in a sorted list: the sort values and the key of the last row seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The values of the sort keys.
    pub values: Vec<SortValue>,
    /// The ids that break ties: the row's whole primary key.
    pub tie: Vec<Uuid>,
}

/// What part of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest<F> {
    /// How many rows.
    pub limit: PageLimit,
    /// The order.
    pub sort: Sort<F>,
    /// The place after which the page begins; `None` for the first page.
    pub after: Option<Cursor>,
    /// Whether all matching rows are to be counted too.
    pub with_total: bool,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The place where the next page begins; `None` on the last page.
    pub next: Option<Cursor>,
    /// How many rows match in all, where that was asked for.
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// The same page with every row turned into something else.
    #[must_use]
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(turn).collect(),
            next: self.next,
            total: self.total,
        }
    }
}
