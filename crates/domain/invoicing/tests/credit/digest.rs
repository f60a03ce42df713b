//! The byte form of what a document says.

use gaara_invoicing::{
    BaseTotals, ExchangeRate, Frozen, IssuedInvoice, LineSnapshot, NewInvoice, ProductSnapshot,
    Snapshot,
};
use gaara_kernel::{BilingualText, Code, Money};

use crate::build::{invoice, line, party, standard};

fn issued(change: impl FnOnce(&mut NewInvoice, &mut Frozen)) -> IssuedInvoice {
    let mut written = invoice("SAR", vec![line("2", "5.75", standard("15"))]);
    let product = ProductSnapshot {
        sku: Code::parse("BOLT-M8").unwrap(),
        name: BilingualText::try_new(None, Some("Bolt \\ M8")).unwrap(),
    };
    let lines = vec![LineSnapshot { product: Some(product), unit_name: None }];
    let snapshot = Snapshot { seller: party("Seller"), buyer: party("Buyer"), lines };
    let content = written.clone().into_content().unwrap();
    let base = BaseTotals::try_new(&content.totals, ExchangeRate::ONE, written.currency).unwrap();
    let mut frozen = Frozen { snapshot, costs: vec![None], base };
    change(&mut written, &mut frozen);
    crate::build::issue(written, frozen)
}

#[test]
fn the_byte_form_is_what_the_documentation_says() {
    let bytes = issued(|_, _| ()).canonical_bytes();
    let text = String::from_utf8(bytes).unwrap();

    assert!(text.starts_with("gaara-invoice 1\nid=inv_01h45"), "{text}");
    assert!(
        text.ends_with("base.net=11.50\nbase.tax=1.73\nbase.total=13.23\nbase.payable=13.23\n")
    );
    for said in [
        "number=INV-2026-00001\n",
        "issue_date=2026-11-23\ndue_date=2026-12-23\ninstalment.1.due_date=2026-12-23\n",
        "seller.name.ar=نجد\nseller.name.en=Seller\nseller.address.country=SA\n",
        "line.1.sku=BOLT-M8\nline.1.product_name.en=Bolt \\\\ M8\n",
        "line.1.quantity=2\nline.1.unit=EA\nline.1.unit_price=5.75\nline.1.base_quantity=1\n",
        "totals.rounding=0.00\ntotals.payable=13.23\nbase.currency=SAR\nbase.rate=1\n",
        "tax_group.1.category=S\ntax_group.1.rate=15\n",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!text.contains("trade_name"), "what is absent is left out");
}

#[test]
fn what_a_document_says_moves_its_bytes_and_what_it_does_not_say_leaves_them() {
    let plain = issued(|_, _| ());

    let other = issued(|_, frozen| frozen.snapshot.buyer.trade_name = Some(party("x").name));
    assert_ne!(other.canonical_bytes(), plain.canonical_bytes());
    assert_ne!(other.digest, plain.digest);
    let same = issued(|written, frozen| {
        frozen.costs = vec![Some(Money::zero(written.currency))];
        written.annotations.note = Some(party("a note").name);
    });
    assert_eq!(same.canonical_bytes(), plain.canonical_bytes());
    assert_eq!(same.digest, plain.digest);
    assert_eq!(plain.digest.to_string().len(), 64);
}
