//! Many at once: every answer is as if they had come one after the other.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use gaara_application::identity::{
    RefreshError, SetUpError, SetUpFailure, SignInRequest, SignedTokens,
};
use gaara_application::inventory::{ChangeProduct, ChangeProductError};
use gaara_application::invoicing::{
    CreateInvoice, CreateInvoiceError, InvoiceStateError, IssueInvoice, IssueInvoiceError,
    RecordPayment, RecordPaymentError, SettleError,
};
use gaara_application::{Actor, Refusal, Store};
use gaara_identity::RefreshToken;
use gaara_invoicing::{AllocateError, AllocationError, PartyId, PaymentMethod, PaymentStatus};
use gaara_kernel::{CustomerId, InvoiceId, Version};

use super::store::{gapless, invoices, numbers};
use crate::fixtures::{money, quantity, unit_price};
use crate::harness::{Harness, PASSWORD, USERNAME};

/// Where every request of these tests comes from.
const ADDRESS: &str = "192.0.2.1";

/// Starts so many of the same thing at once and waits for all of them.
pub(crate) async fn at_once<F>(count: usize, start: impl Fn() -> F) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let running: Vec<_> = (0..count).map(|_| tokio::spawn(start())).collect();
    let mut outputs = Vec::with_capacity(count);
    for one in running {
        outputs.push(one.await.expect("nothing panics"));
    }
    outputs
}

/// A level that does not exist yet cannot be locked; every first receipt counts all the same.
pub async fn ten_first_receipts_at_once_all_count(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let product = books.add_product("FRESH").await;
    let warehouse = books.add_warehouse("MAIN").await;

    let results = at_once(10, || {
        let books = books.clone();
        async move {
            let receipt = Harness::receipt(product, warehouse, quantity("1"));
            books.app.execute(&books.system(), &receipt).await.map(|_| ())
        }
    })
    .await;

    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(books.on_hand(product).await, "10");
}

/// Stock is never oversold, and the numbers of what was sold have no gap.
pub async fn twenty_at_once_on_fifteen_pieces_sell_exactly_fifteen(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("15").await;

    let results = at_once(20, || {
        let books = books.clone();
        async move { books.issue(&sale.draft("1")).await }
    })
    .await;

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 15, "{results:?}");
    for refused in results.into_iter().filter_map(Result::err) {
        let Refusal::Failed(CreateInvoiceError::Issue(error)) = refused else {
            panic!("{refused:?}")
        };
        assert!(matches!(*error, IssueInvoiceError::Stock(_)), "{error:?}");
    }
    assert_eq!(numbers(&books).await, gapless(15));
    assert_eq!(books.on_hand(sale.product).await, "0");
}

/// Movements that name the same goods in opposite order lock them in one order, so that none
/// waits for another that waits for it.
pub async fn movements_across_each_other_do_not_wait_for_ever(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let warehouse = books.add_warehouse("MAIN").await;
    let mut products = Vec::new();
    for number in 0..8 {
        products.push(books.add_product(&format!("P{number}")).await);
    }
    let turn = std::sync::atomic::AtomicUsize::new(0);

    let results = at_once(12, || {
        let (books, mut products) = (books.clone(), products.clone());
        if turn.fetch_add(1, std::sync::atomic::Ordering::SeqCst) % 2 == 1 {
            products.reverse();
        }
        async move {
            let mut receipts = products
                .into_iter()
                .map(|product| Harness::receipt(product, warehouse, quantity("1")));
            let mut receipt = receipts.next().expect("eight products");
            receipt.0.lines.extend(receipts.flat_map(|other| other.0.lines));
            books.app.execute(&books.system(), &receipt).await.map(|_| ())
        }
    })
    .await;

    assert!(results.iter().all(Result::is_ok), "{results:?}");
    for product in products {
        assert_eq!(books.on_hand(product).await, "12");
    }
}

/// Pays a part of an invoice, where that much is open.
pub(crate) async fn pay(
    books: &Harness,
    customer: CustomerId,
    invoice: InvoiceId,
    amount: &str,
) -> bool {
    let (party, part) = (PartyId::Customer(customer), money(amount));
    let payment = RecordPayment::new(party, part, PaymentMethod::Cash).with(invoice, part);
    books.app.execute(&books.system(), &payment).await.is_ok()
}

/// Pays parts of an invoice at once and answers how many of them were taken.
pub(crate) async fn pay_at_once(
    books: &Harness,
    customer: CustomerId,
    invoice: InvoiceId,
    amounts: &[&'static str],
) -> usize {
    let start = |amount: &&'static str| {
        let (books, amount) = (books.clone(), *amount);
        tokio::spawn(async move { pay(&books, customer, invoice, amount).await })
    };
    let running: Vec<_> = amounts.iter().map(start).collect();
    let mut taken = 0;
    for one in running {
        taken += usize::from(one.await.expect("nothing panics"));
    }
    taken
}

/// A draft is issued once, however many ask.
pub async fn two_issues_of_one_draft_give_one_number(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let draft = books.app.execute(&books.system(), &CreateInvoice(sale.draft("4"))).await;
    let id = draft.expect("a draft").content.written.id;

    let results = at_once(2, || {
        let books = books.clone();
        let issue = IssueInvoice::plainly(id);
        async move { books.app.execute(&books.system(), &issue).await }
    })
    .await;

    let already = |result: &Result<_, _>| {
        matches!(
            result,
            Err(Refusal::Failed(IssueInvoiceError::State(InvoiceStateError::Issued { .. })))
        )
    };
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert_eq!(results.iter().filter(|result| already(result)).count(), 1, "{results:?}");
    assert_eq!(books.on_hand(sale.product).await, "6");
}

/// A debt is paid once: what is open is checked and taken in one step.
pub async fn payments_at_once_never_exceed_the_debt(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let issued = books.issue(&sale.draft("4")).await.expect("goods are there");
    assert_eq!(issued.content.totals.payable, money("26.45"));
    let invoice = issued.content.written.id;

    let results = at_once(8, || {
        let books = books.clone();
        let part = money("10");
        let party = PartyId::Customer(sale.customer);
        let payment = RecordPayment::new(party, part, PaymentMethod::Cash).with(invoice, part);
        async move { books.app.execute(&books.system(), &payment).await.map(|_| ()) }
    })
    .await;

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 2, "{results:?}");
    for refused in results.into_iter().filter_map(Result::err) {
        let Refusal::Failed(RecordPaymentError::Settle(SettleError::Refused { error, .. })) =
            refused
        else {
            panic!("{refused:?}")
        };
        let open = money("6.45");
        assert_eq!(error, AllocateError::Invoice(AllocationError::ExceedsOpen { open }));
    }
    let row = invoices(&books).await.into_iter().next().expect("one invoice");
    assert_eq!((row.paid, row.payment_status), (money("20"), PaymentStatus::PartiallyPaid));
}

/// Two invoices cannot both use the last of a customer's credit.
pub async fn the_last_credit_is_given_once(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let mut sale = books.stocked_sale("100").await;
    sale.customer = books.add_customer(Some(money("30"))).await;

    let results = at_once(6, || {
        let books = books.clone();
        async move { books.issue(&sale.draft("4")).await }
    })
    .await;

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    for refused in results.into_iter().filter_map(Result::err) {
        let Refusal::Failed(CreateInvoiceError::Issue(error)) = refused else {
            panic!("{refused:?}")
        };
        assert!(matches!(*error, IssueInvoiceError::CreditLimitExceeded { .. }), "{error:?}");
    }
    assert_eq!(books.on_hand(sale.product).await, "96");
    assert_eq!(numbers(&books).await, gapless(1));
}

/// Of two changes made on the same version, the second to arrive is told.
pub async fn two_changes_of_one_version_give_one_stale(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let id = books.add_product("BOLT-M8").await;

    let results = at_once(2, || {
        let books = books.clone();
        let change = ChangeProduct {
            unit_price: Some(unit_price("6")),
            ..Harness::product_change(id, Version::FIRST)
        };
        async move { books.app.execute(&books.system(), &change).await }
    })
    .await;

    let stale = |result: &&Result<_, _>| matches!(result, Err(Refusal::Failed(ChangeProductError::Stale { current })) if *current == Version::FIRST.next());
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert_eq!(results.iter().filter(stale).count(), 1, "{results:?}");
}

/// There is one organisation, and the slower one learns that it is done.
pub async fn two_who_set_up_at_once_give_one_organisation(store: Arc<dyn Store>) {
    let books = Harness::new(store);
    let token = books.app.new_setup_token().await.expect("nothing is set up");
    let request = Harness::set_up_request(Some(token));

    let results = at_once(2, || {
        let books = books.clone();
        let request = request.clone();
        let stranger = Actor::anonymous(books.app.new_trace());
        async move { books.app.set_up(&stranger, request).await }
    })
    .await;

    let done = |result: &&Result<_, SetUpFailure>| {
        matches!(result, Err(SetUpFailure::Refused(Refusal::Failed(SetUpError::Done))))
    };
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert_eq!(results.iter().filter(done).count(), 1, "{results:?}");
}

/// Whoever presents one refresh token at the same moment is given one successor, as often as they
/// ask. Once it is too late to ask again the whole session ends, because a thief and an owner
/// cannot be told apart.
pub async fn a_refresh_token_is_traded_once(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let stranger = Actor::anonymous(books.app.new_trace());
    let request = SignInRequest {
        login: USERNAME.to_owned(),
        password: PASSWORD.to_owned(),
        address: ADDRESS.to_owned(),
        user_agent: String::new(),
    };
    let tokens = books.app.sign_in(&stranger, &request).await.expect("the right password");

    let results = at_once(50, || {
        let (books, stranger) = (books.clone(), stranger.clone());
        let token = tokens.refresh_token.clone();
        async move { books.app.refresh(&stranger, &token, ADDRESS).await }
    })
    .await;

    let given: Vec<SignedTokens> =
        results.into_iter().map(|result| result.expect("each is answered")).collect();
    let next = given.first().expect("fifty answers");
    let same = |tokens: &SignedTokens| tokens.refresh_token == next.refresh_token;
    assert!(given.iter().all(same), "one token takes over");

    books.clock.advance(RefreshToken::RETRY + Duration::from_millis(1));
    let late = books.app.refresh(&stranger, &tokens.refresh_token, ADDRESS).await;
    assert!(matches!(late, Err(RefreshError::Reused)), "{late:?}");
    let again = books.app.refresh(&stranger, &next.refresh_token, ADDRESS).await;
    assert!(matches!(again, Err(RefreshError::Invalid)), "the family is dead");
    let trace = books.app.new_trace();
    books.app.authenticate(&next.access_token, trace).await.expect_err("the session is over");
}
