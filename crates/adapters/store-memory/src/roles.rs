//! Roles in memory.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_identity::{AssignableRole, RoleCode, RoleRepository, RoleSort};
use gaara_kernel::{Id, RoleId, SortValue, StoreError};
use uuid::Uuid;

use crate::list::Listed;
use crate::records::{add, copied, save, unique};
use crate::store::MemoryTransaction;

#[async_trait]
impl RoleRepository for MemoryTransaction {
    async fn add(&mut self, role: &AssignableRole) -> Result<(), StoreError> {
        self.with(|records| {
            let roles = &mut records.roles.0;
            unique(!roles.values().any(|other| other.code == role.code), "role.code")?;
            add(roles, role.id, Arc::new(role.clone()), "role.id")
        })
    }

    async fn hold(&mut self, code: &RoleCode) -> Result<Option<AssignableRole>, StoreError> {
        self.with(|records| Ok(copied(records.roles.0.values().find(|role| role.code == *code))))
    }

    async fn lock(&mut self, id: RoleId) -> Result<Option<AssignableRole>, StoreError> {
        self.with(|records| Ok(copied(records.roles.0.get(&id))))
    }

    async fn save(&mut self, role: &AssignableRole) -> Result<(), StoreError> {
        self.with(|records| save(&mut records.roles.0, &role.id, Arc::new(role.clone()), "role"))
    }

    async fn remove(&mut self, role: &AssignableRole) -> Result<(), StoreError> {
        self.with(|records| {
            records.second_factors.forget_role(&role.code);
            let removed = records.roles.0.remove(&role.id);
            removed.map(|_| ()).ok_or(StoreError::Corrupt { entity: "role" })
        })
    }

    async fn is_used(&mut self, code: &RoleCode) -> Result<bool, StoreError> {
        self.with(|records| Ok(records.users.values().any(|user| user.role == *code)))
    }
}

impl Listed<RoleSort> for AssignableRole {
    fn value(&self, field: RoleSort) -> SortValue {
        match field {
            RoleSort::Code => SortValue::Text(self.code.as_str().to_owned()),
            RoleSort::CreatedAt => SortValue::Integer(self.created_at.as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}
