//! JSON without surprises: no member twice, no depth without bottom.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::escape;
use crate::code::Code;
use crate::problem::{FieldProblem, Problem};

/// How deep objects and lists may stand in one another.
const DEPTH_MAX: usize = 64;

/// How many entries a list may have, whatever is done with it: most lists end much earlier.
const ENTRIES_MAX: usize = 10_000;

/// Reads a whole body.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    let place = Place::default();
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Node(&place).deserialize(&mut reader);
    let value = value.and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| place.problem(&error))
}

/// Where the reader is, and whether it met a member twice.
#[derive(Default)]
struct Place {
    path: RefCell<Vec<String>>,
    duplicate: Cell<bool>,
    too_many: Cell<bool>,
}

impl Place {
    fn enter<E: Error>(&self, part: String) -> Result<(), E> {
        let mut path = self.path.borrow_mut();
        if path.len() >= DEPTH_MAX {
            return Err(E::custom("nested too deeply"));
        }
        path.push(part);
        Ok(())
    }

    fn leave(&self) {
        self.path.borrow_mut().pop();
    }

    fn problem(&self, error: &serde_json::Error) -> Problem {
        let path = self.path.borrow();
        let mut pointer = String::new();
        path.iter().for_each(|part| pointer.extend(["/", &escape(part)]));
        if self.duplicate.get() {
            let field = path.last().map_or("", String::as_str);
            let field = FieldProblem::new(pointer, Code::JsonDuplicateField).param("field", field);
            return Problem::at(field);
        }
        if self.too_many.get() {
            let field = FieldProblem::new(pointer, Code::ValidationTooMany);
            return Problem::at(field.param("max", ENTRIES_MAX));
        }
        // A number like 1e309 is JSON, but no machine number; serde_json tells it by words only.
        if error.to_string().starts_with("number out of range") {
            return Problem::at(FieldProblem::new(pointer, Code::ValidationNumber));
        }
        Problem::new(Code::JsonInvalid)
    }
}

#[derive(Clone, Copy)]
struct Node<'p>(&'p Place);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            self.0.enter(list.len().to_string())?;
            let item = items.next_element_seed(self)?;
            self.0.leave();
            match item {
                Some(_) if list.len() >= ENTRIES_MAX => {
                    self.0.too_many.set(true);
                    return Err(A::Error::custom("too many entries"));
                }
                Some(item) => list.push(item),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            self.0.enter(name.clone())?;
            if object.contains_key(&name) {
                self.0.duplicate.set(true);
                return Err(A::Error::custom("a member stands twice"));
            }
            object.insert(name, members.next_value_seed(self)?);
            self.0.leave();
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> (Code, String) {
        let problem = parse(text.as_bytes()).unwrap_err();
        let pointer = problem.field_problems().first().map(|field| field.pointer.clone());
        (problem.code(), pointer.unwrap_or_default())
    }

    #[test]
    fn plain_json_is_read_as_it_is() {
        let text = r#"{"a": [1, -2, 1.5, "x", true, null, {"b": {}}], "c": []}"#;
        let usual: Value = serde_json::from_str(text).unwrap();
        assert_eq!(parse(text.as_bytes()).unwrap(), usual);
    }

    #[test]
    fn a_member_that_stands_twice_is_found_at_any_depth() {
        let code = Code::JsonDuplicateField;
        assert_eq!(refused(r#"{"a": 1, "a": 1}"#), (code, "/a".to_owned()));
        assert_eq!(refused(r#"{"l": [{}, {"a/b": 1, "a\/b": 2}]}"#), (code, "/l/1/a~1b".into()));
    }

    #[test]
    fn anything_that_is_not_json_is_invalid() {
        for text in ["", "{", "{\"a\": }", "[1,]", "{} {}", "{'a': 1}", "\u{feff}{}", "nul"] {
            assert_eq!(refused(text).0, Code::JsonInvalid, "{text}");
        }
        let problem = parse(b"{\"a\": \"\xff\"}").unwrap_err();
        assert_eq!(problem.code(), Code::JsonInvalid);
    }

    #[test]
    fn depth_ends_at_sixty_four() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(nested(64).as_bytes()).is_ok());
        assert_eq!(refused(&nested(65)).0, Code::JsonInvalid);
        assert_eq!(refused(&"[".repeat(100_000)).0, Code::JsonInvalid);
        assert_eq!(refused(&"{\"a\":".repeat(100_000)).0, Code::JsonInvalid);
    }

    #[test]
    fn a_list_ends_at_ten_thousand() {
        let list = |entries: usize| format!("{{\"l\":[{}0]}}", "0,".repeat(entries - 1));
        assert!(parse(list(10_000).as_bytes()).is_ok());
        assert_eq!(refused(&list(10_001)), (Code::ValidationTooMany, "/l".to_owned()));
    }

    #[test]
    fn a_number_beyond_all_bounds_is_told_by_its_place() {
        assert_eq!(refused(r#"{"q": 1e309}"#), (Code::ValidationNumber, "/q".to_owned()));
        assert!(parse(format!("{{\"q\": {}}}", "9".repeat(40)).as_bytes()).is_ok());
    }
}
