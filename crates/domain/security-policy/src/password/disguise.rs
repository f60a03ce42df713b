//! Seeing through the ways in which people dress up a common password.

use gaara_kernel::fold_text;

use super::lexicon::COMMON;

/// The fewest letters of a word that counts when the rest was taken off.
const LETTERS_MIN: usize = 4;

/// Whether a password is a common one, as it stands or in disguise: with signs for letters, with
/// digits and signs around or within it, said twice, or with drawn-out letters.
///
/// Of 30,000 common passwords only some hundreds are long enough for the policy, so that a plain
/// list would catch next to nothing (ASVS 6.2.4).
pub(super) fn is_common(password: &str) -> bool {
    let folded = fold_text(password);
    let characters = folded.chars().count();
    let counts = |form: &str| {
        let letters = form.chars().count();
        // Half a line of digits behind a short word is no disguise any more; its strength decides.
        letters == characters || (letters >= LETTERS_MIN && letters * 3 >= characters)
    };
    disguised(&folded).iter().any(|form| {
        let unit = repeated_unit(form);
        (counts(form) && COMMON.rank(unit).is_some())
            || (counts(form) && COMMON.rank(&drawn_in(unit)).is_some())
    })
}

/// What a folded password may have been before it was dressed up.
fn disguised(folded: &str) -> Vec<String> {
    let core = folded.trim_matches(|c: char| !c.is_alphabetic());
    let joined = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut forms = vec![folded.to_owned(), joined(folded), joined(core)];
    for text in [folded, core] {
        for one in ['i', 'l'] {
            let plain: String = text.chars().map(|sign| letter_for(sign, one)).collect();
            forms.push(plain.chars().filter(|c| c.is_alphabetic()).collect());
        }
    }
    forms
}

/// The letter that a digit or a sign stands for: `p@55w0rd`.
pub(super) const fn letter_for(sign: char, one: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' | '|' => one,
        '2' => 'z',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '6' | '9' => 'g',
        '7' | '+' => 't',
        '8' => 'b',
        other => other,
    }
}

/// The shortest part that makes up the whole when it is repeated; the whole if there is none.
fn repeated_unit(text: &str) -> &str {
    let ends = text.char_indices().map(|(at, _)| at).skip(1);
    ends.filter_map(|end| text.get(..end))
        .find(|unit| text.len().is_multiple_of(unit.len()) && text.replace(unit, "").is_empty())
        .unwrap_or(text)
}

/// The text with three or more of a letter taken for one.
fn drawn_in(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters
        .chunk_by(|a, b| a == b)
        .flat_map(|run| run.iter().take(if run.len() > 2 { 1 } else { 2 }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_password_is_known_in_disguise() {
        for password in [
            "P@ssw0rd1234",
            "password",
            "Passw0rd!2026",
            "PASSWORDPASSWORD",
            "p4$$w0rdp4$$w0rd",
            "123-Password-123",
            "P.a.s.s.w.o.r.d.1",
            "Paaassword2026",
            "123456123456",
            "Elephant#4821",
            "iloveyou!!2026",
            "Qwertyuiop-12",
            "L3tm31n!!!!!",
            "كلمة السر ١٢٣٤",
            "مرحبا-مرحبا-1",
        ] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn what_only_holds_a_common_word_is_not_common() {
        for password in
            ["Correct-Horse-7", "tulip-anchor-violet", "4821-9932-7710-love", "سبعة جمال و٣ نخلات"]
        {
            assert!(!is_common(password), "{password}");
        }
    }
}
