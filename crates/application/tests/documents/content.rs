//! What a document says is kept, whichever way it is written.

use gaara_application::invoicing::{ChangeInvoice, IssueRequest, WrittenInvoice};
use gaara_testkit::{bilingual, everything_said, unit_price};

use crate::support::{draft, find, issue, run, sale, version};

#[tokio::test]
async fn a_document_written_again_says_the_same() {
    let (books, sale) = sale().await;
    let mut written = WrittenInvoice { details: everything_said(), ..sale.draft("2") };
    written.lines[0].note = Some(bilingual("Handle with care", "بحذر"));
    written.lines[0].period = written.details.period;
    written.lines[0].gross_price = Some(unit_price("6"));
    written.lines[0].price_discount = Some(unit_price("0.25"));
    let id = draft(&books, written).await.unwrap();
    let before = find(&books, id).await;

    let written = WrittenInvoice::again(&before.content().written);
    let expected = version(&books, id).await;
    let (_, after) = run(&books, &ChangeInvoice { id, expected, written }).await.unwrap();

    assert_eq!(&after.content, before.content());
    assert_eq!(after.version, before.version().next());
    let issued = issue(&books, id, IssueRequest::default()).await.unwrap();
    let text = String::from_utf8(issued.canonical_bytes()).unwrap();
    for said in
        ["reference.order=PO-1\n", "payment_means.1.iban=SA03", "delivery.address.country=SA\n"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
}
