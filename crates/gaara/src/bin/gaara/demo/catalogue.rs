//! What the company sells, and where it keeps it.

use gaara::Gaara;
use gaara::application::inventory::{
    CreateAndPostMovement, CreateProduct, CreateWarehouse, WrittenMovement, WrittenMovementLine,
};
use gaara::application::invoicing::CreateTaxRate;
use gaara::inventory::{Barcode, Costing, MovementKind, ProductKind};
use gaara::invoicing::totals::{Tax, TaxCategory};
use gaara::kernel::{Percent, ProductId, Quantity, UnitPrice, WarehouseId};

use super::{both, code, done, good, riyal};
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
}

const fn goods(
    sku: &'static str,
    names: [&'static str; 2],
    unit: &'static str,
    [price, cost]: [&'static str; 2],
    barcode: &'static str,
) -> Row {
    let [en, ar] = names;
    Row { sku, en, ar, unit, price, cost: Some(cost), tax: "VAT15", barcode: Some(barcode) }
}

const fn work(sku: &'static str, names: [&'static str; 2], price: &'static str) -> Row {
    let [en, ar] = names;
    Row { sku, en, ar, unit: "HUR", price, cost: None, tax: "VAT15", barcode: None }
}

#[rustfmt::skip]
const PRODUCTS: [Row; 12] = [
    goods("CEM-50", ["Cement, 50 kg", "إسمنت ٥٠ كجم"], "BG", ["16.50", "13.10"], "6281000000014"),
    goods("BLK-20", ["Concrete block 20 cm", "بلوك خرساني ٢٠ سم"], "EA", ["2.75", "1.90"], "6281000000021"),
    goods("REB-12", ["Rebar 12 mm, 12 m", "حديد تسليح ١٢ مم"], "EA", ["38.00", "31.40"], "6281000000038"),
    goods("PNT-W18", ["White paint, 18 l", "دهان أبيض ١٨ لتر"], "EA", ["189.00", "132.50"], "6281000000045"),
    goods("BOLT-M8", ["Bolt M8", "برغي M8"], "EA", ["2.50", "1.35"], "6281000000052"),
    goods("CBL-25", ["Cable 2.5 mm², 100 m", "كابل ٢٫٥ مم² ١٠٠ م"], "RO", ["245.00", "187.20"], "6281000000069"),
    goods("PIPE-50", ["PVC pipe 50 mm", "أنبوب بلاستيك ٥٠ مم"], "MTR", ["11.40", "7.80"], "6281000000076"),
    goods("TILE-60", ["Floor tile 60 × 60", "بلاط أرضيات ٦٠ × ٦٠"], "MTK", ["46.00", "29.90"], "6281000000083"),
    goods("DRL-13", ["Hammer drill 13 mm", "مثقاب مطرقي ١٣ مم"], "EA", ["329.00", "241.00"], "6281000000090"),
    Row { tax: "ZERO", ..goods("KIT-AID", ["First-aid kit", "حقيبة إسعافات أولية"], "EA", ["74.00", "48.60"], "6281000000106") },
    work("SVC-FIT", ["Fitting", "تركيب"], "95.00"),
    work("SVC-DLV", ["Delivery", "توصيل"], "60.00"),
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
    for (name, category, rate, en, ar) in TAX_RATES {
        let tax = good(Tax::try_new(category, good(Percent::parse(rate))?))?;
        let rate = CreateTaxRate { id: None, code: code(name)?, tax, name: both(en, ar)? };
        done(gaara.execute(&gaara.system(), &rate).await)?;
    }
    let mut stock = Stock { goods: Vec::new(), services: Vec::new(), warehouses: Vec::new() };
    for row in &PRODUCTS {
        let id = done(gaara.execute(&gaara.system(), &product(row)?).await)?.id;
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
        barcodes: barcode.into_iter().collect(),
        costing: Costing::Average,
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
