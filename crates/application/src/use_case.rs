//! Use cases and queries as values.

use std::future::Future;

use gaara_identity::Permission;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::Failure;
use crate::ports::{ReadView, UnitOfWork};

/// Something that changes the books, as a value.
///
/// `run` may run more than once, each time in a transaction of its own: nothing outside the unit
/// may happen in it. After a port error the unit is dead: return it, never go on.
pub trait UseCase: Send + Sync {
    /// What a success answers.
    type Output: Send + Sync;
    /// How it may fail.
    type Error: Failure;
    /// What the actor must be allowed to do.
    const PERMISSION: Permission;
    /// Whether the actor must have shown lately who it is: for what gives power over accounts.
    const NEEDS_PROOF: bool = false;

    /// Does the work.
    fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> impl Future<Output = Result<Self::Output, Self::Error>> + Send;

    /// What the audit log says about a success.
    fn audit(&self, output: &Self::Output) -> AuditEntry;
}

/// A question about the books, as a value.
pub trait Query: Send + Sync {
    /// The answer.
    type Output: Send + Sync;
    /// How asking may fail.
    type Error: Failure;
    /// What the actor must be allowed to do.
    const PERMISSION: Permission;

    /// Finds the answer.
    fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> impl Future<Output = Result<Self::Output, Self::Error>> + Send;
}

/// Declares queries that one call of the view answers.
macro_rules! queries {
    ($(
        $(#[$meta:meta])*
        $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? } -> $output:ty,
        needs $permission:ident,
        by $method:ident($($argument:expr),*);
    )+) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone)]
            pub struct $name {
                $($(#[$field_meta])* pub $field: $type,)*
            }

            impl $crate::Query for $name {
                type Output = $output;
                type Error = $crate::ReadError;
                const PERMISSION: gaara_identity::Permission =
                    gaara_identity::Permission::$permission;

                async fn run(
                    &self,
                    view: &mut dyn $crate::ReadView,
                    _: &$crate::Context,
                ) -> Result<Self::Output, Self::Error> {
                    let Self { $($field),* } = self;
                    Ok(view.$method($($argument),*).await?)
                }
            }
        )+
    };
}
pub(crate) use queries;
