//! What the contract of the store leaves out, because nothing about it is hard to keep.

use std::sync::Arc;

use gaara_application::Store;
use gaara_application::identity::ListUsers;
use gaara_application::inventory::ListWarehouses;
use gaara_application::invoicing::CalculateInvoice;
use gaara_inventory::WarehouseFilter;
use gaara_kernel::{PageLimit, PageRequest, Sort, SortField};
use gaara_testkit::{Harness, code, currency, money};

/// Asks for it.
pub(super) async fn ask(store: Arc<dyn Store>) {
    let books = Harness::new(store.clone());
    let actor = books.system();
    let token = books.app.new_setup_token().await.expect("an empty store");
    let request = Harness::set_up_request(Some(token));
    let _ = books.app.set_up(&actor, request).await.expect("the token is right");
    let sale = books.stocked_sale("10").await;
    let _ = books.app.ask(&actor, &ListUsers { page: page() }).await.expect("users");
    let _ = books
        .app
        .ask(&actor, &ListWarehouses { filter: WarehouseFilter::default(), page: page() })
        .await
        .expect("warehouses");
    let mut lines = sale.draft("1").lines;
    for line in &mut lines {
        line.unit = Some(code("DZN"));
    }
    let calculate = CalculateInvoice {
        currency: currency("SAR"),
        prices_include_tax: false,
        lines,
        allowances: Vec::new(),
        charges: Vec::new(),
        prepaid: money("0"),
        rounding: money("0"),
    };
    let _ = books.app.ask(&actor, &calculate).await.expect("it can be calculated");
    while books.app.seal_audit_log().await.expect("it can be sealed").is_some() {}
    let head = books.app.audit_head().await.expect("there is one").expect("something is sealed");
    let found = books.app.verify_audit_log(&actor, &[head]).await.expect("it can be read");
    assert_eq!(found.findings_total, 0);
    let _ = books.issue(&sale.draft("1")).await.expect("it is there");
    let mut view = store.view().await.expect("a view");
    let found = books.app.verify_documents_in(&actor, &mut *view).await.expect("it can be read");
    assert_eq!(found.findings_total, 0);
}

fn page<F: SortField>() -> PageRequest<F> {
    let limit = PageLimit::default();
    PageRequest { limit, sort: Sort::natural(), after: None, with_total: false }
}
