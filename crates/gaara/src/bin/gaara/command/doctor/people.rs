//! Who may do everything, and with which password.

use gaara::Gaara;
use gaara::identity::User;
use gaara::kernel::StoreError;

use super::Check;

/// Checks who has set the system up, and those who may do everything.
pub(super) async fn check(gaara: &Gaara) -> Result<Vec<Check>, StoreError> {
    let not_yet =
        [String::from("nobody has set the system up; gaara admin setup-link lets you in")];
    if !gaara.is_set_up().await? {
        return Ok(vec![Check::advice("setup", &not_yet, "")]);
    }
    let admins = gaara.acting_admins().await?;
    let nobody = ["no administrator may sign in; see gaara admin unlock".to_owned()];
    let found: &[String] = if admins.is_empty() { &nobody } else { &[] };
    let names = |users: &[&User]| {
        users.iter().map(|user| user.username.as_str().to_owned()).collect::<Vec<_>>()
    };
    let mut defaults = Vec::new();
    for admin in &admins {
        if gaara.has_default_password(admin).await {
            defaults
                .push(format!("{} has a password that everybody knows", admin.username.as_str()));
        }
    }
    let without: Vec<&User> =
        admins.iter().filter(|user| user.second_factor_since.is_none()).collect();
    let without: Vec<String> = names(&without)
        .into_iter()
        .map(|name| format!("{name} signs in without a second factor"))
        .collect();
    Ok(vec![
        Check::of("administrators", found, "somebody can see to everything"),
        Check::of("passwords", &defaults, "no administrator has a default password"),
        Check::advice("second_factors", &without, "every administrator has one"),
    ])
}
