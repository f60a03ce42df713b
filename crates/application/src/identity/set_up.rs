//! Setting up: the organisation and its first administrator, once.

use std::time::Duration;

use gaara_identity::{
    HashError, Organization, PasswordHash, Permission, Role, SetupToken, SetupTokenError,
    TokenDigest, User, Username,
};
use gaara_inventory::{NewUnit, Unit, standard_units};
use gaara_kernel::{
    BilingualText, Country, Currency, EmailAddress, Language, PartyDetails, StoreError, TimeZone,
    Version,
};
use gaara_security_policy::PasswordFault;
use thiserror::Error;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{Refusal, failure};
use crate::identity::password::{OwnNames, password_failure};
use crate::invoicing::add_first_series;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// The organisation as it is set up.
#[derive(Debug, Clone)]
pub struct NewOrganization {
    /// The name.
    pub name: BilingualText,
    /// Where it is registered.
    pub country: Country,
    /// The currency of its books.
    pub currency: Currency,
    /// The zone that decides which day it is.
    pub time_zone: TimeZone,
}

/// What somebody with the setup link sends.
#[derive(Clone)]
pub struct SetUpRequest {
    /// The token out of the link; not needed by the program itself.
    pub token: Option<String>,
    /// The administrator's e-mail address.
    pub email: EmailAddress,
    /// The administrator's user name.
    pub username: Username,
    /// The administrator's password.
    pub password: String,
    /// The organisation.
    pub organization: NewOrganization,
}

/// What was set up.
#[derive(Debug, Clone)]
pub struct SetUpOutcome {
    /// The organisation.
    pub organization: Organization,
    /// Its first administrator.
    pub admin: User,
}

/// Why setting up was refused, before or in the transaction.
#[derive(Debug, Error)]
pub enum SetUpFailure {
    /// The password breaks the policy.
    #[error("the password breaks the policy")]
    Password(Vec<PasswordFault>),
    /// The password cannot be hashed now.
    #[error(transparent)]
    Hash(HashError),
    /// The transaction was refused.
    #[error(transparent)]
    Refused(#[from] Refusal<SetUpError>),
}

password_failure!(SetUpFailure);

impl App {
    /// Sets the system up. A wrong token is refused before any time is spent on the password.
    ///
    /// # Errors
    /// Every variant of [`SetUpFailure`]; nothing is written then.
    pub async fn set_up(
        &self,
        actor: &Actor,
        request: SetUpRequest,
    ) -> Result<SetUpOutcome, SetUpFailure> {
        let SetUpRequest { token, email, username, password, organization } = request;
        let presented = token.map(|token| self.ports.digest.digest(token.as_bytes()));
        self.check_set_up(presented.as_ref()).await.map_err(Refusal::Failed)?;
        let company = Some(&organization.name);
        let names = OwnNames { username: &username, email: &email, company };
        let password_hash = self.hash_new_password(&password, &names).await?;
        let use_case = SetUp { presented, email, username, password_hash, organization };
        Ok(self.execute(actor, &use_case).await?)
    }

    async fn check_set_up(&self, presented: Option<&TokenDigest>) -> Result<(), SetUpError> {
        let mut view = self.ports.store.view().await?;
        if view.find_organization().await?.is_some() {
            return Err(SetUpError::Done);
        }
        if let Some(presented) = presented {
            let token = view.find_setup_token().await?.ok_or(SetupTokenError::Wrong)?;
            token.check(presented, self.ports.clock.now())?;
        }
        Ok(())
    }

    /// Whether somebody has set the system up.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn is_set_up(&self) -> Result<bool, StoreError> {
        let mut view = self.ports.store.view().await?;
        Ok(view.find_organization().await?.is_some())
    }

    /// Makes a setup token that replaces any before, unless the system is set up.
    ///
    /// # Errors
    /// [`SetUpError::Done`] and [`SetUpError::Store`].
    pub async fn new_setup_token(&self) -> Result<String, Refusal<SetUpError>> {
        let token = self.secret_token("");
        self.execute(&self.system(), &NewSetupToken { digest: token.digest }).await?;
        Ok(token.text)
    }
}

/// Puts a setup token in place of any before.
#[derive(Debug, Clone)]
pub struct NewSetupToken {
    /// The digest of the token.
    pub digest: TokenDigest,
}

impl UseCase for NewSetupToken {
    type Output = ();
    type Error = SetUpError;
    const PERMISSION: Permission = Permission::MakeSetupToken;

    async fn run(&self, unit: &mut dyn UnitOfWork, context: &Context) -> Result<(), SetUpError> {
        if unit.organization().find().await?.is_some() {
            return Err(SetUpError::Done);
        }
        let token = SetupToken::new(self.digest, context.now());
        Ok(unit.setup().save(&token).await?)
    }

    fn audit(&self, (): &()) -> AuditEntry {
        AuditEntry::about("setup.token_made", "setup")
    }
}

/// Sets the system up, once.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// The digest of the presented token; only the program itself needs none.
    pub presented: Option<TokenDigest>,
    /// The administrator's e-mail address.
    pub email: EmailAddress,
    /// The administrator's user name.
    pub username: Username,
    /// The administrator's password, hashed.
    pub password_hash: PasswordHash,
    /// The organisation.
    pub organization: NewOrganization,
}

/// Why setting up failed.
#[derive(Debug, Error)]
pub enum SetUpError {
    /// Somebody was faster.
    #[error("the system is set up already")]
    Done,
    /// The token is wrong or too old.
    #[error(transparent)]
    Token(#[from] SetupTokenError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(SetUpError);

impl UseCase for SetUp {
    type Output = SetUpOutcome;
    type Error = SetUpError;
    const PERMISSION: Permission = Permission::SetUp;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<SetUpOutcome, SetUpError> {
        let token = unit.setup().lock().await?;
        if unit.organization().find().await?.is_some() {
            return Err(SetUpError::Done);
        }
        self.check_token(token.as_ref(), context)?;
        let organization = self.organization(context);
        let admin = self.admin(context);
        add_organization(unit, &organization).await?;
        unit.users().add(&admin).await?;
        add_first_series(unit, context).await?;
        add_standard_units(unit, context).await?;
        add_signing_key(unit, context).await?;
        unit.setup().remove().await?;
        let event = Event::new("organization.set_up", organization.id, context);
        unit.outbox().add(&event).await?;
        Ok(SetUpOutcome { organization, admin })
    }

    fn audit(&self, output: &SetUpOutcome) -> AuditEntry {
        AuditEntry::new("organization.set_up", output.organization.id)
            .with("admin", &output.admin.id)
            .with("currency", &output.organization.currency)
    }
}

impl SetUp {
    fn check_token(
        &self,
        token: Option<&SetupToken>,
        context: &Context,
    ) -> Result<(), SetupTokenError> {
        match (&self.presented, token) {
            (Some(presented), Some(token)) => token.check(presented, context.now()),
            // Without a token only the program itself may set up: it can reach the store anyway.
            (None, _) if context.actor().is_system() => Ok(()),
            (Some(_), None) | (None, _) => Err(SetupTokenError::Wrong),
        }
    }

    fn organization(&self, context: &Context) -> Organization {
        let NewOrganization { name, country, currency, time_zone } = self.organization.clone();
        Organization {
            id: context.new_id(),
            name,
            country,
            currency,
            tax_id: None,
            details: PartyDetails::default(),
            cash_rounding: None,
            tax_currency: None,
            time_zone,
            locked_through: None,
            created_at: context.now(),
            version: Version::FIRST,
        }
    }

    fn admin(&self, context: &Context) -> User {
        User {
            id: context.new_id(),
            email: self.email.clone(),
            username: self.username.clone(),
            password_hash: self.password_hash.clone(),
            role: Role::Admin.into(),
            language: Language::default(),
            second_factor_since: None,
            disabled: false,
            created_at: context.now(),
            version: Version::FIRST,
        }
    }
}

/// Two who set up at once both see no organisation; the unique key tells the slower one.
async fn add_organization(
    unit: &mut dyn UnitOfWork,
    organization: &Organization,
) -> Result<(), SetUpError> {
    match unit.organization().add(organization).await {
        Err(StoreError::Duplicate { field: "organization" }) => Err(SetUpError::Done),
        result => Ok(result?),
    }
}

/// A key of the organisation's own, whose ninety days begin now.
async fn add_signing_key(unit: &mut dyn UnitOfWork, context: &Context) -> Result<(), StoreError> {
    context.note_changed_lists();
    let schedule = unit.signing_keys().lock().await?;
    unit.signing_keys().add(&schedule.following(context.now(), Duration::ZERO)).await
}

async fn add_standard_units(
    unit: &mut dyn UnitOfWork,
    context: &Context,
) -> Result<(), StoreError> {
    let with_id = |unit: NewUnit| unit.into_unit(context.new_id(), context.now());
    let units: Vec<Unit> = standard_units().into_iter().map(with_id).collect();
    unit.units().add_all(&units).await
}
