//! Changing the organisation: its name, and how far its books are closed.

use gaara_identity::{Organization, Permission};
use gaara_kernel::{Date, StoreError, TextError, Version};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::inventory::NameChange;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given of the organisation and keeps the rest.
#[derive(Debug, Clone)]
pub struct ChangeOrganization {
    /// The version the change was made on.
    pub expected: Version,
    /// What changes of the name.
    pub name: NameChange,
    /// The last day of the closed period; `Some(None)` opens every period.
    pub locked_through: Option<Option<Date>>,
}

/// Why the organisation was not changed.
#[derive(Debug, Error)]
pub enum ChangeOrganizationError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// Somebody changed it meanwhile.
    #[error("the organisation is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The name would be no name.
    #[error("the name: {0}")]
    Name(#[from] TextError),
    /// Only days that are over can be closed.
    #[error("today is {today}")]
    LockTooLate {
        /// The business date of today.
        today: Date,
    },
    /// A closed period would be opened by somebody who may not.
    #[error("the books are closed through {locked_through}")]
    LockBackward {
        /// The last day of the closed period.
        locked_through: Date,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeOrganizationError);

impl UseCase for ChangeOrganization {
    /// The organisation before and after.
    type Output = (Organization, Organization);
    type Error = ChangeOrganizationError;
    const PERMISSION: Permission = Permission::EditOrganization;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeOrganizationError> {
        let before = unit.organization().lock().await?;
        let before = before.ok_or(ChangeOrganizationError::NotSetUp)?;
        if before.version != self.expected {
            return Err(ChangeOrganizationError::Stale { current: before.version });
        }
        let after = self.apply(&before, context)?;
        unit.organization().save(&after).await?;
        let event = Event::new("organization.changed", after.id, context);
        unit.outbox().add(&event).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
        let locked = (date(before.locked_through), date(after.locked_through));
        AuditEntry::new("organization.changed", after.id)
            .with_change("name.ar", &text(before.name.ar()), &text(after.name.ar()))
            .with_change("name.en", &text(before.name.en()), &text(after.name.en()))
            .with_change("locked_through", &locked.0, &locked.1)
    }
}

impl ChangeOrganization {
    fn apply(
        &self,
        before: &Organization,
        context: &Context,
    ) -> Result<Organization, ChangeOrganizationError> {
        let NameChange { ar, en } = &self.name;
        let (ar, en) = (ar.as_ref().map(Option::as_deref), en.as_ref().map(Option::as_deref));
        let name = before.name.merged(ar, en)?;
        let locked_through = match self.locked_through {
            Some(wished) => check_lock(before, wished, context)?,
            None => before.locked_through,
        };
        let version = before.version.next();
        Ok(Organization { name, locked_through, version, ..before.clone() })
    }
}

/// A period closes forward; it opens again only for who may do that.
fn check_lock(
    before: &Organization,
    wished: Option<Date>,
    context: &Context,
) -> Result<Option<Date>, ChangeOrganizationError> {
    let today = before.date_at(context.now());
    if wished.is_some_and(|date| date >= today) {
        return Err(ChangeOrganizationError::LockTooLate { today });
    }
    let may_reopen = context.actor().permissions().allow(Permission::ReopenPeriods);
    match before.locked_through {
        Some(locked_through) if wished < Some(locked_through) && !may_reopen => {
            Err(ChangeOrganizationError::LockBackward { locked_through })
        }
        _ => Ok(wished),
    }
}
