//! What is issued stays what it was, whatever becomes of parties, products and units.

use gaara_application::identity::ChangeOrganization;
use gaara_application::inventory::{ChangeProduct, ChangeSupplier, NameChange};
use gaara_application::invoicing::WrittenInvoice;
use gaara_invoicing::{Invoice, PartyId};
use gaara_kernel::Version;
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
        expected: Version::FIRST,
        name: renamed("Other Company"),
        locked_through: None,
    };
    run(&books, &organization).await.unwrap();
    let product = ChangeProduct {
        name: renamed("Other Bolt"),
        sku: Some(gaara_testkit::code("OTHER")),
        unit_price: Some(unit_price("99")),
        ..Harness::product_change(sale.product, Version::FIRST)
    };
    run(&books, &product).await.unwrap();
    let change = ChangeSupplier { name: renamed("Other Mill"), ..supplier_change(supplier) };
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

fn supplier_change(id: gaara_kernel::SupplierId) -> ChangeSupplier {
    ChangeSupplier {
        id,
        expected: Version::FIRST,
        name: NameChange::default(),
        email: None,
        tax_id: None,
        country: None,
        currency: None,
        credit_limit: None,
        payment_terms: None,
    }
}
