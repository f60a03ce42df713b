//! Objects and lists inside a request body.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use validator::{Validate, ValidateLength, ValidationErrors, ValidationErrorsKind};

use super::field::Field;

/// An object inside a body; a list never stands in for one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Nested<T> {
    /// The member is absent.
    #[default]
    Missing,
    /// The member is `null`.
    Null,
    /// The object.
    Object(T),
}

/// A list of objects inside a body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum List<T> {
    /// The member is absent.
    #[default]
    Missing,
    /// The member is `null`.
    Null,
    /// The entries.
    Items(Vec<T>),
}

/// An entry of a list, which must be an object.
struct Entry<T>(T);

struct ObjectVisitor<T>(PhantomData<T>);
struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("object")
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Option<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members)).map(Some)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("array")
    }

    fn visit_unit<E>(self) -> Result<Option<Vec<T>>, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Option<Vec<T>>, A::Error> {
        let mut items = Vec::new();
        while let Some(Entry(item)) = entries.next_element()? {
            items.push(item);
        }
        Ok(Some(items))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entry<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = deserializer.deserialize_any(ObjectVisitor(PhantomData))?;
        object.map(Self).ok_or_else(|| {
            D::Error::invalid_type(serde::de::Unexpected::Unit, &ObjectVisitor::<T>(PhantomData))
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nested<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = deserializer.deserialize_any(ObjectVisitor(PhantomData))?;
        Ok(object.map_or(Self::Null, Self::Object))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = deserializer.deserialize_any(ListVisitor(PhantomData))?;
        Ok(items.map_or(Self::Null, Self::Items))
    }
}

impl<T: Validate> Validate for Nested<T> {
    fn validate(&self) -> Result<(), ValidationErrors> {
        match self {
            Self::Object(object) => object.validate(),
            Self::Missing | Self::Null => Ok(()),
        }
    }
}

impl<T: Validate> Validate for List<T> {
    fn validate(&self) -> Result<(), ValidationErrors> {
        let Self::Items(items) = self else { return Ok(()) };
        let errors: BTreeMap<usize, Box<ValidationErrors>> = items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| Some((index, Box::new(item.validate().err()?))))
            .collect();
        if errors.is_empty() {
            return Ok(());
        }
        // The derive macro knows the entries of a list by this name.
        let name = Cow::Borrowed("_tmp_validator");
        let list = ValidationErrorsKind::List(errors);
        Err(ValidationErrors([(name, list)].into_iter().collect()))
    }
}

impl<T> ValidateLength<u64> for List<T> {
    fn length(&self) -> Option<u64> {
        match self {
            Self::Items(items) => u64::try_from(items.len()).ok(),
            Self::Missing | Self::Null => None,
        }
    }
}

impl ValidateLength<u64> for Field<String> {
    fn length(&self) -> Option<u64> {
        match self {
            Self::Value(text) => u64::try_from(text.chars().count()).ok(),
            Self::Missing | Self::Null | Self::Wrong(_) => None,
        }
    }
}

// The derive macro of validator keeps what it refuses; only its kind is kept here, since a refused
// value is never written back.
impl<T> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(std::iter::empty::<()>())
    }
}

impl<T> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}
