//! Tests of the rules: every fault, the profiles, both scripts.

use super::*;

fn faults(password: &str) -> Vec<PasswordFault> {
    PasswordPolicy::default().faults(password, &["sara.k", "sara", "Najd Trading"])
}

#[test]
fn good_passwords_pass_in_both_scripts() {
    assert_eq!(faults("Correct-Horse-7"), []);
    assert_eq!(faults("سبعة جمال و٣ نخلات"), []);
}

#[test]
fn every_fault_is_told_at_once() {
    assert_eq!(
        faults("sara"),
        [
            PasswordFault::TooShort { characters_min: 12 },
            PasswordFault::Composition { classes_min: 3 },
            PasswordFault::ContainsIdentity,
            PasswordFault::TooCommon,
        ]
    );
}

#[test]
fn length_counts_characters() {
    let filling: String = "بتثجحخد".chars().cycle().take(124).collect();
    let long = format!("Aa1-{filling}");
    assert_eq!(faults(&long), []);
    let longer = format!("{long}ب");
    assert_eq!(faults(&longer), [PasswordFault::TooLong { characters_max: 128 }]);
}

#[test]
fn a_name_is_found_whatever_its_capitals_and_signs() {
    for password in [
        "xX-SARA.K-2026-Yy",
        "My-5@r@-likes-tea",
        "Gaara-Gaara-2026",
        "I-work-at-N4jd-Trading",
        "نحن في غَارا ٢٠٢٦-x",
    ] {
        assert!(faults(password).contains(&PasswordFault::ContainsIdentity), "{password}");
    }
}

#[test]
fn a_common_password_is_refused_in_disguise() {
    assert_eq!(faults("P@ssw0rd1234"), [PasswordFault::TooCommon]);
    assert_eq!(faults("Password1234"), [PasswordFault::TooCommon]);
}

#[test]
fn a_weak_password_is_refused_with_advice() {
    let found = faults("Ab1-Ab1-Ab1-Ab1-");
    let [PasswordFault::TooWeak(strength)] = found.as_slice() else { panic!("{found:?}") };
    assert!(strength.score < Score::GOOD);
    assert!(strength.advice.contains(&Advice::AvoidRepeats));
}

#[test]
fn the_profile_of_nist_asks_for_no_kinds_of_characters() {
    let password = "tulip anchor violet";
    assert_eq!(faults(password), [PasswordFault::Composition { classes_min: 3 }]);
    assert_eq!(PasswordPolicy::NIST.faults(password, &[]), []);
    assert_eq!(PasswordPolicy::NIST.faults("خيمتانونخلةوجمل", &[]), []);
    assert_eq!(PasswordPolicy::NIST.faults("passwordpassword", &[]), [PasswordFault::TooCommon]);
}

#[test]
fn what_is_beyond_reading_is_not_read() {
    let huge = "a".repeat(1_000_000);
    assert_eq!(faults(&huge), [PasswordFault::TooLong { characters_max: 128 }]);
}
