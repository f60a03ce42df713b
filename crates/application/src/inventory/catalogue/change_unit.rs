//! Changing units.

use gaara_identity::Permission;
use gaara_inventory::{Decimals, Unit, UnitBase};
use gaara_kernel::{StoreError, TextError, UnitId, Version};
use thiserror::Error;

use super::create_unit::{BaseError, check_base};
use super::name_change::{NameChange, audit_name};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given and keeps the rest; the code never changes.
#[derive(Debug, Clone)]
pub struct ChangeUnit {
    /// Which unit.
    pub id: UnitId,
    /// The version the change was made on.
    pub expected: Version,
    /// What changes of the name.
    pub name: NameChange,
    /// How finely it is counted from now on; no coarser once it is used.
    pub decimals: Option<Decimals>,
    /// What one is in its base unit, which stays as it is once the unit is used; `Some(None)`
    /// makes it stand for itself.
    pub base: Option<Option<UnitBase>>,
}

/// Why a unit was not changed.
#[derive(Debug, Error)]
pub enum ChangeUnitError {
    /// There is no such unit.
    #[error("there is no such unit")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the unit is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The name would be no name.
    #[error("the name: {0}")]
    Name(#[from] TextError),
    /// No unit has the base's code.
    #[error("there is no such base unit")]
    UnknownBase,
    /// The base is the unit itself, or is told in another unit.
    #[error("the base is told in another unit itself")]
    BaseChained,
    /// Something is told in the unit, so its factor stays.
    #[error("the unit is used: its base stays")]
    BaseInUse,
    /// Something is counted in the unit, so it gets no coarser.
    #[error("the unit is used: its decimals do not shrink")]
    DecimalsInUse,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeUnitError);

impl From<BaseError> for ChangeUnitError {
    fn from(error: BaseError) -> Self {
        match error {
            BaseError::Unknown => Self::UnknownBase,
            BaseError::Chained => Self::BaseChained,
            BaseError::Store(error) => Self::Store(error),
        }
    }
}

impl UseCase for ChangeUnit {
    /// The unit before and after.
    type Output = (Unit, Unit);
    type Error = ChangeUnitError;
    const PERMISSION: Permission = Permission::EditUnits;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeUnitError> {
        let before = unit.units().lock(self.id).await?.ok_or(ChangeUnitError::NotFound)?;
        if before.version != self.expected {
            return Err(ChangeUnitError::Stale { current: before.version });
        }
        let after = self.apply(&before, context)?;
        let (moves, shrinks) = (after.base != before.base, after.decimals < before.decimals);
        if (moves || shrinks) && unit.units().is_used(&before.code).await? {
            return Err(if moves {
                ChangeUnitError::BaseInUse
            } else {
                ChangeUnitError::DecimalsInUse
            });
        }
        if moves {
            check_base(unit, &after.code, after.base.as_ref()).await?;
        }
        unit.units().save(&after).await?;
        let event = Event::new("unit.changed", after.id, context).with("code", &after.code);
        unit.outbox().add(&event).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let entry = AuditEntry::new("unit.changed", after.id);
        audit_name(entry, &before.name, &after.name)
            .with_change("decimals", &before.decimals.digits(), &after.decimals.digits())
            .with_change("base", &told(before), &told(after))
    }
}

/// `12/1 EA`: what one is in its base unit.
fn told(unit: &Unit) -> String {
    let Some(UnitBase { code, factor }) = &unit.base else { return String::new() };
    format!("{}/{} {code}", factor.numerator(), factor.denominator())
}

impl ChangeUnit {
    fn apply(&self, before: &Unit, context: &Context) -> Result<Unit, TextError> {
        Ok(Unit {
            name: self.name.apply(&before.name)?,
            decimals: self.decimals.unwrap_or(before.decimals),
            base: self.base.clone().unwrap_or_else(|| before.base.clone()),
            updated_at: context.now(),
            version: before.version.next(),
            ..before.clone()
        })
    }
}
