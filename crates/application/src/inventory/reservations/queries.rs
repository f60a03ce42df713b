//! Questions about reservations: the answers are as of now, whether or not anybody has saved yet
//! that one expired.

use gaara_identity::Permission;
use gaara_inventory::{Reservation, ReservationFilter, ReservationSort};
use gaara_kernel::{Page, PageRequest, ReservationId};

use crate::context::Context;
use crate::failure::ReadError;
use crate::ports::ReadView;
use crate::use_case::Query;

/// Finds a reservation.
#[derive(Debug, Clone)]
pub struct FindReservation {
    /// Which.
    pub id: ReservationId,
}

/// Lists reservations.
#[derive(Debug, Clone)]
pub struct ListReservations {
    /// Which reservations.
    pub filter: ReservationFilter,
    /// Which part of the list.
    pub page: PageRequest<ReservationSort>,
}

impl Query for FindReservation {
    type Output = Option<Reservation>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::ReadReservations;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Self::Output, ReadError> {
        let found = view.find_reservation(self.id).await?;
        Ok(found.map(|reservation| reservation.at(context.now())))
    }
}

impl Query for ListReservations {
    type Output = Page<Reservation>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::ReadReservations;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Self::Output, ReadError> {
        let now = context.now();
        let page = view.list_reservations(&self.filter, now, &self.page).await?;
        Ok(page.map(|reservation| reservation.at(now)))
    }
}
