//! The one table of error codes: name, status, whether to try again, English and Arabic.

mod account;
mod auth;
mod books;
mod catalogue;
mod exchange;
mod numbering;
mod payments;
mod promises;
mod request;
mod second_factor;
mod stock;
mod validation;

use account::account_codes;
use auth::auth_codes;
use books::books_codes;
use catalogue::catalogue_codes;
use exchange::exchange_codes;
use numbering::numbering_codes;
use payments::payment_codes;
use promises::promise_codes;
use request::request_codes;
use second_factor::second_factor_codes;
use stock::stock_codes;
use validation::validation_codes;

/// Turns the rows of all areas into the enum and its columns.
macro_rules! codes {
    ([$(
        $name:ident $text:literal $status:literal $retryable:literal $english:literal $arabic:literal;
    )*] => []) => {
        /// What went wrong, by a name that programs may rely on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $text, "`: ", $english)] $name,)*
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name, as `area.reason`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// The HTTP status.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self {
                    $(Self::$name => $status,)*
                }
            }

            /// Whether the same request may succeed later.
            #[must_use]
            pub const fn retryable(self) -> bool {
                match self {
                    $(Self::$name => $retryable,)*
                }
            }

            /// What it means, in English, with `{placeholders}`.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self {
                    $(Self::$name => $english,)*
                }
            }

            /// What it means, in Arabic, with the same placeholders.
            #[must_use]
            pub const fn arabic(self) -> &'static str {
                match self {
                    $(Self::$name => $arabic,)*
                }
            }
        }
    };
}

// Each area adds its rows and hands them to the next one; the last one is the table itself.
auth_codes! {
    [] => [
        second_factor_codes account_codes request_codes validation_codes catalogue_codes stock_codes promise_codes numbering_codes
        books_codes payment_codes exchange_codes codes
    ]
}

impl Code {
    /// Finds a code by its name.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// The part of the name before the dot.
    #[must_use]
    pub fn area(self) -> &'static str {
        self.as_str().split('.').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
    }

    #[test]
    fn every_name_is_unique_and_finds_its_code() {
        let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();

        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert_eq!(Code::from_text(code.as_str()), Some(*code));
        }
    }

    #[test]
    fn both_languages_name_the_same_parameters() {
        for code in Code::ALL {
            let (english, arabic) = (code.english(), code.arabic());
            assert_eq!(placeholders(english), placeholders(arabic), "{}", code.as_str());
        }
    }

    #[test]
    fn every_text_is_a_sentence_in_its_own_script() {
        for code in Code::ALL {
            let arabic = |c: char| ('\u{0600}'..='\u{06FF}').contains(&c);
            assert!(!code.english().contains(arabic), "{}", code.as_str());
            assert!(code.arabic().chars().filter(|c| arabic(*c)).count() > 10, "{}", code.as_str());
            assert!(code.english().ends_with('.'), "{}", code.as_str());
            assert!(code.arabic().ends_with('.'), "{}", code.as_str());
        }
    }

    #[test]
    fn statuses_are_those_the_api_knows() {
        let known = [
            400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 415, 421, 422, 428, 429, 431, 500,
            503,
        ];
        for code in Code::ALL {
            assert!(known.contains(&code.status()), "{}", code.as_str());
        }
    }
}
