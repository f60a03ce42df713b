//! What was sold, from the records of documents and of what left the stock with them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use gaara_inventory::{Movement, MovementOwner};
use gaara_invoicing::IssuedInvoice;
use gaara_invoicing::report::{
    Counterparty, Period, SalesBy, SalesGroup, SalesRow, SalesSums, Side,
};
use gaara_kernel::{Currency, Date, InvoiceId, Money, MoneyError, ProductId, StoreError};

use crate::invoicing_reports::{counterparty, customer_name, internal, issued, signed};
use crate::records::Records;

/// What a row is about, before its names are known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Day(Date),
    Party(Counterparty),
    Product(ProductId),
    WithoutProduct,
}

/// Sums by key.
struct Sums {
    books: Currency,
    by_key: BTreeMap<Key, SalesSums>,
}

impl Sums {
    fn add(&mut self, key: Key, net: Money, tax: Money) -> Result<(), MoneyError> {
        self.put(key, &SalesSums { net, tax, cost: None })
    }

    fn add_cost(&mut self, key: Key, cost: Money) -> Result<(), MoneyError> {
        self.put(key, &SalesSums { cost: Some(cost), ..SalesSums::nothing(self.books) })
    }

    fn put(&mut self, key: Key, more: &SalesSums) -> Result<(), MoneyError> {
        let sums = self.by_key.entry(key).or_insert(SalesSums::nothing(self.books));
        *sums = sums.plus(more)?;
        Ok(())
    }
}

pub(crate) fn sales(
    records: &Records,
    books: Currency,
    by: SalesBy,
    period: Period,
) -> Result<Vec<SalesRow>, StoreError> {
    let costs = costs(records).map_err(internal)?;
    let mut sums = Sums { books, by_key: BTreeMap::new() };
    let sold = issued(records).filter(|it| counterparty(it).side() == Side::Sales);
    for document in sold.filter(|it| period.holds(it.issue_date)) {
        let empty = BTreeMap::new();
        let costs = costs.get(&document.content.written.id).unwrap_or(&empty);
        add(&mut sums, by, document, costs).map_err(internal)?;
    }
    let mut rows: Vec<(Key, SalesSums)> = sums.by_key.into_iter().collect();
    if matches!(by, SalesBy::Customer | SalesBy::Product) {
        rows.sort_by_key(|(key, sums)| {
            (*key == Key::WithoutProduct, Reverse(sums.net.minor()), *key)
        });
    }
    let is_something = |(key, sums): &(Key, SalesSums)| {
        *key != Key::WithoutProduct || !sums.net.is_zero() || !sums.tax.is_zero()
    };
    rows.into_iter()
        .filter(is_something)
        .map(|(key, sums)| {
            let group = group(records, key);
            Ok(SalesRow { group: group.ok_or(StoreError::Corrupt { entity: "invoice" })?, sums })
        })
        .collect()
}

fn add(
    sums: &mut Sums,
    by: SalesBy,
    document: &IssuedInvoice,
    costs: &BTreeMap<ProductId, Money>,
) -> Result<(), MoneyError> {
    let base = &document.base;
    let key = match by {
        SalesBy::Day | SalesBy::Month => Key::Day(document.issue_date),
        SalesBy::Customer => Key::Party(counterparty(document)),
        SalesBy::Product => Key::WithoutProduct,
    };
    sums.add(key, signed(document, base.net), signed(document, base.tax))?;
    let at_par = document.content.written.currency == base.currency();
    if by == SalesBy::Product && at_par {
        for (line, amounts) in document.content.lines() {
            let own = line.product.map_or(Key::WithoutProduct, Key::Product);
            let (net, tax) = (signed(document, amounts.net), signed(document, amounts.tax_amount));
            sums.add(own, net, tax)?;
            sums.add(key, net.negated(), tax.negated())?;
        }
    }
    for (product, cost) in costs {
        let key = if by == SalesBy::Product { Key::Product(*product) } else { key };
        sums.add_cost(key, *cost)?;
    }
    Ok(())
}

/// What the goods of each document cost, by product: what left the stock, less what came back.
fn costs(records: &Records) -> Result<BTreeMap<InvoiceId, BTreeMap<ProductId, Money>>, MoneyError> {
    let mut costs: BTreeMap<InvoiceId, BTreeMap<ProductId, Money>> = BTreeMap::new();
    for row in &records.ledger {
        let movement = records.movements.get(&row.movement);
        let owner = movement.and_then(|movement| Movement::content(movement).owner);
        if let Some(MovementOwner::Invoice(invoice)) = owner {
            let value = row.entry.value;
            let of_document = costs.entry(invoice).or_default();
            let cost = of_document.entry(row.entry.key.product);
            let cost = cost.or_insert(Money::zero(value.currency()));
            *cost = cost.minus(value)?;
        }
    }
    Ok(costs)
}

fn group(records: &Records, key: Key) -> Option<SalesGroup> {
    Some(match key {
        Key::Day(day) => SalesGroup::Day(day),
        Key::Party(Counterparty::Customer(id)) => {
            SalesGroup::Customer { id, name: customer_name(records, id)? }
        }
        // A supplier buys nothing.
        Key::Party(Counterparty::Supplier(_)) => return None,
        Key::WithoutProduct => SalesGroup::WithoutProduct,
        Key::Product(id) => {
            let product = records.products.get(&id)?;
            SalesGroup::Product { id, sku: product.sku.clone(), name: product.name.clone() }
        }
    })
}
