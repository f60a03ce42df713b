//! Devices that somebody has signed in on before (OWASP, device cookies).
//!
//! Whoever guesses passwords uses up the tries of a name and of an address. A device that the name
//! was right on before has tries of its own, so that guessers cannot keep its owner out.

use gaara_identity::User;
use gaara_kernel::UserId;
use gaara_security_policy::ThrottleRule;

use crate::app::App;
use crate::identity::tokens::hex;
use crate::identity::tries::{Try, TryError};

/// A device that is known for a name.
pub(crate) struct Device {
    /// What its tries are counted by.
    number: String,
    /// What the device keeps to be known by.
    pub(crate) text: String,
}

/// The counted tries of one sign-in.
pub(crate) struct CountedSignIn {
    /// Whoever is meant.
    pub(crate) of_address: Vec<Try>,
    /// Of the name, or of the device that is known for it.
    pub(crate) of_name: Vec<Try>,
}

impl App {
    /// A short name for a login that tells nothing about it. It is made of what was typed, whether
    /// or not anybody has that name, so that counting does not tell either.
    pub(crate) fn login_name(&self, login: &str) -> String {
        let login = login.trim().to_lowercase();
        hex(&self.ports.keyed_digest.keyed_digest("login", login.as_bytes()))
    }

    /// A device that nobody has seen before.
    pub(crate) fn new_device(&self, name: &str) -> Device {
        let mut number = [0; 16];
        self.ports.entropy.fill(&mut number);
        self.device(name, hex(&number))
    }

    fn device(&self, name: &str, number: String) -> Device {
        let bytes = format!("{name}:{number}");
        let proof = hex(&self.ports.keyed_digest.keyed_digest("device", bytes.as_bytes()));
        let text = format!("{number}.{proof}");
        Device { number, text }
    }

    /// The device, if this is what it was given for this name.
    pub(crate) fn known_device(&self, name: &str, text: &str) -> Option<Device> {
        let (number, _) = text.split_once('.')?;
        let fits = number.len() == 32 && number.bytes().all(|byte| byte.is_ascii_hexdigit());
        let device = fits.then(|| self.device(name, number.to_owned()))?;
        is_same(device.text.as_bytes(), text.as_bytes()).then_some(device)
    }

    /// What tries of a user are counted by, wherever they come from.
    pub(crate) fn counted_for(&self, user: &User) -> Vec<String> {
        let logins = [user.username.as_str(), user.email.as_str()];
        let names = logins.map(|login| key_of_name(&self.login_name(login)));
        let own = [key_of_code(user.id), key_of_password(user.id)];
        names.into_iter().chain(own).collect()
    }

    /// Counts a try to sign in: for a known device alone, else for the address, for the name from
    /// that address, and for the name from anywhere.
    pub(crate) async fn count_sign_in(
        &self,
        name: &str,
        address: &str,
        device: Option<&Device>,
    ) -> Result<CountedSignIn, TryError> {
        if let Some(Device { number, .. }) = device {
            let key = format!("device:{number}");
            let of_name = vec![self.count_try(key, ThrottleRule::SIGN_IN).await?];
            return Ok(CountedSignIn { of_address: Vec::new(), of_name });
        }
        let from = self.count_address(address).await?;
        let key = format!("sign_in:{name}:{address}");
        let here = self.count_try(key, ThrottleRule::SIGN_IN).await?;
        let anywhere = self.count_try(key_of_name(name), ThrottleRule::FOR_NAME).await?;
        Ok(CountedSignIn { of_address: vec![from], of_name: vec![here, anywhere] })
    }
}

fn key_of_name(name: &str) -> String {
    format!("name:{name}")
}

/// What tries to show a second factor are counted by.
pub(crate) fn key_of_code(user: UserId) -> String {
    format!("second_factor:{user}")
}

/// What tries to show the password again are counted by.
pub(crate) fn key_of_password(user: UserId) -> String {
    format!("password:{user}")
}

/// Compares in a time that tells nothing about where two texts differ.
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    let differing = one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_equal_texts_are_the_same() {
        assert!(is_same(b"", b"") && is_same(b"abc", b"abc"));
        for (one, other) in [("abc", "abd"), ("abc", "ab"), ("", "a"), ("bbc", "abc")] {
            assert!(!is_same(one.as_bytes(), other.as_bytes()), "{one} {other}");
        }
    }
}
