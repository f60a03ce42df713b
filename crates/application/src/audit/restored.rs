//! A restore, told to the audit log of the books that it brought back.

use gaara_identity::Permission;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::ReadError;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Tells the audit log that these books are the copy in a backup: whatever came after it is gone.
#[derive(Debug, Clone)]
pub struct NoteRestore {
    /// The name of the backup.
    pub backup: String,
}

impl UseCase for NoteRestore {
    type Output = ();
    type Error = ReadError;
    const PERMISSION: Permission = Permission::NoteRestores;

    async fn run(&self, _: &mut dyn UnitOfWork, _: &Context) -> Result<(), ReadError> {
        Ok(())
    }

    fn audit(&self, (): &()) -> AuditEntry {
        AuditEntry::about("backup.restored", &self.backup)
    }
}
