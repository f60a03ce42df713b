//! Stock movements and the ledger of what they did, in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{
    CancelledMovement, DraftMovement, LedgerView, Movement, MovementOwner, MovementRepository,
    MovementStatus, PostedMovement, Returned,
};
use gaara_kernel::{InvoiceId, Money, MovementId, ProductId, Quantity, StoreError};

use crate::records::{Records, add, copied, unique};
use crate::stock::add_up;
use crate::store::MemoryTransaction;

#[async_trait]
impl MovementRepository for MemoryTransaction {
    async fn add(&mut self, draft: &DraftMovement) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Arc::new(Movement::Draft(draft.clone()));
            add(&mut records.movements, draft.content.id, row, "movement.id")
        })
    }

    async fn add_posted(&mut self, posted: &PostedMovement) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Arc::new(Movement::Posted(posted.clone()));
            let reverses = |movement: &Arc<Movement>| {
                matches!(&**movement, Movement::Posted(other) if other.reverses == posted.reverses)
            };
            let free = posted.reverses.is_none() || !records.movements.values().any(reverses);
            unique(free, "movement.reverses")?;
            add(&mut records.movements, posted.content.id, row, "movement.id")?;
            enter(records, posted);
            Ok(())
        })
    }

    async fn lock(&mut self, id: MovementId) -> Result<Option<Movement>, StoreError> {
        self.with(|records| Ok(copied(records.movements.get(&id))))
    }

    async fn find_of_invoice(
        &mut self,
        invoice: InvoiceId,
    ) -> Result<Option<MovementId>, StoreError> {
        self.with(|records| {
            let owner = Some(MovementOwner::Invoice(invoice));
            let moved = records.movements.values().find(|movement| match &***movement {
                Movement::Posted(posted) => {
                    posted.content.owner == owner && posted.reverses.is_none()
                }
                Movement::Draft(_) | Movement::Cancelled(_) => false,
            });
            Ok(moved.map(|movement| movement.content().id))
        })
    }

    async fn save(&mut self, draft: &DraftMovement) -> Result<(), StoreError> {
        self.with(|records| save(records, Movement::Draft(draft.clone()), MovementStatus::Draft))
    }

    async fn save_posted(&mut self, posted: &PostedMovement) -> Result<(), StoreError> {
        self.with(|records| {
            save(records, Movement::Posted(posted.clone()), MovementStatus::Draft)?;
            enter(records, posted);
            Ok(())
        })
    }

    async fn save_reversed(&mut self, posted: &PostedMovement) -> Result<(), StoreError> {
        self.with(|records| save(records, Movement::Posted(posted.clone()), MovementStatus::Posted))
    }

    async fn save_cancelled(&mut self, cancelled: &CancelledMovement) -> Result<(), StoreError> {
        self.with(|records| {
            save(records, Movement::Cancelled(cancelled.clone()), MovementStatus::Draft)
        })
    }

    async fn returned(&mut self, origin: MovementId) -> Result<Vec<Returned>, StoreError> {
        self.with(|records| returned(records, origin))
    }
}

/// Saves a movement that stands in the state it was locked in.
fn save(
    records: &mut Records,
    movement: Movement,
    locked: MovementStatus,
) -> Result<(), StoreError> {
    let stored = records.movements.get_mut(&movement.content().id);
    let stored = stored.filter(|stored| stored.status() == locked);
    *stored.ok_or(StoreError::Corrupt { entity: "movement" })? = Arc::new(movement);
    Ok(())
}

/// Writes history.
fn enter(records: &mut Records, posted: &PostedMovement) {
    for entry in &posted.entries {
        let sequence = records.ledger.last().map_or(1, |last| last.sequence + 1);
        records.ledger.push(Arc::new(LedgerView {
            sequence,
            entry: *entry,
            movement: posted.content.id,
            kind: posted.content.kind,
            effective_date: posted.effective_date,
            posted_at: posted.posted_at,
        }));
    }
}

fn returned(records: &Records, origin: MovementId) -> Result<Vec<Returned>, StoreError> {
    let came_back = |row: &&Arc<LedgerView>| {
        let movement = records.movements.get(&row.movement);
        movement.is_some_and(|movement| movement.content().origin == Some(origin))
    };
    let mut sums: BTreeMap<ProductId, (Quantity, Money)> = BTreeMap::new();
    for row in records.ledger.iter().filter(came_back) {
        let entry = &row.entry;
        let zero = (Quantity::ZERO, Money::zero(entry.value.currency()));
        let (quantity, amount) = sums.entry(entry.key.product).or_insert(zero);
        add_up(quantity, entry.quantity)?;
        let document = entry.value.plus(entry.variance);
        let sum = document.and_then(|document| amount.plus(document));
        *amount = sum.map_err(|error| StoreError::Internal(Box::new(error)))?;
    }
    let row = |(product, (quantity, amount))| Returned { product, quantity, amount };
    Ok(sums.into_iter().map(row).collect())
}
