//! What may happen to stock, as random steps.

use proptest::prelude::*;

/// Products of the model: one for each cost method.
pub(super) const PRODUCTS: u8 = 3;
/// Warehouses of the model.
pub(super) const WAREHOUSES: u8 = 2;

/// A product in a warehouse of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The product: 0 at average cost, 1 first in first out, 2 at standard cost.
    pub product: u8,
    /// The warehouse: 0 or 1.
    pub warehouse: u8,
}

/// One thing that is tried; whether it is allowed, the model says.
#[derive(Debug, Clone)]
pub enum Step {
    /// Goods come in.
    Receive {
        /// Where.
        place: Place,
        /// How much, in thousandths.
        quantity: i64,
        /// What one unit costs, in hundredths.
        cost: i64,
        /// How many days before today it counts for.
        days_ago: i64,
    },
    /// Goods go out.
    Issue {
        /// Where.
        place: Place,
        /// How much, in thousandths.
        quantity: i64,
        /// How many days before today it counts for.
        days_ago: i64,
    },
    /// Two lines of one movement take the same goods.
    IssueTwice {
        /// Where.
        place: Place,
        /// How much each line takes, in thousandths.
        quantity: i64,
    },
    /// Goods go to the other warehouse.
    Transfer {
        /// Where from.
        place: Place,
        /// How much, in thousandths.
        quantity: i64,
    },
    /// The books are brought to what is there.
    Adjust {
        /// Where.
        place: Place,
        /// How much more or less, in thousandths.
        quantity: i64,
        /// What one unit of a gain costs, in hundredths, where it is said.
        cost: Option<i64>,
    },
    /// A part of an earlier movement comes back, or goes back.
    Return {
        /// Which of the movements so far, counted around.
        of: usize,
        /// How much, in thousandths.
        quantity: i64,
    },
    /// An earlier movement is undone.
    Reverse {
        /// Which of the movements so far, counted around.
        of: usize,
    },
    /// Goods are promised for so many hours.
    Reserve {
        /// Where.
        place: Place,
        /// How much, in thousandths.
        quantity: i64,
        /// For how long.
        hours: i64,
    },
    /// A promise is taken back.
    Release {
        /// Which of the promises so far, counted around.
        of: usize,
    },
    /// Promised goods go out.
    Consume {
        /// Which of the promises so far, counted around.
        of: usize,
        /// How much, in thousandths.
        quantity: i64,
    },
    /// Hours pass.
    Wait {
        /// How many.
        hours: i64,
    },
    /// Goods are counted; some go out before the count is posted.
    Count {
        /// Where.
        place: Place,
        /// How much more or less is there than the books say, in thousandths.
        difference: i64,
        /// How much goes out between count and posting, in thousandths.
        sold: i64,
    },
}

fn place() -> impl Strategy<Value = Place> {
    (0..PRODUCTS, 0..WAREHOUSES).prop_map(|(product, warehouse)| Place { product, warehouse })
}

fn quantity() -> impl Strategy<Value = i64> {
    // Whole pieces more often than parts of one.
    prop_oneof![3 => (1_i64..20).prop_map(|pieces| pieces * 1000), 1 => 1_i64..20_000]
}

fn days_ago() -> impl Strategy<Value = i64> {
    prop_oneof![2 => Just(0), 1 => 1_i64..5]
}

/// Any step.
pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (place(), quantity(), 0_i64..5000, days_ago()).prop_map(
            |(place, quantity, cost, days_ago)| Step::Receive { place, quantity, cost, days_ago }
        ),
        5 => (place(), quantity(), days_ago())
            .prop_map(|(place, quantity, days_ago)| Step::Issue { place, quantity, days_ago }),
        1 => (place(), quantity())
            .prop_map(|(place, quantity)| Step::IssueTwice { place, quantity }),
        3 => (place(), quantity())
            .prop_map(|(place, quantity)| Step::Transfer { place, quantity }),
        2 => (place(), -9_000_i64..9_000, prop::option::of(0_i64..5000))
            .prop_map(|(place, quantity, cost)| Step::Adjust { place, quantity, cost }),
        3 => (any::<usize>(), quantity())
            .prop_map(|(of, quantity)| Step::Return { of, quantity }),
        3 => any::<usize>().prop_map(|of| Step::Reverse { of }),
        2 => (place(), quantity(), 1_i64..4)
            .prop_map(|(place, quantity, hours)| Step::Reserve { place, quantity, hours }),
        1 => any::<usize>().prop_map(|of| Step::Release { of }),
        2 => (any::<usize>(), quantity())
            .prop_map(|(of, quantity)| Step::Consume { of, quantity }),
        1 => (1_i64..6).prop_map(|hours| Step::Wait { hours }),
        2 => (place(), -6_000_i64..6_000, quantity())
            .prop_map(|(place, difference, sold)| Step::Count { place, difference, sold }),
    ]
}
