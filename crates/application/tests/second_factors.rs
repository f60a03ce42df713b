//! Second factors on the memory store: enrolled, asked for, used once, proven, taken away.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;
use std::time::Duration;

use gaara_application::identity::{
    ChallengeAnswer, ChallengeFailure, ChangeSecondFactorRoles, CreateRole, FindMe, ListUsers,
    Proof, ProofFailure, RemoveSecondFactor, ResetSecondFactor, SecondFactorError,
    SecondFactorFailure, SecondFactorRolesError, ShowSecondFactor, ShownFactor, SignInError,
    SignInRequest, SignedTokens,
};
use gaara_application::{Actor, Principal, Refusal};
use gaara_identity::{Challenge, Role, RoleCode, Session, UserSort};
use gaara_kernel::{Clock, PageLimit, PageRequest, Sort, UserId};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, PASSWORD, USERNAME, bilingual, one_time_code};

const ADDRESS: &str = "192.0.2.77";
const HALF_A_MINUTE: Duration = Duration::from_secs(30);

async fn books() -> Harness {
    Harness::new(Arc::new(MemoryStore::new())).set_up().await
}

fn stranger(books: &Harness) -> Actor {
    Actor::anonymous(books.app.new_trace())
}

async fn sign_in(books: &Harness) -> Result<SignedTokens, SignInError> {
    let request = SignInRequest {
        login: USERNAME.to_owned(),
        password: PASSWORD.to_owned(),
        address: ADDRESS.to_owned(),
        user_agent: String::new(),
    };
    books.app.sign_in(&stranger(books), &request).await
}

async fn challenge(books: &Harness) -> String {
    match sign_in(books).await {
        Err(SignInError::SecondFactorNeeded { challenge }) => challenge,
        other => panic!("{other:?}"),
    }
}

async fn answer(
    books: &Harness,
    challenge: &str,
    code: &str,
) -> Result<SignedTokens, ChallengeFailure> {
    let shown = ShownFactor::Code(code.to_owned());
    let (challenge, address) = (challenge.to_owned(), ADDRESS.to_owned());
    let answer = ChallengeAnswer { challenge, shown, address };
    books.app.answer_challenge(&stranger(books), &answer).await
}

async fn authenticate(books: &Harness, tokens: &SignedTokens) -> Actor {
    books.app.authenticate(&tokens.access_token, books.app.new_trace()).await.unwrap()
}

async fn actor(books: &Harness) -> Actor {
    authenticate(books, &sign_in(books).await.unwrap()).await
}

fn user_of(actor: &Actor) -> UserId {
    let Principal::User { id, .. } = actor.principal() else { panic!("{actor:?}") };
    id
}

/// The code that the phone shows now.
fn code(books: &Harness, secret: &str) -> String {
    one_time_code(secret, books.clock.now())
}

/// An administrator with a second factor: the secret, and the recovery codes.
async fn enrolled(books: &Harness, actor: &Actor) -> (String, Vec<String>) {
    let secret = books.app.enrol_second_factor(actor).await.unwrap().secret;
    let shown = code(books, &secret);
    let codes = books.app.confirm_second_factor(actor, &shown).await.unwrap();
    (secret, codes)
}

#[tokio::test]
async fn whoever_enrolled_needs_password_and_code() {
    let books = books().await;
    let first = actor(&books).await;
    let (secret, codes) = enrolled(&books, &first).await;
    assert_eq!(codes.len(), 10);

    books.clock.advance(HALF_A_MINUTE);
    let asked = challenge(&books).await;
    let tokens = answer(&books, &asked, &code(&books, &secret)).await.unwrap();
    let actor = authenticate(&books, &tokens).await;
    assert_eq!(user_of(&actor), user_of(&first));
    let again = answer(&books, &asked, &code(&books, &secret)).await;
    assert!(matches!(again, Err(ChallengeFailure::Expired)), "a challenge is answered once");
}

#[tokio::test]
async fn the_code_that_enrolled_cannot_sign_in() {
    let books = books().await;
    let first = actor(&books).await;
    let (secret, _) = enrolled(&books, &first).await;

    let asked = challenge(&books).await;
    let replayed = answer(&books, &asked, &code(&books, &secret)).await;
    assert!(matches!(replayed, Err(ChallengeFailure::WrongCode)), "{replayed:?}");
}

#[tokio::test]
async fn a_code_signs_in_once_also_with_another_challenge() {
    let books = books().await;
    let first = actor(&books).await;
    let (secret, _) = enrolled(&books, &first).await;
    books.clock.advance(HALF_A_MINUTE);
    let (one, two) = (challenge(&books).await, challenge(&books).await);
    let shown = code(&books, &secret);

    let both = tokio::join!(answer(&books, &one, &shown), answer(&books, &two, &shown));
    assert_eq!(usize::from(both.0.is_ok()) + usize::from(both.1.is_ok()), 1);
}

#[tokio::test]
async fn five_wrong_codes_end_a_challenge() {
    let books = books().await;
    let first = actor(&books).await;
    let (secret, _) = enrolled(&books, &first).await;
    books.clock.advance(HALF_A_MINUTE);
    let asked = challenge(&books).await;

    for _ in 0..Challenge::TRIES {
        let wrong = answer(&books, &asked, "no code").await;
        assert!(matches!(wrong, Err(ChallengeFailure::WrongCode)), "{wrong:?}");
    }
    let sixth = answer(&books, &asked, &code(&books, &secret)).await;
    assert!(matches!(sixth, Err(ChallengeFailure::Expired)), "{sixth:?}");
    let fresh = challenge(&books).await;
    answer(&books, &fresh, &code(&books, &secret)).await.unwrap();
}

#[tokio::test]
async fn a_challenge_does_not_stand_for_ever_nor_past_a_change_of_its_user() {
    let books = books().await;
    let first = actor(&books).await;
    let (secret, _) = enrolled(&books, &first).await;
    let asked = challenge(&books).await;
    books.clock.advance(Challenge::LIFETIME);
    let late = answer(&books, &asked, &code(&books, &secret)).await;
    assert!(matches!(late, Err(ChallengeFailure::Expired)), "{late:?}");

    let asked = challenge(&books).await;
    let reset = ResetSecondFactor { user: user_of(&first), expected: None };
    books.app.execute(&books.system(), &reset).await.unwrap();
    let changed = answer(&books, &asked, &code(&books, &secret)).await;
    assert!(matches!(changed, Err(ChallengeFailure::Expired)), "{changed:?}");
    let unknown = answer(&books, "gmc_unknown", &code(&books, &secret)).await;
    assert!(matches!(unknown, Err(ChallengeFailure::Expired)), "{unknown:?}");
}

#[tokio::test]
async fn a_recovery_code_signs_in_once() {
    let books = books().await;
    let first = actor(&books).await;
    let (_, codes) = enrolled(&books, &first).await;

    let asked = challenge(&books).await;
    let tokens = answer(&books, &asked, &codes[3].to_lowercase()).await.unwrap();
    let asked = challenge(&books).await;
    let again = answer(&books, &asked, &codes[3]).await;
    assert!(matches!(again, Err(ChallengeFailure::WrongCode)), "{again:?}");
    let me = authenticate(&books, &tokens).await;
    let state = books.app.ask(&me, &ShowSecondFactor).await.unwrap().unwrap();
    assert_eq!((state.recovery_codes_left, state.needed), (9, false));

    let renewed = books.app.renew_recovery_codes(&me).await.unwrap();
    let asked = challenge(&books).await;
    let old = answer(&books, &asked, &codes[4]).await;
    assert!(matches!(old, Err(ChallengeFailure::WrongCode)), "{old:?}");
    answer(&books, &asked, &renewed[0]).await.unwrap();
}

#[tokio::test]
async fn a_factor_counts_once_its_first_code_came_in_time() {
    let books = books().await;
    let me = actor(&books).await;
    let early = books.app.confirm_second_factor(&me, "123456").await;
    let Err(SecondFactorFailure::Refused(Refusal::Failed(refused))) = early else {
        panic!("{early:?}")
    };
    assert!(matches!(refused, SecondFactorError::NothingToConfirm), "{refused:?}");

    let secret = books.app.enrol_second_factor(&me).await.unwrap().secret;
    let wrong = books.app.confirm_second_factor(&me, "no code").await;
    assert!(matches!(wrong, Err(SecondFactorFailure::WrongCode)), "{wrong:?}");
    sign_in(&books).await.unwrap();
    books.clock.advance(Duration::from_mins(15));
    let late = books.app.confirm_second_factor(&me, &code(&books, &secret)).await;
    assert!(matches!(late, Err(SecondFactorFailure::Refused(_))), "{late:?}");

    let me = actor(&books).await;
    enrolled(&books, &me).await;
    let twice = books.app.enrol_second_factor(&me).await;
    let Err(SecondFactorFailure::Refused(Refusal::Failed(refused))) = twice else {
        panic!("{twice:?}")
    };
    assert!(matches!(refused, SecondFactorError::AlreadyOn), "{refused:?}");
}

#[tokio::test]
async fn a_change_of_the_factor_ends_the_other_sessions() {
    let books = books().await;
    let (kept, other) = (sign_in(&books).await.unwrap(), sign_in(&books).await.unwrap());
    let me = authenticate(&books, &kept).await;
    enrolled(&books, &me).await;

    let trace = || books.app.new_trace();
    assert!(books.app.authenticate(&other.access_token, trace()).await.is_err());
    let me = books.app.authenticate(&kept.access_token, trace()).await.unwrap();
    books.app.execute(&me, &RemoveSecondFactor).await.unwrap();
    assert!(books.app.authenticate(&kept.access_token, trace()).await.is_ok());
    sign_in(&books).await.unwrap();

    enrolled(&books, &me).await;
    let reset = ResetSecondFactor { user: user_of(&me), expected: None };
    books.app.execute(&books.system(), &reset).await.unwrap();
    assert!(books.app.authenticate(&kept.access_token, trace()).await.is_err());
    sign_in(&books).await.unwrap();
}

fn new_role() -> CreateRole {
    CreateRole {
        id: None,
        code: RoleCode::parse("cashier").unwrap(),
        name: bilingual("Cashier", "أمين صندوق"),
        permissions: Vec::new(),
    }
}

#[tokio::test]
async fn what_is_dangerous_needs_a_fresh_proof() {
    let books = books().await;
    let tokens = sign_in(&books).await.unwrap();
    books.clock.advance(Session::PROOF);
    let me = authenticate(&books, &tokens).await;
    let stale = books.app.execute(&me, &new_role()).await;
    assert!(matches!(stale, Err(Refusal::ProofNeeded)), "{stale:?}");

    let none = books.app.prove(&me, &Proof::default()).await;
    assert!(matches!(none, Err(ProofFailure::PasswordMissing)), "{none:?}");
    let password = |text: &str| Proof { password: Some(text.to_owned()), factor: None };
    let wrong = books.app.prove(&me, &password("Wrong-Horse-77")).await;
    assert!(matches!(wrong, Err(ProofFailure::WrongPassword)), "{wrong:?}");
    books.app.prove(&me, &password(PASSWORD)).await.unwrap();
    let me = authenticate(&books, &tokens).await;
    books.app.execute(&me, &new_role()).await.unwrap();
}

#[tokio::test]
async fn where_there_is_a_second_factor_it_is_the_proof() {
    let books = books().await;
    let tokens = sign_in(&books).await.unwrap();
    let me = authenticate(&books, &tokens).await;
    let (secret, _) = enrolled(&books, &me).await;
    books.clock.advance(Session::PROOF);
    let me = authenticate(&books, &tokens).await;
    let refused = books.app.execute(&me, &RemoveSecondFactor).await;
    assert!(matches!(refused, Err(Refusal::ProofNeeded)), "{refused:?}");

    let password = Proof { password: Some(PASSWORD.to_owned()), factor: None };
    let refused = books.app.prove(&me, &password).await;
    assert!(matches!(refused, Err(ProofFailure::CodeMissing)), "{refused:?}");
    let proof = Proof { password: None, factor: Some(ShownFactor::Code(code(&books, &secret))) };
    books.app.prove(&me, &proof).await.unwrap();
    let replayed = books.app.prove(&me, &proof).await;
    assert!(matches!(replayed, Err(ProofFailure::WrongCode)), "{replayed:?}");
    let me = authenticate(&books, &tokens).await;
    books.app.execute(&me, &RemoveSecondFactor).await.unwrap();
}

#[tokio::test]
async fn a_role_that_needs_a_second_factor_can_do_nothing_without_one() {
    let books = books().await;
    let tokens = sign_in(&books).await.unwrap();
    let me = authenticate(&books, &tokens).await;
    let unknown = vec![RoleCode::parse("nobody").unwrap()];
    let refused = books.app.execute(&me, &ChangeSecondFactorRoles { roles: unknown }).await;
    let Err(Refusal::Failed(SecondFactorRolesError::UnknownRole(_))) = refused else {
        panic!("{refused:?}")
    };
    let policy = ChangeSecondFactorRoles { roles: vec![Role::Admin.into()] };
    books.app.execute(&me, &policy).await.unwrap();

    let me = authenticate(&books, &tokens).await;
    let page = PageRequest {
        limit: PageLimit::default(),
        sort: Sort::<UserSort>::natural(),
        after: None,
        with_total: false,
    };
    let refused = books.app.ask(&me, &ListUsers { page: page.clone() }).await;
    assert!(matches!(refused, Err(Refusal::EnrolmentNeeded)), "{refused:?}");
    let refused = books.app.execute(&me, &new_role()).await;
    assert!(matches!(refused, Err(Refusal::EnrolmentNeeded)), "{refused:?}");
    assert!(books.app.ask(&me, &FindMe).await.unwrap().is_some(), "one's own account is open");

    enrolled(&books, &me).await;
    let me = authenticate(&books, &tokens).await;
    assert_eq!(books.app.ask(&me, &ListUsers { page }).await.unwrap().items.len(), 1);
    books.app.execute(&me, &new_role()).await.unwrap();
}
