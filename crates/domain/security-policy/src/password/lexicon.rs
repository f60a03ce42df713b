//! Lists of words that guessers try first, searched where they lie in the program.

use std::cmp::Ordering;

/// A sorted list: one line to a word, with its rank behind it; the first line tells what it is.
pub(super) struct Lexicon(&'static str);

/// What people choose as passwords, and what is left of it without digits and signs.
pub(super) const COMMON: Lexicon = Lexicon(include_str!("common.txt"));
/// Words of a language, and names.
const WORDS: Lexicon = Lexicon(include_str!("words.txt"));

/// How early a guesser tries a word: 1 is the first; `None` for a word of no list.
pub(super) fn rank(word: &str) -> Option<u32> {
    match (COMMON.rank(word), WORDS.rank(word)) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

impl Lexicon {
    /// How early the list tries a word.
    ///
    /// The list is halved at a byte and read from the next line on, so nothing has to be prepared
    /// at the start and nothing is allocated.
    pub(super) fn rank(&self, word: &str) -> Option<u32> {
        let (_, mut lines) = self.0.split_once('\n')?;
        while !lines.is_empty() {
            let (before, line, after) = middle(lines)?;
            let (entry, rank) = line.split_once(' ')?;
            match word.cmp(entry) {
                Ordering::Equal => return rank.parse().ok(),
                Ordering::Less => lines = before,
                Ordering::Greater => lines = after,
            }
        }
        None
    }

    /// The words in their order.
    #[cfg(test)]
    fn words(&self) -> impl Iterator<Item = &'static str> {
        self.0.lines().skip(1).map(|line| line.split_once(' ').unwrap().0)
    }
}

/// The line in the middle of the text, and what stands before and after it.
fn middle(lines: &str) -> Option<(&str, &str, &str)> {
    let bytes = lines.as_bytes();
    let half = lines.len() / 2;
    let start = bytes.get(..half)?.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let rest = lines.get(start..)?;
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    Some((lines.get(..start)?, line, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_list_is_found_and_no_other() {
        for list in [COMMON, WORDS] {
            let words: Vec<&str> = list.words().collect();
            assert!(words.len() > 20_000);
            assert!(words.windows(2).all(|pair| pair[0] < pair[1]), "sorted, each once");
            assert!(words.iter().all(|word| list.rank(word).is_some()));
            assert_eq!(list.rank(""), None);
            assert_eq!(list.rank("zzzzzzzzzzzz-nothing"), None);
            assert_eq!(list.rank("كلمه نادره"), None);
        }
    }

    #[test]
    fn the_earlier_rank_of_two_lists_counts() {
        assert_eq!(rank("password"), Some(2));
        assert_eq!(rank("strong"), WORDS.rank("strong"));
        assert!(COMMON.rank("strong") > WORDS.rank("strong"));
    }
}
