//! Collecting everything that is wrong with a request before refusing it once.

use gaara_kernel::{Currency, Money};

use super::field::{Field, FieldFault, Patch};
use super::list::{List, Nested};
use super::values::DecimalText;
use crate::code::Code;
use crate::problem::{FieldProblem, Problem};

/// What was found wrong with a request so far.
///
/// Every method answers `None` for a value that is wrong, after noting why: bind all fields
/// first, and take them apart with `?` afterwards, so that all faults are told at once.
#[derive(Debug, Default)]
#[must_use]
pub struct Check {
    prefix: String,
    faults: Vec<FieldProblem>,
}

impl Check {
    pub(crate) fn with(faults: Vec<FieldProblem>) -> Self {
        Self { prefix: String::new(), faults }
    }

    /// A field that must be there.
    pub fn required<T>(&mut self, pointer: &str, field: Field<T>) -> Option<T> {
        let value = self.optional(pointer, field)?;
        value.or_else(|| self.missing(pointer))
    }

    /// A field that may be absent or `null`.
    pub fn optional<T>(&mut self, pointer: &str, field: Field<T>) -> Option<Option<T>> {
        match field {
            Field::Missing | Field::Null => Some(None),
            Field::Value(value) => Some(Some(value)),
            Field::Wrong(fault) => self.wrong(pointer, fault),
        }
    }

    /// A field with a default for when it is absent or `null`.
    pub fn or_default<T>(&mut self, pointer: &str, field: Field<T>, default: T) -> Option<T> {
        self.optional(pointer, field).map(|value| value.unwrap_or(default))
    }

    /// A field of a merge patch that cannot be emptied: `Some(None)` leaves it.
    pub fn change<T>(&mut self, pointer: &str, field: Field<T>) -> Option<Option<T>> {
        if matches!(field, Field::Null) {
            return self.missing(pointer);
        }
        self.optional(pointer, field)
    }

    /// A field of a merge patch that `null` empties.
    pub fn patch<T>(&mut self, pointer: &str, field: Field<T>) -> Option<Patch<T>> {
        match field {
            Field::Missing => Some(Patch::Keep),
            Field::Null => Some(Patch::Clear),
            Field::Value(value) => Some(Patch::Set(value)),
            Field::Wrong(fault) => self.wrong(pointer, fault),
        }
    }

    /// A field that stays as it was where it is absent, and that `null` empties.
    pub fn keep<T>(
        &mut self,
        pointer: &str,
        field: Field<T>,
        before: Option<T>,
    ) -> Option<Option<T>> {
        if matches!(field, Field::Missing) { Some(before) } else { self.optional(pointer, field) }
    }

    /// An object that stays as it was where it is absent, and that `null` takes away.
    pub fn keep_nested<T, U>(
        &mut self,
        pointer: &str,
        object: Nested<T>,
        before: Option<U>,
        read: impl FnOnce(T, &mut Self) -> Option<U>,
    ) -> Option<Option<U>> {
        if matches!(object, Nested::Missing) {
            return Some(before);
        }
        self.optional_nested(pointer, object, read)
    }

    /// A list that stays as it was where it is absent, and that `null` empties.
    pub fn keep_each<T, U>(
        &mut self,
        pointer: &str,
        list: List<T>,
        before: Vec<U>,
        read: impl Fn(T, &mut Self) -> Option<U>,
    ) -> Option<Vec<U>> {
        if matches!(list, List::Missing) { Some(before) } else { self.each(pointer, list, read) }
    }

    /// An amount that must be there, in a currency that may itself be wrong.
    pub fn money(
        &mut self,
        pointer: &str,
        field: Field<DecimalText>,
        currency: Option<Currency>,
    ) -> Option<Money> {
        let text = self.required(pointer, field)?;
        self.amount(pointer, &text, currency)
    }

    /// An amount that may be absent or `null`, in a currency that may itself be wrong.
    pub fn optional_money(
        &mut self,
        pointer: &str,
        field: Field<DecimalText>,
        currency: Option<Currency>,
    ) -> Option<Option<Money>> {
        match self.optional(pointer, field)? {
            Some(text) => self.amount(pointer, &text, currency).map(Some),
            None => Some(None),
        }
    }

    /// An object that must be there.
    pub fn nested<T, U>(
        &mut self,
        pointer: &str,
        object: Nested<T>,
        read: impl FnOnce(T, &mut Self) -> Option<U>,
    ) -> Option<U> {
        let value = self.optional_nested(pointer, object, read)?;
        value.or_else(|| self.missing(pointer))
    }

    /// An object that may be absent or `null`.
    pub fn optional_nested<T, U>(
        &mut self,
        pointer: &str,
        object: Nested<T>,
        read: impl FnOnce(T, &mut Self) -> Option<U>,
    ) -> Option<Option<U>> {
        match object {
            Nested::Missing | Nested::Null => Some(None),
            Nested::Object(object) => self.within(pointer, |check| read(object, check)).map(Some),
        }
    }

    /// Every object of a list; an absent list is empty.
    pub fn each<T, U>(
        &mut self,
        pointer: &str,
        list: List<T>,
        read: impl Fn(T, &mut Self) -> Option<U>,
    ) -> Option<Vec<U>> {
        let List::Items(items) = list else { return Some(Vec::new()) };
        let read = |(index, item): (usize, T)| {
            self.within(&format!("{pointer}/{index}"), |check| read(item, check))
        };
        // Collecting into an option at once would stop at the first wrong entry.
        let entries: Vec<Option<U>> = items.into_iter().enumerate().map(read).collect();
        entries.into_iter().collect()
    }

    /// Every object of a list that replaces another as a whole: `Some(None)` leaves it.
    pub fn change_each<T, U>(
        &mut self,
        pointer: &str,
        list: List<T>,
        read: impl Fn(T, &mut Self) -> Option<U>,
    ) -> Option<Option<Vec<U>>> {
        match list {
            List::Missing => Some(None),
            List::Null => self.missing(pointer),
            List::Items(_) => self.each(pointer, list, read).map(Some),
        }
    }

    /// An object of a merge patch that cannot be emptied: `Some(None)` leaves it.
    pub fn change_nested<T, U>(
        &mut self,
        pointer: &str,
        object: Nested<T>,
        read: impl FnOnce(T, &mut Self) -> Option<U>,
    ) -> Option<Option<U>> {
        if matches!(object, Nested::Null) {
            return self.missing(pointer);
        }
        self.optional_nested(pointer, object, read)
    }

    /// An object of a merge patch that `null` takes away.
    pub fn patch_nested<T, U>(
        &mut self,
        pointer: &str,
        object: Nested<T>,
        read: impl FnOnce(T, &mut Self) -> Option<U>,
    ) -> Option<Patch<U>> {
        match object {
            Nested::Missing => Some(Patch::Keep),
            Nested::Null => Some(Patch::Clear),
            Nested::Object(object) => {
                self.within(pointer, |check| read(object, check)).map(Patch::Set)
            }
        }
    }

    /// Reads something whose pointers begin with this one.
    pub fn within<R>(&mut self, pointer: &str, read: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.prefix.len();
        self.prefix.push_str(pointer);
        let result = read(self);
        self.prefix.truncate(outer);
        result
    }

    /// Refuses a field that may only be given when a thing is new.
    pub fn only_when_new<T>(&mut self, name: &str, field: &Field<T>) {
        if !matches!(field, Field::Missing) {
            let fault = FieldProblem::new(format!("/{name}"), Code::ValidationUnknownField);
            self.fault(fault.param("field", name));
        }
    }

    /// Notes a fault; the pointer is relative to the object being read.
    pub fn fault(&mut self, mut fault: FieldProblem) {
        fault.pointer.insert_str(0, &self.prefix);
        self.faults.push(fault);
    }

    /// Refuses the request when anything was wrong with it.
    ///
    /// # Errors
    /// A problem with every fault.
    pub fn finish(self) -> Result<(), Problem> {
        if self.faults.is_empty() { Ok(()) } else { Err(Problem::of_fields(self.faults)) }
    }

    /// Everything that was found wrong.
    pub(crate) fn into_faults(self) -> Vec<FieldProblem> {
        self.faults
    }

    fn amount(
        &mut self,
        pointer: &str,
        text: &DecimalText,
        currency: Option<Currency>,
    ) -> Option<Money> {
        text.money(currency?).map_or_else(|fault| self.wrong(pointer, fault), Some)
    }

    /// Notes that a value is missing.
    pub(crate) fn missing<T>(&mut self, pointer: &str) -> Option<T> {
        self.fault(FieldProblem::new(pointer, Code::ValidationRequired));
        None
    }

    fn wrong<T>(&mut self, pointer: &str, fault: FieldFault) -> Option<T> {
        for mut problem in fault.0 {
            problem.pointer.insert_str(0, pointer);
            self.fault(problem);
        }
        None
    }
}
