//! What one place of the model holds, and how each cost method puts it there and takes it away.
//! Quantities are millionths, amounts hundredths.

/// The cost method of each product of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Average,
    Fifo,
    Standard,
}

/// The standard cost of the product that has one: 2.50.
pub(super) const STANDARD_HUNDREDTHS: i128 = 250;

pub(super) const fn method(product: u8) -> Method {
    match product {
        0 => Method::Average,
        1 => Method::Fifo,
        _ => Method::Standard,
    }
}

/// What is in one place.
#[derive(Debug, Clone, Default)]
pub(super) struct Pile {
    pub(super) on_hand: i128,
    pub(super) value: i128,
    /// What the last unit cost, in millionths of a riyal.
    last_cost: Option<i128>,
    /// First in, first out: movement, quantity, value.
    pub(super) layers: Vec<(usize, i128, i128)>,
}

/// Rounds to the nearest whole number, halves away from zero; only of positive numbers here.
pub(super) fn round(numerator: i128, denominator: i128) -> i128 {
    (2 * numerator + denominator) / (2 * denominator)
}

/// Quantity in millionths times a cost in hundredths.
pub(super) fn worth(quantity: i128, cost: i128) -> i128 {
    round(quantity * cost, 1_000_000)
}

impl Pile {
    pub(super) fn unit_cost(&self) -> Option<i128> {
        (self.on_hand > 0).then(|| round(self.value * 10_000_000_000, self.on_hand))
    }

    pub(super) fn put(&mut self, who: usize, method: Method, parts: &[(i128, i128)]) -> i128 {
        let quantity: i128 = parts.iter().map(|part| part.0).sum();
        let mut value: i128 = parts.iter().map(|part| part.1).sum();
        if method == Method::Standard {
            value = worth(self.on_hand + quantity, STANDARD_HUNDREDTHS) - self.value;
        }
        if method == Method::Fifo {
            self.layers.extend(parts.iter().map(|part| (who, part.0, part.1)));
        }
        self.on_hand += quantity;
        self.value += value;
        self.last_cost = self.unit_cost().or(self.last_cost);
        value
    }

    /// Takes so much, the layers of `first` before others; `brought` is what an average may take.
    pub(super) fn take(
        &mut self,
        quantity: i128,
        method: Method,
        first: Option<usize>,
        brought: Option<i128>,
    ) -> Vec<(i128, i128)> {
        let parts = match method {
            Method::Standard => {
                let left = worth(self.on_hand - quantity, STANDARD_HUNDREDTHS);
                vec![(quantity, self.value - left)]
            }
            Method::Average => {
                let share = round(self.value * quantity, self.on_hand);
                let bears = |amount: &i128| quantity < self.on_hand && *amount <= self.value;
                vec![(quantity, brought.filter(bears).unwrap_or(share))]
            }
            Method::Fifo => self.peel(quantity, first),
        };
        self.last_cost = self.unit_cost();
        self.on_hand -= quantity;
        self.value -= parts.iter().map(|part| part.1).sum::<i128>();
        self.last_cost = self.unit_cost().or(self.last_cost);
        parts
    }

    fn peel(&mut self, quantity: i128, first: Option<usize>) -> Vec<(i128, i128)> {
        let mut rest = quantity;
        let mut parts = Vec::new();
        let (own, others): (Vec<usize>, Vec<usize>) =
            (0..self.layers.len()).partition(|at| Some(self.layers[*at].0) == first);
        for at in own.into_iter().chain(others) {
            let layer = &mut self.layers[at];
            let part = rest.min(layer.1);
            if part > 0 {
                let value = round(layer.2 * part, layer.1);
                (layer.1, layer.2, rest) = (layer.1 - part, layer.2 - value, rest - part);
                parts.push((part, value));
            }
        }
        self.layers.retain(|layer| layer.1 > 0);
        parts
    }

    pub(super) fn going_cost(&self, quantity: i128, method: Method) -> Option<i128> {
        if method == Method::Standard {
            return Some(worth(self.on_hand + quantity, STANDARD_HUNDREDTHS) - self.value);
        }
        if self.on_hand > 0 {
            return Some(round(self.value * quantity, self.on_hand));
        }
        self.last_cost.map(|cost| round(cost * quantity, 10_000_000_000))
    }
}
