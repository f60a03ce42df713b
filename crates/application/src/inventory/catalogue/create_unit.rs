//! Adding units.

use gaara_identity::Permission;
use gaara_inventory::{Decimals, NewUnit, Unit, UnitBase};
use gaara_kernel::{BilingualText, Code, StoreError, UnitId};
use thiserror::Error;

use super::name_change::shown;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Adds a unit.
#[derive(Debug, Clone)]
pub struct CreateUnit {
    /// The id a client chose.
    pub id: Option<UnitId>,
    /// The code products and documents name it by.
    pub code: Code,
    /// The name.
    pub name: BilingualText,
    /// How finely it is counted.
    pub decimals: Decimals,
    /// What one is in its base unit.
    pub base: Option<UnitBase>,
}

/// Why a unit was not added.
#[derive(Debug, Error)]
pub enum CreateUnitError {
    /// No unit has the base's code.
    #[error("there is no such base unit")]
    UnknownBase,
    /// The base is told in another unit itself.
    #[error("the base is told in another unit itself")]
    BaseChained,
    /// The store failed; [`StoreError::Duplicate`] names a taken code.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreateUnitError);

/// Why a base cannot be one.
pub(super) enum BaseError {
    Unknown,
    Chained,
    Store(StoreError),
}

impl From<StoreError> for BaseError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<BaseError> for CreateUnitError {
    fn from(error: BaseError) -> Self {
        match error {
            BaseError::Unknown => Self::UnknownBase,
            BaseError::Chained => Self::BaseChained,
            BaseError::Store(error) => Self::Store(error),
        }
    }
}

/// Checks that a base exists and stands for itself, and holds it so that it stays so.
pub(super) async fn check_base(
    unit: &mut dyn UnitOfWork,
    own: &Code,
    base: Option<&UnitBase>,
) -> Result<(), BaseError> {
    let Some(base) = base else { return Ok(()) };
    if base.code == *own {
        return Err(BaseError::Chained);
    }
    let held = unit.units().hold_many(std::slice::from_ref(&base.code)).await?;
    match held.iter().find(|unit| unit.code == base.code) {
        None => Err(BaseError::Unknown),
        Some(found) if found.base.is_some() => Err(BaseError::Chained),
        Some(_) => Ok(()),
    }
}

impl UseCase for CreateUnit {
    type Output = Unit;
    type Error = CreateUnitError;
    const PERMISSION: Permission = Permission::EditUnits;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Unit, CreateUnitError> {
        check_base(unit, &self.code, self.base.as_ref()).await?;
        let Self { id, code, name, decimals, base } = self.clone();
        let new = NewUnit { code, name, decimals, base };
        let added = new.into_unit(context.id_or_new(id), context.now());
        unit.units().add_all(std::slice::from_ref(&added)).await?;
        let event = Event::new("unit.created", added.id, context).with("code", &added.code);
        unit.outbox().add(&event).await?;
        Ok(added)
    }

    fn audit(&self, output: &Unit) -> AuditEntry {
        AuditEntry::new("unit.created", output.id)
            .with("code", &output.code)
            .with("decimals", &output.decimals.digits())
            .with("base", &shown(output.base.as_ref().map(|base| &base.code)))
    }
}
