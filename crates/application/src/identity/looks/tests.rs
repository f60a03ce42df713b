//! Tests of what an instance remembers.

use gaara_identity::{
    PasswordHash, PermissionVersion, Permissions, Role, Session, TokenId, User, Username,
};
use gaara_kernel::{EmailAddress, Id, Language, UserId, Version};

use super::*;

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_millis(1_000_000_000).plus(Duration::from_secs(seconds))
}

fn id<I: Id>() -> I {
    I::from_uuid("01890000-0000-7000-8000-000000000001".parse().unwrap())
}

fn version(user: u32) -> PermissionVersion {
    PermissionVersion { user: Version::new(user), role: Version::FIRST }
}

fn seen() -> Arc<Seen> {
    let user = User {
        id: id(),
        email: EmailAddress::parse("a@b.sa").unwrap(),
        username: Username::parse("sara").unwrap(),
        password_hash: PasswordHash::new("plain:x".to_owned()),
        role: Role::Sales.into(),
        language: Language::Arabic,
        disabled: false,
        created_at: at(0),
        second_factor_since: None,
        version: Version::new(3),
    };
    let session = Session::open(id(), id::<UserId>(), at(0));
    let permissions = Permissions::default();
    let signed_in = SignedIn { session, user, permissions, version: version(3) };
    Arc::new(Seen { signed_in, must_enrol: false })
}

fn claims(user: u32) -> AccessClaims {
    AccessClaims {
        id: TokenId::new([1; 16]),
        user: id(),
        session: id(),
        permissions: version(user),
        issued_at: at(0),
        expires_at: at(900),
    }
}

fn read(looks: &Looks, list: Vec<Revocation>, now: Timestamp) {
    let turn = looks.turn(now).expect("it is time to read");
    looks.learn(&turn, list, KeySchedule::first());
}

/// An instance that has just read an empty list and looked at the session.
fn knowing() -> Looks {
    let looks = Looks::default();
    read(&looks, Vec::new(), at(0));
    looks.remember(&seen(), 0, at(0));
    looks
}

fn is_known(looks: &Looks, now: Timestamp) -> bool {
    matches!(looks.find(&claims(3), now), Sight::Known(_))
}

#[test]
fn a_look_is_believed_for_a_minute() {
    let looks = knowing();
    assert!(is_known(&looks, at(0)) && is_known(&looks, at(59)));
    assert!(!is_known(&looks, at(60)));
    let earlier = at(0).minus(Duration::from_secs(1));
    assert!(!is_known(&looks, earlier), "a clock that went back proves nothing");
}

#[test]
fn a_token_that_knows_of_a_change_is_not_met_with_an_older_look() {
    let looks = knowing();
    assert!(matches!(looks.find(&claims(4), at(0)), Sight::Unknown { .. }));
    assert!(matches!(looks.find(&claims(2), at(0)), Sight::Known(_)));
}

#[test]
fn news_of_a_user_or_a_role_make_an_instance_look_again() {
    let others = Revoked::Role(Role::Admin.into());
    for (what, stays) in [
        (Revoked::User(id()), false),
        (Revoked::Role(Role::Sales.into()), false),
        (Revoked::Everybody, false),
        (others, true),
    ] {
        let looks = knowing();
        read(&looks, vec![Revocation::new(what, at(1))], at(2));
        assert_eq!(is_known(&looks, at(2)), stays);
    }
}

#[test]
fn what_was_revoked_stays_revoked_for_as_long_as_a_token_lives() {
    for what in [Revoked::Session(id()), Revoked::Token(TokenId::new([1; 16]))] {
        let looks = knowing();
        let entry = Revocation::new(what, at(1));
        let over = entry.expires_at;
        read(&looks, vec![entry], at(2));
        assert!(matches!(looks.find(&claims(3), at(2)), Sight::Revoked));
        read(&looks, Vec::new(), at(900));
        assert!(matches!(looks.find(&claims(3), at(900)), Sight::Revoked));
        read(&looks, Vec::new(), over);
        assert!(!matches!(looks.find(&claims(3), over), Sight::Revoked), "the list is kept short");
    }
}

#[test]
fn a_look_that_may_be_older_than_the_news_is_not_kept() {
    let looks = knowing();
    let Sight::Unknown { news } = looks.find(&claims(4), at(0)) else { panic!("it is newer") };
    read(&looks, vec![Revocation::new(Revoked::User(id()), at(1))], at(2));
    looks.remember(&seen(), news, at(2));
    assert!(!is_known(&looks, at(2)));
}

#[test]
fn an_entry_that_is_read_again_is_no_news_and_one_that_was_entered_again_is() {
    let looks = knowing();
    let entry = Revocation::new(Revoked::User(id()), at(1));
    read(&looks, vec![entry.clone()], at(2));
    looks.remember(&seen(), 1, at(2));
    read(&looks, vec![entry.clone()], at(4));
    assert!(is_known(&looks, at(4)));
    read(&looks, vec![Revocation { count: 2, ..entry }], at(6));
    assert!(!is_known(&looks, at(6)));
}

#[test]
fn the_list_is_read_every_second_by_one_and_after_two_by_all() {
    let looks = knowing();
    assert!(looks.turn(at(0).plus(Duration::from_millis(999))).is_none());
    let first = looks.turn(at(1)).expect("it is a second old");
    assert_eq!(first.since, at(0).minus(OVERLAP));
    assert!(looks.turn(at(1)).is_none(), "somebody reads it already");
    assert!(looks.turn(at(2)).is_some(), "nobody goes on with a list of two seconds");
    drop(first);
    assert!(looks.turn(at(1)).is_some(), "whoever gave up leaves the turn to others");
    let earlier = at(0).minus(Duration::from_secs(1));
    assert!(looks.turn(earlier).is_some(), "a clock that went back proves nothing");
}

#[test]
fn a_change_of_ones_own_is_read_at_once_and_one_that_comes_while_reading_too() {
    let looks = knowing();
    looks.note_change();
    let turn = looks.turn(at(0)).expect("something changed");
    looks.note_change();
    looks.learn(&turn, Vec::new(), KeySchedule::first());
    drop(turn);
    read(&looks, Vec::new(), at(0));
    assert!(looks.turn(at(0)).is_none());
}
