//! Texts in two languages as requests write them: plain, or by language.

use gaara_kernel::{BilingualText, TextChange, clean_text};
use serde_json::{Map, Value};

use super::field::{FieldFault, FromJson};
use super::values::{CHARACTERS_MAX, text_fault};
use crate::code::Code;
use crate::problem::FieldProblem;

impl FromJson for TextChange {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        match value {
            Value::String(text) => BilingualText::from_plain(text)
                .map(Self::Replace)
                .map_err(|error| text_fault("", error)),
            Value::Object(members) => merge(members),
            _ => Err(FieldFault::wrong_type("text or object")),
        }
    }
}

/// A language that is absent stays; one that is `null` or blank is taken away.
fn merge(members: &Map<String, Value>) -> Result<TextChange, FieldFault> {
    let (mut ar, mut en, mut faults) = (None, None, Vec::new());
    for (name, member) in members {
        let pointer = format!("/{}", super::escape(name));
        let language = match name.as_str() {
            "ar" => &mut ar,
            "en" => &mut en,
            _ => {
                let fault = FieldProblem::new(pointer, Code::ValidationUnknownField);
                faults.push(fault.param("field", name));
                continue;
            }
        };
        match member {
            Value::Null => *language = Some(None),
            Value::String(text) if text.trim().is_empty() => *language = Some(None),
            Value::String(text) => match clean_text(text, CHARACTERS_MAX) {
                Ok(text) => *language = Some(Some(text)),
                Err(error) => faults.extend(text_fault(&pointer, error).0),
            },
            _ => faults
                .push(FieldProblem::new(pointer, Code::ValidationType).param("expected", "text")),
        }
    }
    if faults.is_empty() { Ok(TextChange::Merge { ar, en }) } else { Err(FieldFault(faults)) }
}
