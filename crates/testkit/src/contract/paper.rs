//! Random documents and payments, kept on paper beside the store that reports about them.

use std::collections::BTreeMap;
use std::sync::Arc;

use gaara_application::inventory::ListLedger;
use gaara_application::invoicing::{
    CreateAndIssueCreditNote, LineTax, RecordPayment, WrittenAllocation, WrittenCreditNote,
    WrittenInvoice,
};
use gaara_application::{Query, Store};
use gaara_inventory::LedgerFilter;
use gaara_invoicing::report::{Counterparty, SalesGroup};
use gaara_invoicing::totals::{AdjustmentValue, DocumentAdjustment, Tax, TaxCategory};
use gaara_invoicing::{
    CreditLine, CreditScope, Direction, DocumentType, IssuedInvoice, PartyId, Payment,
    PaymentMethod,
};
use gaara_kernel::{
    CustomerId, Date, InvoiceId, Money, PageLimit, PageRequest, ProductId, Sort, SupplierId,
};

use crate::fixtures::{bilingual, code, currency, date, money, percent, quantity, unit_price, vat};
use crate::harness::{Harness, Sale};

/// How many documents are written.
const DOCUMENTS: i64 = 36;

/// What was written, by hand and in the store.
pub(super) struct Paper {
    pub(super) books: Harness,
    pub(super) customers: [CustomerId; 3],
    pub(super) supplier: SupplierId,
    pub(super) issued: Vec<IssuedInvoice>,
    pub(super) payments: Vec<Payment>,
    /// What the goods of a document cost, by product.
    costs: BTreeMap<InvoiceId, BTreeMap<ProductId, i64>>,
}

/// A small generator with a fixed start, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 >> 1).expect("63 bits") % sides
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        let count = i64::try_from(of.len()).expect("a short list");
        let index = usize::try_from(self.roll(count)).expect("no less than zero");
        of.get(index).copied().expect("an index within the list")
    }
}

/// The other side.
pub(super) fn party_of(document: &IssuedInvoice) -> Counterparty {
    match document.content.written.party {
        PartyId::Customer(id) => Counterparty::Customer(id),
        PartyId::Supplier(id) => Counterparty::Supplier(id),
    }
}

/// Whether it takes back what an invoice asked for.
pub(super) fn is_note(document: &IssuedInvoice) -> bool {
    document.content.written.document_type() == DocumentType::CreditNote
}

/// The invoice that a credit note corrects.
fn corrected(document: &IssuedInvoice) -> Option<InvoiceId> {
    document.content.written.corrects.as_ref().map(|corrected| corrected.invoice)
}

/// What an amount of it counts.
pub(super) fn sign(document: &IssuedInvoice) -> i64 {
    if is_note(document) { -1 } else { 1 }
}

impl Paper {
    /// Writes documents from June to November, and payments between them: in part, over two
    /// documents, and beyond what is owed.
    pub(super) async fn write(store: Arc<dyn Store>) -> Self {
        let books = Harness::new(store).set_up().await;
        books.add_vat().await;
        let warehouse = books.add_warehouse("MAIN").await;
        let mut products = Vec::new();
        for sku in ["A", "B"] {
            let product = books.add_product(sku).await;
            let mut receipt = Harness::receipt(product, warehouse, quantity("1000"));
            receipt.0.effective_date = Some(date("2026-01-01"));
            for line in &mut receipt.0.lines {
                line.unit_cost = Some(unit_price("1.237"));
            }
            books.app.execute(&books.system(), &receipt).await.expect("goods can be received");
            products.push(product);
        }
        let customers = [
            books.add_customer(None).await,
            books.add_customer(None).await,
            books.add_customer(None).await,
        ];
        let mut paper = Self {
            supplier: books.add_supplier("Mill").await,
            books,
            customers,
            issued: Vec::new(),
            payments: Vec::new(),
            costs: BTreeMap::new(),
        };
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
        let mut day = date("2026-06-01");
        for _ in 0..DOCUMENTS {
            let sale =
                Sale { product: dice.one(&products), warehouse, customer: dice.one(&customers) };
            let document = written(&mut dice, sale, &products, day);
            let issued = paper.books.issue(&document).await.expect("a document can be issued");
            paper.issued.push(issued);
            paper.credit(&mut dice, day).await;
            paper.buy(&mut dice, sale, day).await;
            paper.pay(&mut dice, sale.customer, day).await;
            paper.pay_back(&mut dice, day).await;
            for _ in 0..dice.roll(9) {
                day = day.tomorrow().expect("a day after");
            }
        }
        paper.costs = costs(&paper.books).await;
        paper
    }

    /// Takes one piece of a document's first line back, now and then, of each document once.
    async fn credit(&mut self, dice: &mut Dice, day: Date) {
        let corrected: Vec<InvoiceId> = self.issued.iter().filter_map(corrected).collect();
        let invoices = self.issued.iter().filter(|it| !is_note(it)).map(|it| it.content.written.id);
        let left: Vec<InvoiceId> = invoices.filter(|id| !corrected.contains(id)).collect();
        if dice.roll(3) > 0 || left.is_empty() {
            return;
        }
        let scope = CreditScope::Lines(vec![CreditLine { line: 0, quantity: quantity("1") }]);
        let note = WrittenCreditNote {
            restock: true,
            issue_date: Some(day),
            ..WrittenCreditNote::new(dice.one(&left), scope)
        };
        let note = CreateAndIssueCreditNote(note);
        let note = self.books.app.execute(&self.books.system(), &note).await;
        self.issued.push(note.expect("a credit note can be issued"));
    }

    /// Buys some goods, now and then.
    async fn buy(&mut self, dice: &mut Dice, sale: Sale, day: Date) {
        if dice.roll(4) > 0 {
            return;
        }
        let mut document = sale.draft(&(2 + dice.roll(5)).to_string());
        document.party = PartyId::Supplier(self.supplier);
        document.issue_date = Some(day);
        let bought = self.books.issue(&document).await.expect("a purchase can be issued");
        self.issued.push(bought);
    }

    /// What credit notes of a document, issued by the end of a day, took off what was open of it.
    pub(super) fn set_off(&self, document: &IssuedInvoice, day: Date) -> i64 {
        let id = document.content.written.id;
        let notes = self.issued.iter().filter(|it| it.issue_date <= day);
        notes.filter(|it| corrected(it) == Some(id)).map(|it| it.credited.minor()).sum()
    }

    async fn pay(&mut self, dice: &mut Dice, customer: CustomerId, day: Date) {
        let open = |document: &&IssuedInvoice| {
            let parts = self.payments.iter().flat_map(Payment::allocations);
            let own = parts.filter(|part| part.invoice == document.content.written.id);
            let paid: i64 = own.map(|part| part.amount.minor()).sum();
            document.content.totals.payable.minor() - paid - self.set_off(document, day)
        };
        let own = self.issued.iter().filter(|it| !is_note(it));
        let own = own.filter(|it| party_of(it) == Counterparty::Customer(customer));
        let open: Vec<(InvoiceId, i64)> = own
            .map(|it| (it.content.written.id, open(&it)))
            .filter(|(_, open)| *open > 0)
            .collect();
        let sar = |minor| Money::from_minor(minor, currency("SAR")).expect("an amount");
        let parts: Vec<WrittenAllocation> = open
            .iter()
            .take(usize::try_from(dice.roll(3)).expect("no less than zero"))
            .map(|(invoice, open)| {
                (*invoice, if dice.roll(2) == 0 { *open } else { 1 + dice.roll(*open) })
            })
            .map(|(invoice, minor)| WrittenAllocation { invoice, amount: sar(minor) })
            .collect();
        let beyond = if dice.roll(3) == 0 { 1 + dice.roll(5_000) } else { 0 };
        let amount = parts.iter().map(|part| part.amount.minor()).sum::<i64>() + beyond;
        if amount == 0 {
            return;
        }
        let paid = PartyId::Customer(customer);
        let payment = RecordPayment {
            payment_date: Some(day),
            allocations: parts,
            ..RecordPayment::new(paid, sar(amount), PaymentMethod::BankTransfer)
        };
        let payment = self.books.app.execute(&self.books.system(), &payment).await;
        self.payments.push(payment.expect("a payment can be recorded"));
    }

    /// Pays back a part of what is left of a customer's credit note, now and then.
    async fn pay_back(&mut self, dice: &mut Dice, day: Date) {
        let customers = |it: &&IssuedInvoice| it.party().customer().is_some();
        let notes = self.issued.iter().filter(|it| is_note(it)).filter(customers);
        let left = notes.map(|it| (it, self.rest(it, day))).filter(|(_, rest)| *rest > 0);
        let left: Vec<(&IssuedInvoice, i64)> = left.collect();
        if dice.roll(2) > 0 || left.is_empty() {
            return;
        }
        let (note, rest) = dice.one(&left);
        let amount = Money::from_minor(1 + dice.roll(rest), currency("SAR")).expect("an amount");
        let payment = RecordPayment {
            direction: Direction::Out,
            payment_date: Some(day),
            ..RecordPayment::new(note.party(), amount, PaymentMethod::Cash)
        };
        let payment = payment.with(note.content.written.id, amount);
        let payment = self.books.app.execute(&self.books.system(), &payment).await;
        self.payments.push(payment.expect("a payment can be recorded"));
    }

    /// What was left of a credit note at the end of a day.
    pub(super) fn rest(&self, note: &IssuedInvoice, day: Date) -> i64 {
        let until = self.payments.iter().filter(|payment| payment.payment_date() <= day);
        let parts = until.flat_map(Payment::allocations);
        let own = parts.filter(|part| part.invoice == note.content.written.id);
        let paid: i64 = own.map(|part| part.amount.minor()).sum();
        note.content.totals.payable.minor() - note.credited.minor() - paid
    }

    /// Everybody there are documents with.
    pub(super) fn parties(&self) -> Vec<Counterparty> {
        let customers = self.customers.into_iter().map(Counterparty::Customer);
        customers.chain([Counterparty::Supplier(self.supplier)]).collect()
    }

    /// Asks a query that is answered.
    pub(super) async fn ask<Q: Query>(&self, query: &Q) -> Q::Output {
        self.books.app.ask(&self.books.system(), query).await.expect("a report")
    }

    /// What the goods of a document cost.
    pub(super) fn cost_of(&self, document: &IssuedInvoice) -> i64 {
        self.costs.get(&document.content.written.id).map_or(0, |costs| costs.values().sum())
    }

    /// Net, tax and cost of what a row is about, over these documents.
    pub(super) fn expected(&self, documents: &[&IssuedInvoice], group: &SalesGroup) -> [i64; 3] {
        let whole = |document: &IssuedInvoice| {
            let (totals, sign) = (&document.content.totals, sign(document));
            let [net, tax] = [totals.tax_exclusive, totals.tax].map(|it| sign * it.minor());
            [net, tax, self.cost_of(document)]
        };
        let lines = |document: &IssuedInvoice, product: Option<ProductId>| {
            let own = document.content.lines().filter(|(line, _)| line.product == product);
            own.fold([0, 0], |[net, tax], (_, amounts)| {
                let sign = sign(document);
                [net + sign * amounts.net.minor(), tax + sign * amounts.tax_amount.minor()]
            })
        };
        let mut sums = [0; 3];
        for document in documents {
            let part = match group {
                SalesGroup::Day(day) if document.issue_date == *day => whole(document),
                SalesGroup::Month(day) if document.issue_date.first_of_month() == *day => {
                    whole(document)
                }
                SalesGroup::Customer { id, .. }
                    if party_of(document) == Counterparty::Customer(*id) =>
                {
                    whole(document)
                }
                SalesGroup::Product { id, .. } => {
                    let costs = self.costs.get(&document.content.written.id);
                    let cost = costs.and_then(|costs| costs.get(id)).copied().unwrap_or_default();
                    let [net, tax] = lines(document, Some(*id));
                    [net, tax, cost]
                }
                SalesGroup::WithoutProduct => {
                    let all = document.content.lines().filter(|(line, _)| line.product.is_some());
                    let [net, tax, _] = whole(document);
                    all.fold([net, tax, 0], |[net, tax, cost], (_, amounts)| {
                        let sign = sign(document);
                        let [line_net, line_tax] =
                            [amounts.net, amounts.tax_amount].map(|it| sign * it.minor());
                        [net - line_net, tax - line_tax, cost]
                    })
                }
                SalesGroup::Day(_) | SalesGroup::Month(_) | SalesGroup::Customer { .. } => [0; 3],
            };
            for (sum, part) in sums.iter_mut().zip(part) {
                *sum += part;
            }
        }
        sums
    }
}

/// A document of one to three lines: goods, free text, other taxes, and adjustments of the whole.
fn written(dice: &mut Dice, sale: Sale, products: &[ProductId], day: Date) -> WrittenInvoice {
    let mut document = sale.draft("1");
    document.issue_date = Some(day);
    document.prices_include_tax = dice.roll(3) == 0;
    let usual = document.lines.pop().expect("a line");
    for _ in 0..=dice.roll(3) {
        let mut line = usual.clone();
        line.product = Some(dice.one(products));
        line.quantity = quantity(&(1 + dice.roll(7)).to_string());
        line.unit_price = Some(unit_price(&format!("{}.{:02}", 1 + dice.roll(40), dice.roll(100))));
        match dice.roll(4) {
            0 => {
                line.product = None;
                line.description = Some(bilingual("Advice", "استشارة"));
                line.unit = Some(code("EA"));
                line.tax = LineTax::Given(zero());
            }
            1 => line.tax = LineTax::Given(vat()),
            _ => {}
        }
        document.lines.push(line);
    }
    if dice.roll(3) == 0 {
        let value = AdjustmentValue::Percent { percent: percent("7.5"), base: None };
        document.allowances.push(DocumentAdjustment { value, tax: None });
    }
    if dice.roll(4) == 0 {
        let value = AdjustmentValue::Amount(money("3.33"));
        document.charges.push(DocumentAdjustment { value, tax: Some(vat()) });
    }
    document
}

fn zero() -> Tax {
    Tax::try_new(TaxCategory::ZeroRated, percent("0")).expect("the zero rate")
}

/// What left the stock with each document, from the ledger.
async fn costs(books: &Harness) -> BTreeMap<InvoiceId, BTreeMap<ProductId, i64>> {
    use gaara_application::inventory::FindMovement;
    use gaara_inventory::{Movement, MovementOwner};

    let mut costs: BTreeMap<InvoiceId, BTreeMap<ProductId, i64>> = BTreeMap::new();
    let limit = PageLimit::try_new(PageLimit::MAX).expect("the most rows of a page");
    let page = PageRequest { limit, sort: Sort::natural(), after: None, with_total: false };
    let query = ListLedger { filter: LedgerFilter::default(), page };
    let rows = books.app.ask(&books.system(), &query).await.expect("the ledger").items;
    assert!(rows.len() < usize::from(PageLimit::MAX), "the ledger has more than a page");
    for row in rows {
        let find = FindMovement { id: row.movement };
        let movement = books.app.ask(&books.system(), &find).await.expect("a movement");
        let owner = movement.as_ref().and_then(|it| Movement::content(it).owner);
        if let Some(MovementOwner::Invoice(invoice)) = owner {
            let of_document = costs.entry(invoice).or_default();
            *of_document.entry(row.entry.key.product).or_default() -= row.entry.value.minor();
        }
    }
    costs
}
