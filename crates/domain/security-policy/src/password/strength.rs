//! How many guesses a password withstands, after Wheeler, "zxcvbn: low-budget password strength
//! estimation" (USENIX Security 2016).

use super::pieces::{Clue, Piece, pieces, simple_pieces};

/// How strong a password is: from 0, guessed at once, to 4, out of reach even of stolen hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u8);

impl Score {
    /// Guessed at once.
    pub const WORST: Self = Self(0);
    /// Safe against guessing at the door.
    pub const FAIR: Self = Self(2);
    /// Safe against moderate guessing of slow hashes.
    pub const GOOD: Self = Self(3);
    /// Safe against strong guessing of slow hashes.
    pub const BEST: Self = Self(4);

    /// The score as a number from 0 to 4.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    const fn of(guesses: u128) -> Self {
        match guesses {
            0..1_000 => Self(0),
            1_000..1_000_000 => Self(1),
            1_000_000..100_000_000 => Self::FAIR,
            100_000_000..10_000_000_000 => Self::GOOD,
            _ => Self::BEST,
        }
    }
}

/// What would make a password stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Advice {
    /// Put another unusual word or two to it.
    AddWords,
    /// Do without common passwords and words, also with signs for letters.
    AvoidCommonWords,
    /// Do without names of one's own.
    AvoidOwnNames,
    /// Do without repetitions.
    AvoidRepeats,
    /// Do without sequences and rows of keys.
    AvoidSequences,
    /// Do without years and dates.
    AvoidDates,
}

impl Advice {
    /// Every piece of advice there is.
    pub const ALL: [Self; 6] = [
        Self::AddWords,
        Self::AvoidCommonWords,
        Self::AvoidOwnNames,
        Self::AvoidRepeats,
        Self::AvoidSequences,
        Self::AvoidDates,
    ];
}

/// How strong a password is, and what would make it stronger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// The score.
    pub score: Score,
    /// Advice for a password below the best score; sorted, each piece once.
    pub advice: Vec<Advice>,
}

/// The most characters that are looked at: more would only cost time.
const CHARACTERS_MAX: usize = 64;
/// The most pieces a password is thought to be made of.
const PIECES_MAX: usize = 12;

impl Strength {
    /// Estimates a password of somebody to whom these names belong.
    #[must_use]
    pub fn of(password: &str, identity: &[&str]) -> Self {
        let text: Vec<char> = password.chars().take(CHARACTERS_MAX).collect();
        if text.is_empty() {
            return Self { score: Score::WORST, advice: vec![Advice::AddWords] };
        }
        let way = cheapest_way(&text, &pieces(&text, identity));
        let score = Score::of(way.guesses);
        let mut advice = Vec::new();
        if score < Score::BEST {
            advice.push(Advice::AddWords);
            advice.extend(way.clues.iter().filter_map(|clue| advice_on(*clue)));
            advice.sort_unstable();
            advice.dedup();
        }
        Self { score, advice }
    }
}

const fn advice_on(clue: Clue) -> Option<Advice> {
    match clue {
        Clue::None => None,
        Clue::Word => Some(Advice::AvoidCommonWords),
        Clue::OwnName => Some(Advice::AvoidOwnNames),
        Clue::Repeat => Some(Advice::AvoidRepeats),
        Clue::Sequence => Some(Advice::AvoidSequences),
        Clue::Date => Some(Advice::AvoidDates),
    }
}

/// How many guesses a text takes without looking for names or repetitions.
pub(super) fn guesses(text: &[char]) -> u128 {
    cheapest_way(text, &simple_pieces(text, &[])).guesses
}

/// A way to put a password together.
#[derive(Debug, Clone)]
struct Way {
    /// How many guesses it takes, or the product of its pieces while it is being found.
    guesses: u128,
    clues: Vec<Clue>,
}

/// Finds the way that takes the fewest guesses, through pieces that were recognised and others
/// tried sign by sign.
///
/// A guesser does not know the order of the pieces nor their number, so that a way of `k` pieces
/// takes `k! × product + 10,000^(k−1)` guesses.
fn cheapest_way(text: &[char], found: &[Piece]) -> Way {
    let mut ways: Vec<Option<Way>> = vec![None; text.len() + 1];
    if let Some(start) = ways.first_mut() {
        *start = Some(Way { guesses: 1, clues: Vec::new() });
    }
    let mut best = Way { guesses: u128::MAX, clues: Vec::new() };
    let (mut orders, mut lengths) = (1_u128, 1_u128);
    for count in 1_u128..=u128::try_from(PIECES_MAX).unwrap_or(1) {
        ways = one_piece_more(text.len(), &ways, found);
        orders = orders.saturating_mul(count);
        if let Some(Some(way)) = ways.last() {
            let guesses = way.guesses.saturating_mul(orders).saturating_add(lengths);
            if guesses < best.guesses {
                best = Way { guesses, clues: way.clues.clone() };
            }
        }
        lengths = lengths.saturating_mul(10_000);
    }
    best
}

/// The cheapest ways to each place, with one piece more than before.
fn one_piece_more(length: usize, ways: &[Option<Way>], found: &[Piece]) -> Vec<Option<Way>> {
    let mut longer: Vec<Option<Way>> = vec![None; length + 1];
    let mut offer = |piece: Piece| {
        let (Some(Some(way)), Some(place)) = (ways.get(piece.start), longer.get_mut(piece.end))
        else {
            return;
        };
        let guesses = way.guesses.saturating_mul(piece.guesses);
        if place.as_ref().is_none_or(|known| guesses < known.guesses) {
            let mut clues = way.clues.clone();
            clues.push(piece.clue);
            *place = Some(Way { guesses, clues });
        }
    };
    found.iter().copied().for_each(&mut offer);
    for start in 0..length {
        (start + 1..=length).map(|end| Piece::unknown(start, end)).for_each(&mut offer);
    }
    longer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(password: &str) -> u8 {
        Strength::of(password, &["sara", "najd"]).score.number()
    }

    #[test]
    fn what_is_guessed_first_scores_least() {
        let expected = [
            ("", 0),
            ("password", 0),
            ("123456789012", 1),
            ("aaaaaaaaaaaaaaaa", 0),
            ("sara-sara-sara", 1),
            ("qwertyuiop12", 1),
            ("password-12051987", 3),
            ("Sara-Najd-2026", 3),
            ("Correct-Horse-7", 4),
            ("tulip anchor violet", 4),
            ("سبعة جمال و٣ نخلات", 4),
            ("x9#Lq2!vT0@w", 4),
        ];
        assert_eq!(expected.map(|(password, _)| (password, score(password))), expected);
    }

    #[test]
    fn advice_says_what_was_recognised() {
        let advice = |password: &str| Strength::of(password, &["sara"]).advice;
        assert_eq!(advice("x9#Lq2!vT0@w"), []);
        assert_eq!(advice("dragon"), [Advice::AddWords, Advice::AvoidCommonWords]);
        assert_eq!(advice("aaaaaaaaaa"), [Advice::AddWords, Advice::AvoidRepeats]);
        assert_eq!(advice("efghijk"), [Advice::AddWords, Advice::AvoidSequences]);
        assert_eq!(
            advice("sara1987"),
            [Advice::AddWords, Advice::AvoidOwnNames, Advice::AvoidDates]
        );
    }

    #[test]
    fn more_of_the_same_never_makes_a_password_weaker() {
        let long = "ab".repeat(60);
        assert!(guesses(&long.chars().take(64).collect::<Vec<_>>()) >= guesses(&['a', 'b']));
        assert_eq!(score(&format!("{}{}", "x9#Lq2!vT0@w", "a".repeat(5_000))), 4);
    }
}
