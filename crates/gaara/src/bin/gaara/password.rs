//! Passwords from a prompt or a file, and never from the command line, where others see them.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use crate::failure::Failure;

/// The most bytes of a file that are read.
const BYTES_MAX: u64 = 4096;

/// Reads a password: from a file, from standard input for `-`, or twice from the terminal.
pub(crate) fn read(file: Option<&Path>) -> Result<String, Failure> {
    match file {
        Some(path) if path == Path::new("-") => first_line(io::stdin().lock()),
        Some(path) => {
            let told = |error: io::Error| {
                Failure::Other(format!("cannot read {}: {error}", path.display()))
            };
            first_line(fs::File::open(path).map_err(told)?)
        }
        None if io::stdin().is_terminal() => prompt(),
        None => Err(Failure::Usage(
            "there is no terminal to ask for a password; say --password-file FILE, or - for \
             standard input"
                .to_owned(),
        )),
    }
}

fn first_line(source: impl Read) -> Result<String, Failure> {
    let mut text = String::new();
    source.take(BYTES_MAX).read_to_string(&mut text)?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(Failure::Usage("the password is empty".to_owned()));
    }
    Ok(line.to_owned())
}

fn prompt() -> Result<String, Failure> {
    let password = rpassword::prompt_password("Password: ")?;
    if rpassword::prompt_password("Again: ")? == password {
        Ok(password)
    } else {
        Err(Failure::Usage("the two passwords differ".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_password_as_it_is() {
        assert_eq!(first_line(" Tulip Anchor 7 \nmore".as_bytes()).unwrap(), " Tulip Anchor 7 ");
        assert_eq!(first_line("Tulip\r\n".as_bytes()).unwrap(), "Tulip");
        assert!(matches!(first_line("\nTulip".as_bytes()), Err(Failure::Usage(_))));
    }
}
