//! Numbers that others gave somebody: legal registrations and electronic addresses.

use thiserror::Error;

/// The schemes of legal registrations: those of the Saudi and Emirati profiles, and those of
/// ISO/IEC 6523 that name a legal entity.
///
/// Source: ZATCA XML implementation standard, BT-29 and BT-46; PINT-AE, BTAE-15; EN 16931 code
/// list ICD.
const LEGAL_SCHEMES: &str = "CRN MOM MLS SAG 700 NAT IQA GCC PAS TIN OTH TL EID CD \
0002 0003 0004 0005 0006 0007 0008 0009 0028 0037 0060 0088 0096 0097 0106 0107 0130 0135 0142 \
0147 0151 0154 0158 0170 0177 0183 0184 0188 0190 0191 0192 0193 0194 0195 0196 0198 0199 0200 \
0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0219 0220 0221 0225 \
0230 0235 0240";

/// The schemes of electronic addresses. Source: EN 16931 code list EAS.
const ELECTRONIC_SCHEMES: &str = "0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 \
0151 0154 0158 0170 0177 0183 0184 0188 0190 0191 0192 0193 0194 0195 0196 0198 0199 0200 0201 \
0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0219 0220 0221 0225 0230 \
0235 0240 9901 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 \
9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 \
9950 9951 9952 9953 9957 9959 AN AQ AS AU EM";

/// The most characters of a value.
const VALUE_CHARACTERS_MAX: usize = 100;

/// Why an identifier was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IdentifierError {
    /// The scheme is none of the list.
    #[error("no such scheme")]
    UnknownScheme,
    /// The value is empty, too long, or holds a space or a sign that no such number has.
    #[error("not a value of this scheme")]
    Value,
}

macro_rules! identifier {
    ($(#[$meta:meta])* $name:ident, $schemes:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            scheme: &'static str,
            value: String,
        }

        impl $name {
            /// Joins a scheme of the list and a value of at most 100 characters.
            ///
            /// # Errors
            /// Every variant of [`IdentifierError`].
            pub fn try_new(scheme: &str, value: &str) -> Result<Self, IdentifierError> {
                let scheme = Self::schemes()
                    .find(|known| *known == scheme)
                    .ok_or(IdentifierError::UnknownScheme)?;
                let value = clean_value(value).ok_or(IdentifierError::Value)?;
                Ok(Self { scheme, value })
            }

            /// Every scheme there is.
            pub fn schemes() -> impl Iterator<Item = &'static str> {
                $schemes.split(' ')
            }

            /// The scheme that the value belongs to.
            #[must_use]
            pub const fn scheme(&self) -> &'static str {
                self.scheme
            }

            /// The value.
            #[must_use]
            pub fn value(&self) -> &str {
                &self.value
            }
        }
    };
}

identifier! {
    /// A legal registration, such as a commercial register number (EN 16931 BT-30, BT-47).
    LegalIdentifier, LEGAL_SCHEMES
}
identifier! {
    /// Where electronic documents are delivered (EN 16931 BT-34, BT-49).
    ElectronicAddress, ELECTRONIC_SCHEMES
}

/// Letters and digits of any script, and the signs that registers and networks use.
fn clean_value(value: &str) -> Option<String> {
    let value = value.trim();
    let length = value.chars().count();
    let known = |c: char| c.is_alphanumeric() || "-./:_@+&".contains(c);
    ((1..=VALUE_CHARACTERS_MAX).contains(&length) && value.chars().all(known))
        .then(|| value.to_owned())
}

/// The legal registrations of one party: at most one of each scheme, in the order of schemes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct LegalIdentifiers(Vec<LegalIdentifier>);

/// Two registrations of one scheme stand in one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("entry {index} repeats the scheme of an earlier one")]
pub struct RepeatedScheme {
    /// The later one, from 0.
    pub index: usize,
}

impl LegalIdentifiers {
    /// Takes a list.
    ///
    /// # Errors
    /// [`RepeatedScheme`] when two have one scheme.
    pub fn try_new(mut entries: Vec<LegalIdentifier>) -> Result<Self, RepeatedScheme> {
        for (index, entry) in entries.iter().enumerate() {
            if entries.iter().take(index).any(|earlier| earlier.scheme == entry.scheme) {
                return Err(RepeatedScheme { index });
            }
        }
        entries.sort_unstable();
        Ok(Self(entries))
    }

    /// The registrations, in the order of their schemes.
    #[must_use]
    pub fn as_slice(&self) -> &[LegalIdentifier] {
        &self.0
    }

    /// The registration of a scheme.
    #[must_use]
    pub fn find(&self, scheme: &str) -> Option<&LegalIdentifier> {
        self.0.iter().find(|entry| entry.scheme == scheme)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_of_the_list_and_a_plain_value_make_an_identifier() {
        let register = LegalIdentifier::try_new("CRN", " 1010010000 ").unwrap();
        assert_eq!((register.scheme(), register.value()), ("CRN", "1010010000"));
        let address = ElectronicAddress::try_new("0088", "7300010000001").unwrap();
        assert_eq!(address.scheme(), "0088");
        assert!(ElectronicAddress::try_new("EM", "bills@example.com").is_ok());
    }

    #[test]
    fn other_schemes_and_values_are_refused() {
        for scheme in ["", "crn", "9999", "CRN MOM"] {
            let refused = LegalIdentifier::try_new(scheme, "1");
            assert_eq!(refused, Err(IdentifierError::UnknownScheme), "{scheme}");
        }
        for value in ["", " ", "a b", "1\n2", "a\u{202E}b", "<x>", &"1".repeat(101)] {
            let refused = ElectronicAddress::try_new("EM", value);
            assert_eq!(refused, Err(IdentifierError::Value), "{value:?}");
        }
    }

    #[test]
    fn a_party_has_one_registration_of_a_scheme() {
        let entry = |scheme, value| LegalIdentifier::try_new(scheme, value).unwrap();
        let list = vec![entry("MOM", "2"), entry("CRN", "1")];
        let sorted = LegalIdentifiers::try_new(list).unwrap();
        assert_eq!(sorted.as_slice(), [entry("CRN", "1"), entry("MOM", "2")]);
        assert_eq!(sorted.find("MOM").map(LegalIdentifier::value), Some("2"));

        let twice = vec![entry("CRN", "1"), entry("MOM", "2"), entry("CRN", "3")];
        assert_eq!(LegalIdentifiers::try_new(twice), Err(RepeatedScheme { index: 2 }));
    }
}
