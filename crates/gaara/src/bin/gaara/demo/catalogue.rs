//! What the company sells, and where it keeps it.

use gaara::Gaara;
use gaara::application::inventory::{
    CreateAndPostMovement, CreateCategory, CreateProduct, CreateSupplier, CreateWarehouse,
    WrittenMovement, WrittenMovementLine,
};
use gaara::application::invoicing::CreateTaxRate;
use gaara::inventory::{Barcode, Costing, Factor, MovementKind, Packaging, ProductKind};
use gaara::invoicing::totals::{Tax, TaxCategory};
use gaara::invoicing::{TaxExemption, Validity};
use gaara::kernel::{
    CategoryId, DetailsChange, EmailAddress, PaymentTerms, Percent, ProductId, Quantity,
    SupplierId, UnitPrice, WarehouseId,
};

use super::{both, code, country, done, good, riyal};
use crate::failure::Failure;

/// Code, category, rate, and the name in both languages.
const TAX_RATES: [(&str, TaxCategory, &str, &str, &str); 3] = [
    ("VAT15", TaxCategory::Standard, "15", "VAT 15 %", "ضريبة القيمة المضافة ١٥٪"),
    ("ZERO", TaxCategory::ZeroRated, "0", "Zero-rated", "خاضع للنسبة الصفرية"),
    ("EXEMPT", TaxCategory::Exempt, "0", "Exempt", "معفى"),
];

/// A product of the catalogue.
struct Row {
    sku: &'static str,
    en: &'static str,
    ar: &'static str,
    unit: &'static str,
    price: &'static str,
    /// What one costs; nothing for a service.
    cost: Option<&'static str>,
    tax: &'static str,
    barcode: Option<&'static str>,
    /// The place of its category among the categories.
    category: usize,
    /// Unit, how many of the product's own it is, and barcode of the package it comes in.
    package: Option<(&'static str, u64, &'static str)>,
}

const fn goods(
    sku: &'static str,
    names: [&'static str; 2],
    unit: &'static str,
    [price, cost]: [&'static str; 2],
    barcode: &'static str,
    category: usize,
) -> Row {
    let [en, ar] = names;
    let (cost, barcode) = (Some(cost), Some(barcode));
    Row { sku, en, ar, unit, price, cost, tax: "VAT15", barcode, category, package: None }
}

const fn work(sku: &'static str, names: [&'static str; 2], price: &'static str) -> Row {
    let [en, ar] = names;
    let (cost, barcode, package) = (None, None, None);
    Row { sku, en, ar, unit: "HUR", price, cost, tax: "VAT15", barcode, category: 5, package }
}

#[rustfmt::skip]
const PRODUCTS: [Row; 12] = [
    goods("CEM-50", ["Cement, 50 kg", "إسمنت ٥٠ كجم"], "BG", ["16.50", "13.10"], "6281000000014", 1),
    goods("BLK-20", ["Concrete block 20 cm", "بلوك خرساني ٢٠ سم"], "EA", ["2.75", "1.90"], "6281000000021", 1),
    goods("REB-12", ["Rebar 12 mm, 12 m", "حديد تسليح ١٢ مم"], "EA", ["38.00", "31.40"], "6281000000038", 1),
    goods("PNT-W18", ["White paint, 18 l", "دهان أبيض ١٨ لتر"], "EA", ["189.00", "132.50"], "6281000000045", 3),
    Row { package: Some(("BOX", 100, "6281000000113")), ..goods("BOLT-M8", ["Bolt M8", "برغي M8"], "EA", ["2.50", "1.35"], "6281000000052", 2) },
    goods("CBL-25", ["Cable 2.5 mm², 100 m", "كابل ٢٫٥ مم² ١٠٠ م"], "RO", ["245.00", "187.20"], "6281000000069", 4),
    goods("PIPE-50", ["PVC pipe 50 mm", "أنبوب بلاستيك ٥٠ مم"], "MTR", ["11.40", "7.80"], "6281000000076", 4),
    goods("TILE-60", ["Floor tile 60 × 60", "بلاط أرضيات ٦٠ × ٦٠"], "MTK", ["46.00", "29.90"], "6281000000083", 3),
    goods("DRL-13", ["Hammer drill 13 mm", "مثقاب مطرقي ١٣ مم"], "EA", ["329.00", "241.00"], "6281000000090", 2),
    Row { tax: "ZERO", ..goods("KIT-AID", ["First-aid kit", "حقيبة إسعافات أولية"], "EA", ["74.00", "48.60"], "6281000000106", 2) },
    work("SVC-FIT", ["Fitting", "تركيب"], "95.00"),
    work("SVC-DLV", ["Delivery", "توصيل"], "60.00"),
];

/// The place of the parent among the categories, and the name in both languages.
const CATEGORIES: [(Option<usize>, &str, &str); 6] = [
    (None, "Building materials", "مواد البناء"),
    (Some(0), "Structure", "مواد الهيكل"),
    (None, "Tools and hardware", "العدد والأدوات"),
    (Some(0), "Finishing", "مواد التشطيب"),
    (Some(0), "Electricity and water", "الكهرباء والسباكة"),
    (None, "Services", "خدمات"),
];

/// The name in both languages, the mailbox, and the days until it is to be paid.
const SUPPLIERS: [(&str, &str, &str, u16); 3] = [
    ("Yamamah Cement", "إسمنت اليمامة", "yamamah", 45),
    ("Gulf Steel", "حديد الخليج", "gulf-steel", 60),
    ("Jeddah Hardware Imports", "جدة لاستيراد العدد", "jeddah-hardware", 30),
];

/// Code, and the name in both languages.
const WAREHOUSES: [(&str, &str, &str); 2] =
    [("RUH", "Riyadh warehouse", "مستودع الرياض"), ("JED", "Jeddah warehouse", "مستودع جدة")];

/// A product that is kept in stock, and what one costs.
pub(super) struct Goods {
    pub(super) id: ProductId,
    cost: UnitPrice,
}

/// What there is to sell.
pub(super) struct Stock {
    pub(super) goods: Vec<Goods>,
    pub(super) services: Vec<ProductId>,
    pub(super) warehouses: Vec<WarehouseId>,
}

/// Adds tax rates, products and warehouses.
pub(super) async fn add(gaara: &Gaara) -> Result<Stock, Failure> {
    for (name_of_rate, category, rate, en, ar) in TAX_RATES {
        let tax = good(Tax::try_new(category, good(Percent::parse(rate))?))?;
        let name = both(en, ar)?;
        let needs_reason = category.needs_reason();
        let rate = CreateTaxRate {
            id: None,
            code: code(name_of_rate)?,
            tax,
            exemption: TaxExemption::try_new(None, needs_reason.then(|| name.clone())),
            name,
            validity: Validity::default(),
        };
        done(gaara.execute(&gaara.system(), &rate).await)?;
    }
    let categories = categories(gaara).await?;
    let suppliers = suppliers(gaara).await?;
    let mut stock = Stock { goods: Vec::new(), services: Vec::new(), warehouses: Vec::new() };
    for (place, row) in PRODUCTS.iter().enumerate() {
        let category = categories.get(row.category).copied();
        let supplier = suppliers.get(place % suppliers.len().max(1)).copied();
        let supplier = supplier.filter(|_| row.cost.is_some());
        let product = CreateProduct { category, supplier, ..product(row)? };
        let id = done(gaara.execute(&gaara.system(), &product).await)?.id;
        match row.cost {
            Some(cost) => stock.goods.push(Goods { id, cost: good(UnitPrice::parse(cost))? }),
            None => stock.services.push(id),
        }
    }
    for (name, en, ar) in WAREHOUSES {
        let warehouse = CreateWarehouse { id: None, code: code(name)?, name: both(en, ar)? };
        stock.warehouses.push(done(gaara.execute(&gaara.system(), &warehouse).await)?.id);
    }
    Ok(stock)
}

async fn categories(gaara: &Gaara) -> Result<Vec<CategoryId>, Failure> {
    let mut ids: Vec<CategoryId> = Vec::with_capacity(CATEGORIES.len());
    for (parent, en, ar) in CATEGORIES {
        let parent = parent.and_then(|place| ids.get(place).copied());
        let category = CreateCategory { id: None, parent, name: both(en, ar)? };
        ids.push(done(gaara.execute(&gaara.system(), &category).await)?.id);
    }
    Ok(ids)
}

async fn suppliers(gaara: &Gaara) -> Result<Vec<SupplierId>, Failure> {
    let mut ids = Vec::with_capacity(SUPPLIERS.len());
    for (en, ar, mailbox, net_days) in SUPPLIERS {
        let supplier = CreateSupplier {
            id: None,
            name: both(en, ar)?,
            email: Some(good(EmailAddress::parse(&format!("{mailbox}@example.com")))?),
            tax_id: None,
            details: DetailsChange::default(),
            country: country()?,
            currency: riyal()?,
            credit_limit: None,
            payment_terms: PaymentTerms::net(net_days),
        };
        ids.push(done(gaara.execute(&gaara.system(), &supplier).await)?.id);
    }
    Ok(ids)
}

fn packaging((unit, count, digits): (&str, u64, &str)) -> Result<Packaging, Failure> {
    let factor = good(Factor::try_new(count, 1))?;
    Ok(Packaging { unit: code(unit)?, factor, barcodes: vec![good(Barcode::parse(digits))?] })
}

fn product(row: &Row) -> Result<CreateProduct, Failure> {
    let barcode = row.barcode.map(|digits| good(Barcode::parse(digits))).transpose()?;
    Ok(CreateProduct {
        id: None,
        sku: code(row.sku)?,
        name: both(row.en, row.ar)?,
        kind: if row.cost.is_some() { ProductKind::Stocked } else { ProductKind::Service },
        unit: code(row.unit)?,
        unit_price: good(UnitPrice::parse(row.price))?,
        currency: riyal()?,
        tax_rate: Some(code(row.tax)?),
        category: None,
        supplier: None,
        packagings: row.package.map(packaging).transpose()?.into_iter().collect(),
        barcodes: barcode.into_iter().collect(),
        reorder: Vec::new(),
        costing: Costing::Average,
        standard_cost: None,
    })
}

/// Receives so many of everything, at costs that rise a little from delivery to delivery.
pub(super) async fn receive(
    gaara: &Gaara,
    stock: &Stock,
    count: u32,
    rise_thousandths: u32,
) -> Result<(), Failure> {
    for warehouse in &stock.warehouses {
        let line = |goods: &Goods| {
            let cost = goods.cost.as_millionths();
            let rise = cost / 1_000 * i64::from(rise_thousandths);
            Ok(WrittenMovementLine {
                unit_cost: Some(good(UnitPrice::from_millionths(cost + rise))?),
                ..WrittenMovementLine::new(goods.id, quantity(count)?)
            })
        };
        let lines = stock.goods.iter().map(line).collect::<Result<_, Failure>>()?;
        let written = WrittenMovement::new(MovementKind::Receipt, *warehouse, lines);
        let receipt = CreateAndPostMovement(written);
        done(gaara.execute(&gaara.system(), &receipt).await)?;
    }
    Ok(())
}

/// So many whole units.
pub(super) fn quantity(count: u32) -> Result<Quantity, Failure> {
    good(Quantity::from_millionths(i64::from(count) * gaara::kernel::SCALE))
}
