//! A whole sale inside another program: set up, receive, draft, issue, pay, read back.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use gaara::Gaara;
use gaara::application::identity::{NewOrganization, SetUpRequest};
use gaara::application::inventory::{
    CreateAndPostMovement, CreateProduct, CreateWarehouse, ListLevels, WrittenMovement,
    WrittenMovementLine,
};
use gaara::application::invoicing::{
    CreateCustomer, CreateInvoice, CreateTaxRate, FindInvoice, IssueInvoice, RecordPayment,
    WrittenInvoice, WrittenLine,
};
use gaara::identity::Username;
use gaara::inventory::{Costing, LevelFilter, MovementKind, ProductKind};
use gaara::invoicing::totals::{Tax, TaxCategory};
use gaara::invoicing::{Invoice, IssuedInvoice, PartyId, PaymentMethod, PaymentTerms, Validity};
use gaara::kernel::{
    BilingualText, Code, Country, Currency, CustomerId, DetailsChange, EmailAddress, InvoiceId,
    Money, PageLimit, PageRequest, Percent, ProductId, Quantity, Sort, TimeZone, UnitPrice,
    WarehouseId,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let (invoice, on_hand) = sell(directory.path()).await?;
    let mut out = io::stdout().lock();
    writeln!(out, "invoice {}: {}", invoice.number.text(), invoice.payment_status().code())?;
    Ok(writeln!(out, "stock left: {on_hand}")?)
}

/// Ten bolts come in, four are sold and paid for; answers the invoice and what is left.
pub(crate) async fn sell(directory: &Path) -> Result<(IssuedInvoice, Quantity), Box<dyn Error>> {
    let gaara = Gaara::builder().sqlite(directory.join("books.db")).build().await?;
    let company = company()?;
    gaara.set_up(&gaara.system(), company).await?;

    let product = add_product(&gaara).await?;
    let warehouse = receive(&gaara, product).await?;
    let customer = add_customer(&gaara).await?;
    let draft = invoice(customer, warehouse, product)?;
    let draft = gaara.execute(&gaara.system(), &CreateInvoice(draft)).await?;
    let id = draft.content.written.id;
    let expected = Some(draft.version);
    let issue = IssueInvoice { expected, ..IssueInvoice::plainly(id) };
    let issued = gaara.execute(&gaara.system(), &issue).await?;
    pay(&gaara, customer, id, issued.open()).await?;

    let found = gaara.ask(&gaara.system(), &FindInvoice { id }).await?;
    let Some(Invoice::Issued(issued)) = found else {
        return Err("an issued invoice stays issued".into());
    };
    let on_hand = on_hand(&gaara, product).await?;
    gaara.close().await?;
    Ok((*issued, on_hand))
}

fn company() -> Result<SetUpRequest, Box<dyn Error>> {
    Ok(SetUpRequest {
        // The program around the library needs no token.
        token: None,
        email: EmailAddress::parse("admin@example.com")?,
        username: Username::parse("admin")?,
        password: "Correct-Horse-7".to_owned(),
        organization: NewOrganization {
            name: BilingualText::try_new(Some("نجد للتجارة"), Some("Najd Trading"))?,
            country: Country::parse("SA")?,
            currency: Currency::parse("SAR")?,
            time_zone: TimeZone::parse("Asia/Riyadh")?,
        },
    })
}

async fn add_product(gaara: &Gaara) -> Result<ProductId, Box<dyn Error>> {
    let vat = CreateTaxRate {
        id: None,
        code: Code::parse("VAT15")?,
        tax: Tax::try_new(TaxCategory::Standard, Percent::parse("15")?)?,
        name: BilingualText::try_new(Some("ضريبة ١٥٪"), Some("VAT 15 %"))?,
        validity: Validity::default(),
        exemption: None,
    };
    let vat = gaara.execute(&gaara.system(), &vat).await?;
    let bolt = CreateProduct {
        id: None,
        sku: Code::parse("BOLT-M8")?,
        name: BilingualText::try_new(Some("برغي M8"), Some("Bolt M8"))?,
        kind: ProductKind::Stocked,
        unit: Code::parse("EA")?,
        unit_price: UnitPrice::parse("5.75")?,
        currency: Currency::parse("SAR")?,
        tax_rate: Some(vat.code),
        category: None,
        supplier: None,
        packagings: Vec::new(),
        barcodes: Vec::new(),
        reorder: Vec::new(),
        costing: Costing::Average,
        standard_cost: None,
    };
    Ok(gaara.execute(&gaara.system(), &bolt).await?.id)
}

async fn receive(gaara: &Gaara, product: ProductId) -> Result<WarehouseId, Box<dyn Error>> {
    let name = BilingualText::try_new(Some("الرئيسي"), Some("Main"))?;
    let main = CreateWarehouse { id: None, code: Code::parse("MAIN")?, name };
    let warehouse = gaara.execute(&gaara.system(), &main).await?.id;
    let line = WrittenMovementLine {
        unit_cost: Some(UnitPrice::parse("1.75")?),
        ..WrittenMovementLine::new(product, Quantity::parse("10")?)
    };
    let receipt = WrittenMovement::new(MovementKind::Receipt, warehouse, vec![line]);
    gaara.execute(&gaara.system(), &CreateAndPostMovement(receipt)).await?;
    Ok(warehouse)
}

async fn add_customer(gaara: &Gaara) -> Result<CustomerId, Box<dyn Error>> {
    let workshop = CreateCustomer {
        id: None,
        name: BilingualText::try_new(Some("ورشة الرياض"), Some("Riyadh Workshop"))?,
        email: None,
        tax_id: None,
        details: DetailsChange::default(),
        country: Country::parse("SA")?,
        currency: Currency::parse("SAR")?,
        credit_limit: None,
        payment_terms: PaymentTerms::net(30),
    };
    Ok(gaara.execute(&gaara.system(), &workshop).await?.id)
}

/// Four bolts at their usual price and tax.
fn invoice(
    customer: CustomerId,
    warehouse: WarehouseId,
    product: ProductId,
) -> Result<WrittenInvoice, Box<dyn Error>> {
    let line = WrittenLine::of(product, Quantity::parse("4")?);
    Ok(WrittenInvoice {
        warehouse: Some(warehouse),
        ..WrittenInvoice::new(PartyId::Customer(customer), Currency::parse("SAR")?, vec![line])
    })
}

async fn pay(
    gaara: &Gaara,
    customer: CustomerId,
    invoice: InvoiceId,
    amount: Money,
) -> Result<(), Box<dyn Error>> {
    let party = PartyId::Customer(customer);
    let payment =
        RecordPayment::new(party, amount, PaymentMethod::BankTransfer).with(invoice, amount);
    gaara.execute(&gaara.system(), &payment).await?;
    Ok(())
}

async fn on_hand(gaara: &Gaara, product: ProductId) -> Result<Quantity, Box<dyn Error>> {
    let page = PageRequest {
        limit: PageLimit::default(),
        sort: Sort::natural(),
        after: None,
        with_total: false,
    };
    let filter = LevelFilter { product: Some(product), ..LevelFilter::default() };
    let levels = gaara.ask(&gaara.system(), &ListLevels { filter, page }).await?;
    let first = levels.items.first().ok_or("the product has a level")?;
    Ok(first.level.on_hand())
}
