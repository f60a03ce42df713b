//! How long what is owed has been due.

use std::collections::BTreeMap;

use gaara_kernel::{Currency, Date, Money, MoneyError};

use super::party::NamedParty;

/// What is open of a party's documents that are due on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    /// Who owes it, or is owed it.
    pub party: NamedParty,
    /// By when it is to be paid.
    pub due_date: Date,
    /// What is open.
    pub amount: Money,
}

/// What a party paid, or was credited, beyond its documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyCredit {
    /// Whose it is.
    pub party: NamedParty,
    /// How much.
    pub amount: Money,
}

/// How long something has been due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bucket {
    /// It is not overdue: the due date has not passed.
    Current,
    /// 1 to 30 days.
    To30,
    /// 31 to 60 days.
    To60,
    /// 61 to 90 days.
    To90,
    /// More than 90 days.
    Over90,
}

impl Bucket {
    /// Where something that is due on a day belongs on another day.
    #[must_use]
    pub fn of(due_date: Date, as_of: Date) -> Self {
        match as_of.duration_since(due_date).as_hours() / 24 {
            ..=0 => Self::Current,
            1..=30 => Self::To30,
            31..=60 => Self::To60,
            61..=90 => Self::To90,
            91.. => Self::Over90,
        }
    }
}

/// What is open, by how long it has been due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgedSums {
    /// Not overdue.
    pub current: Money,
    /// 1 to 30 days overdue.
    pub to_30: Money,
    /// 31 to 60 days overdue.
    pub to_60: Money,
    /// 61 to 90 days overdue.
    pub to_90: Money,
    /// More than 90 days overdue.
    pub over_90: Money,
    /// All of it.
    pub open: Money,
    /// What was paid or credited beyond documents, as an amount above zero.
    pub credit: Money,
    /// What is open less the credit.
    pub balance: Money,
}

impl AgedSums {
    fn nothing(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            current: zero,
            to_30: zero,
            to_60: zero,
            to_90: zero,
            over_90: zero,
            open: zero,
            credit: zero,
            balance: zero,
        }
    }

    fn add_open(&mut self, bucket: Bucket, amount: Money) -> Result<(), MoneyError> {
        let place = match bucket {
            Bucket::Current => &mut self.current,
            Bucket::To30 => &mut self.to_30,
            Bucket::To60 => &mut self.to_60,
            Bucket::To90 => &mut self.to_90,
            Bucket::Over90 => &mut self.over_90,
        };
        *place = place.plus(amount)?;
        self.open = self.open.plus(amount)?;
        self.balance = self.balance.plus(amount)?;
        Ok(())
    }

    fn add_credit(&mut self, amount: Money) -> Result<(), MoneyError> {
        self.credit = self.credit.plus(amount)?;
        self.balance = self.balance.minus(amount)?;
        Ok(())
    }
}

/// What is open with one party in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgedRow {
    /// With whom.
    pub party: NamedParty,
    /// How much, by how long it has been due.
    pub sums: AgedSums,
}

/// What is open on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgedBalances {
    /// The day.
    pub as_of: Date,
    /// One row for each party and currency, by party and then by currency.
    pub rows: Vec<AgedRow>,
    /// The sums of the rows, one for each currency: two currencies cannot be added up.
    pub totals: Vec<AgedSums>,
}

impl AgedBalances {
    /// Puts what is open where it belongs.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when a sum is beyond an amount.
    pub fn try_new(
        as_of: Date,
        items: Vec<OpenItem>,
        credits: Vec<PartyCredit>,
    ) -> Result<Self, MoneyError> {
        let mut rows = BTreeMap::new();
        let mut totals = BTreeMap::new();
        for OpenItem { party, due_date, amount } in items {
            let bucket = Bucket::of(due_date, as_of);
            let code = amount.currency().code();
            let nothing = AgedSums::nothing(amount.currency());
            totals.entry(code).or_insert(nothing).add_open(bucket, amount)?;
            let row = rows.entry((party.party, code));
            row.or_insert(AgedRow { party, sums: nothing }).sums.add_open(bucket, amount)?;
        }
        for PartyCredit { party, amount } in credits {
            let code = amount.currency().code();
            let nothing = AgedSums::nothing(amount.currency());
            totals.entry(code).or_insert(nothing).add_credit(amount)?;
            let row = rows.entry((party.party, code));
            row.or_insert(AgedRow { party, sums: nothing }).sums.add_credit(amount)?;
        }
        let (rows, totals) = (rows.into_values().collect(), totals.into_values().collect());
        Ok(Self { as_of, rows, totals })
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::{BilingualText, Id, parse_date};

    use super::super::party::Counterparty;
    use super::*;

    fn money(text: &str, code: &str) -> Money {
        Money::parse(text, Currency::parse(code).unwrap()).unwrap()
    }

    fn party(number: u8) -> NamedParty {
        let id = format!("00000000-0000-7000-8000-0000000000{number:02}").parse().unwrap();
        let name = BilingualText::try_new(None, Some("Party")).unwrap();
        NamedParty { party: Counterparty::Customer(Id::from_uuid(id)), name }
    }

    fn item(number: u8, due: &str, amount: Money) -> OpenItem {
        OpenItem { party: party(number), due_date: parse_date(due).unwrap(), amount }
    }

    #[test]
    fn a_day_late_is_overdue_and_each_bucket_ends_where_it_says() {
        let as_of = parse_date("2026-11-27").unwrap();
        for (due, bucket) in [
            ("2027-01-01", Bucket::Current),
            ("2026-11-27", Bucket::Current),
            ("2026-11-26", Bucket::To30),
            ("2026-10-28", Bucket::To30),
            ("2026-10-27", Bucket::To60),
            ("2026-09-28", Bucket::To60),
            ("2026-09-27", Bucket::To90),
            ("2026-08-29", Bucket::To90),
            ("2026-08-28", Bucket::Over90),
            ("1999-12-31", Bucket::Over90),
        ] {
            assert_eq!(Bucket::of(parse_date(due).unwrap(), as_of), bucket, "{due}");
        }
    }

    #[test]
    fn rows_and_totals_add_up_in_each_currency() {
        let items = vec![
            item(1, "2026-11-27", money("10", "SAR")),
            item(1, "2026-11-01", money("5", "SAR")),
            item(1, "2026-11-01", money("7", "USD")),
            item(2, "2026-01-01", money("2.50", "SAR")),
        ];
        let credits = vec![
            PartyCredit { party: party(2), amount: money("4", "SAR") },
            PartyCredit { party: party(3), amount: money("1", "USD") },
        ];

        let aged =
            AgedBalances::try_new(parse_date("2026-11-27").unwrap(), items, credits).unwrap();

        let told: Vec<[String; 4]> = aged
            .rows
            .iter()
            .map(|row| &row.sums)
            .chain(&aged.totals)
            .map(|sums| {
                [sums.current, sums.open, sums.credit, sums.balance].map(|it| it.to_string())
            })
            .collect();
        let expected = [
            ["10.00 SAR", "15.00 SAR", "0.00 SAR", "15.00 SAR"],
            ["0.00 USD", "7.00 USD", "0.00 USD", "7.00 USD"],
            ["0.00 SAR", "2.50 SAR", "4.00 SAR", "-1.50 SAR"],
            ["0.00 USD", "0.00 USD", "1.00 USD", "-1.00 USD"],
            ["10.00 SAR", "17.50 SAR", "4.00 SAR", "13.50 SAR"],
            ["0.00 USD", "7.00 USD", "1.00 USD", "6.00 USD"],
        ];
        assert_eq!(told, expected);
        assert_eq!(aged.rows[2].sums.over_90, money("2.50", "SAR"));
    }
}
