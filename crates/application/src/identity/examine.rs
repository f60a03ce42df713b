//! Looking for administrators whom everybody could be.

use gaara_identity::{PasswordHash, User, UserSort};
use gaara_kernel::{Direction, PageLimit, PageRequest, Sort, StoreError};

use crate::app::App;

/// Passwords that programs are shipped with, and that documents show.
const DEFAULTS: [&str; 14] = [
    "admin",
    "administrator",
    "admin123",
    "password",
    "passw0rd",
    "P@ssw0rd",
    "changeme",
    "secret",
    "gaara",
    "123456",
    "12345678",
    "Admin@123456",
    "Password1234!",
    "Correct-Horse-7",
];

impl App {
    /// The administrators who may sign in.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn acting_admins(&self) -> Result<Vec<User>, StoreError> {
        let mut view = self.ports.store.view().await?;
        let mut admins = Vec::new();
        let mut after = None;
        loop {
            let sort = Sort::by(UserSort::Username, Direction::Ascending);
            let page = PageRequest { limit: PageLimit::default(), sort, after, with_total: false };
            let users = view.list_users(&page).await?;
            admins.extend(users.items.into_iter().filter(User::is_acting_admin));
            after = users.next;
            if after.is_none() {
                return Ok(admins);
            }
        }
    }

    /// Whether a user signs in with a password that everybody knows, or with the own name.
    pub async fn has_default_password(&self, user: &User) -> bool {
        let own = [user.username.as_str(), user.email.as_str()];
        for candidate in DEFAULTS.into_iter().chain(own) {
            if self.is_password(&user.password_hash, candidate).await {
                return true;
            }
        }
        false
    }

    async fn is_password(&self, hash: &PasswordHash, candidate: &str) -> bool {
        let Some(form) = self.password_form(candidate) else { return false };
        // A hash that cannot be checked lets nobody in either.
        self.ports.hasher.verify(&form, Some(hash)).await.unwrap_or(false)
    }
}
