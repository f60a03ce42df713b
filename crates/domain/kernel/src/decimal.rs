//! Decimal text to scaled integers and back, exactly.

use thiserror::Error;

/// Why a decimal text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DecimalError {
    /// The text is not `-?digits[.digits]` in ASCII digits.
    #[error("not a decimal number")]
    NotANumber,
    /// The text has more significant decimals than the value may carry.
    #[error("more than {decimals_max} decimals")]
    TooPrecise {
        /// How many decimals the value may carry.
        decimals_max: u32,
    },
    /// The number is larger than the value may be.
    #[error("out of range")]
    OutOfRange,
}

/// Reads a decimal text as an integer scaled by `10^decimals`.
///
/// Trailing zeros never count as precision. Exponents, signs other than a leading minus, digits
/// of other scripts and empty parts are refused, so that one number has one meaning.
///
/// # Errors
/// Every variant of [`DecimalError`].
pub fn parse_scaled(text: &str, decimals: u32) -> Result<i64, DecimalError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return Err(DecimalError::NotANumber),
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(DecimalError::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let places = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
    let Some(missing) = decimals.checked_sub(places) else {
        return Err(DecimalError::TooPrecise { decimals_max: decimals });
    };
    let magnitude = whole
        .bytes()
        .chain(fraction.bytes())
        .try_fold(0_i64, |value, digit| value.checked_mul(10)?.checked_add(i64::from(digit - b'0')))
        .and_then(|value| value.checked_mul(10_i64.checked_pow(missing)?))
        .ok_or(DecimalError::OutOfRange)?;
    Ok(if negative { -magnitude } else { magnitude })
}

/// Writes an integer scaled by `10^decimals` with at least `decimals_min` decimals.
#[must_use]
pub fn format_scaled(value: i64, decimals: u32, decimals_min: u32) -> String {
    let factor = 10_u64.pow(decimals);
    let magnitude = value.unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    let whole = magnitude / factor;
    let width = usize::try_from(decimals).unwrap_or(0);
    let mut fraction =
        if width == 0 { String::new() } else { format!("{:0width$}", magnitude % factor) };
    let kept = usize::try_from(decimals_min).unwrap_or(0);
    while fraction.len() > kept && fraction.ends_with('0') {
        fraction.pop();
    }
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_decimals_are_read_exactly() {
        assert_eq!(parse_scaled("1250.500", 3), Ok(1_250_500));
        assert_eq!(parse_scaled("-0.01", 2), Ok(-1));
        assert_eq!(parse_scaled("3", 6), Ok(3_000_000));
        assert_eq!(parse_scaled("1.1000000", 1), Ok(11));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "-", ".5", "5.", "+5", "1e3", "1,5", " 1", "٣", "0x1", "--1", "1.2.3"] {
            assert_eq!(parse_scaled(text, 2), Err(DecimalError::NotANumber), "{text:?}");
        }
        assert_eq!(parse_scaled("0.001", 2), Err(DecimalError::TooPrecise { decimals_max: 2 }));
        let forty_digits = "9".repeat(40);
        assert_eq!(parse_scaled(&forty_digits, 2), Err(DecimalError::OutOfRange));
        assert_eq!(parse_scaled("9223372036854775807", 6), Err(DecimalError::OutOfRange));
    }

    #[test]
    fn writing_keeps_the_decimals_asked_for() {
        assert_eq!(format_scaled(1_250_500, 3, 3), "1250.500");
        assert_eq!(format_scaled(3_000_000, 6, 0), "3");
        assert_eq!(format_scaled(-5, 2, 2), "-0.05");
        assert_eq!(format_scaled(10_919, 0, 0), "10919");
        assert_eq!(format_scaled(2_500_000, 6, 0), "2.5");
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(value in -1_000_000_000_000_i64..1_000_000_000_000, decimals in 0_u32..7) {
            let text = format_scaled(value, decimals, decimals);
            proptest::prop_assert_eq!(parse_scaled(&text, decimals), Ok(value));
        }
    }
}
