//! The keys that sign access tokens: next, active, retired.

use std::time::Duration;

use gaara_kernel::Timestamp;

/// Which key; the material behind a number is derived where it is needed and stored nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyNumber(u32);

impl KeyNumber {
    /// The key that every installation begins with.
    pub const FIRST: Self = Self(1);

    /// Takes a stored number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The key after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// When a key was published, and from when on it signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SigningKey {
    /// Which.
    pub number: KeyNumber,
    /// When it was made known.
    pub published_at: Timestamp,
    /// From when on it signs.
    pub active_from: Timestamp,
}

/// What a key is for at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// Made known, so that everybody has it when it begins to sign.
    Next,
    /// It signs.
    Active,
    /// Another one signs; the last of its tokens are still accepted.
    Retired,
    /// None of its tokens can be good any more.
    Gone,
}

/// All keys, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySchedule(Vec<SigningKey>);

impl KeySchedule {
    /// How long a key is published before it signs: longer than anybody keeps a list of keys.
    pub const PUBLISHED: Duration = Duration::from_hours(1);

    /// How long a key signs.
    pub const SIGNS: Duration = Duration::from_hours(90 * 24);

    /// How long the tokens of a retired key are accepted: their life, and twice the thirty seconds
    /// by which clocks may differ.
    pub const ACCEPTED: Duration = Duration::from_mins(16);

    /// Takes keys in any order.
    #[must_use]
    pub fn new(mut keys: Vec<SigningKey>) -> Self {
        keys.sort_by_key(|key| key.number);
        Self(keys)
    }

    /// What every installation begins with: one key, active since the beginning of time.
    #[must_use]
    pub fn first() -> Self {
        let always = Timestamp::from_millis(0);
        let number = KeyNumber::FIRST;
        Self(vec![SigningKey { number, published_at: always, active_from: always }])
    }

    /// The keys, by number.
    pub fn keys(&self) -> impl Iterator<Item = &SigningKey> {
        self.0.iter()
    }

    /// What a key is for at an instant.
    #[must_use]
    pub fn state(&self, key: &SigningKey, now: Timestamp) -> KeyState {
        let followers = self.0.iter().filter(|other| other.number > key.number);
        // Whichever begins first takes over, though a later one may be put in front of it.
        match followers.map(|other| other.active_from).min() {
            Some(end) if now >= end.plus(Self::ACCEPTED) => KeyState::Gone,
            Some(end) if now >= end => KeyState::Retired,
            _ if now < key.active_from => KeyState::Next,
            _ => KeyState::Active,
        }
    }

    /// The key that signs at an instant.
    #[must_use]
    pub fn active(&self, now: Timestamp) -> Option<KeyNumber> {
        self.in_state(now, &[KeyState::Active]).next()
    }

    /// The keys whose tokens are accepted at an instant. One that is next counts: the clock of
    /// another instance may be ahead.
    pub fn accepted(&self, now: Timestamp) -> impl Iterator<Item = KeyNumber> {
        self.in_state(now, &[KeyState::Next, KeyState::Active, KeyState::Retired])
    }

    fn in_state<'a>(
        &'a self,
        now: Timestamp,
        states: &'a [KeyState],
    ) -> impl Iterator<Item = KeyNumber> + 'a {
        let fits = move |key: &&SigningKey| states.contains(&self.state(key, now));
        self.0.iter().filter(fits).map(|key| key.number)
    }

    /// The key to publish now, when the one that signs has done so long enough and nothing waits
    /// to take over.
    #[must_use]
    pub fn due(&self, now: Timestamp) -> Option<SigningKey> {
        let last = self.0.last()?;
        let is_waiting = self.state(last, now) == KeyState::Next;
        let is_old = now.plus(Self::PUBLISHED) >= last.active_from.plus(Self::SIGNS);
        (is_old && !is_waiting).then(|| self.following(now, Self::PUBLISHED))
    }

    /// The key that takes over from the last one after so long.
    #[must_use]
    pub fn following(&self, now: Timestamp, wait: Duration) -> SigningKey {
        let number = self.0.last().map_or(KeyNumber::FIRST, |last| last.number.next());
        SigningKey { number, published_at: now, active_from: now.plus(wait) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_millis(0).plus(Duration::from_secs(seconds))
    }

    /// The first key, and one that follows it at 10,000 seconds.
    fn two() -> KeySchedule {
        let first = KeySchedule::first();
        let second = first.following(at(6_400), KeySchedule::PUBLISHED);
        KeySchedule::new(vec![second, first.0[0]])
    }

    fn states(schedule: &KeySchedule, now: Timestamp) -> Vec<KeyState> {
        schedule.keys().map(|key| schedule.state(key, now)).collect()
    }

    #[test]
    fn a_key_is_next_then_active_then_retired_then_gone() {
        let schedule = two();
        let table = [
            (6_400, [KeyState::Active, KeyState::Next]),
            (9_999, [KeyState::Active, KeyState::Next]),
            (10_000, [KeyState::Retired, KeyState::Active]),
            (10_959, [KeyState::Retired, KeyState::Active]),
            (10_960, [KeyState::Gone, KeyState::Active]),
        ];
        for (seconds, expected) in table {
            assert_eq!(states(&schedule, at(seconds)), expected, "{seconds}");
        }
    }

    #[test]
    fn one_key_signs_at_any_instant_and_its_tokens_are_accepted_while_they_live() {
        let schedule = two();
        for seconds in (0..20_000).step_by(60) {
            let (now, signer) = (at(seconds), schedule.active(at(seconds)).unwrap());
            assert!(schedule.accepted(now).any(|key| key == signer));
            let last_use = now.plus(Duration::from_secs(929));
            assert!(schedule.accepted(last_use).any(|key| key == signer), "{seconds}");
        }
    }

    #[test]
    fn a_key_is_due_an_hour_before_the_other_has_signed_ninety_days() {
        let schedule = two();
        let ninety_days = KeySchedule::SIGNS.as_secs();
        let end = 10_000 + ninety_days;
        assert_eq!(schedule.due(at(end - 3_601)), None);
        let due = schedule.due(at(end - 3_600)).unwrap();
        assert_eq!((due.number.number(), due.active_from), (3, at(end)));
        let waiting = KeySchedule::new(schedule.keys().copied().chain([due]).collect());
        assert_eq!(waiting.due(at(end - 1)), None, "it waits already");
    }

    #[test]
    fn a_key_that_takes_over_at_once_retires_all_before_it() {
        let schedule = two();
        let third = schedule.following(at(7_000), Duration::ZERO);
        let schedule = KeySchedule::new(schedule.keys().copied().chain([third]).collect());
        assert_eq!(schedule.active(at(7_000)).map(KeyNumber::number), Some(3));
        assert_eq!(schedule.active(at(50_000)).map(KeyNumber::number), Some(3));
        let accepted = schedule.accepted(at(7_000)).map(KeyNumber::number);
        assert_eq!(accepted.collect::<Vec<_>>(), [1, 2, 3]);
    }
}
