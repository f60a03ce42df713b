//! The text of one cell, which no spreadsheet takes for a formula.

use std::borrow::Cow;

use serde_json::Value;

/// What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What stands in a cell: nothing for nothing, the same digits as in the JSON for a number.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null | Value::Object(_)) => String::new(),
        Some(Value::Bool(true)) => "true".to_owned(),
        Some(Value::Bool(false)) => "false".to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(text)) => guard(text).into_owned(),
        Some(Value::Array(items)) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            guard(&texts.join("; ")).into_owned()
        }
    }
}

/// Puts an apostrophe before what would be a formula; a negative number is none.
fn guard(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA_STARTS) && !is_negative_number(text) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

fn is_negative_number(text: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    text.strip_prefix('-').is_some_and(|magnitude| match magnitude.split_once('.') {
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
        None => is_digits(magnitude),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_text() {
        for formula in [
            "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "-", "-1.", "-.5", "-1e5", "+5",
            "--5",
        ] {
            assert_eq!(text(Some(&json!(formula))), format!("'{formula}"));
        }
    }

    #[test]
    fn negative_numbers_stay_numbers() {
        for number in ["-1", "-12.50", "-0.001", "7", "0.00"] {
            assert_eq!(text(Some(&json!(number))), number);
        }
        assert_eq!(text(Some(&json!(-5))), "-5");
    }

    #[test]
    fn a_list_of_texts_is_one_text() {
        assert_eq!(text(Some(&json!(["=a", "b"]))), "'=a; b");
        assert_eq!(text(Some(&json!([]))), "");
        assert_eq!((text(None), text(Some(&json!(null)))), (String::new(), String::new()));
    }
}
