//! What a client is told about a product that is refused, each reason at its place.

use gaara_application::inventory::{ProductRefusal, ReorderBound};
use gaara_inventory::{BarcodePlace, ProductFault};
use gaara_kernel::TextError;

use crate::code::Code;
use crate::problem::{FieldProblem, Problem, quantity_fault};

/// A product that is refused as a whole request.
pub(super) fn refused(refusals: &[ProductRefusal]) -> Problem {
    match refusals {
        [ProductRefusal::NotFound] => Problem::not_found(),
        [ProductRefusal::Stale { current }] => Problem::stale(*current),
        _ => Problem::of_fields(refusals.iter().map(fault).collect()),
    }
}

/// One reason, at a pointer into the product.
pub(super) fn fault(refusal: &ProductRefusal) -> FieldProblem {
    let at = |pointer: &str, code| FieldProblem::new(pointer, code);
    let taken = |pointer: &str, field: &str| {
        FieldProblem::new(pointer, Code::ResourceDuplicate).param("field", field)
    };
    let rule_at =
        |rule: usize, code| FieldProblem::new(format!("/reorder/{rule}/warehouse_id"), code);
    match refusal {
        ProductRefusal::NotFound => at("/id", Code::ResourceNotFound),
        ProductRefusal::Stale { current } => {
            at("/version", Code::PreconditionFailed).param("current_version", current)
        }
        ProductRefusal::Repeated => at("/id", Code::ValidationRepeated),
        ProductRefusal::Name(TextError::Empty) => at("/name", Code::ValidationTextEmpty),
        ProductRefusal::Name(_) => at("/name", Code::ValidationInvalid),
        ProductRefusal::Rule(fault) => rule_fault(*fault),
        ProductRefusal::UnknownUnit => at("/unit", Code::ValidationReference),
        ProductRefusal::UnknownPackagingUnit { packaging } => {
            at(&format!("/packagings/{packaging}/unit"), Code::ValidationReference)
        }
        ProductRefusal::UnknownTaxRate => at("/tax_rate", Code::ValidationReference),
        ProductRefusal::TaxRateArchived => at("/tax_rate", Code::ResourceArchived),
        ProductRefusal::UnknownCategory => at("/category_id", Code::ValidationReference),
        ProductRefusal::UnknownSupplier => at("/supplier_id", Code::ValidationReference),
        ProductRefusal::SupplierArchived => at("/supplier_id", Code::ResourceArchived),
        ProductRefusal::UnknownWarehouse { rule } => rule_at(*rule, Code::ValidationReference),
        ProductRefusal::WarehouseArchived { rule } => rule_at(*rule, Code::ResourceArchived),
        ProductRefusal::ReorderTooFine { rule, bound, error } => {
            let field = match bound {
                ReorderBound::Minimum => "minimum",
                ReorderBound::Maximum => "maximum",
            };
            quantity_fault(format!("/reorder/{rule}/{field}"), *error)
        }
        ProductRefusal::IdTaken => taken("/id", "product.id"),
        ProductRefusal::SkuTaken => taken("/sku", "product.sku"),
        ProductRefusal::BarcodeTaken(place) => taken(&pointer(*place), "product.barcode"),
        ProductRefusal::UnitInUse => at("/unit", Code::ResourceInUse),
        ProductRefusal::CostingInUse => at("/costing", Code::ResourceInUse),
        ProductRefusal::StandardCostInUse => at("/standard_cost", Code::ResourceInUse),
        ProductRefusal::StandardCostOutOfRange => at("/standard_cost", Code::StockOutOfRange),
    }
}

fn rule_fault(fault: ProductFault) -> FieldProblem {
    let at = |pointer: &str, code| FieldProblem::new(pointer, code);
    match fault {
        ProductFault::PriceNegative => at("/unit_price", Code::ValidationNotNegative),
        ProductFault::StandardCostMissing => at("/standard_cost", Code::ValidationRequired),
        ProductFault::StandardCostUnexpected => {
            at("/standard_cost", Code::ValidationChoice).param("choices", "null")
        }
        ProductFault::StandardCostNegative => at("/standard_cost", Code::ValidationNotNegative),
        ProductFault::PackagingOfOwnUnit { packaging } => {
            at(&format!("/packagings/{packaging}/unit"), Code::ProductPackagingUnit)
        }
        ProductFault::PackagingRepeated { packaging } => {
            at(&format!("/packagings/{packaging}/unit"), Code::ValidationRepeated)
        }
        ProductFault::BarcodeRepeated(place) => at(&pointer(place), Code::ValidationRepeated),
        ProductFault::ReorderOfService => at("/reorder", Code::ProductNotStocked),
        ProductFault::ReorderRepeated { rule } => {
            at(&format!("/reorder/{rule}/warehouse_id"), Code::ValidationRepeated)
        }
        ProductFault::ReorderMinimumNegative { rule } => {
            at(&format!("/reorder/{rule}/minimum"), Code::ValidationNotNegative)
        }
        ProductFault::ReorderMaximumTooSmall { rule } => {
            at(&format!("/reorder/{rule}/maximum"), Code::ProductReorderMaximum)
        }
    }
}

fn pointer(place: BarcodePlace) -> String {
    let BarcodePlace { packaging, index } = place;
    match packaging {
        Some(packaging) => format!("/packagings/{packaging}/barcodes/{index}"),
        None => format!("/barcodes/{index}"),
    }
}
