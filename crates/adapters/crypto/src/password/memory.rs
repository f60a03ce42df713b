//! The memory that hashes are worked out in.

use std::sync::{Mutex, MutexGuard, PoisonError};

use argon2::Block;
use gaara_identity::HashError;

/// Keeps the memory of a hash for the next one.
///
/// Given back to the allocator after each hash, such large pieces leave holes that the next one
/// does not always fit into: the process then takes several times what its hashes need.
#[derive(Debug)]
pub(super) struct Memory {
    /// At most one for each hash that is worked on at the same time.
    idle: Mutex<Vec<Vec<Block>>>,
    /// More than this is not kept: a stored hash may have cost more than a new one does.
    blocks_max: usize,
}

impl Memory {
    pub(super) const fn new(blocks_max: usize) -> Self {
        Self { idle: Mutex::new(Vec::new()), blocks_max }
    }

    /// Lends a number of blocks, holding whatever the last hash left in them.
    ///
    /// # Errors
    /// [`HashError::Busy`] when the machine has no memory left.
    pub(super) fn lend<T>(
        &self,
        blocks: usize,
        work: impl FnOnce(&mut [Block]) -> T,
    ) -> Result<T, HashError> {
        if blocks > self.blocks_max {
            return Ok(work(&mut grown(Vec::new(), blocks)?));
        }
        let kept = self.idle().pop().unwrap_or_default();
        let mut memory = grown(kept, blocks)?;
        let result = work(&mut memory);
        self.idle().push(memory);
        Ok(result)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Vec<Block>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Blocks, at least as many as asked for.
fn grown(mut memory: Vec<Block>, blocks: usize) -> Result<Vec<Block>, HashError> {
    let missing = blocks.saturating_sub(memory.len());
    memory.try_reserve_exact(missing).map_err(|_| HashError::Busy)?;
    memory.resize(memory.len() + missing, Block::new());
    Ok(memory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_a_hash_serves_the_next_one() {
        let memory = Memory::new(8);
        let place = |blocks| memory.lend(blocks, |blocks| blocks.as_ptr()).unwrap();

        assert_eq!(place(8), place(4));

        assert_eq!(memory.idle().len(), 1);
    }

    #[test]
    fn hashes_at_the_same_time_have_memory_of_their_own() {
        let memory = Memory::new(8);
        let nested = memory.lend(8, |outer| {
            let outer = outer.as_ptr();
            memory.lend(8, |inner| inner.as_ptr() != outer).unwrap()
        });
        assert_eq!(nested, Ok(true));
        assert_eq!(memory.idle().len(), 2);
    }

    #[test]
    fn what_costs_more_than_usual_is_not_kept() {
        let memory = Memory::new(8);
        assert_eq!(memory.lend(9, |blocks| blocks.len()), Ok(9));
        assert!(memory.idle().is_empty());
    }

    #[test]
    fn a_machine_without_memory_is_busy() {
        let memory = Memory::new(8);
        assert_eq!(memory.lend(usize::MAX, |_| ()), Err(HashError::Busy));
    }
}
