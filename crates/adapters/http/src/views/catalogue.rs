//! Products and tax rates.

use gaara_inventory::{Packaging, Product, ReorderRule};
use gaara_invoicing::{TaxExemption, TaxRate};
use gaara_kernel::{Language, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::BilingualBody;

/// A package a product comes in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackagingBody {
    /// The unit of the package.
    #[schema(example = "CTN")]
    pub(crate) unit: String,
    /// How many of the product's unit `denominator` packages are.
    #[schema(example = 24, minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub(crate) numerator: u64,
    /// How many packages `numerator` of the product's unit are.
    #[schema(example = 1, minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub(crate) denominator: u64,
    /// The barcodes on the package.
    pub(crate) barcodes: Vec<String>,
}

impl From<&Packaging> for PackagingBody {
    fn from(packaging: &Packaging) -> Self {
        Self {
            unit: packaging.unit.to_string(),
            numerator: packaging.factor.numerator(),
            denominator: packaging.factor.denominator(),
            barcodes: packaging.barcodes.iter().map(ToString::to_string).collect(),
        }
    }
}

/// When a product is to be ordered for a warehouse.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReorderRuleBody {
    /// The warehouse.
    pub(crate) warehouse_id: String,
    /// Below this it is to be ordered.
    #[schema(example = "10")]
    pub(crate) minimum: String,
    /// Up to this it is to be ordered.
    #[schema(example = "100")]
    pub(crate) maximum: String,
}

impl From<&ReorderRule> for ReorderRuleBody {
    fn from(rule: &ReorderRule) -> Self {
        Self {
            warehouse_id: rule.warehouse.to_string(),
            minimum: rule.minimum.to_string(),
            maximum: rule.maximum.to_string(),
        }
    }
}

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
    /// The category it hangs on.
    #[schema(required = true)]
    pub(crate) category_id: Option<String>,
    /// Whom it is usually bought from.
    #[schema(required = true)]
    pub(crate) supplier_id: Option<String>,
    /// The packages it comes in.
    pub(crate) packagings: Vec<PackagingBody>,
    /// The barcodes of one unit.
    pub(crate) barcodes: Vec<String>,
    /// When it is to be ordered, by warehouse.
    pub(crate) reorder: Vec<ReorderRuleBody>,
    /// How its cost is found: `average`, `fifo` or `standard`.
    #[schema(example = "average")]
    pub(crate) costing: &'static str,
    /// The cost of one unit, where it is set by hand.
    #[schema(required = true)]
    pub(crate) standard_cost: Option<String>,
    /// When it was archived; `null` while it is in use.
    #[schema(required = true)]
    pub(crate) archived_at: Option<String>,
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
            category_id: product.category.as_ref().map(ToString::to_string),
            supplier_id: product.supplier.as_ref().map(ToString::to_string),
            packagings: product.packagings.iter().map(PackagingBody::from).collect(),
            barcodes: product.barcodes.iter().map(ToString::to_string).collect(),
            reorder: product.reorder.iter().map(ReorderRuleBody::from).collect(),
            costing: product.costing.code(),
            standard_cost: product.standard_cost.as_ref().map(ToString::to_string),
            archived_at: product.archived_at.as_ref().map(Timestamp::to_string),
            created_at: product.created_at.to_string(),
            updated_at: product.updated_at.to_string(),
            version: product.version.number(),
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
    /// The first day it is in force.
    #[schema(example = "2026-01-01", required = true)]
    pub(crate) valid_from: Option<String>,
    /// The last day it is in force.
    #[schema(example = "2026-12-31", required = true)]
    pub(crate) valid_to: Option<String>,
    /// Why no tax is charged.
    #[schema(required = true)]
    pub(crate) exemption: Option<ExemptionBody>,
    /// When it was archived; `null` while it is in use.
    #[schema(required = true)]
    pub(crate) archived_at: Option<String>,
    /// When it was added.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

/// Why no tax is charged.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExemptionBody {
    /// The code of a list.
    #[schema(example = "VATEX-SA-35", required = true)]
    pub(crate) code: Option<String>,
    /// The reason in words.
    #[schema(required = true)]
    pub(crate) text: Option<BilingualBody>,
}

impl From<&TaxExemption> for ExemptionBody {
    fn from(exemption: &TaxExemption) -> Self {
        Self {
            code: exemption.code().map(ToString::to_string),
            text: exemption.text().map(BilingualBody::from),
        }
    }
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
            valid_from: rate.validity.from().map(|date| date.to_string()),
            valid_to: rate.validity.to().map(|date| date.to_string()),
            exemption: rate.exemption.as_ref().map(ExemptionBody::from),
            archived_at: rate.archived_at.as_ref().map(Timestamp::to_string),
            created_at: rate.created_at.to_string(),
            updated_at: rate.updated_at.to_string(),
            version: rate.version.number(),
        }
    }
}
