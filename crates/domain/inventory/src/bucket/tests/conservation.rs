//! Value is neither made nor lost, whatever comes and goes.

use proptest::prelude::*;

use super::*;

fn method() -> impl Strategy<Value = CostMethod> {
    prop_oneof![
        Just(CostMethod::Average),
        Just(CostMethod::Fifo),
        (0_i64..5_000_000)
            .prop_map(|it| CostMethod::Standard(UnitPrice::from_millionths(it).unwrap())),
    ]
}

proptest! {
    #[test]
    fn what_went_in_comes_out_to_the_last_unit(
        method in method(),
        receipts in prop::collection::vec((1_i64..1_000_000_000, 0_i64..5_000_000_000), 1..20),
        cuts in prop::collection::vec(1_i64..1_000_000_000, 0..20),
    ) {
        let mut bucket = bucket("SAR", method);
        let (mut received, mut documents) = (0, 0);
        for (quantity, cost) in receipts {
            let quantity = Quantity::from_millionths(quantity).unwrap();
            let cost = UnitPrice::from_millionths(cost).unwrap();
            let cost = worth(quantity, cost, bucket.currency()).unwrap();
            let change = bucket.receive(quantity, cost, id(1)).unwrap();
            prop_assert_eq!(change.document().unwrap(), cost);
            received += change.value.minor();
            documents += cost.minor();
        }
        prop_assert!(received == documents || matches!(method, CostMethod::Standard(_)));
        let mut issued = 0;
        for cut in cuts {
            let quantity = Quantity::from_millionths(cut).unwrap().min(bucket.level.on_hand());
            if quantity.is_zero() { continue; }
            issued += bucket.issue(quantity).unwrap().0.value.minor();
            prop_assert!(!bucket.level.value().is_negative());
        }
        let rest = bucket.level.on_hand();
        if rest.is_positive() {
            issued += bucket.issue(rest).unwrap().0.value.minor();
        }

        prop_assert_eq!(-issued, received);
        prop_assert!(bucket.level.value().is_zero() && bucket.level.on_hand().is_zero());
        let mut changes = LayerChanges::default();
        bucket.layer_changes(&mut changes);
        prop_assert!(changes.is_empty());
    }
}
