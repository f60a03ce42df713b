//! Products, warehouses and tax rates.

use gaara_inventory::{Product, Warehouse};
use gaara_invoicing::TaxRate;
use gaara_kernel::Language;
use serde::Serialize;
use utoipa::ToSchema;

use super::BilingualBody;

/// A product or service.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProductBody {
    /// The id.
    #[schema(example = "prd_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The code people know it by.
    #[schema(example = "BOLT-M8")]
    pub(crate) sku: String,
    /// The name.
    pub(crate) name: BilingualBody,
    /// The name in the language asked for.
    pub(crate) display_name: String,
    /// `stocked` or `service`.
    #[schema(example = "stocked")]
    pub(crate) kind: &'static str,
    /// The unit it is counted in.
    #[schema(example = "EA")]
    pub(crate) unit: String,
    /// The usual price of one unit.
    #[schema(example = "2.5")]
    pub(crate) unit_price: String,
    /// The currency of the price.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// The code of the usual tax rate.
    #[schema(example = "VAT15", required = true)]
    pub(crate) tax_rate: Option<String>,
    /// Its barcodes.
    pub(crate) barcodes: Vec<String>,
    /// How its cost is found.
    #[schema(example = "average")]
    pub(crate) costing: &'static str,
    /// When it was added.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl ProductBody {
    /// What the API shows of a product.
    #[must_use]
    pub(crate) fn new(product: &Product, language: Language) -> Self {
        Self {
            id: product.id.to_string(),
            sku: product.sku.to_string(),
            name: (&product.name).into(),
            display_name: product.name.pick(language).to_owned(),
            kind: product.kind.code(),
            unit: product.unit.to_string(),
            unit_price: product.unit_price.to_string(),
            currency: product.currency.code(),
            tax_rate: product.tax_rate.as_ref().map(ToString::to_string),
            barcodes: product.barcodes.iter().map(ToString::to_string).collect(),
            costing: product.costing.code(),
            created_at: product.created_at.to_string(),
            updated_at: product.updated_at.to_string(),
            version: product.version.number(),
        }
    }
}

/// A warehouse.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WarehouseBody {
    /// The id.
    #[schema(example = "whs_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The code people know it by.
    #[schema(example = "MAIN")]
    pub(crate) code: String,
    /// The name.
    pub(crate) name: BilingualBody,
    /// The name in the language asked for.
    pub(crate) display_name: String,
    /// When it was added.
    pub(crate) created_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl WarehouseBody {
    /// What the API shows of a warehouse.
    #[must_use]
    pub(crate) fn new(warehouse: &Warehouse, language: Language) -> Self {
        Self {
            id: warehouse.id.to_string(),
            code: warehouse.code.to_string(),
            name: (&warehouse.name).into(),
            display_name: warehouse.name.pick(language).to_owned(),
            created_at: warehouse.created_at.to_string(),
            version: warehouse.version.number(),
        }
    }
}

/// A tax rate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaxRateBody {
    /// The id.
    #[schema(example = "tax_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The code products and invoices name it by.
    #[schema(example = "VAT15")]
    pub(crate) code: String,
    /// The category of UNCL 5305.
    #[schema(example = "S")]
    pub(crate) category: &'static str,
    /// The rate in percent.
    #[schema(example = "15")]
    pub(crate) rate: String,
    /// The name.
    pub(crate) name: BilingualBody,
    /// The name in the language asked for.
    pub(crate) display_name: String,
    /// When it was added.
    pub(crate) created_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl TaxRateBody {
    /// What the API shows of a tax rate.
    #[must_use]
    pub(crate) fn new(rate: &TaxRate, language: Language) -> Self {
        Self {
            id: rate.id.to_string(),
            code: rate.code.to_string(),
            category: rate.tax.category().code(),
            rate: rate.tax.rate().to_string(),
            name: (&rate.name).into(),
            display_name: rate.name.pick(language).to_owned(),
            created_at: rate.created_at.to_string(),
            version: rate.version.number(),
        }
    }
}
