//! Second factors in memory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gaara_identity::{
    Challenge, RoleCode, SecondFactor, SecondFactorRepository, SecondFactorView, TokenDigest,
};
use gaara_kernel::{StoreError, Timestamp, UserId};

use crate::records::{add, save};
use crate::store::{MemoryTransaction, MemoryView};

/// Second factors and what belongs to them.
#[derive(Clone, Default)]
pub(crate) struct SecondFactors {
    factors: BTreeMap<UserId, SecondFactor>,
    /// Codes with the instant of their use.
    codes: BTreeMap<TokenDigest, (UserId, Option<Timestamp>)>,
    challenges: BTreeMap<TokenDigest, Challenge>,
    roles: Vec<RoleCode>,
}

impl SecondFactors {
    /// Forgets what referred to a role that is gone.
    pub(crate) fn forget_role(&mut self, code: &RoleCode) {
        self.roles.retain(|role| role != code);
    }
}

#[async_trait]
impl SecondFactorRepository for MemoryTransaction {
    async fn lock(&mut self, user: UserId) -> Result<Option<SecondFactor>, StoreError> {
        self.with(|records| Ok(records.second_factors.factors.get(&user).cloned()))
    }

    async fn save(&mut self, factor: &SecondFactor) -> Result<(), StoreError> {
        self.with(|records| {
            records.second_factors.factors.insert(factor.user_id, factor.clone());
            Ok(())
        })
    }

    async fn remove(&mut self, user: UserId) -> Result<bool, StoreError> {
        self.with(|records| {
            let kept = &mut records.second_factors;
            kept.codes.retain(|_, (owner, _)| *owner != user);
            Ok(kept.factors.remove(&user).is_some())
        })
    }

    async fn put_recovery_codes(
        &mut self,
        user: UserId,
        codes: &[TokenDigest],
    ) -> Result<(), StoreError> {
        self.with(|records| {
            let kept = &mut records.second_factors.codes;
            kept.retain(|_, (owner, _)| *owner != user);
            for code in codes {
                add(kept, *code, (user, None), "recovery_code.digest")?;
            }
            Ok(())
        })
    }

    async fn spend_recovery_code(
        &mut self,
        user: UserId,
        code: &TokenDigest,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.with(|records| {
            let code = records.second_factors.codes.get_mut(code);
            let Some((_, used_at)) = code.filter(|(owner, used)| *owner == user && used.is_none())
            else {
                return Ok(false);
            };
            *used_at = Some(now);
            Ok(true)
        })
    }

    async fn add_challenge(
        &mut self,
        challenge: &Challenge,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.with(|records| {
            let kept = &mut records.second_factors.challenges;
            let over = |it: &Challenge| it.user_id == challenge.user_id && it.expires_at <= now;
            kept.retain(|_, it| !over(it));
            add(kept, challenge.digest, challenge.clone(), "challenge.digest")
        })
    }

    async fn lock_challenge(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Challenge>, StoreError> {
        self.with(|records| Ok(records.second_factors.challenges.get(digest).cloned()))
    }

    async fn save_challenge(&mut self, challenge: &Challenge) -> Result<(), StoreError> {
        self.with(|records| {
            let kept = &mut records.second_factors.challenges;
            save(kept, &challenge.digest, challenge.clone(), "challenge")
        })
    }

    async fn remove_challenges(&mut self, user: UserId) -> Result<(), StoreError> {
        self.with(|records| {
            records.second_factors.challenges.retain(|_, it| it.user_id != user);
            Ok(())
        })
    }

    async fn put_roles(&mut self, roles: &[RoleCode]) -> Result<(), StoreError> {
        self.with(|records| {
            let mut roles = roles.to_vec();
            roles.sort();
            records.second_factors.roles = roles;
            Ok(())
        })
    }
}

#[async_trait]
impl SecondFactorView for MemoryView {
    async fn find_second_factor(
        &mut self,
        user: UserId,
    ) -> Result<Option<SecondFactor>, StoreError> {
        Ok(self.records.second_factors.factors.get(&user).cloned())
    }

    async fn count_recovery_codes(&mut self, user: UserId) -> Result<u64, StoreError> {
        let codes = self.records.second_factors.codes.values();
        let left = codes.filter(|(owner, used)| *owner == user && used.is_none()).count();
        Ok(u64::try_from(left).unwrap_or(u64::MAX))
    }

    async fn find_challenge(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Challenge>, StoreError> {
        Ok(self.records.second_factors.challenges.get(digest).cloned())
    }

    async fn needs_second_factor(&mut self, role: &RoleCode) -> Result<bool, StoreError> {
        Ok(self.records.second_factors.roles.contains(role))
    }

    async fn list_second_factor_roles(&mut self) -> Result<Vec<RoleCode>, StoreError> {
        Ok(self.records.second_factors.roles.clone())
    }
}
