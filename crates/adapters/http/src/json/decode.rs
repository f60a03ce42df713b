//! From strict JSON to a request: unknown fields and wrong shapes, each at its pointer.

use serde::de::DeserializeOwned;
use serde_ignored::Path as Ignored;
use serde_json::Value;
use serde_path_to_error::{Path as Failed, Segment};
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use super::escape;
use super::list::Nested;
use crate::code::Code;
use crate::problem::FieldProblem;

/// Reads a request; what can be told later about its fields comes with it.
pub(crate) fn decode<T>(value: Value) -> Result<(T, Vec<FieldProblem>), Vec<FieldProblem>>
where
    T: DeserializeOwned + Validate,
{
    let mut unknown = Vec::new();
    let mut track = serde_path_to_error::Track::new();
    let reader = serde_path_to_error::Deserializer::new(value, &mut track);
    let read = serde_ignored::deserialize(reader, |path| unknown.push(unknown_field(&path)));
    match read {
        Ok(Nested::Object(request)) => {
            let request: T = request;
            if let Err(errors) = request.validate() {
                collect("", &errors, &mut unknown);
            }
            Ok((request, unknown))
        }
        Ok(Nested::Missing | Nested::Null) => {
            Err(vec![FieldProblem::new("", Code::ValidationType).param("expected", "object")])
        }
        Err(error) => {
            unknown.push(wrong_shape(pointer_of_failure(&track.path()), &error));
            Err(unknown)
        }
    }
}

fn unknown_field(path: &Ignored<'_>) -> FieldProblem {
    let name = if let Ignored::Map { key, .. } = path { key.as_str() } else { "" };
    FieldProblem::new(pointer_of_ignored(path), Code::ValidationUnknownField).param("field", name)
}

fn pointer_of_ignored(path: &Ignored<'_>) -> String {
    match path {
        Ignored::Root => String::new(),
        Ignored::Seq { parent, index } => format!("{}/{index}", pointer_of_ignored(parent)),
        Ignored::Map { parent, key } => format!("{}/{}", pointer_of_ignored(parent), escape(key)),
        Ignored::Some { parent }
        | Ignored::NewtypeStruct { parent }
        | Ignored::NewtypeVariant { parent } => pointer_of_ignored(parent),
    }
}

fn pointer_of_failure(path: &Failed) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", escape(key)),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect()
}

/// The message of serde holds the refused value, so only what was expected is taken from it.
fn wrong_shape(pointer: String, error: &serde_json::Error) -> FieldProblem {
    let message = error.to_string();
    match message.rsplit_once("expected ") {
        Some((_, expected)) => {
            FieldProblem::new(pointer, Code::ValidationType).param("expected", expected)
        }
        None => FieldProblem::new(pointer, Code::ValidationInvalid),
    }
}

fn collect(pointer: &str, errors: &ValidationErrors, found: &mut Vec<FieldProblem>) {
    for (name, kind) in errors.errors() {
        let pointer = format!("{pointer}/{}", escape(name));
        match kind {
            ValidationErrorsKind::Struct(errors) => collect(&pointer, errors, found),
            ValidationErrorsKind::List(entries) => {
                for (index, errors) in entries {
                    collect(&format!("{pointer}/{index}"), errors, found);
                }
            }
            ValidationErrorsKind::Field(errors) => {
                found.extend(errors.iter().map(|error| broken_rule(pointer.clone(), error)));
            }
        }
    }
}

/// A rule is named by our own code, or by validator's.
fn broken_rule(pointer: String, error: &ValidationError) -> FieldProblem {
    let param = |name: &str| error.params.get(name).map(ToString::to_string);
    let problem = match Code::from_text(&error.code) {
        Some(code) => FieldProblem::new(pointer, code),
        None if error.code == "length" && param("min").is_none() => {
            let is_list = error.params.get("value").is_some_and(Value::is_array);
            let too_long = Code::ValidationTextTooLong;
            FieldProblem::new(pointer, if is_list { Code::ValidationTooMany } else { too_long })
        }
        None if matches!(error.code.as_ref(), "length" | "range") => {
            FieldProblem::new(pointer, Code::ValidationRange)
        }
        None => FieldProblem::new(pointer, Code::ValidationInvalid),
    };
    ["min", "max"].into_iter().fold(problem, |problem, name| match param(name) {
        Some(value) => problem.param(name, value),
        None => problem,
    })
}
