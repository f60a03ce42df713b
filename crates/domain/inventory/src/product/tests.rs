//! Products against their own rules.

use gaara_kernel::{BilingualText, parse_id};

use super::*;
use crate::unit::standard_units;

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn barcode(text: &str) -> Barcode {
    Barcode::parse(text).unwrap()
}

fn packaging(unit: &str, numerator: u64, barcodes: &[&str]) -> Packaging {
    Packaging {
        unit: code(unit),
        factor: Factor::try_new(numerator, 1).unwrap(),
        barcodes: barcodes.iter().copied().map(barcode).collect(),
    }
}

fn reorder(minimum: &str, maximum: &str) -> ReorderRule {
    ReorderRule {
        warehouse: parse_id("whs_01kare0z0qf8b8rmyh0z0hdrt5").unwrap(),
        minimum: Quantity::parse(minimum).unwrap(),
        maximum: Quantity::parse(maximum).unwrap(),
    }
}

fn product() -> Product {
    Product {
        id: parse_id("prd_01kare0z0qf8b8rmyh0z0hdrt5").unwrap(),
        sku: code("BOLT-M8"),
        name: BilingualText::try_new(Some("برغي"), Some("Bolt")).unwrap(),
        kind: ProductKind::Stocked,
        unit: code("EA"),
        unit_price: UnitPrice::ONE,
        currency: Currency::parse("SAR").unwrap(),
        tax_rate: None,
        category: None,
        supplier: None,
        packagings: vec![packaging("BOX", 50, &["4006381333931"])],
        barcodes: vec![barcode("6281000000014")],
        reorder: vec![reorder("10", "100")],
        costing: Costing::Average,
        standard_cost: None,
        archived_at: None,
        created_at: Timestamp::from_millis(0),
        updated_at: Timestamp::from_millis(0),
        version: Version::FIRST,
    }
}

#[test]
fn a_sound_product_has_no_fault() {
    assert_eq!(product().faults(), []);
    let standard =
        Product { costing: Costing::Standard, standard_cost: Some(UnitPrice::ZERO), ..product() };
    assert_eq!(standard.faults(), []);
}

#[test]
fn every_fault_is_told_at_once_and_by_its_place() {
    let mut product = product();
    product.unit_price = UnitPrice::ONE.negated();
    product.packagings.push(packaging("EA", 1, &[]));
    product.packagings.push(packaging("BOX", 10, &["6281000000014"]));
    product.reorder.push(reorder("-1", "-2"));

    assert_eq!(
        product.faults(),
        [
            ProductFault::PriceNegative,
            ProductFault::PackagingOfOwnUnit { packaging: 1 },
            ProductFault::PackagingRepeated { packaging: 2 },
            ProductFault::BarcodeRepeated(BarcodePlace { packaging: Some(2), index: 0 }),
            ProductFault::ReorderRepeated { rule: 1 },
            ProductFault::ReorderMinimumNegative { rule: 1 },
            ProductFault::ReorderMaximumTooSmall { rule: 1 },
        ]
    );
    product.kind = ProductKind::Service;
    assert!(product.faults().contains(&ProductFault::ReorderOfService));
}

#[test]
fn a_cost_is_set_by_hand_exactly_where_the_method_asks_for_it() {
    let fault = |costing, standard_cost| {
        Product { costing, standard_cost, ..product() }.faults().first().copied()
    };
    let (one, below) = (Some(UnitPrice::ONE), Some(UnitPrice::ONE.negated()));
    assert_eq!(fault(Costing::Standard, None), Some(ProductFault::StandardCostMissing));
    assert_eq!(fault(Costing::Standard, below), Some(ProductFault::StandardCostNegative));
    assert_eq!(fault(Costing::Fifo, one), Some(ProductFault::StandardCostUnexpected));
    assert_eq!(fault(Costing::Average, one), Some(ProductFault::StandardCostUnexpected));
}

#[test]
fn a_products_own_packaging_comes_before_the_general_unit() {
    let id = parse_id("unt_01kare0z0qf8b8rmyh0z0hdrt5").unwrap();
    let with_id = |unit: crate::unit::NewUnit| unit.into_unit(id, Timestamp::from_millis(0));
    let units: Vec<Unit> = standard_units().into_iter().map(with_id).collect();
    let mut product = product();
    let factor = |numerator, denominator| Factor::try_new(numerator, denominator).ok();
    assert_eq!(product.factor_of(&code("EA"), &[]), Some(Factor::ONE));
    assert_eq!(product.factor_of(&code("BOX"), &units), factor(50, 1));
    assert_eq!(product.factor_of(&code("DZN"), &units), factor(12, 1));
    assert_eq!(product.factor_of(&code("DZN"), &[]), None, "nothing is known about it");
    assert_eq!(product.factor_of(&code("KG"), &units), None);
    product.packagings.push(packaging("DZN", 13, &[]));
    assert_eq!(product.factor_of(&code("DZN"), &units), factor(13, 1), "a baker's dozen");
}
