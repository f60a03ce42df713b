//! Pieces of a password that a guesser recognises.

use gaara_kernel::fold_text;

use super::disguise::letter_for;
use super::lexicon::rank;
use super::strength::guesses;

/// What a piece was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clue {
    /// Nothing; its signs are tried one by one.
    None,
    /// A common password or word.
    Word,
    /// A name of the user or the company.
    OwnName,
    /// The same again.
    Repeat,
    /// Neighbours in the alphabet, among the digits, or on the keyboard.
    Sequence,
    /// A year or a date.
    Date,
}

/// A part of a password, from one place to before another, and how many guesses it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) guesses: u128,
    pub(super) clue: Clue,
}

impl Piece {
    /// A part that nothing is known of: ten guesses to a sign, as measured on real passwords.
    pub(super) fn unknown(start: usize, end: usize) -> Self {
        let length = u32::try_from(end.saturating_sub(start)).unwrap_or(u32::MAX);
        let guesses = 10_u128.saturating_pow(length).saturating_add(1);
        Self { start, end, guesses, clue: Clue::None }
    }
}

/// The longest word that is looked up.
const WORD_MAX: usize = 16;
/// The shortest word, repetition, sequence that counts.
const PIECE_MIN: usize = 3;
/// How many years are thought of.
const YEARS: u128 = 150;
/// How many dates are thought of.
const DATES: u128 = 365 * YEARS;
/// Rows of keys; a stretch of one is as easy to guess as it is to type.
const KEYS: [&str; 7] = [
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "1234567890-=",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
];

/// Everything that is recognised in a password.
pub(super) fn pieces(text: &[char], identity: &[&str]) -> Vec<Piece> {
    let names: Vec<String> = identity.iter().map(|name| fold_text(name)).collect();
    let mut found = simple_pieces(text, &names);
    found.extend((0..text.len()).filter_map(|start| repeat(text, start)));
    found
}

/// Everything but repetitions.
pub(super) fn simple_pieces(text: &[char], names: &[String]) -> Vec<Piece> {
    let mut found = Vec::new();
    for start in 0..text.len() {
        let Some(rest) = text.get(start..) else { continue };
        let mut add = |length: usize, guesses: u128, clue: Clue| {
            found.push(Piece { start, end: start + length, guesses, clue });
        };
        for length in PIECE_MIN..=rest.len().min(WORD_MAX) {
            let Some(part) = rest.get(..length) else { continue };
            if let Some((guesses, clue)) = word(part, names) {
                add(length, guesses, clue);
            }
            if let Some(guesses) = keys(part) {
                add(length, guesses, Clue::Sequence);
            }
            if let Some(guesses) = date(part) {
                add(length, guesses, Clue::Date);
            }
        }
        if let Some((length, guesses)) = sequence(rest) {
            add(length, guesses, Clue::Sequence);
        }
    }
    found
}

/// A word of the lists or a name of one's own, straight, in disguise, or backwards.
fn word(part: &[char], names: &[String]) -> Option<(u128, Clue)> {
    let typed: String = part.iter().collect();
    let folded = fold_text(&typed);
    let capitals = part.iter().filter(|c| c.is_uppercase()).count();
    let first_only = capitals == 1 && part.first().is_some_and(|c| c.is_uppercase());
    let cases = if capitals == 0 {
        1
    } else if first_only || capitals == part.len() {
        2
    } else {
        1_u128 << capitals.min(20)
    };
    let looked_up = |form: &str| {
        if names.iter().any(|name| name == form) {
            return Some((1, Clue::OwnName));
        }
        rank(form).map(|rank| (u128::from(rank), Clue::Word))
    };
    let plain = |one| folded.chars().map(|sign| letter_for(sign, one)).collect::<String>();
    let backwards = || folded.chars().rev().collect::<String>();
    let (guesses, clue) = looked_up(&folded)
        .or_else(|| [plain('i'), plain('l')].iter().find_map(|form| twice(looked_up(form))))
        .or_else(|| twice(looked_up(&backwards())))?;
    Some((guesses.saturating_mul(cases), clue))
}

const fn twice(found: Option<(u128, Clue)>) -> Option<(u128, Clue)> {
    match found {
        Some((guesses, clue)) => Some((guesses.saturating_mul(2), clue)),
        None => None,
    }
}

/// A stretch of at least four neighbouring keys, in either direction.
fn keys(part: &[char]) -> Option<u128> {
    let length = u128::try_from(part.len()).unwrap_or(u128::MAX);
    let typed: String = part.iter().flat_map(|c| c.to_lowercase()).collect();
    let backwards: String = typed.chars().rev().collect();
    let on_a_row = |text: &String| KEYS.iter().any(|row| row.contains(text.as_str()));
    let found = part.len() > PIECE_MIN && (on_a_row(&typed) || on_a_row(&backwards));
    found.then(|| length.saturating_mul(50))
}

/// A year, or six or eight digits that may be a date.
fn date(part: &[char]) -> Option<u128> {
    let digits: Option<Vec<u32>> = part.iter().map(|c| c.to_digit(10)).collect();
    let digits = digits?;
    let number = |digits: &[u32]| digits.iter().fold(0, |number, digit| number * 10 + digit);
    let days = |digits: &[u32]| digits.chunks(2).all(|pair| matches!(number(pair), 1..=31));
    let year = |digits: &[u32]| matches!(number(digits), 1300..=1500 | 1900..=2050);
    let (head, tail) = digits.split_at_checked(4)?;
    let is_date = match tail.len() {
        0 => return year(head).then_some(YEARS),
        2 => days(head) || days(digits.get(2..)?),
        4 => days(head) && year(tail) || year(head) && days(tail),
        _ => false,
    };
    is_date.then_some(DATES)
}

/// The longest run from the start in which each sign is the next or the previous of its alphabet.
fn sequence(rest: &[char]) -> Option<(usize, u128)> {
    let step = |pair: &[char]| match pair {
        [a, b] => i64::from(u32::from(*b)) - i64::from(u32::from(*a)),
        _ => 0,
    };
    let first = rest.windows(2).next().map(step).filter(|step| step.abs() == 1)?;
    let length = 1 + rest.windows(2).take_while(|pair| step(pair) == first).count();
    let start = match rest.first()? {
        'a' | 'A' | 'z' | 'Z' | '0' | '1' | '9' | 'ا' => 4,
        digit if digit.is_numeric() => 10,
        _ => 26,
    };
    let directions = if first < 0 { 2 } else { 1 };
    let guesses = u128::try_from(length).unwrap_or(u128::MAX).saturating_mul(start * directions);
    (length >= PIECE_MIN).then_some((length, guesses))
}

/// The stretch from a place that says its beginning again, by the shortest such beginning.
///
/// What the beginning is made of is recognised, but no repetition in it: looking for repetitions
/// in repetitions would take ever longer.
fn repeat(text: &[char], start: usize) -> Option<Piece> {
    let rest = text.get(start..)?;
    (1..=rest.len() / 2).find_map(|period| {
        let unit = rest.get(..period)?;
        let times = rest.chunks_exact(period).take_while(|chunk| *chunk == unit).count();
        if times < 2 || times * period < PIECE_MIN {
            return None;
        }
        let guesses = guesses(unit).saturating_mul(u128::try_from(times).unwrap_or(u128::MAX));
        Some(Piece { start, end: start + times * period, guesses, clue: Clue::Repeat })
    })
}
