//! Check digits of tax numbers; each function is given a number whose shape is right.

/// No check digit is known.
pub(super) fn none(_: &str) -> bool {
    true
}

/// The digits of a number, in order.
fn digits(number: &str) -> Vec<u32> {
    number.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// The sum of digits times weights; digits without a weight count nothing.
fn weighted(number: &str, weights: &[u32]) -> u32 {
    digits(number).iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

fn last(number: &str) -> u32 {
    digits(number).last().copied().unwrap_or_default()
}

fn value(number: &str) -> u64 {
    number.parse().unwrap_or_default()
}

/// The sum of the digits of a two-digit number.
const fn cross_sum(number: u32) -> u32 {
    number / 10 + number % 10
}

/// ISO/IEC 7064, MOD 11,10: Germany and Croatia.
pub(super) fn modulus_11_10(number: &str) -> bool {
    let digits = digits(number);
    let Some((last, body)) = digits.split_last() else { return false };
    let product = body.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (product + last) % 10 == 1
}

/// The formula of Luhn: Italy.
pub(super) fn luhn(number: &str) -> bool {
    let doubled = |(place, digit): (usize, &u32)| {
        if place % 2 == 1 { cross_sum(digit * 2) } else { *digit }
    };
    digits(number).iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

pub(super) fn austria(number: &str) -> bool {
    let digits = digits(number);
    let Some((last, body)) = digits.split_last() else { return false };
    let parts = body.iter().enumerate();
    let sum: u32 = parts.map(|(place, d)| if place % 2 == 1 { cross_sum(d * 2) } else { *d }).sum();
    (10 - (sum + 4) % 10) % 10 == *last
}

pub(super) fn belgium(number: &str) -> bool {
    let number = value(number);
    97 - number / 100 % 97 == number % 100
}

pub(super) fn denmark(number: &str) -> bool {
    weighted(number, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

pub(super) fn estonia(number: &str) -> bool {
    weighted(number, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

pub(super) fn finland(number: &str) -> bool {
    weighted(number, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11)
}

/// A key of two digits checks the number behind it; keys with letters are not checked.
pub(super) fn france(number: &str) -> bool {
    let Some((key, siren)) = number.split_at_checked(2) else { return false };
    key.parse::<u64>().map_or(true, |key| (12 + 3 * (value(siren) % 97)) % 97 == key)
}

pub(super) fn greece(number: &str) -> bool {
    weighted(number, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == last(number)
}

pub(super) fn hungary(number: &str) -> bool {
    weighted(number, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10)
}

pub(super) fn luxembourg(number: &str) -> bool {
    let number = value(number);
    number / 100 % 89 == number % 100
}

pub(super) fn malta(number: &str) -> bool {
    weighted(number, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37)
}

/// Numbers of persons are checked as a whole (modulus 97), older ones by their ninth digit.
pub(super) fn netherlands(number: &str) -> bool {
    let ninth = digits(number).get(8).copied();
    let by_digit = Some(weighted(number, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) == ninth;
    // N is 23, L is 21 and B is 11.
    by_digit || value(&format!("2321{}", number.replace('B', "11"))) % 97 == 1
}

pub(super) fn poland(number: &str) -> bool {
    weighted(number, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(number)
}

pub(super) fn portugal(number: &str) -> bool {
    let rest = 11 - weighted(number, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    (if rest > 9 { 0 } else { rest }) == last(number)
}

pub(super) fn slovakia(number: &str) -> bool {
    value(number).is_multiple_of(11)
}

pub(super) fn slovenia(number: &str) -> bool {
    let rest = 11 - weighted(number, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    rest != 11 && rest % 10 == last(number)
}

/// The first ten digits are the number of the organisation, the rest counts its registrations.
pub(super) fn sweden(number: &str) -> bool {
    number.split_at_checked(10).is_some_and(|(organisation, _)| luhn(organisation))
}
