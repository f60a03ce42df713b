//! The worked rows of units.

use gaara_kernel::multiple_half_away;
use proptest::prelude::*;

use super::*;

const WHOLE: Decimals = Decimals::WHOLE;

fn factor(numerator: u64, denominator: u64) -> Factor {
    Factor::try_new(numerator, denominator).unwrap()
}

fn decimals(digits: u8) -> Decimals {
    Decimals::try_new(digits).unwrap()
}

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

fn price(text: &str) -> UnitPrice {
    UnitPrice::parse(text).unwrap()
}

#[test]
fn u_01_grams_make_tonnes_and_their_price_follows() {
    let gram_in_tonnes = factor(1, 1_000).relative_to(factor(1_000, 1)).unwrap();
    assert_eq!(gram_in_tonnes, factor(1, 1_000_000));
    let tonnes = gram_in_tonnes.to_base(quantity("1020000"), Decimals::MOST);
    assert_eq!(tonnes, Ok(quantity("1.02")));
    assert_eq!(gram_in_tonnes.price_to_base(price("2")), Ok(price("2000000")));
}

#[test]
fn u_02_a_dozen_is_exactly_twelve() {
    assert_eq!(factor(12, 1).to_base(quantity("1"), WHOLE), Ok(quantity("12")));
}

#[test]
fn u_03_a_result_is_rounded_to_the_decimals_of_its_unit() {
    let inch_in_mm = factor(127, 5);
    assert_eq!(inch_in_mm.from_base(quantity("3"), decimals(2)), Ok(quantity("0.12")));
    let hour_in_seconds = factor(3_600, 1);
    assert_eq!(hour_in_seconds.from_base(quantity("25"), decimals(2)), Ok(quantity("0.01")));
    let minute_in_seconds = factor(60, 1);
    assert_eq!(minute_in_seconds.from_base(quantity("5"), decimals(2)), Ok(quantity("0.08")));
}

#[test]
fn u_04_a_price_of_a_gram_is_a_price_of_a_pound() {
    let pound_in_kg = factor(45_359_237, 100_000_000);
    let gram_in_pounds = factor(1, 1_000).relative_to(pound_in_kg).unwrap();
    assert_eq!(gram_in_pounds.price_to_base(price("1")), Ok(price("453.59237")));
}

#[test]
fn u_05_a_value_is_rounded_to_a_multiple() {
    for (value, step, expected) in
        [("1.3", "0.5", "1.5"), ("17", "15", "15"), ("2.5", "1.4", "2.8")]
    {
        let [value, step, expected] =
            [value, step, expected].map(|text| i128::from(quantity(text).as_millionths()));
        assert_eq!(multiple_half_away(value, step), expected);
    }
}

#[test]
fn u_06_a_fraction_that_comes_out_whole_is_whole() {
    let kg_in_pieces = factor(5, 105);
    assert_eq!(kg_in_pieces.to_base(quantity("105"), WHOLE), Ok(quantity("5")));
    let nearly = kg_in_pieces.to_base(quantity("105.000001"), WHOLE);
    assert_eq!(nearly, Err(ConversionError::NotWhole), "compared exactly");
}

#[test]
fn u_07_pieces_are_sold_at_the_price_of_their_carton() {
    let carton_in_pieces = factor(24, 1);
    let cartons = carton_in_pieces.from_base(quantity("36"), Decimals::MOST).unwrap();
    assert_eq!(cartons, quantity("1.5"));
    let amount = i128::from(cartons.as_millionths()) * i128::from(price("19.90").as_millionths());
    assert_eq!(div_half_away(amount, 10_i128.pow(10)), 2_985, "29.85 in hundredths");
}

#[test]
fn a_part_of_zero_or_beyond_the_largest_is_no_factor() {
    for (numerator, denominator) in [(0, 1), (1, 0), (Factor::PART_MAX + 1, 1), (1, u64::MAX)] {
        assert_eq!(Factor::try_new(numerator, denominator), Err(FactorError));
    }
}

#[test]
fn a_result_out_of_range_is_told() {
    let most = quantity("1000000000000");
    assert_eq!(factor(2, 1).to_base(most, WHOLE), Err(ConversionError::OutOfRange));
    assert_eq!(
        factor(1, Factor::PART_MAX).price_to_base(price("2")),
        Err(ConversionError::OutOfRange)
    );
    let (large, small) = (factor(Factor::PART_MAX, 1), factor(1, Factor::PART_MAX));
    assert_eq!(large.relative_to(small), None);
}

proptest! {
    #[test]
    fn whole_packages_are_told_in_pieces_and_back(
        count in -1_000_000_i64..1_000_000,
        pieces in 1_u64..1_000_000,
    ) {
        let packages = Quantity::from_millionths(count * 1_000_000).unwrap();
        let factor = factor(pieces, 1);
        let told = factor.to_base(packages, WHOLE).unwrap();
        prop_assert_eq!(factor.from_base(told, WHOLE), Ok(packages));
    }

    #[test]
    fn a_credit_mirrors_its_invoice(
        millionths in 0_i64..1_000_000_000,
        numerator in 1_u64..1_000,
        denominator in 1_u64..1_000,
        digits in 0_u8..=6,
    ) {
        let factor = factor(numerator, denominator);
        let quantity = Quantity::from_millionths(millionths).unwrap();
        let told = factor.to_base(quantity, decimals(digits));
        let mirrored = factor.to_base(quantity.negated(), decimals(digits));
        prop_assert_eq!(mirrored, told.map(Quantity::negated));
    }
}
