//! What changes between the check of a password and the opening of its session.
#![expect(clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use gaara_application::identity::{SignInError, SignInRequest};
use gaara_application::{Actor, Ports, Store};
use gaara_identity::{HashError, PasswordHash, PasswordHasher};
use gaara_kernel::{Clock, Timestamp};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, PASSWORD, PlainHasher, USERNAME};

/// Checks a password, and lets somebody change it right then.
struct Interrupted {
    store: Arc<dyn Store>,
    changes: AtomicBool,
}

#[async_trait]
impl PasswordHasher for Interrupted {
    async fn hash(&self, password: &str) -> Result<PasswordHash, HashError> {
        PlainHasher.hash(password).await
    }

    async fn verify(&self, password: &str, hash: Option<&PasswordHash>) -> Result<bool, HashError> {
        let matches = PlainHasher.verify(password, hash).await;
        if self.changes.load(Ordering::SeqCst) {
            let mut view = self.store.view().await.unwrap();
            let mut user = view.find_login(USERNAME).await.unwrap().unwrap();
            drop(view);
            let new = PasswordHash::new("plain:Tulip-Anchor-7".to_owned());
            let _ = user.change_password(new, Timestamp::from_millis(0));
            let mut unit = self.store.begin().await.unwrap();
            unit.users().save(&user).await.unwrap();
            unit.commit().await.unwrap();
        }
        matches
    }

    fn is_outdated(&self, hash: &PasswordHash) -> bool {
        PlainHasher.is_outdated(hash)
    }
}

#[tokio::test]
async fn a_password_that_was_changed_meanwhile_opens_no_session() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let hasher = Arc::new(Interrupted { store: store.clone(), changes: AtomicBool::new(false) });
    let checks = hasher.clone();
    let books = Harness::with_ports(store, |ports| Ports { hasher, ..ports }).set_up().await;
    let sign_in = async || {
        let request = SignInRequest {
            login: USERNAME.to_owned(),
            password: PASSWORD.to_owned(),
            address: "192.0.2.1".to_owned(),
            user_agent: String::new(),
        };
        books.app.sign_in(&Actor::anonymous(books.app.new_trace()), &request).await
    };
    assert!(sign_in().await.is_ok(), "at {}", books.clock.now());

    checks.changes.store(true, Ordering::SeqCst);
    let refused = sign_in().await;
    assert!(matches!(refused, Err(SignInError::InvalidCredentials)), "{refused:?}");
}
