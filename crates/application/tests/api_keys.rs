//! Keys of programs on the memory store: never more than their owners, and noted now and then.
#![expect(clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;
use std::time::Duration;

use gaara_application::identity::{
    ApiKeyError, AuthenticateError, ChangeUser, CreateRole, DisableUser, EnableUser, FindApiKey,
    FindMe, MadeApiKey, NewApiKey, RemoveApiKey, SignInRequest,
};
use gaara_application::inventory::ListUnits;
use gaara_application::{Actor, Principal, Refusal};
use gaara_identity::{ApiKey, NotGrantable, Permission, Role, RoleCode};
use gaara_kernel::{Clock, PageLimit, PageRequest, Sort, Version};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, PASSWORD, USERNAME, bilingual};

async fn books() -> Harness {
    Harness::new(Arc::new(MemoryStore::new())).set_up().await
}

async fn admin(books: &Harness) -> Actor {
    let request = SignInRequest {
        login: USERNAME.to_owned(),
        password: PASSWORD.to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    let stranger = Actor::anonymous(books.app.new_trace());
    let tokens = books.app.sign_in(&stranger, &request).await.unwrap();
    books.app.authenticate(&tokens.access_token, books.app.new_trace()).await.unwrap()
}

fn new_key(permissions: &[Permission]) -> NewApiKey {
    let permissions = permissions.to_vec();
    NewApiKey { id: None, name: "Till".to_owned(), permissions, expires_at: None }
}

async fn make(books: &Harness, actor: &Actor, new: NewApiKey) -> MadeApiKey {
    books.app.create_api_key(actor, new).await.unwrap()
}

async fn present(books: &Harness, key: &MadeApiKey) -> Result<Actor, AuthenticateError> {
    books.app.authenticate(&key.text, books.app.new_trace()).await
}

fn units() -> ListUnits {
    let page = PageRequest {
        limit: PageLimit::default(),
        sort: Sort::natural(),
        after: None,
        with_total: false,
    };
    ListUnits { page }
}

#[tokio::test]
async fn a_key_does_what_it_was_made_for_and_nothing_else() {
    let books = books().await;
    let me = admin(&books).await;
    let key = make(&books, &me, new_key(&[Permission::ReadUnits])).await;
    assert!(key.text.starts_with("gak_") && key.text.starts_with(&key.key.prefix));
    assert_eq!(key.key.prefix.len(), ApiKey::SHOWN);

    let program = present(&books, &key).await.unwrap();
    assert!(matches!(program.principal(), Principal::Key { id, .. } if id == key.key.id));
    assert!(books.app.ask(&program, &units()).await.is_ok());
    let denied = books.app.ask(&program, &FindMe).await;
    assert!(matches!(denied, Err(Refusal::Forbidden(Permission::UseOwnAccount))), "{denied:?}");
    let denied = books.app.ask(&program, &FindApiKey { id: key.key.id }).await;
    assert!(matches!(denied, Err(Refusal::Forbidden(_))), "{denied:?}");
}

#[tokio::test]
async fn nobody_makes_a_key_that_may_do_more() {
    let books = books().await;
    let me = admin(&books).await;
    let own = books.app.create_api_key(&me, new_key(&[Permission::UseOwnAccount])).await;
    let Err(Refusal::Failed(ApiKeyError::NotGrantable(NotGrantable(_)))) = own else {
        panic!("{own:?}")
    };
    let now = books.clock.now();
    let over = NewApiKey { expires_at: Some(now), ..new_key(&[Permission::ReadUnits]) };
    let over = books.app.create_api_key(&me, over).await;
    assert!(matches!(over, Err(Refusal::Failed(ApiKeyError::EndIsOver))), "{over:?}");

    let keys_only = [Permission::EditApiKeys, Permission::ReadUnits].into_iter().collect();
    let Principal::User { id, session } = me.principal() else { panic!("{me:?}") };
    let small = Actor::user(id, session, keys_only, books.app.new_trace()).proven_at(now);
    let beyond = books.app.create_api_key(&small, new_key(&[Permission::EditUsers])).await;
    let Err(Refusal::Failed(ApiKeyError::BeyondOwn(Permission::EditUsers))) = beyond else {
        panic!("{beyond:?}")
    };
    make(&books, &small, new_key(&[Permission::ReadUnits])).await;

    let key = make(&books, &me, new_key(&[Permission::EditApiKeys, Permission::EditRoles])).await;
    let program = present(&books, &key).await.unwrap();
    let refused = books.app.create_api_key(&program, new_key(&[])).await;
    assert!(matches!(refused, Err(Refusal::ProofNeeded)), "no key makes another: {refused:?}");
    let role = CreateRole {
        id: None,
        code: RoleCode::parse("cashier").unwrap(),
        name: bilingual("Cashier", "أمين صندوق"),
        permissions: Vec::new(),
    };
    let refused = books.app.execute(&program, &role).await;
    assert!(matches!(refused, Err(Refusal::ProofNeeded)), "{refused:?}");
}

#[tokio::test]
async fn a_key_follows_its_owner() {
    let books = books().await;
    let me = admin(&books).await;
    let key = make(&books, &me, new_key(&[Permission::ReadUsers, Permission::ReadUnits])).await;
    let owner = key.key.owner;
    let second = gaara_application::identity::AddUser {
        id: None,
        email: gaara_kernel::EmailAddress::parse("s@example.com").unwrap(),
        username: gaara_identity::Username::parse("sara").unwrap(),
        password: PASSWORD.to_owned(),
        role: Role::Admin.into(),
        language: gaara_kernel::Language::English,
    };
    let second = books.app.prepare_user(&books.system(), second).await.unwrap();
    books.app.execute(&books.system(), &second).await.unwrap();

    let change = ChangeUser {
        id: owner,
        expected: Version::FIRST,
        email: None,
        username: None,
        role: Some(Role::Sales.into()),
        language: None,
    };
    books.app.execute(&books.system(), &change).await.unwrap();
    let program = present(&books, &key).await.unwrap();
    assert!(!program.permissions().allow(Permission::ReadUsers), "its owner may not any more");
    assert!(program.permissions().allow(Permission::ReadUnits));

    let disable = DisableUser { id: owner, expected: None };
    books.app.execute(&books.system(), &disable).await.unwrap();
    let kept_out = present(&books, &key).await;
    assert!(matches!(kept_out, Err(AuthenticateError::Revoked)), "{kept_out:?}");
    let enable = EnableUser { id: owner, expected: None };
    books.app.execute(&books.system(), &enable).await.unwrap();
    assert!(present(&books, &key).await.is_ok());
}

#[tokio::test]
async fn a_key_ends_by_its_end_and_by_its_removal() {
    let books = books().await;
    let me = admin(&books).await;
    let end = books.clock.now().plus(Duration::from_hours(1));
    let ending = NewApiKey { expires_at: Some(end), ..new_key(&[Permission::ReadUnits]) };
    let ending = make(&books, &me, ending).await;
    let removed = make(&books, &me, new_key(&[Permission::ReadUnits])).await;
    let remove = RemoveApiKey { id: removed.key.id };
    books.app.execute(&me, &remove).await.unwrap();
    let gone = present(&books, &removed).await;
    assert!(matches!(gone, Err(AuthenticateError::Invalid)), "{gone:?}");
    let again = books.app.execute(&me, &remove).await;
    assert!(matches!(again, Err(Refusal::Failed(ApiKeyError::NotFound))), "{again:?}");

    assert!(present(&books, &ending).await.is_ok());
    books.clock.advance(Duration::from_hours(1));
    let over = present(&books, &ending).await;
    assert!(matches!(over, Err(AuthenticateError::Expired)), "{over:?}");
}

#[tokio::test]
async fn its_last_use_is_noted_every_five_minutes_at_most() {
    let books = books().await;
    let me = admin(&books).await;
    let key = make(&books, &me, new_key(&[Permission::ReadUnits])).await;
    let made_at = books.clock.now();
    let mut noted = Vec::new();
    for minutes in [0, 4, 1, 4] {
        books.clock.advance(Duration::from_mins(minutes));
        present(&books, &key).await.unwrap();
        let found = books.app.ask(&books.system(), &FindApiKey { id: key.key.id }).await.unwrap();
        noted.push(found.unwrap().last_used_at.unwrap().since(made_at).as_secs() / 60);
    }
    assert_eq!(noted, [0, 0, 5, 5]);
}
