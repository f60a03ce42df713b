//! Who buys from the company.

use gaara::Gaara;
use gaara::application::invoicing::CreateCustomer;
use gaara::invoicing::PaymentTerms;
use gaara::kernel::{CustomerId, DetailsChange, EmailAddress};

use super::{both, country, done, good, riyal};
use crate::failure::Failure;

/// The name in both languages, the mailbox, and the days until an invoice is to be paid.
#[rustfmt::skip]
const CUSTOMERS: [(&str, &str, &str, u16); 15] = [
    ("Riyadh Workshop", "ورشة الرياض", "riyadh-workshop", 30),
    ("Al Waha Contracting", "الواحة للمقاولات", "alwaha", 60),
    ("Red Sea Builders", "بناة البحر الأحمر", "redsea", 30),
    ("Tuwaiq Engineering", "طويق الهندسية", "tuwaiq", 45),
    ("Hejaz Hotels", "فنادق الحجاز", "hejaz", 30),
    ("Diriyah Restoration", "ترميم الدرعية", "diriyah", 30),
    ("Al Qassim Farms", "مزارع القصيم", "qassim", 15),
    ("Eastern Oilfield Services", "الشرقية لخدمات الحقول", "eastern", 60),
    ("Asir Schools", "مدارس عسير", "asir", 30),
    ("Al Nakheel Mall", "النخيل مول", "nakheel", 30),
    ("Tabuk Logistics", "تبوك للخدمات اللوجستية", "tabuk", 15),
    ("Sarat Maintenance", "السراة للصيانة", "sarat", 0),
    ("Madinah Clinics", "عيادات المدينة", "madinah", 30),
    ("Yanbu Marine", "ينبع البحرية", "yanbu", 45),
    ("Walk-in customer", "عميل نقدي", "walk-in", 0),
];

/// Adds the customers.
pub(super) async fn add(gaara: &Gaara) -> Result<Vec<CustomerId>, Failure> {
    let mut ids = Vec::with_capacity(CUSTOMERS.len());
    for (place, (en, ar, mailbox, net_days)) in CUSTOMERS.into_iter().enumerate() {
        let customer = CreateCustomer {
            id: None,
            name: both(en, ar)?,
            email: Some(good(EmailAddress::parse(&format!("{mailbox}@example.com")))?),
            // Fifteen digits that begin and end in 3, as Saudi registrations do.
            details: DetailsChange::default(),
            tax_id: Some(format!("3{:013}3", 1_012_239_350_000_usize + place)),
            country: country()?,
            currency: riyal()?,
            credit_limit: None,
            payment_terms: PaymentTerms::net(net_days),
        };
        ids.push(done(gaara.execute(&gaara.system(), &customer).await)?.id);
    }
    Ok(ids)
}
