//! What a sale in another currency needs.

use gaara_application::invoicing::{LineTax, SetExchangeRate, WrittenInvoice, WrittenLine};
use gaara_invoicing::{ExchangeRate, PartyId};
use gaara_kernel::Quantity;

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
        let mut line = WrittenLine::new(Quantity::ONE);
        line.description = Some(bilingual("Advice", "استشارة"));
        line.unit_price = Some(unit_price("100"));
        line.tax = LineTax::Given(vat());
        let party = PartyId::Customer(self.add_customer_of(code, None).await);
        WrittenInvoice::new(party, currency(code), vec![line])
    }
}
