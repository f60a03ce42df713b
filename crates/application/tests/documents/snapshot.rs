//! What is issued stays what it was, whatever becomes of parties, products and units.

use gaara_application::identity::ChangeOrganization;
use gaara_application::inventory::{ChangeProduct, ChangeSupplier, NameChange};
use gaara_application::invoicing::{CreateCustomer, WrittenInvoice};
use gaara_application::party::PartyChange;
use gaara_invoicing::{Invoice, PartyId};
use gaara_kernel::{AddressChange, DetailsChange, EmailAddress, ShortText, TextChange, Version};
use gaara_testkit::{Harness, bilingual, unit_price};

use crate::support::{find, find_issued, issued, run, sale};

fn renamed(text: &str) -> NameChange {
    NameChange { ar: Some(Some(text.to_owned())), en: Some(Some(text.to_owned())) }
}

#[tokio::test]
async fn both_sides_and_all_things_are_frozen() {
    let (books, sale) = sale().await;

    let issued = issued(&books, &sale).await;

    let frozen = &issued.snapshot;
    assert_eq!(frozen.seller.name, bilingual("Najd Trading", "نجد للتجارة"));
    assert_eq!(frozen.buyer.name, bilingual("Customer", "عميل"));
    let line = &frozen.lines[0];
    let product = line.product.as_ref().unwrap();
    assert_eq!((product.sku.as_str(), product.name.en()), ("BOLT-M8", Some("BOLT-M8")));
    assert!(line.unit_name.is_some(), "a piece has a name");
}

#[tokio::test]
async fn later_changes_change_nothing() {
    let (books, sale) = sale().await;
    let supplier = books.add_supplier("Mill").await;
    let sold = issued(&books, &sale).await;
    let bought = WrittenInvoice { party: PartyId::Supplier(supplier), ..sale.draft("1") };
    let bought = books.issue(&bought).await.unwrap();
    assert_eq!(bought.snapshot.buyer.name, sold.snapshot.seller.name, "we are the other side");

    let organization = ChangeOrganization {
        name: renamed("Other Company"),
        ..ChangeOrganization::of(Version::FIRST)
    };
    run(&books, &organization).await.unwrap();
    let product = ChangeProduct {
        name: renamed("Other Bolt"),
        sku: Some(gaara_testkit::code("OTHER")),
        unit_price: Some(unit_price("99")),
        ..Harness::product_change(sale.product, Version::FIRST)
    };
    run(&books, &product).await.unwrap();
    let change = PartyChange { name: renamed("Other Mill"), ..PartyChange::default() };
    let change = ChangeSupplier { id: supplier, expected: Version::FIRST, change };
    run(&books, &change).await.unwrap();

    for before in [sold, bought] {
        let after = find_issued(&books, before.content.written.id).await;
        assert_eq!(after, before);
        assert_eq!(after.canonical_bytes(), before.canonical_bytes());
    }
    let next = books.issue(&sale.draft("1")).await.unwrap();
    assert_eq!(next.snapshot.seller.name.en(), Some("Other Company"));
    let found = find(&books, next.content.written.id).await;
    assert_eq!(found, Invoice::Issued(Box::new(next)));
}

#[tokio::test]
async fn a_side_is_all_that_a_party_says_of_itself() {
    let (books, sale) = sale().await;
    let city = TextChange::Replace(bilingual("Riyadh", "الرياض"));
    let postal_code = Some(ShortText::parse("12214").ok());
    let address = AddressChange { city, postal_code, ..AddressChange::default() };
    let details = DetailsChange {
        legal_name: TextChange::Replace(bilingual("Gulf LLC", "الخليج ذ.م.م")),
        billing_address: Some(Some(address)),
        ..DetailsChange::default()
    };
    let customer = CreateCustomer {
        tax_id: Some("300000000000003".to_owned()),
        email: EmailAddress::parse("pay@gulf.example").ok(),
        details,
        ..Harness::new_customer("SAR", None)
    };
    let customer = run(&books, &customer).await.unwrap();
    let organization = ChangeOrganization {
        tax_id: Some(Some("310122393500003".to_owned())),
        ..ChangeOrganization::of(Version::FIRST)
    };
    run(&books, &organization).await.unwrap();

    let written = WrittenInvoice { party: PartyId::Customer(customer.id), ..sale.draft("1") };
    let frozen = books.issue(&written).await.unwrap().snapshot;

    assert_eq!(frozen.buyer.name, bilingual("Gulf LLC", "الخليج ذ.م.م"));
    assert_eq!(frozen.buyer.trade_name, Some(bilingual("Customer", "عميل")));
    assert_eq!(frozen.buyer.address.city, Some(bilingual("Riyadh", "الرياض")));
    assert_eq!(frozen.buyer.address.country.code(), "SA");
    assert_eq!(frozen.buyer.contact.email, customer.email);
    assert_eq!(frozen.buyer.tax_id.unwrap().as_str(), "300000000000003");
    assert_eq!(frozen.seller.tax_id.unwrap().as_str(), "310122393500003");
}
