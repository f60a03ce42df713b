//! Tests of how values are read.

use gaara_kernel::ProductId;
use serde_json::json;

use super::*;

fn codes<T: FromJson + fmt::Debug>(value: &Value) -> Vec<(String, Code)> {
    let FieldFault(problems) = T::from_json(value).unwrap_err();
    problems.into_iter().map(|problem| (problem.pointer, problem.code)).collect()
}

fn code<T: FromJson + fmt::Debug>(value: &Value) -> Code {
    codes::<T>(value)[0].1
}

#[test]
fn a_decimal_is_a_text() {
    assert!(Quantity::from_json(&json!("2.50")).is_ok());
    assert_eq!(code::<Quantity>(&json!(2.5)), Code::ValidationNumber);
    assert_eq!(code::<Quantity>(&json!("٣x")), Code::ValidationNumber);
    assert_eq!(code::<Quantity>(&json!("0.0000001")), Code::ValidationScale);
    assert_eq!(code::<Quantity>(&json!("9".repeat(40))), Code::ValidationRange);
    assert_eq!(code::<Quantity>(&json!(true)), Code::ValidationType);
}

#[test]
fn an_amount_is_measured_by_its_currency() {
    let amount = DecimalText::from_json(&json!("1.005")).unwrap();
    let currency = |code| Currency::parse(code).unwrap();

    assert_eq!(amount.money(currency("KWD")).unwrap().amount(), "1.005");
    let fault = amount.money(currency("SAR")).unwrap_err();
    assert_eq!(fault.0[0].code, Code::ValidationScale);
    assert_eq!(fault.0[0].params["max"], "2");
    assert_eq!(code::<DecimalText>(&json!("1,5")), Code::ValidationNumber);
    assert_eq!(code::<DecimalText>(&json!(1)), Code::ValidationNumber);
}

#[test]
fn an_id_of_another_kind_is_a_malformed_request() {
    let invoice = "inv_01k00000000000000000000000";
    assert!([Code::IdWrongKind, Code::IdMalformed].contains(&code::<ProductId>(&json!(invoice))));
    assert_eq!(code::<ProductId>(&json!("bolt")), Code::IdMalformed);
    assert_eq!(code::<ProductId>(&json!(7)), Code::ValidationType);
}

#[test]
fn a_choice_names_the_others() {
    let FieldFault(problems) = ProductKind::from_json(&json!("gadget")).unwrap_err();
    assert_eq!(problems[0].params["choices"], "stocked, service");
}

#[test]
fn a_bilingual_text_tells_everything_at_once() {
    let value = json!({"ar": "برغي\u{202E}", "en": 5, "fr": "boulon"});
    let expected = [
        ("/ar".to_owned(), Code::ValidationControlCharacter),
        ("/en".to_owned(), Code::ValidationType),
        ("/fr".to_owned(), Code::ValidationUnknownField),
    ];
    assert_eq!(codes::<BilingualText>(&value), expected);
    assert_eq!(code::<BilingualText>(&json!({"ar": " ", "en": null})), Code::ValidationTextEmpty);
    assert!(BilingualText::from_json(&json!({"ar": " ", "en": "Bolt"})).is_ok());
}

#[test]
fn a_count_is_a_whole_number_in_range() {
    assert_eq!(u16::from_json(&json!(30)), Ok(30));
    assert_eq!(code::<u16>(&json!(-1)), Code::ValidationRange);
    assert_eq!(code::<u16>(&json!(1.5)), Code::ValidationType);
    assert_eq!(code::<u16>(&json!("30")), Code::ValidationType);
}

#[test]
fn a_secret_is_kept_as_it_is_and_never_prints() {
    let secret = SecretText::from_json(&json!(" a\tb ")).unwrap();
    assert_eq!(format!("{secret:?}"), "[redacted]");
    assert_eq!(secret.expose(), " a\tb ");
}
