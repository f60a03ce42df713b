//! What stores promise about roles.

use std::sync::Arc;

use gaara_application::identity::{
    ChangeRole, ChangeUser, ChangeUserError, CreateRole, CreateUser, CreateUserError, DisableUser,
    DisablingError, RemoveRole, RoleError,
};
use gaara_application::{Refusal, Store};
use gaara_identity::{
    AssignableRole, Origin, PasswordHash, Permission, Role, RoleCode, RoleSort, Session, User,
    Username,
};
use gaara_kernel::{
    Direction, EmailAddress, Entropy, Language, PageLimit, PageRequest, Sort, StoreError, Version,
};

use crate::fixtures::bilingual;
use crate::harness::Harness;

fn role_code(text: &str) -> RoleCode {
    RoleCode::parse(text).expect("a code")
}

fn whole(sort: Sort<RoleSort>) -> PageRequest<RoleSort> {
    PageRequest { limit: PageLimit::default(), sort, after: None, with_total: true }
}

fn new_role(code: &str, permissions: &[Permission]) -> CreateRole {
    CreateRole {
        id: None,
        code: role_code(code),
        name: bilingual("Cashier", "أمين صندوق"),
        permissions: permissions.to_vec(),
    }
}

fn new_user(name: &str, role: RoleCode) -> CreateUser {
    CreateUser {
        id: None,
        email: EmailAddress::parse(&format!("{name}@b.sa")).expect("an address"),
        username: Username::parse(name).expect("a user name"),
        password_hash: PasswordHash::new("plain:secret".to_owned()),
        role,
        language: Language::Arabic,
    }
}

/// A fresh store has the built-in roles, as the domain has them.
pub async fn a_fresh_store_has_the_built_in_roles(store: Arc<dyn Store>) {
    let mut view = store.view().await.expect("a view");
    let mut expected = AssignableRole::built_in();
    for role in &expected {
        assert_eq!(view.find_role(role.id).await.expect("a read"), Some(role.clone()));
    }
    expected.sort_by(|a, b| b.code.cmp(&a.code));
    let page = whole(Sort::by(RoleSort::Code, Direction::Descending));
    let listed = view.list_roles(&page).await.expect("a list");
    assert_eq!((listed.items, listed.total), (expected, Some(5)));
}

/// A role is read back with what it allows, also after a change, and counts for a live session
/// from then on.
pub async fn what_a_role_allows_counts_at_the_next_request(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let (app, actor) = (&books.app, books.system());
    let before = [Permission::ReadStock, Permission::PostStock];
    let role = app.execute(&actor, &new_role("cashier", &before)).await.expect("a role");
    let user = new_user("sara", role.code.clone());
    let user = app.execute(&actor, &user).await.expect("a user");
    let now = gaara_kernel::Clock::now(&*books.clock);
    let entropy: &dyn Entropy = &*books.entropy;
    let session = Session::open(entropy.new_id(now), user.id, now);
    let mut unit = store.begin().await.expect("a transaction");
    unit.sessions().add(&session, &Origin::default()).await.expect("a session");
    unit.commit().await.expect("a commit");

    let mut view = store.view().await.expect("a view");
    assert_eq!(view.find_role(role.id).await.expect("a read"), Some(role.clone()));
    let found = view.find_signed_in(session.id).await.expect("a read").expect("a session");
    assert_eq!((found.user, found.permissions), (user, role.permissions.clone()));
    drop(view);

    let change = ChangeRole {
        id: role.id,
        expected: role.version,
        name: bilingual("Clerk", "كاتب"),
        permissions: vec![Permission::ReadInvoices],
    };
    let (_, after) = app.execute(&actor, &change).await.expect("a change");
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.find_role(role.id).await.expect("a read"), Some(after.clone()));
    let page = whole(Sort::by(RoleSort::CreatedAt, Direction::Ascending));
    assert_eq!(view.list_roles(&page).await.expect("a list").items.last(), Some(&after));
    let found = view.find_signed_in(session.id).await.expect("a read").expect("a session");
    assert_eq!(found.permissions, after.permissions);
}

/// A role that somebody has is not removed, and one that is gone is given to nobody.
pub async fn a_role_in_use_is_not_removed(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let (app, actor) = (&books.app, books.system());
    let role = app.execute(&actor, &new_role("cashier", &[])).await.expect("a role");
    let taken = app.execute(&actor, &new_role("cashier", &[])).await;
    let Err(Refusal::Failed(RoleError::Store(StoreError::Duplicate { field }))) = taken else {
        panic!("{taken:?}")
    };
    assert_eq!(field, "role.code");
    let user = app.execute(&actor, &new_user("sara", role.code.clone())).await.expect("a user");
    let remove = RemoveRole { id: role.id, expected: role.version };
    let refused = app.execute(&actor, &remove).await;
    assert!(matches!(refused, Err(Refusal::Failed(RoleError::InUse))), "{refused:?}");

    let change = ChangeUser {
        id: user.id,
        expected: user.version,
        email: None,
        username: None,
        role: Some(Role::Sales.into()),
        language: None,
    };
    app.execute(&actor, &change).await.expect("another role");
    app.execute(&actor, &remove).await.expect("nobody has it");
    let gone = app.execute(&actor, &new_user("omar", role.code)).await;
    assert!(matches!(gone, Err(Refusal::Failed(CreateUserError::UnknownRole))), "{gone:?}");
}

/// While a role is being given, it is not removed: of both at once, one is refused.
pub async fn giving_and_removing_a_role_at_once_leaves_nobody_without_one(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    for round in 0..8 {
        let (app, actor) = (&books.app, books.system());
        let new = new_role(&format!("role_{round}"), &[]);
        let role = app.execute(&actor, &new).await.expect("a role");
        let (given, removed) = {
            let (books, code) = (books.clone(), role.code.clone());
            let give = tokio::spawn(async move {
                let user = new_user(&format!("user{round}"), code);
                books.app.execute(&books.system(), &user).await.is_ok()
            });
            let (app, id) = (Arc::clone(app), role.id);
            let remove = tokio::spawn(async move {
                let remove = RemoveRole { id, expected: Version::FIRST };
                app.execute(&app.system(), &remove).await.is_ok()
            });
            (give.await.expect("it ends"), remove.await.expect("it ends"))
        };
        assert!(given != removed, "given: {given}, removed: {removed}");
    }
}

fn disable(user: &User) -> DisableUser {
    DisableUser { id: user.id, expected: None }
}

/// Of two administrators who keep each other out at once, one stays.
pub async fn the_last_administrator_stays(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let actor = books.system();
    let user = new_user("sara", Role::Admin.into());
    let second = books.app.execute(&actor, &user).await.expect("a second administrator");
    let mut view = store.view().await.expect("a view");
    let first = view.find_login(crate::USERNAME).await.expect("a read").expect("the first");
    drop(view);
    let both = [first, second].map(|user| {
        let books = books.clone();
        tokio::spawn(async move { books.app.execute(&books.system(), &disable(&user)).await })
    });
    let mut kept_out = Vec::new();
    for task in both {
        match task.await.expect("it ends") {
            Ok(user) => kept_out.push(user),
            Err(Refusal::Failed(DisablingError::LastAdmin)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(kept_out.len(), 1);

    let mut unit = store.begin().await.expect("a transaction");
    let admins = unit.users().lock_admins().await.expect("a read");
    let [stays] = admins.as_slice() else { panic!("one stays: {admins:?}") };
    let stays = unit.users().find(*stays).await.expect("a read").expect("an administrator");
    unit.rollback().await.expect("a rollback");
    let change = ChangeUser {
        id: stays.id,
        expected: stays.version,
        email: None,
        username: None,
        role: Some(Role::Sales.into()),
        language: None,
    };
    let refused = books.app.execute(&actor, &change).await;
    assert!(matches!(refused, Err(Refusal::Failed(ChangeUserError::LastAdmin))), "{refused:?}");
}
