//! Time-based one-time codes (RFC 6238), as the apps on people's phones compute them.

use std::fmt;

use gaara_kernel::Timestamp;

/// HMAC-SHA-1 (RFC 2104), which those apps understand and nothing else here may use.
pub trait HmacSha1: Send + Sync {
    /// The code of a message under a key.
    fn hmac_sha1(&self, key: &[u8], message: &[u8]) -> [u8; 20];
}

/// One interval of half a minute; a code belongs to one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TotpStep(u32);

impl TotpStep {
    /// How long a step is, in milliseconds.
    const LENGTH_MS: i64 = 30_000;

    /// Takes the number of a step, counted from 1970.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number of the step.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The step of an instant.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(u32::try_from(now.as_millis() / Self::LENGTH_MS).unwrap_or(u32::MAX))
    }
}

/// A code of six digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TotpCode(u32);

impl TotpCode {
    /// Reads six digits, whichever digits the keyboard has; blanks between them do no harm.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut number = 0;
        let mut digits = 0;
        for character in text.chars().filter(|character| !character.is_whitespace()) {
            number = number * 10 + digit(character)?;
            digits += 1;
            if digits > 6 {
                return None;
            }
        }
        (digits == 6).then_some(Self(number))
    }

    /// The code of a step (RFC 4226, section 5.3).
    #[must_use]
    pub fn of(secret: &TotpSecret, step: TotpStep, hmac: &dyn HmacSha1) -> Self {
        let code = hmac.hmac_sha1(secret.expose(), &u64::from(step.0).to_be_bytes());
        let offset = usize::from(code.last().copied().unwrap_or(0) & 15);
        let number =
            code.iter().skip(offset).take(4).fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        Self((number & 0x7fff_ffff) % 1_000_000)
    }
}

impl fmt::Display for TotpCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl fmt::Debug for TotpCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A digit of the Latin, Arabic or Persian keyboard.
fn digit(character: char) -> Option<u32> {
    let from = |zero: char| u32::from(character).checked_sub(u32::from(zero)).filter(|it| *it < 10);
    from('0').or_else(|| from('\u{0660}')).or_else(|| from('\u{06F0}'))
}

/// What a phone and the program both know: 160 bits (RFC 4226, R6). It never prints.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret([u8; 20]);

impl TotpSecret {
    /// The letters of RFC 4648, section 6.
    const LETTERS: [char; 32] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R',
        'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', '2', '3', '4', '5', '6', '7',
    ];

    /// Takes random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn expose(&self) -> &[u8; 20] {
        &self.0
    }

    /// The secret as people type it into their phones: 32 letters and digits.
    #[must_use]
    pub fn base32(&self) -> String {
        letters(&self.0, &Self::LETTERS)
    }

    /// The secret as phones read it from a picture.
    #[must_use]
    pub fn otpauth_uri(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (escape(issuer), escape(account));
        let secret = self.base32();
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}\
             &algorithm=SHA1&digits=6&period=30"
        )
    }

    /// The step that a code belongs to: this one, the one before or the one after (RFC 6238,
    /// section 5.2), and later than the last that was used. A code works once.
    #[must_use]
    pub fn step_of(
        &self,
        code: TotpCode,
        now: Timestamp,
        last: Option<TotpStep>,
        hmac: &dyn HmacSha1,
    ) -> Option<TotpStep> {
        let TotpStep(present) = TotpStep::at(now);
        (present.saturating_sub(1)..=present.saturating_add(1))
            .map(TotpStep)
            .filter(|step| last.is_none_or(|last| *step > last))
            .find(|step| TotpCode::of(self, *step, hmac) == code)
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Bytes as letters of five bits each; what is left over at the end is filled with noughts.
pub(crate) fn letters(bytes: &[u8], alphabet: &[char; 32]) -> String {
    let mut text = String::new();
    let (mut bits, mut held) = (0_u32, 0_u32);
    let mut push = |bits: u32| {
        let index = usize::try_from(bits & 31).unwrap_or(0);
        text.extend(alphabet.get(index));
    };
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            push(bits >> held);
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        push(bits << (5 - held));
    }
    text
}

/// Percent-encodes whatever is not unreserved (RFC 3986, section 2.3).
fn escape(text: &str) -> String {
    let digit = |nibble: u8| {
        let digit = char::from_digit(nibble.into(), 16);
        digit.map_or('0', |digit| digit.to_ascii_uppercase())
    };
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Adds up key and message: enough to tell steps apart.
    struct Sum;

    impl HmacSha1 for Sum {
        fn hmac_sha1(&self, key: &[u8], message: &[u8]) -> [u8; 20] {
            let mut code = [0; 20];
            for (index, byte) in message.iter().rev().chain(key).enumerate() {
                code[index % 19] = byte.wrapping_add(code[index % 19]);
            }
            code
        }
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_millis(0).plus(Duration::from_secs(seconds))
    }

    fn secret() -> TotpSecret {
        TotpSecret::new(*b"12345678901234567890")
    }

    #[test]
    fn a_secret_is_told_as_phones_know_it() {
        assert_eq!(secret().base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            secret().otpauth_uri("Gaara", "sara@example.com"),
            "otpauth://totp/Gaara:sara%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Gaara&algorithm=SHA1&digits=6&period=30"
        );
        assert!(secret().otpauth_uri("نجد", "a").contains("%D9%86%D8%AC%D8%AF:a"));
        assert_eq!(format!("{:?}", secret()), "[redacted]");
    }

    #[test]
    fn a_code_is_six_digits_of_any_keyboard() {
        for text in ["012345", "012 345", "٠١٢٣٤٥", "۰۱۲۳۴۵"] {
            assert_eq!(TotpCode::parse(text).map(|code| code.to_string()).unwrap(), "012345");
        }
        for text in ["", "12345", "1234567", "12345a", "-12345", "１２３４５６"] {
            assert_eq!(TotpCode::parse(text), None, "{text}");
        }
    }

    #[test]
    fn one_step_of_delay_is_forgiven_and_no_more() {
        let now = at(1_000_000);
        let step = TotpStep::at(now).number();
        let found = |step: u32| {
            let code = TotpCode::of(&secret(), TotpStep::new(step), &Sum);
            secret().step_of(code, now, None, &Sum).map(TotpStep::number)
        };
        for good in [step - 1, step, step + 1] {
            assert_eq!(found(good), Some(good));
        }
        assert_eq!(found(step - 2), None);
        assert_eq!(found(step + 2), None);
    }

    #[test]
    fn a_code_works_once_and_none_before_it_works_after_it() {
        let now = at(1_000_000);
        let step = TotpStep::at(now);
        let code = TotpCode::of(&secret(), step, &Sum);
        let before = TotpCode::of(&secret(), TotpStep::new(step.number() - 1), &Sum);
        assert_eq!(secret().step_of(code, now, Some(step), &Sum), None);
        assert_eq!(secret().step_of(before, now, Some(step), &Sum), None);
        let later = TotpStep::new(step.number() + 1);
        let next = TotpCode::of(&secret(), later, &Sum);
        assert_eq!(secret().step_of(next, now, Some(step), &Sum), Some(later));
    }
}
