//! What a sale in another currency needs.

use gaara_application::invoicing::{LineTax, SetExchangeRate, WrittenInvoice, WrittenLine};
use gaara_invoicing::ExchangeRate;
use gaara_kernel::{Money, Quantity};

use crate::fixtures::{bilingual, currency, date, unit_price, vat};
use crate::harness::Harness;

impl Harness {
    /// Sets what one unit of a currency is worth from a day on, for the first time.
    pub async fn set_rate(&self, code: &str, day: &str, rate: &str) {
        let use_case = SetExchangeRate {
            currency: currency(code),
            rate_date: date(day),
            rate: ExchangeRate::parse(rate).expect("a rate"),
            expected: None,
        };
        self.app.execute(&self.system(), &use_case).await.expect("a first rate of a day");
    }

    /// An invoice of 100 and its tax, in another currency, for a service to a new customer.
    pub async fn foreign_sale(&self, code: &str) -> WrittenInvoice {
        let nothing = Money::zero(currency(code));
        WrittenInvoice {
            id: None,
            customer: self.add_customer_of(code, None).await,
            warehouse: None,
            currency: currency(code),
            issue_date: None,
            due_date: None,
            prices_include_tax: false,
            lines: vec![WrittenLine {
                product: None,
                description: Some(bilingual("Advice", "استشارة")),
                quantity: Quantity::ONE,
                unit: None,
                unit_price: Some(unit_price("100")),
                base_quantity: Quantity::ONE,
                allowances: Vec::new(),
                charges: Vec::new(),
                tax: LineTax::Given(vat()),
                reservation: None,
            }],
            allowances: Vec::new(),
            charges: Vec::new(),
            prepaid: nothing,
            rounding: nothing,
        }
    }
}
