//! The entries of a batch, each read as the request of its own that it could have been.

use gaara_application::inventory::ProductWrite;
use gaara_kernel::{ProductId, Version};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use validator::Validate;

use super::change_product::ChangeProductRequest;
use super::create_product::CreateProductRequest;
use crate::code::Code;
use crate::json::{Check, Field, FieldFault, FromJson, decode};
use crate::problem::FieldProblem;

/// The most entries of a batch.
const ENTRIES_MAX: usize = 500;

/// The entries of a batch, not read yet: what is wrong with one need not be wrong with others.
#[derive(Debug)]
pub(super) struct Entries(pub(super) Vec<Value>);

impl FromJson for Entries {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        let Value::Array(items) = value else { return Err(FieldFault::wrong_type("array")) };
        if items.is_empty() {
            let fault = FieldProblem::new("", Code::ValidationRange);
            return Err(fault.param("min", 1).param("max", ENTRIES_MAX).into());
        }
        if items.len() > ENTRIES_MAX {
            let fault = FieldProblem::new("", Code::ValidationTooMany);
            return Err(fault.param("max", ENTRIES_MAX).into());
        }
        Ok(Self(items.clone()))
    }
}

/// One entry of a batch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
#[expect(dead_code, reason = "entries are read one by one; this says what they look like")]
pub(crate) enum ProductEntry {
    /// Adds a product.
    Create(CreateProductRequest),
    /// Changes a product.
    Patch(ProductPatch),
}

/// A change of a product, in a batch.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "entries are read one by one; this says what they look like")]
pub(crate) struct ProductPatch {
    /// The product.
    id: String,
    /// The version the change was made on.
    version: u32,
    #[serde(flatten)]
    change: ChangeProductRequest,
}

/// What an entry stands for, or everything that is wrong with it.
pub(super) fn read(entry: Value) -> Result<ProductWrite, Vec<FieldProblem>> {
    let Value::Object(mut members) = entry else {
        return Err(FieldFault::wrong_type("object").0);
    };
    match members.remove("op").as_ref().map(Value::as_str) {
        Some(Some("create")) => {
            let create = checked(members, CreateProductRequest::read)?;
            Ok(ProductWrite::Create(Box::new(create)))
        }
        Some(Some("patch")) => {
            let id: Field<ProductId> = taken(&mut members, "id");
            let version: Field<u32> = taken(&mut members, "version");
            let change = checked(members, |request: ChangeProductRequest, check| {
                let id = check.required("/id", id);
                let version = check.required("/version", version);
                request.read(check, id, version.map(Version::new))
            })?;
            Ok(ProductWrite::Change(Box::new(change)))
        }
        Some(_) => {
            let fault = FieldProblem::new("/op", Code::ValidationChoice);
            Err(vec![fault.param("choices", "create, patch")])
        }
        None => Err(vec![FieldProblem::new("/op", Code::ValidationRequired)]),
    }
}

fn taken<T: FromJson>(members: &mut Map<String, Value>, name: &str) -> Field<T> {
    match members.remove(name) {
        None => Field::Missing,
        Some(Value::Null) => Field::Null,
        Some(value) => T::from_json(&value).map_or_else(Field::Wrong, Field::Value),
    }
}

fn checked<T: DeserializeOwned + Validate, U>(
    members: Map<String, Value>,
    read: impl FnOnce(T, &mut Check) -> Option<U>,
) -> Result<U, Vec<FieldProblem>> {
    let (request, faults) = decode(Value::Object(members))?;
    let mut check = Check::with(faults);
    let value = read(request, &mut check);
    let faults = check.into_faults();
    match value {
        Some(value) if faults.is_empty() => Ok(value),
        _ => Err(faults),
    }
}
