//! Reading the lists of a product: barcodes, packagings and reorder rules.

use gaara_inventory::{Barcode, Packaging, ReorderRule};
use gaara_kernel::{Code as Name, Quantity, WarehouseId};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use validator::Validate;

use super::factor::{FactorPart, read_factor};
use crate::code::Code;
use crate::json::{Check, Field, FieldFault, FromJson};
use crate::problem::FieldProblem;

/// The most barcodes of a unit or of a package.
const BARCODES_MAX: usize = 50;

/// The barcodes of a unit or of a package.
#[derive(Debug, Default)]
pub(super) struct Barcodes(pub(super) Vec<Barcode>);

impl FromJson for Barcodes {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        let Value::Array(items) = value else { return Err(FieldFault::wrong_type("array")) };
        if items.len() > BARCODES_MAX {
            let fault = FieldProblem::new("", Code::ValidationTooMany);
            return Err(fault.param("max", BARCODES_MAX).into());
        }
        let read = |(index, item): (usize, &Value)| {
            Barcode::from_json(item).map_err(|fault| fault.within(&format!("/{index}")))
        };
        items.iter().enumerate().map(read).collect::<Result<_, _>>().map(Self)
    }
}

/// A package a product comes in.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct PackagingRequest {
    /// The unit of the package; another one than the product's.
    #[schema(value_type = String, required = true, example = "CTN")]
    #[serde(default)]
    unit: Field<Name>,
    /// How many of the product's unit `denominator` packages are: 1 to 10^12.
    #[schema(value_type = u64, required = true, example = 24, minimum = 1)]
    #[serde(default)]
    numerator: Field<FactorPart>,
    /// How many packages `numerator` of the product's unit are; 1 when absent.
    #[schema(value_type = Option<u64>, example = 1, minimum = 1)]
    #[serde(default)]
    denominator: Field<FactorPart>,
    /// The barcodes on the package.
    #[schema(value_type = Option<Vec<String>>, example = json!(["6281000000021"]))]
    #[serde(default)]
    barcodes: Field<Barcodes>,
}

impl PackagingRequest {
    pub(super) fn read(self, check: &mut Check) -> Option<Packaging> {
        let unit = check.required("/unit", self.unit);
        let factor = read_factor(check, self.numerator, self.denominator);
        let barcodes = check.or_default("/barcodes", self.barcodes, Barcodes::default());
        Some(Packaging { unit: unit?, factor: factor?, barcodes: barcodes?.0 })
    }
}

/// When a product is to be ordered for a warehouse.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ReorderRequest {
    /// The warehouse.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    warehouse_id: Field<WarehouseId>,
    /// Below this it is to be ordered, in the product's unit.
    #[schema(value_type = String, required = true, example = "10")]
    #[serde(default)]
    minimum: Field<Quantity>,
    /// Up to this it is to be ordered, in the product's unit.
    #[schema(value_type = String, required = true, example = "100")]
    #[serde(default)]
    maximum: Field<Quantity>,
}

impl ReorderRequest {
    pub(super) fn read(self, check: &mut Check) -> Option<ReorderRule> {
        let warehouse = check.required("/warehouse_id", self.warehouse_id);
        let minimum = check.required("/minimum", self.minimum);
        let maximum = check.required("/maximum", self.maximum);
        Some(ReorderRule { warehouse: warehouse?, minimum: minimum?, maximum: maximum? })
    }
}
