//! The reference: stock as one would keep it on paper, slow and plain.
//! It shares no code with the crates it judges. Quantities are millionths, amounts hundredths.

use std::collections::BTreeMap;

use super::pile::{Pile, method, round, worth};
use super::step::{Place, Step};

/// The day on which everything begins, counted from the first day of the month.
const FIRST_DAY: i64 = 22;
/// The hour of that day at which it begins.
const FIRST_HOUR: i64 = 12;

/// What a movement did to one place.
#[derive(Debug, Clone, Copy)]
struct Entry {
    place: Place,
    quantity: i128,
    value: i128,
    document: i128,
}

#[derive(Debug, Clone)]
pub(super) struct Done {
    kind: Kind,
    day: i64,
    entries: Vec<Entry>,
    origin: Option<usize>,
    is_reversal: bool,
    is_reversed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Receipt,
    Issue,
    Return,
    Other,
}

/// A promise.
#[derive(Debug, Clone, Copy)]
struct Promised {
    place: Place,
    quantity: i128,
    until: i64,
    is_active: bool,
}

/// The books on paper.
#[derive(Debug, Clone, Default)]
pub(super) struct Reference {
    pub(super) piles: BTreeMap<Place, Pile>,
    done: Vec<Done>,
    promises: Vec<Promised>,
    hour: i64,
}

impl Reference {
    /// The day it is, counted from the first day of the month.
    pub(super) const fn today(&self) -> i64 {
        FIRST_DAY + (FIRST_HOUR + self.hour).div_euclid(24)
    }

    /// Tries a step; answers whether it was allowed. A step that is not changes nothing.
    pub(super) fn apply(&mut self, step: &Step) -> bool {
        let mut after = self.clone();
        let allowed = after.try_step(step).is_some();
        if allowed {
            *self = after;
        }
        allowed
    }

    fn try_step(&mut self, step: &Step) -> Option<()> {
        let thousandths = |quantity: i64| i128::from(quantity) * 1000;
        let today = self.today();
        match *step {
            Step::Receive { place, quantity, cost, days_ago } => {
                let quantity = thousandths(quantity);
                let cost = worth(quantity, i128::from(cost));
                let entry = self.put(place, quantity, cost);
                self.finish(Kind::Receipt, today - days_ago, vec![entry], None)
            }
            Step::Issue { place, quantity, days_ago } => {
                let entry = self.take(place, thousandths(quantity))?;
                self.finish(Kind::Issue, today - days_ago, vec![entry], None)
            }
            Step::IssueTwice { place, quantity } => {
                let one = self.take(place, thousandths(quantity))?;
                let other = self.take(place, thousandths(quantity))?;
                self.finish(Kind::Issue, today, vec![one, other], None)
            }
            Step::Transfer { place, quantity } => self.transfer(place, thousandths(quantity)),
            Step::Adjust { quantity: 0, .. } => None,
            Step::Adjust { place, quantity, cost } if quantity > 0 => {
                let quantity = thousandths(quantity);
                let going = self.pile(place).going_cost(quantity, method(place.product));
                let cost = cost.map(|cost| worth(quantity, i128::from(cost))).or(going)?;
                let entry = self.put(place, quantity, cost);
                self.finish(Kind::Other, today, vec![entry], None)
            }
            Step::Adjust { cost: Some(_), .. } => None,
            Step::Adjust { place, quantity, .. } => {
                let entry = self.take(place, thousandths(-quantity))?;
                self.finish(Kind::Other, today, vec![entry], None)
            }
            Step::Return { of, quantity } => self.give_back(of, thousandths(quantity)),
            Step::Reverse { of } => self.reverse(of),
            _ => self.try_promise(step),
        }
    }

    /// The steps that promise, keep a promise, or count.
    fn try_promise(&mut self, step: &Step) -> Option<()> {
        let thousandths = |quantity: i64| i128::from(quantity) * 1000;
        match *step {
            Step::Reserve { place, quantity, hours } => {
                let (quantity, until) = (thousandths(quantity), self.hour + hours);
                (quantity <= self.free(place)).then_some(())?;
                self.promises.push(Promised { place, quantity, until, is_active: true });
                Some(())
            }
            Step::Release { of } => self.end_promise(of).map(|_| ()),
            Step::Consume { of, quantity } => {
                let place = self.end_promise(of)?.place;
                let entry = self.take(place, thousandths(quantity))?;
                self.finish(Kind::Issue, self.today(), vec![entry], None)
            }
            Step::Wait { hours } => {
                self.hour += hours;
                Some(())
            }
            Step::Count { place, difference, sold } => {
                let counted = self.pile(place).on_hand + thousandths(difference);
                (counted >= 0).then_some(())?;
                self.apply(&Step::Issue { place, quantity: sold, days_ago: 0 });
                if difference != 0 {
                    let found = Step::Adjust { place, quantity: difference, cost: None };
                    self.apply(&found);
                }
                Some(())
            }
            _ => None,
        }
    }

    /// What nobody is promised.
    fn free(&self, place: Place) -> i128 {
        let on_hand = self.piles.get(&place).map_or(0, |pile| pile.on_hand);
        on_hand - self.reserved(place)
    }

    /// What is promised and not overdue.
    pub(super) fn reserved(&self, place: Place) -> i128 {
        let active = self.promises.iter().filter(|it| it.is_active && it.until > self.hour);
        active.filter(|it| it.place == place).map(|it| it.quantity).sum()
    }

    fn end_promise(&mut self, of: usize) -> Option<Promised> {
        let of = of.checked_rem(self.promises.len())?;
        let promise = self.promises[of];
        self.promises[of].is_active = false;
        (promise.is_active && promise.until > self.hour).then_some(promise)
    }

    fn pile(&mut self, place: Place) -> &mut Pile {
        self.piles.entry(place).or_default()
    }

    fn put(&mut self, place: Place, quantity: i128, cost: i128) -> Entry {
        let who = self.done.len();
        let value = self.pile(place).put(who, method(place.product), &[(quantity, cost)]);
        Entry { place, quantity, value, document: cost }
    }

    fn take(&mut self, place: Place, quantity: i128) -> Option<Entry> {
        if quantity > self.free(place) {
            return None;
        }
        let parts = self.pile(place).take(quantity, method(place.product), None, None);
        let value: i128 = -parts.iter().map(|part| part.1).sum::<i128>();
        Some(Entry { place, quantity: -quantity, value, document: value })
    }

    fn transfer(&mut self, place: Place, quantity: i128) -> Option<()> {
        let who = self.done.len();
        if quantity > self.free(place) {
            return None;
        }
        let parts = self.pile(place).take(quantity, method(place.product), None, None);
        let cost: i128 = parts.iter().map(|part| part.1).sum();
        let target = Place { warehouse: 1 - place.warehouse, ..place };
        let value = self.pile(target).put(who, method(place.product), &parts);
        let out = Entry { place, quantity: -quantity, value: -cost, document: -cost };
        let into = Entry { place: target, quantity, value, document: cost };
        self.finish(Kind::Other, self.today(), vec![out, into], None)
    }

    fn give_back(&mut self, of: usize, quantity: i128) -> Option<()> {
        let of = of.checked_rem(self.done.len())?;
        let origin = self.done[of].clone();
        if origin.is_reversed || origin.is_reversal {
            return None;
        }
        let came_in = match origin.kind {
            Kind::Receipt => true,
            Kind::Issue => false,
            Kind::Return | Kind::Other => return None,
        };
        let place = origin.entries[0].place;
        let went: i128 = origin.entries.iter().map(|entry| entry.quantity.abs()).sum();
        let amount: i128 = origin.entries.iter().map(|entry| entry.document.abs()).sum();
        let returns = self.done.iter().filter(|done| done.origin == Some(of));
        let (mut back, mut given) = (0, 0);
        for entry in returns.flat_map(|done| &done.entries) {
            back += entry.quantity;
            given += entry.document;
        }
        let (back, given) = (back.abs(), given.abs());
        if back + quantity > went {
            return None;
        }
        let share = round(amount * (back + quantity), went) - given;
        let entry = if came_in {
            Entry { document: -share, ..self.take(place, quantity)? }
        } else {
            self.put(place, quantity, share)
        };
        self.finish(Kind::Return, self.today(), vec![entry], Some(of))
    }

    fn reverse(&mut self, of: usize) -> Option<()> {
        let of = of.checked_rem(self.done.len())?;
        let done = self.done[of].clone();
        let returns = self.done.iter().filter(|it| it.origin == Some(of));
        let returned: i128 = returns.flat_map(|it| &it.entries).map(|entry| entry.quantity).sum();
        if done.is_reversal || done.is_reversed || returned != 0 {
            return None;
        }
        let who = self.done.len();
        let mut entries = Vec::new();
        let mut carried = None;
        for entry in done.entries.iter().filter(|entry| entry.quantity > 0) {
            let way = method(entry.place.product);
            if entry.quantity > self.free(entry.place) {
                return None;
            }
            let parts =
                self.pile(entry.place).take(entry.quantity, way, Some(of), Some(entry.value));
            let value = -parts.iter().map(|part| part.1).sum::<i128>();
            carried = Some(parts);
            let (quantity, document) = (-entry.quantity, -entry.document);
            entries.push(Entry { place: entry.place, quantity, value, document });
        }
        for entry in done.entries.iter().filter(|entry| entry.quantity < 0) {
            let own = vec![(-entry.quantity, -entry.value)];
            let parts = carried.clone().unwrap_or(own);
            let way = method(entry.place.product);
            let value = self.pile(entry.place).put(who, way, &parts);
            let (quantity, document) = (-entry.quantity, -entry.document);
            entries.push(Entry { place: entry.place, quantity, value, document });
        }
        self.finish(Kind::Other, done.day, entries, done.origin)?;
        self.done.last_mut()?.is_reversal = true;
        self.done[of].is_reversed = true;
        Some(())
    }

    /// Writes the movement down, unless goods would have been missing on its day or later.
    fn finish(
        &mut self,
        kind: Kind,
        day: i64,
        entries: Vec<Entry>,
        origin: Option<usize>,
    ) -> Option<()> {
        let places: Vec<Place> = entries.iter().map(|entry| entry.place).collect();
        let (is_reversal, is_reversed) = (false, false);
        self.done.push(Done { kind, day, entries, origin, is_reversal, is_reversed });
        let was_there = |place: &Place| {
            let days = self.done.iter().map(|done| done.day);
            days.filter(|other| *other >= day).all(|other| self.on_hand_at(*place, other) >= 0)
        };
        places.iter().all(was_there).then_some(())
    }

    /// What was on hand at the end of a day.
    pub(super) fn on_hand_at(&self, place: Place, day: i64) -> i128 {
        let until = self.done.iter().filter(|done| done.day <= day);
        let entries = until.flat_map(|done| &done.entries);
        entries.filter(|entry| entry.place == place).map(|entry| entry.quantity).sum()
    }
}
