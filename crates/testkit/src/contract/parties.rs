//! Customers, suppliers, the organisation and tax rates: what is saved of them, and when they are
//! needed.

use std::sync::Arc;

use gaara_application::Refusal;
use gaara_application::Store;
use gaara_application::identity::{ChangeOrganization, GetOrganization};
use gaara_application::inventory::{ArchiveSupplier, ArchivingError, NameChange};
use gaara_application::invoicing::{
    ArchiveCustomer, ArchiveTaxRate, CalculateInvoice, ChangeTaxRate, CreateInvoice,
    CreateInvoiceError, CreateTaxRate, FindTaxRate, IssueInvoice, ListCustomers, ListTaxRates,
    RecordPayment, RestoreCustomer, WrittenInvoice,
};
use gaara_identity::Organization;
use gaara_inventory::Supplier;
use gaara_invoicing::totals::{Tax, TaxCategory};
use gaara_invoicing::{
    Customer, CustomerFilter, PartyId, PaymentMethod, TaxExemption, TaxRateFilter, Validity,
};
use gaara_kernel::{
    CustomerId, DetailsChange, Instalment, PartyDetails, PaymentTerms, Percent, SearchQuery,
    ShortText, TaxId, Version,
};

use super::keys::{Rows, details};
use super::store::whole;
use crate::fixtures::{bilingual, code, currency, date, money, percent};
use crate::harness::Harness;

fn terms() -> PaymentTerms {
    let half = |net_days| Instalment { percent: percent("50"), net_days };
    PaymentTerms::in_instalments(vec![half(0), half(30)]).expect("two halves")
}

async fn found(books: &Harness, words: &str) -> usize {
    let query = Some(SearchQuery::new(words));
    let filter = CustomerFilter { query, ..CustomerFilter::default() };
    let query = ListCustomers { filter, page: whole() };
    books.app.ask(&books.system(), &query).await.expect("customers can be read").items.len()
}

/// Everything that parties say is saved, replaced, and found by its new words.
pub async fn what_parties_say_is_saved_and_found(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let customer = rows.customer(Some("a@b.sa"));
    let supplier = rows.supplier(None);
    let mut unit = store.begin().await.expect("a transaction");
    unit.customers().add(&customer).await.expect("a customer");
    unit.suppliers().add(&supplier).await.expect("a supplier");
    let locked = unit.customers().lock_whole(customer.id).await.expect("an answer");
    assert_eq!(locked, Some(customer.clone()));
    let other = Customer {
        name: bilingual("Gulf", "الخليج"),
        email: None,
        tax_id: Some(TaxId::from_stored("300000000000003".to_owned())),
        details: PartyDetails { legal_name: None, ..details() },
        payment_terms: terms(),
        archived_at: Some(rows.now),
        version: Version::new(2),
        ..customer.clone()
    };
    unit.customers().save(&other).await.expect("it was locked");
    assert_eq!(unit.customers().hold(customer.id).await.expect("an answer"), Some(other));
    let locked = unit.suppliers().lock(supplier.id).await.expect("an answer");
    assert_eq!(locked, Some(supplier.clone()));
    let bare = Supplier {
        details: PartyDetails::default(),
        payment_terms: terms(),
        version: Version::new(2),
        ..supplier
    };
    unit.suppliers().save(&bare).await.expect("it was locked");
    let held = unit.suppliers().hold_many(&[bare.id]).await.expect("an answer");
    assert_eq!(held, [bare]);
    unit.commit().await.expect("a commit");

    let books = Harness::new(store);
    assert_eq!(found(&books, "خليج").await, 1);
    assert_eq!(found(&books, "1010010000").await, 1, "by its registration");
    assert_eq!(found(&books, "300000000000003").await, 1);
    assert_eq!(found(&books, "a@b.sa").await, 0, "the address is gone");
    assert_eq!(found(&books, "LLC").await, 0, "the registered name is gone");
}

fn archive(id: CustomerId) -> ArchiveCustomer {
    ArchiveCustomer { id, expected: None }
}

/// Drafts and open invoices keep a customer in use; afterwards nothing new is written for it.
pub async fn a_customer_with_open_business_stays_in_use(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let actor = books.system();
    let issued = books.issue(&sale.draft("1")).await.expect("goods are there");
    let refused = books.app.execute(&actor, &archive(sale.customer)).await.expect_err("it owes");
    assert!(matches!(refused, Refusal::Failed(ArchivingError::InUse)), "{refused:?}");
    let amount = issued.open();
    let payment = RecordPayment::new(issued.party(), amount, PaymentMethod::Cash)
        .with(issued.content.written.id, amount);
    books.app.execute(&actor, &payment).await.expect("it can be paid");

    let archived = books.app.execute(&actor, &archive(sale.customer)).await.expect("all is paid");
    assert!(archived.archived_at.is_some());
    let draft = CreateInvoice(sale.draft("1"));
    let refused = books.app.execute(&actor, &draft).await.expect_err("it is archived");
    let is_archived = matches!(refused, Refusal::Failed(CreateInvoiceError::PartyArchived { .. }));
    assert!(is_archived, "{refused:?}");

    let restore = RestoreCustomer { id: sale.customer, expected: None };
    books.app.execute(&actor, &restore).await.expect("it is archived");
    books.app.execute(&actor, &draft).await.expect("it is in use");
    let refused = books.app.execute(&actor, &archive(sale.customer)).await.expect_err("a draft");
    assert!(matches!(refused, Refusal::Failed(ArchivingError::InUse)), "{refused:?}");
}

/// The same holds for suppliers.
pub async fn a_supplier_with_open_business_stays_in_use(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let actor = books.system();
    let supplier = books.add_supplier("Mill").await;
    let archive = ArchiveSupplier { id: supplier, expected: None };
    let bought = WrittenInvoice { party: PartyId::Supplier(supplier), ..sale.draft("1") };
    let bought = CreateInvoice(bought);
    let draft = books.app.execute(&actor, &bought).await.expect("a draft");
    let refused = books.app.execute(&actor, &archive).await.expect_err("a draft is there");
    assert!(matches!(refused, Refusal::Failed(ArchivingError::InUse)), "{refused:?}");

    let issue = IssueInvoice::plainly(draft.content.written.id);
    let issued = books.app.execute(&actor, &issue).await.expect("goods come in");
    let refused = books.app.execute(&actor, &archive).await.expect_err("it is owed");
    assert!(matches!(refused, Refusal::Failed(ArchivingError::InUse)), "{refused:?}");

    let amount = issued.open();
    let payment = RecordPayment::new(issued.party(), amount, PaymentMethod::Cash)
        .with(issued.content.written.id, amount);
    books.app.execute(&actor, &payment).await.expect("it can be paid");
    books.app.execute(&actor, &archive).await.expect("all is paid");
    let refused = books.app.execute(&actor, &bought).await.expect_err("it is archived");
    let is_archived = matches!(refused, Refusal::Failed(CreateInvoiceError::PartyArchived { .. }));
    assert!(is_archived, "{refused:?}");
}

/// Whoever archives and whoever writes a draft at once: one of them is refused.
pub async fn a_customer_is_archived_or_invoiced_never_both(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let actor = books.system();
    for _ in 0..8 {
        let customer = books.add_customer(None).await;
        let draft = CreateInvoice(crate::harness::Sale { customer, ..sale }.draft("1"));
        let step = archive(customer);

        let (drafted, archived) = crate::tokio::join!(
            books.app.execute(&actor, &draft),
            books.app.execute(&actor, &step),
        );

        assert_ne!(drafted.is_ok(), archived.is_ok(), "{drafted:?} {archived:?}");
    }
}

/// What is archived is listed apart from what is in use.
pub async fn archived_customers_are_listed_apart(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    for number in 0..5 {
        let id = books.add_customer(None).await;
        if number % 2 == 0 {
            books.app.execute(&books.system(), &archive(id)).await.expect("it owes nothing");
        }
    }
    for (archived, expected) in [(None, 5), (Some(false), 2), (Some(true), 3)] {
        let filter = CustomerFilter { archived, ..CustomerFilter::default() };
        let query = ListCustomers { filter, page: whole() };
        let page = books.app.ask(&books.system(), &query).await.expect("customers");
        assert_eq!(page.items.len(), expected);
    }
}

/// Tax rates are in force on their days, and say why nothing is charged.
pub async fn tax_rates_are_listed_by_their_days(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let actor = books.system();
    let validity = Validity::try_new(Some(date("2020-07-01")), None).expect("an order");
    let exempt = Tax::try_new(TaxCategory::Exempt, Percent::ZERO).expect("a tax");
    let reason = || TaxExemption::try_new(ShortText::parse("VATEX-SA-29").ok(), None);
    let new = |name: &str, tax, validity, exemption| CreateTaxRate {
        id: None,
        code: code(name),
        tax,
        name: bilingual(name, "ضريبة"),
        validity,
        exemption,
    };
    let vat15 = new("VAT15", crate::fixtures::vat(), validity, None);
    books.app.execute(&actor, &vat15).await.expect("a tax rate");
    let exempt = new("EXEMPT", exempt, Validity::default(), reason());
    let exempt = books.app.execute(&actor, &exempt).await.expect("a tax rate");
    let mut codes = Vec::new();
    for (on, archived) in [
        (Some(date("2020-06-30")), None),
        (Some(date("2020-07-01")), None),
        (None, Some(true)),
        (None, Some(false)),
    ] {
        let filter = TaxRateFilter { effective_on: on, archived, ..TaxRateFilter::default() };
        codes.push(list(&books, filter).await);
    }
    assert_eq!(codes, [vec!["EXEMPT"], vec!["EXEMPT", "VAT15"], vec![], vec!["EXEMPT", "VAT15"]]);
    let categories = vec![TaxCategory::Standard];
    let filter = TaxRateFilter { categories, ..TaxRateFilter::default() };
    assert_eq!(list(&books, filter).await, ["VAT15"]);

    let change = ChangeTaxRate {
        id: exempt.id,
        expected: Version::FIRST,
        name: NameChange { ar: Some(None), en: None },
        valid_from: None,
        valid_to: Some(Some(date("2026-12-31"))),
        exemption_code: Some(None),
        exemption_text: Some(Some(bilingual("Rents", "إيجارات"))),
    };
    let (before, after) = books.app.execute(&actor, &change).await.expect("a change");
    assert_eq!(before, exempt);
    let archive = ArchiveTaxRate { id: exempt.id, expected: Some(after.version) };
    let archived = books.app.execute(&actor, &archive).await.expect("it is in use");
    let query = FindTaxRate { id: exempt.id };
    let shown = books.app.ask(&actor, &query).await.expect("an answer");
    assert_eq!(shown, Some(archived));
}

async fn list(books: &Harness, filter: TaxRateFilter) -> Vec<String> {
    let query = ListTaxRates { filter, page: whole() };
    let page = books.app.ask(&books.system(), &query).await.expect("tax rates can be read");
    let mut codes: Vec<String> = page.items.iter().map(|rate| rate.code.to_string()).collect();
    codes.sort();
    codes
}

/// Row P-09 of the rules: the organisation's smallest coin reaches calculations and drafts, in its
/// own currency and where the document does not say otherwise.
pub async fn what_is_to_be_paid_is_rounded_to_the_smallest_coin(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("100").await;
    let organization = coin(&books, Some("0.05")).await;
    assert_eq!(organization.cash_rounding, Some(money("0.05")));
    let query = GetOrganization {};
    let stored = books.app.ask(&books.system(), &query).await.expect("an answer");
    assert_eq!(stored, Some(organization));

    // 5.75 and 15 % come to 6.6125, so to 6.61, which the coin makes 6.60.
    let issued = books.issue(&sale.draft("1")).await.expect("goods are there");
    let totals = &issued.content.totals;
    assert_eq!((totals.rounding, totals.payable), (money("-0.01"), money("6.60")));
    let mut exact = sale.draft("1");
    exact.rounding = money("0.39");
    let issued = books.issue(&exact).await.expect("goods are there");
    assert_eq!(issued.content.totals.payable, money("7.00"), "the document says it itself");

    let written = sale.draft("1");
    let calculate = |currency| CalculateInvoice {
        currency,
        prices_include_tax: false,
        lines: written.lines.clone(),
        allowances: Vec::new(),
        charges: Vec::new(),
        prepaid: gaara_kernel::Money::zero(currency),
        rounding: gaara_kernel::Money::zero(currency),
    };
    let answer = books.app.ask(&books.system(), &calculate(currency("SAR"))).await;
    assert_eq!(answer.expect("totals").totals.payable, money("6.60"));

    coin(&books, None).await;
    let issued = books.issue(&sale.draft("1")).await.expect("goods are there");
    assert_eq!(issued.content.totals.payable, money("6.61"));
}

async fn coin(books: &Harness, coin: Option<&str>) -> Organization {
    let organization = books.app.ask(&books.system(), &GetOrganization {}).await;
    let organization = organization.expect("an answer").expect("it is set up");
    let change = ChangeOrganization {
        tax_id: Some(Some("310122393500003".to_owned())),
        details: DetailsChange {
            identifiers: Some(details().identifiers),
            ..DetailsChange::default()
        },
        cash_rounding: Some(coin.map(str::to_owned)),
        tax_currency: Some(Some(currency("SAR"))),
        ..ChangeOrganization::of(organization.version)
    };
    books.app.execute(&books.system(), &change).await.expect("a change").1
}
