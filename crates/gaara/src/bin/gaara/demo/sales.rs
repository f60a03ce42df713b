//! Five months of business, told in the order it happened.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use gaara::Gaara;
use gaara::application::invoicing::{
    CreateAndIssueInvoice, LineTax, RecordPayment, WrittenInvoice, WrittenLine,
};
use gaara::invoicing::totals::{Adjustment, AdjustmentValue, DocumentAdjustment};
use gaara::invoicing::{PartyId, PaymentMethod};
use gaara::kernel::{CustomerId, Money, Percent, ProductId, Quantity, Timestamp, WarehouseId};

use super::catalogue::{self, Goods, Stock, quantity};
use super::clock::SteppedClock;
use super::dice::Dice;
use super::{both, code, done, good, riyal};
use crate::failure::Failure;

/// How many invoices are issued.
const INVOICES: u32 = 300;
/// After how many invoices goods come in again.
const INVOICES_PER_DELIVERY: u32 = 60;
/// How much of everything comes in each time.
const DELIVERY: u32 = 150;

/// A payment that will come, unless the story ends before.
struct Promise {
    payment: RecordPayment,
}

/// Issues invoices and takes payments, as the clock goes by.
pub(super) async fn play(
    gaara: &Gaara,
    clock: &SteppedClock,
    stock: &Stock,
    customers: &[CustomerId],
) -> Result<(), Failure> {
    let mut dice = Dice::new();
    let mut promises: BTreeMap<(Timestamp, u32), Promise> = BTreeMap::new();
    for (number, at) in (0..).zip(clock.steps(INVOICES)) {
        keep_promises(gaara, clock, &mut promises, at).await?;
        clock.set(at);
        if number % INVOICES_PER_DELIVERY == 0 {
            let delivery = number / INVOICES_PER_DELIVERY;
            catalogue::receive(gaara, stock, DELIVERY, delivery * 8).await?;
        }
        let invoice = write(&mut dice, stock, customers)?;
        let issued = done(gaara.execute(&gaara.system(), &CreateAndIssueInvoice(invoice)).await)?;
        let written = &issued.content.written;
        let Some(customer) = written.party.customer() else { continue };
        if let Some((after, payment)) = promise(&mut dice, customer, issued.open())? {
            let amount = payment.amount;
            let payment = payment.with(written.id, amount);
            promises.insert((at.plus(after), number), Promise { payment });
        }
    }
    keep_promises(gaara, clock, &mut promises, clock.end()).await
}

/// Takes every payment that is promised for before an instant.
async fn keep_promises(
    gaara: &Gaara,
    clock: &SteppedClock,
    promises: &mut BTreeMap<(Timestamp, u32), Promise>,
    until: Timestamp,
) -> Result<(), Failure> {
    while let Some(entry) = promises.first_entry().filter(|entry| entry.key().0 <= until) {
        let ((at, _), Promise { payment }) = entry.remove_entry();
        clock.set(at);
        done(gaara.execute(&gaara.system(), &payment).await)?;
    }
    Ok(())
}

/// When a customer will pay, and how much; three in four will.
fn promise(
    dice: &mut Dice,
    customer: CustomerId,
    open: Money,
) -> Result<Option<(Duration, RecordPayment)>, Failure> {
    if dice.one_in(4) {
        return Ok(None);
    }
    let amount = if dice.one_in(6) {
        good(Money::from_minor(open.minor() / 2, open.currency()))?
    } else {
        open
    };
    let after = Duration::from_hours(u64::from(dice.between(4, 40 * 24)));
    let method = dice.pick(&PaymentMethod::ALL).copied().unwrap_or(PaymentMethod::Cash);
    let payment = RecordPayment::new(PartyId::Customer(customer), amount, method);
    Ok(amount.is_positive().then_some((after, payment)))
}

fn write(
    dice: &mut Dice,
    stock: &Stock,
    customers: &[CustomerId],
) -> Result<WrittenInvoice, Failure> {
    let empty = || Failure::Other("the demonstration has nothing to sell".to_owned());
    let discount = DocumentAdjustment { value: percent("5")?, tax: None };
    let customer = PartyId::Customer(*dice.pick(customers).ok_or_else(empty)?);
    let warehouse = dice.pick::<WarehouseId>(&stock.warehouses).copied();
    let lines = lines(dice, stock)?;
    Ok(WrittenInvoice {
        warehouse,
        allowances: if dice.one_in(10) { vec![discount] } else { Vec::new() },
        ..WrittenInvoice::new(customer, riyal()?, lines)
    })
}

/// One to four products, now and then a service, and rarely a line in free text.
fn lines(dice: &mut Dice, stock: &Stock) -> Result<Vec<WrittenLine>, Failure> {
    let mut products = BTreeSet::new();
    for _ in 0..dice.between(1, 4) {
        products.extend(dice.pick::<Goods>(&stock.goods).map(|goods| goods.id));
    }
    if dice.one_in(5) {
        products.extend(dice.pick::<ProductId>(&stock.services));
    }
    let mut lines = Vec::new();
    for product in products {
        let count = dice.between(1, 12);
        let mut line = WrittenLine::of(product, quantity(count)?);
        if dice.one_in(5) {
            let share = if count > 6 { "10" } else { "5" };
            line.allowances.push(Adjustment { value: percent(share)? });
        }
        lines.push(line);
    }
    if dice.one_in(20) {
        let text = both("Cutting to size", "قص حسب المقاس")?;
        let mut free = WrittenLine::new(Quantity::ONE);
        free.description = Some(text);
        free.unit_price = Some(good(gaara::kernel::UnitPrice::parse("35"))?);
        free.tax = LineTax::Rate(code("VAT15")?);
        lines.push(free);
    }
    Ok(lines)
}

fn percent(share: &str) -> Result<AdjustmentValue, Failure> {
    Ok(AdjustmentValue::Percent { percent: good(Percent::parse(share))?, base: None })
}
