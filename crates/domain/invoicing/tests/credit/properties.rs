//! What holds for every invoice and every way of taking it back.

use gaara_invoicing::totals::{Adjustment, LineInput, Tax, TaxCategory};
use gaara_invoicing::{
    BaseTotals, CreditError, CreditLine, CreditScope, Credited, ExchangeRate, Frozen,
    IssuedInvoice, NewInvoice, Snapshot,
};
use gaara_kernel::{Currency, Money, Percent, Quantity};
use proptest::prelude::*;

use crate::build::{Account, allowance, invoice, issue, line, party, percent, standard};

fn tax() -> impl Strategy<Value = Tax> {
    let free = Tax::try_new(TaxCategory::ZeroRated, Percent::ZERO).unwrap();
    prop_oneof![Just(standard("15")), Just(standard("5")), Just(standard("23.33")), Just(free)]
}

fn some_line() -> impl Strategy<Value = LineInput> {
    (1_i64..2_000_000, 0_i64..500_000_000, 0_u8..=100, tax()).prop_map(
        |(thousandths, price, off, tax)| {
            let count = Quantity::from_millionths(thousandths * 1000).unwrap().to_string();
            let price = Quantity::from_millionths(price).unwrap().to_string();
            let mut line = line(&count, &price, tax);
            line.allowances = vec![Adjustment::percent(percent(&off.to_string()))];
            line
        },
    )
}

fn any_invoice() -> impl Strategy<Value = NewInvoice> {
    let lines = prop::collection::vec(some_line(), 1..7);
    let currency = prop_oneof![Just("SAR"), Just("JPY"), Just("KWD")];
    let charge = prop::option::of((0_i64..5000, prop::option::of(tax())));
    (lines, currency, any::<bool>(), 0_u8..=100, charge, -5_i64..=5).prop_filter_map(
        "totals that can be calculated",
        |(lines, currency, inclusive, off, charge, rounding)| {
            let mut written = invoice(currency, lines);
            let currency = Currency::parse(currency).unwrap();
            written.prices_include_tax = inclusive;
            let off = Adjustment::percent(percent(&off.to_string()));
            written.allowances = vec![allowance(off, None)];
            if let Some((minor, tax)) = charge {
                let amount = Money::from_minor(minor, currency).unwrap();
                written.charges = vec![allowance(Adjustment::amount(amount), tax)];
            }
            written.rounding = Money::from_minor(rounding, currency).unwrap();
            written.clone().into_content().ok().map(|_| written)
        },
    )
}

/// Takes the parts that the numbers choose, and at the end whatever is left.
fn take_back(account: &mut Account, choices: &[(usize, i64)]) {
    for (place, share) in choices {
        let line = place % account.invoice.written.lines.len();
        let sold = account.invoice.written.lines[line].input.quantity.as_millionths();
        let part = (i128::from(sold) * i128::from(*share) / 1000).max(1);
        let quantity = Quantity::from_millionths(i64::try_from(part).unwrap()).unwrap();
        let scope = CreditScope::Lines(vec![CreditLine { line, quantity }]);
        match account.credit(&scope) {
            Ok(_) | Err(CreditError::ExceedsRemaining { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    match account.credit(&CreditScope::Full) {
        Ok(_) | Err(CreditError::NothingLeft) => {}
        Err(error) => panic!("{error}"),
    }
}

/// The parts of a note add up to what it says.
fn assert_adds_up(note: &Credited) {
    let totals = &note.totals;
    let sum = |amounts: &mut dyn Iterator<Item = Money>| amounts.map(Money::minor).sum::<i64>();
    let parts = |parts: &[gaara_invoicing::totals::AdjustmentPart]| {
        sum(&mut parts.iter().map(|part| part.amount))
    };
    assert_eq!(sum(&mut totals.lines.iter().map(|line| line.net)), totals.lines_net.minor());
    let exclusive =
        totals.lines_net.minor() - parts(&totals.allowance_parts) + parts(&totals.charge_parts);
    assert_eq!(exclusive, totals.tax_exclusive.minor());
    let groups = &totals.tax_groups;
    assert_eq!(sum(&mut groups.iter().map(|it| it.taxable)), totals.tax_exclusive.minor());
    assert_eq!(sum(&mut groups.iter().map(|it| it.tax_amount)), totals.tax.minor());
    assert_eq!(
        totals.payable.minor(),
        totals.tax_exclusive.minor() + totals.tax.minor() + totals.rounding.minor()
    );
    for group in groups {
        let members = || {
            let lines = note.lines.iter().zip(&totals.lines);
            lines.filter(|(line, _)| line.input.tax == group.tax).map(|(_, amounts)| amounts)
        };
        let borne = members().any(|line| !line.gross.is_zero());
        let taxes = sum(&mut members().map(|line| line.tax_amount));
        assert!(taxes == group.tax_amount.minor() || !borne, "the lines share the group's tax");
    }
    for (line, amounts) in note.lines.iter().zip(&totals.lines) {
        assert_eq!(amounts.total.minor(), amounts.net.minor() + amounts.tax_amount.minor());
        assert!(line.input.unit_price.as_millionths() >= 0 && !amounts.net.is_negative());
    }
    assert!(!totals.payable.is_negative(), "a note comes to something or to nothing");
}

/// After the last note nothing of the invoice is left, group by group and line by line.
fn assert_nothing_is_left(account: &Account) {
    let so_far = account.so_far();
    let mut groups = so_far.groups.clone();
    groups.sort_by_key(|group| group.tax);
    assert_eq!(groups, account.invoice.totals.tax_groups);
    for (index, line) in account.invoice.written.lines.iter().enumerate() {
        let taken = so_far.lines.iter().find(|taken| taken.line == index).unwrap();
        assert_eq!(taken.quantity, line.input.quantity);
    }
    let whole = &account.invoice.totals;
    assert_eq!(account.sum(|note| note.totals.tax_inclusive), whole.tax_inclusive.minor());
}

/// Tells the books of a note.
fn tell(account: &mut Account, invoice: &IssuedInvoice, note: Credited) {
    let part = invoice.base_of_note(&note.totals, &account.so_far()).unwrap();
    assert_eq!(part.net.plus(part.tax), Ok(part.total));
    account.notes.push(note);
    account.bases.push(part);
}

/// What the books were told of all notes: tax, total, and what they are worth.
fn told(account: &Account) -> [Money; 3] {
    let base = account.so_far().base.unwrap();
    [base.tax, base.total, base.payable]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_number_of_notes_comes_to_the_invoice(
        written in any_invoice(),
        choices in prop::collection::vec((0_usize..7, 1_i64..700), 0..12),
    ) {
        let mut account = Account::of(written);

        take_back(&mut account, &choices);

        account.notes.iter().for_each(assert_adds_up);
        assert_nothing_is_left(&account);
        prop_assert!(account.notes.last().unwrap().complete);
        prop_assert_eq!(account.notes.iter().filter(|note| note.complete).count(), 1);
    }

    #[test]
    fn one_note_over_everything_is_the_invoice(written in any_invoice()) {
        let mut account = Account::of(written);

        let note = account.credit(&CreditScope::Full).unwrap().clone();

        let whole = &account.invoice.totals;
        prop_assert_eq!(&note.totals.tax_groups, &whole.tax_groups);
        prop_assert_eq!(note.totals.tax_inclusive, whole.tax_inclusive);
        let rounding = whole.rounding.minor().max(-whole.tax_inclusive.minor());
        prop_assert_eq!(note.totals.rounding.minor(), rounding);
    }

    #[test]
    fn a_note_that_is_voided_leaves_the_rest_to_come_to_the_invoice(
        written in any_invoice(),
        choices in prop::collection::vec((0_usize..7, 1_i64..400), 2..8),
        voided in any::<prop::sample::Index>(),
        again in prop::collection::vec((0_usize..7, 1_i64..400), 0..6),
    ) {
        let mut account = Account::of(written);
        take_back(&mut account, &choices);
        let place = voided.index(account.notes.len());
        account.notes.remove(place);

        take_back(&mut account, &again);

        account.notes.iter().for_each(assert_adds_up);
        assert_nothing_is_left(&account);
    }

    #[test]
    fn the_prices_of_a_note_come_to_its_lines(
        written in any_invoice(),
        choices in prop::collection::vec((0_usize..7, 1_i64..700), 0..5),
    ) {
        let mut account = Account::of(written);
        take_back(&mut account, &choices);

        for note in &account.notes {
            let again = account.document(note).document();
            let policy = gaara_invoicing::totals::TotalsPolicy::for_currency(again.currency);
            let again = gaara_invoicing::totals::calculate(&again, &policy).unwrap();
            for (recomputed, written) in again.lines.iter().zip(&note.totals.lines) {
                prop_assert_eq!(recomputed.gross, written.gross);
            }
        }
    }

    #[test]
    fn what_lines_bear_before_tax_is_what_their_groups_come_to(written in any_invoice()) {
        let content = written.into_content().unwrap();

        let nets: i64 = content.effective_nets().unwrap().iter().map(|net| net.minor()).sum();

        let borne = content.totals.tax_groups.iter().filter(|group| {
            let lines = content.written.lines.iter().zip(&content.totals.lines);
            let mut nets = lines.filter(|(line, _)| line.input.tax == group.tax);
            nets.any(|(_, totals)| !totals.net.is_zero())
        });
        prop_assert_eq!(nets, borne.map(|group| group.taxable.minor()).sum::<i64>());
    }

    #[test]
    fn notes_never_come_to_more_than_the_invoice_and_end_at_it(
        written in any_invoice(),
        choices in prop::collection::vec((0_usize..7, 1_i64..700), 0..9),
    ) {
        let mut account = Account::of(written);
        take_back(&mut account, &choices);
        let whole = &account.invoice.totals;
        let whole = whole.tax_inclusive.minor() + whole.rounding.minor();

        let mut sum = 0;
        for note in &account.notes {
            sum += note.totals.payable.minor();
            prop_assert!(sum <= whole.max(0), "{sum} of {whole}");
        }

        prop_assert_eq!(sum, whole.max(0));
    }

    #[test]
    fn the_books_get_back_what_they_were_told(
        written in any_invoice(),
        rate in 1_i64..1_000_000_000_000,
        choices in prop::collection::vec((0_usize..7, 1_i64..700), 0..9),
    ) {
        let books = Currency::parse("EUR").unwrap();
        let mut account = Account::of(written.clone());
        let rate = ExchangeRate::from_scaled(rate).unwrap();
        let base = BaseTotals::try_new(&account.invoice.totals, rate, books).unwrap();
        let sides = (party("Seller"), party("Buyer"));
        let snapshot = Snapshot { seller: sides.0, buyer: sides.1, lines: Vec::new() };
        let invoice = issue(written, Frozen { snapshot, costs: Vec::new(), base });
        take_back(&mut account, &choices);
        let whole = [base.tax, base.total, base.payable];

        for note in std::mem::take(&mut account.notes) {
            tell(&mut account, &invoice, note);
        }
        prop_assert_eq!(told(&account), whole);

        // A note is voided, and what it took back is taken back anew.
        let voided = choices.len() % account.notes.len();
        account.notes.remove(voided);
        account.bases.remove(voided);
        let rest = account.invoice.credit(&CreditScope::Full, &account.so_far()).unwrap();
        tell(&mut account, &invoice, rest);
        prop_assert_eq!(told(&account), whole);
    }
}
