//! The names of secrets, and what they are called in each place.

use std::fmt;

/// The longest name.
const LENGTH_MAX: usize = 64;
/// What every variable of ours starts with.
pub(crate) const PREFIX: &str = "GAARA_SECRET__";
/// What the variable ends with that holds a path in place of a value.
const FILE_SUFFIX: &str = "_FILE";

/// A name that is safe as a part of a path and of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name<'a>(&'a str);

impl<'a> Name<'a> {
    /// Reads a name of small letters, digits and underscores.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        // `x_file` would be found in the variable that holds the path of `x`.
        let is_path_of_another = text.ends_with("_file");
        let is_name = !text.is_empty()
            && text.len() <= LENGTH_MAX
            && text.bytes().all(known)
            && !is_path_of_another;
        is_name.then_some(Self(text))
    }

    /// The variable that holds the value.
    pub(crate) fn variable(self) -> String {
        format!("{PREFIX}{}", self.0.to_ascii_uppercase())
    }

    /// The variable that holds the path of a file with the value.
    pub(crate) fn path_variable(self) -> String {
        format!("{}{FILE_SUFFIX}", self.variable())
    }

    /// The name of the file in the directory of secrets.
    pub(crate) const fn file_name(self) -> &'a str {
        self.0
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_variables() {
        let name = Name::parse("token_key_2").unwrap();
        assert_eq!(name.variable(), "GAARA_SECRET__TOKEN_KEY_2");
        assert_eq!(name.path_variable(), "GAARA_SECRET__TOKEN_KEY_2_FILE");
    }

    #[test]
    fn what_could_leave_the_directory_or_mean_two_things_is_no_name() {
        for text in [
            "",
            ".",
            "..",
            "../key",
            "a/b",
            "a\\b",
            "/etc/passwd",
            "A",
            "a-b",
            "a b",
            "a\0",
            "سر",
            "key_file",
            "_file",
            &"a".repeat(65),
        ] {
            assert_eq!(Name::parse(text), None, "{text:?}");
        }
    }
}
