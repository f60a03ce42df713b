//! Completing the lines of an invoice from products and tax rates.

use std::collections::HashMap;

use gaara_inventory::{Product, Unit};
use gaara_invoicing::details::Period;
use gaara_invoicing::totals::{Adjustment, LineInput, Tax};
use gaara_invoicing::{NewLine, TaxRate};
use gaara_kernel::{BilingualText, Code, Currency, ProductId, Quantity, ReservationId, UnitPrice};
use thiserror::Error;

/// Where the tax of a line comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineTax {
    /// It is written on the line.
    Given(Tax),
    /// It is the tax rate with this code.
    Rate(Code),
    /// It is the product's usual one.
    Product,
}

/// A line as it is written.
#[derive(Debug, Clone)]
pub struct WrittenLine {
    /// The product; `None` for a line in free text.
    pub product: Option<ProductId>,
    /// What the line is for; the product's name when absent.
    pub description: Option<BilingualText>,
    /// How much.
    pub quantity: Quantity,
    /// The unit of the quantity; the product's when absent.
    pub unit: Option<Code>,
    /// The price of the base quantity; when absent the gross price less its discount, else the
    /// product's.
    pub unit_price: Option<UnitPrice>,
    /// How many units the price is for.
    pub base_quantity: Quantity,
    /// The price before its discount.
    pub gross_price: Option<UnitPrice>,
    /// What was taken off the gross price; the unit price is exactly what is left.
    pub price_discount: Option<UnitPrice>,
    /// What is taken off.
    pub allowances: Vec<Adjustment>,
    /// What is added.
    pub charges: Vec<Adjustment>,
    /// Where the tax comes from.
    pub tax: LineTax,
    /// The reservation that the line consumes when the goods leave.
    pub reservation: Option<ReservationId>,
    /// A note to the other side.
    pub note: Option<BilingualText>,
    /// The period that the line is charged for.
    pub period: Option<Period>,
}

impl WrittenLine {
    /// So much of nothing in particular yet, at the usual price and tax.
    #[must_use]
    pub const fn new(quantity: Quantity) -> Self {
        Self {
            product: None,
            description: None,
            quantity,
            unit: None,
            unit_price: None,
            base_quantity: Quantity::ONE,
            gross_price: None,
            price_discount: None,
            allowances: Vec::new(),
            charges: Vec::new(),
            tax: LineTax::Product,
            reservation: None,
            note: None,
            period: None,
        }
    }

    /// So much of a product at its usual price and tax.
    #[must_use]
    pub const fn of(product: ProductId, quantity: Quantity) -> Self {
        let mut line = Self::new(quantity);
        line.product = Some(product);
        line
    }

    /// The line of a stored document, to be written again.
    #[must_use]
    pub fn again(line: &NewLine) -> Self {
        Self {
            product: line.product,
            description: Some(line.description.clone()),
            quantity: line.input.quantity,
            unit: Some(line.unit.clone()),
            unit_price: Some(line.input.unit_price),
            base_quantity: line.input.base_quantity,
            gross_price: line.input.gross_price,
            price_discount: line.input.price_discount,
            allowances: line.input.allowances.clone(),
            charges: line.input.charges.clone(),
            tax: line.tax_rate.clone().map_or(LineTax::Given(line.input.tax), LineTax::Rate),
            reservation: line.reservation,
            note: line.note.clone(),
            period: line.period,
        }
    }

    /// The price that is written, or what is left of the gross price.
    fn written_price(&self) -> Option<UnitPrice> {
        let left = || self.gross_price?.minus(self.price_discount?).ok();
        self.unit_price.or_else(left)
    }
}

/// A line with everything that products and tax rates had to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletedLine {
    /// The product; `None` for a line in free text.
    pub product: Option<ProductId>,
    /// What the line is for; a document that is stored needs one.
    pub description: Option<BilingualText>,
    /// The unit of the quantity.
    pub unit: Code,
    /// Quantity, price, allowances, charges and tax.
    pub input: LineInput,
    /// The code that the tax was found by.
    pub tax_rate: Option<Code>,
    /// The reservation that the line consumes when the goods leave.
    pub reservation: Option<ReservationId>,
    /// A note to the other side.
    pub note: Option<BilingualText>,
    /// The period that the line is charged for.
    pub period: Option<Period>,
}

impl CompletedLine {
    /// The line of a document that is stored.
    pub(crate) fn stored(self) -> Result<NewLine, LineError> {
        let description = self.description.ok_or(LineError::DescriptionMissing)?;
        Ok(NewLine {
            product: self.product,
            description,
            unit: self.unit,
            input: self.input,
            tax_rate: self.tax_rate,
            reservation: self.reservation,
            note: self.note,
            period: self.period,
            corrects_line: None,
        })
    }
}

/// Why a line cannot be completed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LineError {
    /// There is no such product.
    #[error("there is no such product")]
    UnknownProduct,
    /// The product is archived.
    #[error("the product is archived")]
    ProductArchived,
    /// No tax rate has this code.
    #[error("no tax rate has the code {0}")]
    UnknownTaxRate(Code),
    /// The line needs a description: it names no product.
    #[error("a line without a product needs a description")]
    DescriptionMissing,
    /// The line needs a price: it names no product, or one priced in another currency.
    #[error("the line needs a price")]
    PriceMissing,
    /// The line needs a tax: it names no product, or one without a usual tax rate.
    #[error("the line needs a tax")]
    TaxMissing,
    /// The line needs a unit: it names no product.
    #[error("the line needs a unit")]
    UnitMissing,
    /// There is no such reservation.
    #[error("there is no such reservation")]
    UnknownReservation,
    /// The reservation is of another product, or not in the warehouse the goods leave from.
    #[error("the reservation is of something else")]
    ReservationMismatch,
    /// The unit does not convert into the product's.
    #[error("the product is counted in {unit}")]
    UnitMismatch {
        /// The product's unit.
        unit: Code,
    },
}

/// The unit of a line that names neither a unit nor a product: one piece.
const PIECE: &str = "C62";

/// What the lines of one document refer to.
pub(crate) struct Lookup {
    products: HashMap<ProductId, Product>,
    rates: HashMap<Code, Tax>,
    units: Vec<Unit>,
}

impl Lookup {
    /// The products that the lines name.
    pub(crate) fn product_ids(lines: &[WrittenLine]) -> Vec<ProductId> {
        let mut ids: Vec<ProductId> = lines.iter().filter_map(|line| line.product).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The tax rates that the lines name, by themselves or through their products.
    pub(crate) fn rate_codes(lines: &[WrittenLine], products: &[Product]) -> Vec<Code> {
        let named = lines.iter().filter_map(|line| match &line.tax {
            LineTax::Rate(code) => Some(code),
            LineTax::Given(_) | LineTax::Product => None,
        });
        let usual = products.iter().filter_map(|product| product.tax_rate.as_ref());
        let mut codes: Vec<Code> = named.chain(usual).cloned().collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The units to look up: those of lines that tell a product in a unit that is neither its own
    /// nor one it is packed in, and those products' own.
    pub(crate) fn unit_codes(lines: &[WrittenLine], products: &[Product]) -> Vec<Code> {
        let products: HashMap<ProductId, &Product> =
            products.iter().map(|product| (product.id, product)).collect();
        let converted = |line: &WrittenLine| {
            let product = products.get(&line.product?)?;
            let unit = line.unit.as_ref()?;
            let is_known = product.factor_of(unit, &[]).is_some();
            (!is_known).then(|| [unit.clone(), product.unit.clone()])
        };
        let mut codes: Vec<Code> = lines.iter().filter_map(converted).flatten().collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    pub(crate) fn new(products: Vec<Product>, rates: Vec<TaxRate>, units: Vec<Unit>) -> Self {
        Self {
            products: products.into_iter().map(|product| (product.id, product)).collect(),
            rates: rates.into_iter().map(|rate| (rate.code, rate.tax)).collect(),
            units,
        }
    }

    /// Completes every line, or names the first that cannot be completed (counting from 0).
    pub(crate) fn complete_all(
        &self,
        lines: &[WrittenLine],
        currency: Currency,
    ) -> Result<Vec<CompletedLine>, (usize, LineError)> {
        let complete = |(index, line)| {
            self.complete(line, currency).map_err(|error: LineError| (index, error))
        };
        lines.iter().enumerate().map(complete).collect()
    }

    fn complete(&self, line: &WrittenLine, currency: Currency) -> Result<CompletedLine, LineError> {
        let product = match line.product {
            Some(id) => Some(self.products.get(&id).ok_or(LineError::UnknownProduct)?),
            None => None,
        };
        if product.is_some_and(|product| product.archived_at.is_some()) {
            return Err(LineError::ProductArchived);
        }
        let description = line.description.clone().or_else(|| Some(product?.name.clone()));
        let unit = self.unit(line, product)?;
        let usual = product.filter(|product| product.currency == currency);
        let unit_price = line.written_price().or_else(|| self.usual_price(usual?, &unit));
        let (tax, tax_rate) = self.tax(line, product)?;
        Ok(CompletedLine {
            product: line.product,
            description,
            unit,
            input: LineInput {
                base_quantity: line.base_quantity,
                gross_price: line.gross_price,
                price_discount: line.price_discount,
                allowances: line.allowances.clone(),
                charges: line.charges.clone(),
                ..LineInput::new(line.quantity, unit_price.ok_or(LineError::PriceMissing)?, tax)
            },
            tax_rate,
            reservation: line.reservation,
            note: line.note.clone(),
            period: line.period,
        })
    }

    /// The tax of a line, and the code it was found by.
    fn tax(
        &self,
        line: &WrittenLine,
        product: Option<&Product>,
    ) -> Result<(Tax, Option<Code>), LineError> {
        let code = match &line.tax {
            LineTax::Given(tax) => return Ok((*tax, None)),
            LineTax::Rate(code) => Some(code),
            LineTax::Product => product.and_then(|product| product.tax_rate.as_ref()),
        };
        let code = code.ok_or(LineError::TaxMissing)?;
        let tax = self.rates.get(code).copied();
        let tax = tax.ok_or_else(|| LineError::UnknownTaxRate(code.clone()))?;
        Ok((tax, Some(code.clone())))
    }

    /// The usual price of one unit that the product may be told in.
    fn usual_price(&self, product: &Product, unit: &Code) -> Option<UnitPrice> {
        product.factor_of(unit, &self.units)?.price_from_base(product.unit_price).ok()
    }

    /// The unit of a line: the product's own, one that it is packed in, or one that converts into
    /// its own.
    fn unit(&self, line: &WrittenLine, product: Option<&Product>) -> Result<Code, LineError> {
        match (&line.unit, product) {
            (Some(unit), Some(product)) if product.factor_of(unit, &self.units).is_none() => {
                Err(LineError::UnitMismatch { unit: product.unit.clone() })
            }
            (Some(unit), _) => Ok(unit.clone()),
            (None, Some(product)) => Ok(product.unit.clone()),
            (None, None) => Code::parse(PIECE).map_err(|_| LineError::UnitMissing),
        }
    }
}
