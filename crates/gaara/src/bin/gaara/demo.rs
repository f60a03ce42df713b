//! A made-up company to look at: seeded through the use cases, gone at the end.

mod catalogue;
mod clock;
mod dice;
mod people;
mod sales;

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use gaara::application::Refusal;
use gaara::application::identity::{NewOrganization, SetUpRequest};
use gaara::identity::Username;
use gaara::kernel::{
    BilingualText, Clock, Code, Country, Currency, EmailAddress, Entropy, TimeZone,
};
use gaara::security_policy::PasswordPolicy;
use gaara::{Gaara, SqlConfig};
use gaara_crypto::{SystemClock, SystemEntropy};
use tempfile::TempDir;

use crate::failure::Failure;
use crate::output;
use clock::SteppedClock;

/// The administrator's user name, and the part of the address before the `@`.
const LOGIN: &str = "admin";
/// How far back the books begin.
const DAYS: u32 = 150;

/// A directory that is removed with this value.
pub(crate) struct Demo(TempDir);

impl Demo {
    pub(crate) fn new() -> Result<Self, Failure> {
        Ok(Self(tempfile::Builder::new().prefix("gaara-demo-").tempdir()?))
    }

    /// Where the demonstration keeps its books.
    pub(crate) fn data_dir(&self) -> String {
        self.0.path().join("data").display().to_string()
    }
}

/// Writes the books of the last months and prints how to get in.
pub(crate) async fn seed(sql: &SqlConfig, data_dir: &Path, origin: &str) -> Result<(), Failure> {
    let clock = Arc::new(SteppedClock::days_before(SystemClock.now(), DAYS));
    let gaara = Gaara::builder().sql(sql.clone()).data_dir(data_dir).clock(clock.clone());
    let gaara = gaara.build().await?;
    let password = password()?;
    good(gaara.set_up(&gaara.system(), company(password.clone())?).await)?;
    let stock = catalogue::add(&gaara).await?;
    let customers = people::add(&gaara).await?;
    sales::play(&gaara, &clock, &stock, &customers).await?;
    gaara.close().await?;
    output::line(&format!("login: {LOGIN}"))?;
    output::line(&format!("password: {password}"))?;
    Ok(output::line(&format!("try it at {origin}/api/docs"))?)
}

fn company(password: String) -> Result<SetUpRequest, Failure> {
    Ok(SetUpRequest {
        token: None,
        email: good(EmailAddress::parse(&format!("{LOGIN}@example.com")))?,
        username: good(Username::parse(LOGIN))?,
        password,
        organization: NewOrganization {
            name: both("Najd Building Supplies", "نجد لمواد البناء")?,
            country: country()?,
            currency: riyal()?,
            time_zone: good(TimeZone::parse("Asia/Riyadh"))?,
        },
    })
}

/// A password that nobody can guess and everybody can type: five groups of five.
fn password() -> Result<String, Failure> {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let entropy: &dyn Entropy = &SystemEntropy;
    let sign = |byte: u8| SIGNS.get(usize::from(byte & 31)).copied().map_or('a', char::from);
    let group = |bytes: &[u8]| bytes.iter().copied().map(sign).collect::<String>();
    let draw = || entropy.token_bytes().chunks_exact(5).take(5).map(group).collect::<Vec<_>>();
    let is_good = |text: &String| PasswordPolicy::default().faults(text, &[LOGIN]).is_empty();
    // One draw in three thousand has no digit.
    let mut drawn = (0..100).map(|_| draw().join("-"));
    drawn.find(is_good).ok_or_else(|| Failure::Other("no password could be drawn".to_owned()))
}

fn good<T, E: Error>(result: Result<T, E>) -> Result<T, Failure> {
    result.map_err(|error| Failure::other(&error))
}

fn done<T, E: Error + 'static>(result: Result<T, Refusal<E>>) -> Result<T, Failure> {
    good(result)
}

fn both(en: &str, ar: &str) -> Result<BilingualText, Failure> {
    good(BilingualText::try_new(Some(ar), Some(en)))
}

fn code(text: &str) -> Result<Code, Failure> {
    good(Code::parse(text))
}

fn riyal() -> Result<Currency, Failure> {
    good(Currency::parse("SAR"))
}

fn country() -> Result<Country, Failure> {
    good(Country::parse("SA"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_meets_the_policy_and_is_not_drawn_twice() {
        let first = password().unwrap();

        assert_eq!(first.len(), 29);
        assert_eq!(PasswordPolicy::default().faults(&first, &[LOGIN]), []);
        assert_ne!(password().unwrap(), first);
    }
}
