//! Invitations and ways back in, on the memory store: mailed after the fact, followed once.
#![expect(clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;
use std::time::Duration;

use gaara_application::identity::{
    AddUser, ChangeUser, DeliveryError, DisableUser, DisablingError, FollowLinkFailure,
    InviteUserError, InviteUserFailure, LinkAnswer, ListUsers, NewInvitation, PasswordResetRequest,
    SetPasswordFailure, SignInError, SignInRequest, SignedTokens,
};
use gaara_application::{Actor, App, MailSettings, Refusal};
use gaara_identity::{Role, User, UserSort, Username};
use gaara_kernel::{Direction, EmailAddress, Language, PageLimit, PageRequest, Sort};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, Mailbox, PASSWORD, USERNAME};

async fn books() -> (Harness, Arc<Mailbox>) {
    let mailbox = Arc::new(Mailbox::default());
    let settings = MailSettings {
        mailer: mailbox.clone(),
        public_url: "https://books.example.com".to_owned(),
    };
    let harness = Harness::new(Arc::new(MemoryStore::new()));
    let with_mail = |app: App| app.with_mail(settings);
    (harness.map_app(with_mail).set_up().await, mailbox)
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
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    books.app.sign_in(&stranger(books), &request).await
}

async fn ask_reset(books: &Harness, login: &str) {
    let request = PasswordResetRequest { login: login.to_owned(), address: "192.0.2.1".to_owned() };
    books.app.ask_password_reset(&stranger(books), &request).await.unwrap();
}

async fn follow(books: &Harness, token: &str, password: &str) -> Result<(), FollowLinkFailure> {
    let answer = LinkAnswer {
        token: token.to_owned(),
        password: password.to_owned(),
        address: "192.0.2.1".to_owned(),
    };
    books.app.follow_link(&stranger(books), &answer).await
}

fn invitation(language: Language) -> NewInvitation {
    NewInvitation {
        id: None,
        email: EmailAddress::parse("sara@example.com").unwrap(),
        username: Username::parse("sara").unwrap(),
        role: Role::Sales.into(),
        language,
    }
}

async fn invited(books: &Harness) -> User {
    let system = books.system();
    let use_case = books.app.prepare_invitation(&system, invitation(Language::Arabic));
    books.app.execute(&books.system(), &use_case.await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn whoever_is_invited_chooses_a_password_once() {
    let (books, mailbox) = books().await;
    invited(&books).await;
    assert!(mailbox.take().is_empty(), "nothing is mailed in a transaction");
    assert_eq!(books.app.deliver_mail().await.unwrap(), 1);
    assert_eq!(books.app.deliver_mail().await.unwrap(), 0, "it is mailed once");
    let [mail] = mailbox.take().try_into().unwrap();
    assert_eq!(mail.subject, "نجد للتجارة: اختر كلمة مرورك");
    let link = mail.text.split_once("https://books.example.com/password#").unwrap().1;
    let token = link.lines().next().unwrap();

    let weak = follow(&books, token, "sara").await;
    assert!(matches!(weak, Err(FollowLinkFailure::Password(_))), "{weak:?}");
    follow(&books, token, "Tulip-Anchor-7").await.unwrap();
    let again = follow(&books, token, "Other-Anchor-77").await;
    assert!(matches!(again, Err(FollowLinkFailure::Over)), "{again:?}");
    sign_in(&books, "sara", "Tulip-Anchor-7").await.unwrap();
}

#[tokio::test]
async fn an_invitation_is_sent_again_until_a_password_was_chosen() {
    let (books, mailbox) = books().await;
    let user = invited(&books).await;
    books.app.deliver_mail().await.unwrap();
    let first = mailbox.take_link();
    let again = books.app.prepare_another_invitation(user.id).unwrap();
    books.app.execute(&books.system(), &again).await.unwrap();
    books.app.deliver_mail().await.unwrap();
    let second = mailbox.take_link();

    let old = follow(&books, &first, "Tulip-Anchor-7").await;
    assert!(matches!(old, Err(FollowLinkFailure::Over)), "{old:?}");
    follow(&books, &second, "Tulip-Anchor-7").await.unwrap();
    let again = books.app.prepare_another_invitation(user.id).unwrap();
    let refused = books.app.execute(&books.system(), &again).await;
    assert!(matches!(refused, Err(Refusal::Failed(InviteUserError::HasPassword))), "{refused:?}");
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_every_session_ends() {
    let (books, mailbox) = books().await;
    let before = sign_in(&books, USERNAME, PASSWORD).await.unwrap();
    ask_reset(&books, "ADMIN@example.com").await;
    books.app.deliver_mail().await.unwrap();
    let token = mailbox.take_link();
    let reused = follow(&books, &token, PASSWORD).await;
    assert!(matches!(reused, Err(FollowLinkFailure::Password(_))), "{reused:?}");

    follow(&books, &token, "Tulip-Anchor-7").await.unwrap();
    let trace = books.app.new_trace();
    assert!(books.app.authenticate(&before.access_token, trace).await.is_err());
    assert!(sign_in(&books, USERNAME, PASSWORD).await.is_err());
    sign_in(&books, USERNAME, "Tulip-Anchor-7").await.unwrap();
}

#[tokio::test]
async fn a_link_is_over_after_half_an_hour_and_after_any_other_change_of_the_password() {
    let (books, mailbox) = books().await;
    ask_reset(&books, USERNAME).await;
    books.app.deliver_mail().await.unwrap();
    let late = mailbox.take_link();
    books.clock.advance(Duration::from_mins(30));
    let refused = follow(&books, &late, "Tulip-Anchor-7").await;
    assert!(matches!(refused, Err(FollowLinkFailure::Over)), "{refused:?}");

    ask_reset(&books, USERNAME).await;
    books.app.deliver_mail().await.unwrap();
    let pending = mailbox.take_link();
    let user = books.app.find_user_by_login(USERNAME).await.unwrap().unwrap();
    books.app.set_password(&books.system(), user.id, "Walnut-Harbour-9").await.unwrap();
    let refused = follow(&books, &pending, "Tulip-Anchor-7").await;
    assert!(matches!(refused, Err(FollowLinkFailure::Over)), "{refused:?}");
    sign_in(&books, USERNAME, "Walnut-Harbour-9").await.unwrap();
}

#[tokio::test]
async fn nobody_learns_whether_there_is_such_a_user() {
    let (books, mailbox) = books().await;
    let user = invited(&books).await;
    books.app.deliver_mail().await.unwrap();
    mailbox.take_link();
    let disable = DisableUser { id: user.id, expected: None };
    books.app.execute(&books.system(), &disable).await.unwrap();

    for login in ["nobody", "nobody@example.com", "sara", "\u{0}", &"x".repeat(300)] {
        ask_reset(&books, login).await;
    }
    assert_eq!(books.app.deliver_mail().await.unwrap(), 0);
    let unknown = follow(&books, "gal_unknown", "Tulip-Anchor-7").await;
    assert!(matches!(unknown, Err(FollowLinkFailure::Over)), "{unknown:?}");
}

#[tokio::test]
async fn a_mail_that_was_not_taken_is_tried_again() {
    let (books, mailbox) = books().await;
    mailbox.go_away(true);
    ask_reset(&books, USERNAME).await;
    let refused = books.app.deliver_mail().await;
    assert!(matches!(refused, Err(DeliveryError::Mail(_))), "{refused:?}");
    assert_eq!(books.app.deliver_mail().await.unwrap(), 0, "not at once");

    mailbox.go_away(false);
    books.clock.advance(Duration::from_secs(1));
    assert_eq!(books.app.deliver_mail().await.unwrap(), 1);
    follow(&books, &mailbox.take_link(), "Tulip-Anchor-7").await.unwrap();
}

#[tokio::test]
async fn without_mail_nobody_is_invited() {
    let books = Harness::new(Arc::new(MemoryStore::new())).set_up().await;
    let refused =
        books.app.prepare_invitation(&books.system(), invitation(Language::English)).await;
    assert!(matches!(refused, Err(InviteUserFailure::NoMail)), "{refused:?}");
    ask_reset(&books, USERNAME).await;
    assert_eq!(books.app.deliver_mail().await.unwrap(), 0);
}

#[tokio::test]
async fn only_the_program_itself_chooses_a_password_for_somebody() {
    let (books, _) = books().await;
    let tokens = sign_in(&books, USERNAME, PASSWORD).await.unwrap();
    let me = books.app.authenticate(&tokens.access_token, books.app.new_trace()).await.unwrap();
    let refused = books.app.set_password(&me, tokens.user.id, "Walnut-Harbour-9").await;
    let Err(SetPasswordFailure::Refused(Refusal::Forbidden(_))) = refused else {
        panic!("{refused:?}")
    };
    let weak = books.app.set_password(&books.system(), tokens.user.id, "admin").await;
    assert!(matches!(weak, Err(SetPasswordFailure::Password(_))), "{weak:?}");
}

#[tokio::test]
async fn a_default_password_of_an_administrator_is_found() {
    let (books, _) = books().await;
    let [admin] = books.app.acting_admins().await.unwrap().try_into().unwrap();
    assert!(books.app.has_default_password(&admin).await, "documents show this one");
    books.app.set_password(&books.system(), admin.id, "Walnut-Harbour-9").await.unwrap();
    let [admin] = books.app.acting_admins().await.unwrap().try_into().unwrap();
    assert!(!books.app.has_default_password(&admin).await);
    let add = AddUser {
        id: None,
        email: EmailAddress::parse("omar@example.com").unwrap(),
        username: Username::parse("omar").unwrap(),
        password: "Walnut-Harbour-9".to_owned(),
        role: Role::Sales.into(),
        language: Language::English,
    };
    let add = books.app.prepare_user(&books.system(), add).await.unwrap();
    books.app.execute(&books.system(), &add).await.unwrap();
    assert_eq!(books.app.acting_admins().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_stranger_who_asks_for_a_reset_takes_no_invitation_away() {
    let (books, mailbox) = books().await;
    let user = invited(&books).await;
    books.app.deliver_mail().await.unwrap();
    let link = mailbox.take_link();
    ask_reset(&books, "sara").await;
    assert_eq!(books.app.deliver_mail().await.unwrap(), 0);

    let again = books.app.prepare_another_invitation(user.id).unwrap();
    books.app.execute(&books.system(), &again).await.unwrap();
    books.app.deliver_mail().await.unwrap();
    let newer = mailbox.take_link();
    assert!(matches!(follow(&books, &link, "Tulip-Anchor-7").await, Err(FollowLinkFailure::Over)));
    follow(&books, &newer, "Tulip-Anchor-7").await.unwrap();
}

#[tokio::test]
async fn mail_to_an_address_that_was_changed_lets_nobody_in() {
    let (books, mailbox) = books().await;
    let user = invited(&books).await;
    ask_reset(&books, USERNAME).await;
    books.app.deliver_mail().await.unwrap();
    let links: Vec<String> = mailbox
        .take()
        .iter()
        .map(|mail| {
            mail.text.lines().find_map(|line| line.split_once("/password#")).unwrap().1.into()
        })
        .collect();
    let admin = books.app.ask(&books.system(), &ListUsers { page: everybody() }).await.unwrap();
    for (id, version) in admin.items.iter().map(|user| (user.id, user.version)) {
        let email = EmailAddress::parse(&format!("{id}@example.com")).unwrap();
        let change = ChangeUser {
            id,
            expected: version,
            email: Some(email),
            username: None,
            role: None,
            language: None,
        };
        books.app.execute(&books.system(), &change).await.unwrap();
    }
    assert_eq!(links.len(), 2);
    for link in &links {
        let refused = follow(&books, link, "Tulip-Anchor-7").await;
        assert!(matches!(refused, Err(FollowLinkFailure::Over)), "{refused:?}");
    }
    assert_eq!(books.app.deliver_mail().await.unwrap(), 1, "the invitation goes to the new one");
    let [mail] = mailbox.take().try_into().unwrap();
    assert_eq!(mail.to.as_str(), format!("{}@example.com", user.id));
}

#[tokio::test]
async fn an_invited_administrator_is_not_the_one_who_stays() {
    let (books, _) = books().await;
    let invitation = NewInvitation { role: Role::Admin.into(), ..invitation(Language::English) };
    let use_case = books.app.prepare_invitation(&books.system(), invitation).await.unwrap();
    let second = books.app.execute(&books.system(), &use_case).await.unwrap();
    let users = books.app.ask(&books.system(), &ListUsers { page: everybody() }).await.unwrap();
    let first = users.items.iter().find(|user| user.id != second.id).unwrap();

    let last = DisableUser { id: first.id, expected: None };
    let refused = books.app.execute(&books.system(), &last).await;
    assert!(matches!(refused, Err(Refusal::Failed(DisablingError::LastAdmin))), "{refused:?}");
    let invited = DisableUser { id: second.id, expected: None };
    books.app.execute(&books.system(), &invited).await.unwrap();
}

fn everybody() -> PageRequest<UserSort> {
    PageRequest {
        sort: Sort::by(UserSort::Username, Direction::Ascending),
        limit: PageLimit::try_new(10).unwrap(),
        after: None,
        with_total: false,
    }
}

#[tokio::test]
async fn asking_again_and_again_neither_fills_a_mailbox_nor_takes_the_link_away() {
    let (books, mailbox) = books().await;
    ask_reset(&books, USERNAME).await;
    books.app.deliver_mail().await.unwrap();
    let link = mailbox.take_link();

    books.clock.advance(Duration::from_secs(299));
    ask_reset(&books, USERNAME).await;
    assert_eq!(books.app.deliver_mail().await.unwrap(), 0);
    books.clock.advance(Duration::from_secs(1));
    ask_reset(&books, "admin@example.com").await;
    assert_eq!(books.app.deliver_mail().await.unwrap(), 1, "the first may have been lost");

    let refused = follow(&books, &link, "Tulip-Anchor-7").await;
    assert!(matches!(refused, Err(FollowLinkFailure::Over)), "{refused:?}");
    follow(&books, &mailbox.take_link(), "Tulip-Anchor-7").await.unwrap();
}
