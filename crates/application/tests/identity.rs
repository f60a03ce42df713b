//! Setting up, signing in and staying signed in, on the memory store.
#![expect(clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;
use std::time::Duration;

use gaara_application::identity::{
    AddUser, AuthenticateError, CreateUserFailure, RefreshError, SetUpError, SetUpFailure,
    SetUpOutcome, SignInError, SignInRequest, SignOut, SignedTokens,
};
use gaara_application::{
    Actor, AuditFilter, Dependency, FallbackThrottle, ListAuditLog, Principal, Refusal,
};
use gaara_identity::{RefreshToken, Role, SetupTokenError, Username};
use gaara_kernel::{EmailAddress, Language, PageLimit, PageRequest, Sort};
use gaara_security_policy::{PasswordFault, Throttle, ThrottleError, ThrottleRule, Verdict};
use gaara_store_memory::{MemoryStore, MemoryThrottle};
use gaara_testkit::{Harness, PASSWORD, USERNAME};

/// Where every request of these tests comes from.
const ADDRESS: &str = "192.0.2.1";

fn empty() -> Harness {
    Harness::new(Arc::new(MemoryStore::new()))
}

async fn books() -> Harness {
    empty().set_up().await
}

fn stranger(books: &Harness) -> Actor {
    Actor::anonymous(books.app.new_trace())
}

async fn sign_in(
    books: &Harness,
    login: &str,
    password: &str,
) -> Result<SignedTokens, SignInError> {
    let request = SignInRequest {
        login: login.to_owned(),
        password: password.to_owned(),
        address: ADDRESS.to_owned(),
        user_agent: String::new(),
    };
    books.app.sign_in(&stranger(books), &request).await
}

async fn set_up(books: &Harness, token: String) -> Result<SetUpOutcome, SetUpFailure> {
    books.app.set_up(&stranger(books), Harness::set_up_request(Some(token))).await
}

async fn authenticate(books: &Harness, tokens: &SignedTokens) -> Result<Actor, AuthenticateError> {
    books.app.authenticate(&tokens.access_token, books.app.new_trace()).await
}

#[tokio::test]
async fn setting_up_takes_the_token_that_was_printed_last() {
    let books = empty();
    let first = books.app.new_setup_token().await.unwrap();
    let second = books.app.new_setup_token().await.unwrap();

    let wrong = |result| {
        let Err(SetUpFailure::Refused(Refusal::Failed(SetUpError::Token(error)))) = result else {
            panic!("{result:?}")
        };
        assert_eq!(error, SetupTokenError::Wrong);
    };
    wrong(set_up(&books, first).await);
    assert!(set_up(&books, second.clone()).await.is_ok());
    let again = set_up(&books, second).await;
    assert!(matches!(again, Err(SetUpFailure::Refused(Refusal::Failed(SetUpError::Done)))));
}

#[tokio::test]
async fn a_stranger_cannot_set_up_without_a_token() {
    let books = empty();
    let result = books.app.set_up(&stranger(&books), Harness::set_up_request(None)).await;
    let Err(SetUpFailure::Refused(Refusal::Failed(SetUpError::Token(error)))) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error, SetupTokenError::Wrong);
}

#[tokio::test]
async fn a_setup_token_dies_after_half_an_hour() {
    let books = empty();
    let token = books.app.new_setup_token().await.unwrap();
    books.clock.advance(Duration::from_mins(30));
    let result = set_up(&books, token).await;
    let Err(SetUpFailure::Refused(Refusal::Failed(SetUpError::Token(error)))) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error, SetupTokenError::Expired);
}

#[tokio::test]
async fn name_and_address_both_sign_in_whatever_their_capitals() {
    let books = books().await;
    for login in [USERNAME, "ADMIN", " Admin@Example.com "] {
        let tokens = sign_in(&books, login, PASSWORD).await.unwrap();
        let actor = authenticate(&books, &tokens).await.unwrap();
        assert!(matches!(actor.principal(), Principal::User { id, .. } if id == tokens.user.id));
        assert_eq!(tokens.expires_in, Duration::from_mins(15));
        assert_eq!(tokens.refresh_expires_in, Duration::from_hours(7 * 24));
    }
}

#[tokio::test]
async fn unknown_and_wrong_are_one_answer() {
    let books = books().await;
    for (login, password) in [("nobody", PASSWORD), (USERNAME, "Wrong-Horse-77"), ("", "")] {
        let refused = sign_in(&books, login, password).await;
        assert!(matches!(refused, Err(SignInError::InvalidCredentials)), "{login}");
    }
    let long = sign_in(&books, USERNAME, &"x".repeat(1_000_000)).await;
    assert!(matches!(long, Err(SignInError::InvalidCredentials)));
}

fn throttled(throttle: Arc<dyn Throttle>) -> Harness {
    Harness::with_ports(Arc::new(MemoryStore::new()), |mut ports| {
        ports.throttle = throttle;
        ports
    })
}

#[tokio::test]
async fn the_sixth_wrong_try_has_to_wait_even_for_a_name_nobody_has() {
    let books = throttled(Arc::new(MemoryThrottle::new())).set_up().await;
    for login in [USERNAME, "nobody"] {
        for _ in 0..5 {
            let wrong = sign_in(&books, login, "Wrong-Horse-77").await;
            assert!(matches!(wrong, Err(SignInError::InvalidCredentials)));
        }
        let sixth = sign_in(&books, login, PASSWORD).await;
        assert!(matches!(sixth, Err(SignInError::Throttled { .. })), "{login}: {sixth:?}");
    }
    books.clock.advance(Duration::from_secs(12));
    sign_in(&books, USERNAME, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn right_passwords_are_not_counted() {
    let books = throttled(Arc::new(MemoryThrottle::new())).set_up().await;
    for _ in 0..60 {
        sign_in(&books, USERNAME, PASSWORD).await.unwrap();
    }
}

/// Shared counters that nobody can reach.
struct Unreachable;

#[async_trait::async_trait]
impl Throttle for Unreachable {
    async fn take(
        &self,
        _: &str,
        _: ThrottleRule,
        _: gaara_kernel::Timestamp,
    ) -> Result<Verdict, ThrottleError> {
        Err(ThrottleError("connection refused".into()))
    }

    async fn refund(
        &self,
        _: &str,
        _: ThrottleRule,
        _: gaara_kernel::Timestamp,
    ) -> Result<(), ThrottleError> {
        Err(ThrottleError("connection refused".into()))
    }

    async fn forget(&self, _: &str) -> Result<(), ThrottleError> {
        Err(ThrottleError("connection refused".into()))
    }
}

#[tokio::test]
async fn without_the_shared_counters_tries_are_still_limited() {
    let local = Arc::new(MemoryThrottle::new());
    let guard = empty().app.breakers().guard(Dependency::THROTTLE);
    let throttle = FallbackThrottle::new(Arc::new(Unreachable), local, guard);
    let books = throttled(Arc::new(throttle)).set_up().await;
    for _ in 0..5 {
        sign_in(&books, USERNAME, "Wrong-Horse-77").await.unwrap_err();
    }
    let sixth = sign_in(&books, USERNAME, PASSWORD).await;
    assert!(matches!(sixth, Err(SignInError::Throttled { .. })));
}

#[tokio::test]
async fn an_access_token_lives_fifteen_minutes_and_a_refresh_token_goes_on() {
    let books = books().await;
    let tokens = sign_in(&books, USERNAME, PASSWORD).await.unwrap();
    books.clock.advance(Duration::from_mins(15));
    let expired = authenticate(&books, &tokens).await;
    assert!(matches!(expired, Err(AuthenticateError::Expired)));

    let next = books.app.refresh(&stranger(&books), &tokens.refresh_token, ADDRESS).await.unwrap();
    authenticate(&books, &next).await.unwrap();
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_the_session_for_both() {
    let books = books().await;
    let tokens = sign_in(&books, USERNAME, PASSWORD).await.unwrap();
    let next = books.app.refresh(&stranger(&books), &tokens.refresh_token, ADDRESS).await.unwrap();
    books.clock.advance(RefreshToken::RETRY + Duration::from_millis(1));

    let replay = books.app.refresh(&stranger(&books), &tokens.refresh_token, ADDRESS).await;

    assert!(matches!(replay, Err(RefreshError::Reused)));
    assert!(matches!(authenticate(&books, &next).await, Err(AuthenticateError::Revoked)));
    let dead = books.app.refresh(&stranger(&books), &next.refresh_token, ADDRESS).await;
    assert!(matches!(dead, Err(RefreshError::Invalid)));
}

#[tokio::test]
async fn signing_out_counts_at_the_next_request() {
    let books = books().await;
    let tokens = sign_in(&books, USERNAME, PASSWORD).await.unwrap();
    let actor = authenticate(&books, &tokens).await.unwrap();

    books.app.execute(&actor, &SignOut).await.unwrap();

    assert!(matches!(authenticate(&books, &tokens).await, Err(AuthenticateError::Revoked)));
    let refresh = books.app.refresh(&stranger(&books), &tokens.refresh_token, ADDRESS).await;
    assert!(matches!(refresh, Err(RefreshError::Invalid)));
}

fn new_user(password: &str) -> AddUser {
    AddUser {
        id: None,
        email: EmailAddress::parse("sara@example.com").unwrap(),
        username: Username::parse("sara").unwrap(),
        password: password.to_owned(),
        role: Role::Storekeeper.into(),
        language: Language::Arabic,
    }
}

#[tokio::test]
async fn a_new_user_signs_in_with_the_rights_of_its_role() {
    let books = books().await;
    let use_case = books.app.prepare_user(&books.system(), new_user(PASSWORD)).await.unwrap();
    books.app.execute(&books.system(), &use_case).await.unwrap();

    let tokens = sign_in(&books, "sara", PASSWORD).await.unwrap();
    let actor = authenticate(&books, &tokens).await.unwrap();

    assert_eq!(*actor.permissions(), Role::Storekeeper.permissions());
}

#[tokio::test]
async fn a_weak_password_is_told_all_its_faults_and_only_to_those_who_may_add_users() {
    let books = books().await;
    let weak = books.app.prepare_user(&books.system(), new_user("sara")).await;
    let Err(CreateUserFailure::Password(faults)) = weak else { panic!("{:?}", weak.is_ok()) };
    assert!(faults.contains(&PasswordFault::ContainsIdentity));
    assert!(faults.contains(&PasswordFault::TooShort { characters_min: 12 }));

    let sales = books.signed_in(Role::Sales);
    let forbidden = books.app.prepare_user(&sales, new_user("sara")).await;
    assert!(matches!(forbidden, Err(CreateUserFailure::Forbidden(_))));
}

#[tokio::test]
async fn one_address_cannot_try_everybody() {
    let books = throttled(Arc::new(MemoryThrottle::new())).set_up().await;
    for number in 0..20 {
        let wrong = sign_in(&books, &format!("user{number}"), "Wrong-Horse-77").await;
        assert!(matches!(wrong, Err(SignInError::InvalidCredentials)), "{number}");
    }
    let right = sign_in(&books, USERNAME, PASSWORD).await;
    assert!(matches!(right, Err(SignInError::Throttled { .. })));
}

#[tokio::test]
async fn one_address_cannot_try_refresh_tokens_without_end() {
    let books = throttled(Arc::new(MemoryThrottle::new())).set_up().await;
    for _ in 0..200 {
        let guess = books.app.refresh(&stranger(&books), "grt_guess", ADDRESS).await;
        assert!(matches!(guess, Err(RefreshError::Invalid)), "{guess:?}");
    }
    let refresh = books.app.refresh(&stranger(&books), "grt_guess", ADDRESS).await;
    assert!(matches!(refresh, Err(RefreshError::Throttled { .. })));
    sign_in(&books, USERNAME, PASSWORD).await.expect("signing in is counted apart");
}

#[tokio::test]
async fn counting_does_not_tell_which_name_and_address_belong_together() {
    let books = throttled(Arc::new(MemoryThrottle::new())).set_up().await;
    for (name, address) in [(USERNAME, "admin@example.com"), ("nobody", "nobody@example.com")] {
        for _ in 0..5 {
            sign_in(&books, name, "Wrong-Horse-77").await.unwrap_err();
        }
        let sixth = sign_in(&books, name, "Wrong-Horse-77").await;
        assert!(matches!(sixth, Err(SignInError::Throttled { .. })), "{sixth:?}");
        let address = sign_in(&books, address, "Wrong-Horse-77").await;
        assert!(matches!(address, Err(SignInError::InvalidCredentials)), "{address:?}");
    }
}

#[tokio::test]
async fn a_guessed_refresh_token_leaves_no_trace() {
    let books = books().await;
    let guess = books.app.refresh(&stranger(&books), "grt_guess", ADDRESS).await;
    assert!(matches!(guess, Err(RefreshError::Invalid)));
    let filter = AuditFilter { actor: Some("anonymous".to_owned()), ..AuditFilter::default() };
    let page = PageRequest {
        limit: PageLimit::default(),
        sort: Sort::natural(),
        after: None,
        with_total: false,
    };
    let log = books.app.ask(&books.system(), &ListAuditLog { filter, page }).await.unwrap();
    assert_eq!(log.items, []);
}

#[tokio::test]
async fn a_login_no_store_could_hold_is_only_wrong() {
    let books = books().await;
    let refused = sign_in(&books, "adm\u{0}in", PASSWORD).await;
    assert!(matches!(refused, Err(SignInError::InvalidCredentials)));
}
