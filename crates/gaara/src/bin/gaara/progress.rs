//! Telling how far something long has come, on standard error.

use std::io::{self, IsTerminal, Write};

/// How many signs the bar has.
const WIDTH: usize = 24;

/// A bar on a terminal, and a line for each part anywhere else.
pub(crate) struct Progress {
    is_terminal: bool,
    is_open: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self { is_terminal: io::stderr().is_terminal(), is_open: false }
    }

    /// So many parts of so many are done, and this one begins.
    pub(crate) fn tell(&mut self, done: usize, all: usize, part: &str) {
        let line = if self.is_terminal {
            format!("\r\u{1b}[K{} {part}", bar(done, all))
        } else {
            format!("{}/{all} {part}\n", done + 1)
        };
        self.is_open = self.is_terminal;
        write(&line);
    }
}

impl Drop for Progress {
    /// What is printed next begins where the bar stood.
    fn drop(&mut self) {
        if self.is_open {
            write("\r\u{1b}[K");
        }
    }
}

fn bar(done: usize, all: usize) -> String {
    let filled = (done * WIDTH).checked_div(all).unwrap_or(WIDTH).min(WIDTH);
    format!("[{}{}] {done}/{all}", "#".repeat(filled), ".".repeat(WIDTH - filled))
}

/// Nobody is left to tell when standard error is closed.
fn write(text: &str) {
    let mut out = io::stderr().lock();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_grows_from_nothing_to_all_of_it() {
        assert_eq!(bar(0, 4), "[........................] 0/4");
        assert_eq!(bar(1, 2), "[############............] 1/2");
        assert_eq!(bar(3, 3), "[########################] 3/3");
        assert_eq!(bar(0, 0), "[########################] 0/0");
    }
}
