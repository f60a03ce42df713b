//! Ids for rows that a step adds, without a clock and without randomness.

use sea_orm_migration::sea_orm::prelude::Uuid;

/// A UUIDv7 (RFC 9562, section 5.7) of an instant and a place in a list.
pub(crate) fn made_up_id(millis: i64, place: u64) -> Uuid {
    let millis = u128::try_from(millis).unwrap_or(0) & 0xffff_ffff_ffff;
    Uuid::from_u128((millis << 80) | (7 << 76) | (0b10 << 62) | u128::from(place))
}

#[cfg(test)]
mod tests {
    use gaara_kernel::{Id, UnitId, parse_id};

    use super::*;

    #[test]
    fn a_made_up_id_is_an_id() {
        let id = UnitId::from_uuid(made_up_id(1_795_424_400_000, 7));
        assert_eq!(parse_id(&id.to_string()), Ok(id));
        assert_ne!(made_up_id(1, 1), made_up_id(1, 2));
    }
}
