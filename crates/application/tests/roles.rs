//! Roles and the people who have them, on the memory store: nobody gives what they do not hold.
#![expect(clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;

use gaara_application::identity::{
    AddUser, ChangeRole, ChangeUser, ChangeUserError, CreateRole, CreateUserError, DisableUser,
    DisablingError, EnableUser, RemoveRole, RoleError, SignInRequest,
};
use gaara_application::{Actor, Refusal};
use gaara_identity::{AssignableRole, Permission, Role, RoleCode, User, Username};
use gaara_kernel::{BilingualText, EmailAddress, Language};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, PASSWORD};

async fn books() -> Harness {
    Harness::new(Arc::new(MemoryStore::new())).set_up().await
}

fn new_role(code: &str, permissions: &[Permission]) -> CreateRole {
    CreateRole {
        id: None,
        code: RoleCode::parse(code).unwrap(),
        name: BilingualText::try_new(Some("دور"), Some("Role")).unwrap(),
        permissions: permissions.to_vec(),
    }
}

async fn role(books: &Harness, code: &str, permissions: &[Permission]) -> AssignableRole {
    books.app.execute(&books.system(), &new_role(code, permissions)).await.unwrap()
}

async fn try_user(
    books: &Harness,
    actor: &Actor,
    name: &str,
    role: RoleCode,
) -> Result<User, Refusal<CreateUserError>> {
    let request = AddUser {
        id: None,
        email: EmailAddress::parse(&format!("{name}@example.com")).unwrap(),
        username: Username::parse(name).unwrap(),
        password: PASSWORD.to_owned(),
        role,
        language: Language::English,
    };
    let use_case = books.app.prepare_user(actor, request).await.unwrap();
    books.app.execute(actor, &use_case).await
}

async fn user(books: &Harness, name: &str, role: RoleCode) -> User {
    try_user(books, &books.system(), name, role).await.unwrap()
}

async fn sign_in(books: &Harness, name: &str) -> Actor {
    let request = SignInRequest {
        login: name.to_owned(),
        password: PASSWORD.to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    let stranger = Actor::anonymous(books.app.new_trace());
    let tokens = books.app.sign_in(&stranger, &request).await.unwrap();
    books.app.authenticate(&tokens.access_token, books.app.new_trace()).await.unwrap()
}

fn change(user: &User, role: Role) -> ChangeUser {
    ChangeUser {
        id: user.id,
        expected: user.version,
        email: None,
        username: None,
        role: Some(role.into()),
        language: None,
    }
}

#[tokio::test]
async fn nobody_gives_what_they_do_not_hold() {
    let books = books().await;
    let people = [Permission::EditUsers, Permission::ReadUsers, Permission::EditRoles];
    role(&books, "personnel", &people).await;
    let admin_role = AssignableRole::built_in().remove(0);
    let sara = user(&books, "sara", RoleCode::parse("personnel").unwrap()).await;
    let boss = user(&books, "boss", Role::Admin.into()).await;
    let actor = sign_in(&books, "sara").await;
    let app = &books.app;

    let more = try_user(&books, &actor, "eve", Role::Sales.into()).await;
    assert!(matches!(more, Err(Refusal::Failed(CreateUserError::BeyondOwn(_)))), "{more:?}");
    let own = app.execute(&actor, &change(&sara, Role::Admin)).await;
    assert!(matches!(own, Err(Refusal::Failed(ChangeUserError::BeyondOwn(_)))), "{own:?}");
    let boss_out = app.execute(&actor, &DisableUser { id: boss.id, expected: None }).await;
    assert!(matches!(boss_out, Err(Refusal::Failed(DisablingError::BeyondOwn(_)))));
    let wider = app.execute(&actor, &new_role("wide", &[Permission::PostPayments])).await;
    let Err(Refusal::Failed(RoleError::BeyondOwn(permission))) = wider else { panic!("{wider:?}") };
    assert_eq!(permission, Permission::PostPayments);
    let strange = app.execute(&books.system(), &new_role("strange", &[Permission::SetUp])).await;
    assert!(matches!(strange, Err(Refusal::Failed(RoleError::NotGrantable(_)))));
    let remove = RemoveRole { id: admin_role.id, expected: admin_role.version };
    let built_in = app.execute(&books.system(), &remove).await;
    assert!(matches!(built_in, Err(Refusal::Failed(RoleError::BuiltIn))), "{built_in:?}");

    let less = app.execute(&actor, &new_role("reader", &[Permission::ReadUsers])).await.unwrap();
    try_user(&books, &actor, "omar", less.code).await.unwrap();
}

#[tokio::test]
async fn what_a_role_loses_is_lost_at_the_next_request() {
    let books = books().await;
    let cashier = role(&books, "cashier", &[Permission::PostPayments]).await;
    user(&books, "sara", cashier.code.clone()).await;
    assert!(sign_in(&books, "sara").await.permissions().allow(Permission::PostPayments));

    let change = ChangeRole {
        id: cashier.id,
        expected: cashier.version,
        name: cashier.name.clone(),
        permissions: Vec::new(),
    };
    books.app.execute(&books.system(), &change).await.unwrap();
    let stale = books.app.execute(&books.system(), &change).await;
    assert!(matches!(stale, Err(Refusal::Failed(RoleError::Stale { .. }))), "{stale:?}");

    let actor = sign_in(&books, "sara").await;
    assert!(!actor.permissions().allow(Permission::PostPayments));
    assert!(actor.permissions().allow(Permission::UseOwnAccount));
}

#[tokio::test]
async fn who_is_kept_out_is_out_at_once_until_let_in() {
    let books = books().await;
    let sara = user(&books, "sara", Role::Sales.into()).await;
    let request = SignInRequest {
        login: "sara".to_owned(),
        password: PASSWORD.to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    let stranger = Actor::anonymous(books.app.new_trace());
    let tokens = books.app.sign_in(&stranger, &request).await.unwrap();
    let (app, system) = (&books.app, books.system());

    let disable = DisableUser { id: sara.id, expected: None };
    app.execute(&system, &disable).await.unwrap();
    let again = app.execute(&system, &disable).await;
    assert!(matches!(again, Err(Refusal::Failed(DisablingError::Disabled))), "{again:?}");
    app.authenticate(&tokens.access_token, app.new_trace()).await.unwrap_err();
    app.sign_in(&stranger, &request).await.unwrap_err();
    app.refresh(&stranger, &tokens.refresh_token, "192.0.2.1").await.unwrap_err();

    app.execute(&system, &EnableUser { id: sara.id, expected: None }).await.unwrap();
    app.authenticate(&tokens.access_token, app.new_trace()).await.expect_err("it ended for good");
    app.sign_in(&stranger, &request).await.unwrap();
}
