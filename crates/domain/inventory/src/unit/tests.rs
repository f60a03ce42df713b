//! Units against their rules.

use super::*;

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

fn standard(code: &str) -> Unit {
    let unit = standard_units().into_iter().find(|unit| unit.code.as_str() == code).unwrap();
    let id = gaara_kernel::parse_id("unt_01kare0z0qf8b8rmyh0z0hdrt5").unwrap();
    unit.into_unit(id, Timestamp::from_millis(0))
}

#[test]
fn a_quantity_is_as_fine_as_its_unit_and_no_finer() {
    let two = Decimals::try_new(2).unwrap();
    assert_eq!(Decimals::WHOLE.check(quantity("3")), Ok(()));
    assert_eq!(Decimals::WHOLE.check(quantity("-0.5")), Err(QuantityError::NotWhole));
    assert_eq!(two.check(quantity("1.25")), Ok(()));
    let refused = QuantityError::TooPrecise { decimals_max: two };
    assert_eq!(two.check(quantity("1.255")), Err(refused));
    assert_eq!(Decimals::MOST.check(quantity("0.000001")), Ok(()));
    assert_eq!(Decimals::try_new(7), None);
}

#[test]
fn units_of_one_base_are_told_in_one_another() {
    let factor = |n, d| Factor::try_new(n, d).unwrap();
    assert_eq!(standard("DZN").factor_to(&standard("EA")), Some(factor(12, 1)));
    assert_eq!(standard("EA").factor_to(&standard("DZN")), Some(factor(1, 12)));
    assert_eq!(standard("FT").factor_to(&standard("IN")), Some(factor(12, 1)));
    assert_eq!(standard("LB").factor_to(&standard("OZ")), Some(factor(16, 1)));
    assert_eq!(standard("DAY").factor_to(&standard("MIN")), Some(factor(1_440, 1)));
    assert_eq!(standard("KG").factor_to(&standard("L")), None);
    assert_eq!(standard("BOX").factor_to(&standard("EA")), None, "every box is its own");
}
