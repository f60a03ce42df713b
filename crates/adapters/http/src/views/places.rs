//! Units, categories and warehouses.

use gaara_inventory::{Category, Unit, Warehouse};
use gaara_kernel::{Language, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::BilingualBody;

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

impl WarehouseBody {
    /// What the API shows of a warehouse.
    #[must_use]
    pub(crate) fn new(warehouse: &Warehouse, language: Language) -> Self {
        Self {
            id: warehouse.id.to_string(),
            code: warehouse.code.to_string(),
            name: (&warehouse.name).into(),
            display_name: warehouse.name.pick(language).to_owned(),
            archived_at: warehouse.archived_at.as_ref().map(Timestamp::to_string),
            created_at: warehouse.created_at.to_string(),
            updated_at: warehouse.updated_at.to_string(),
            version: warehouse.version.number(),
        }
    }
}

/// What one of a unit is in its base unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitBaseBody {
    /// The code of the base unit.
    #[schema(example = "EA")]
    pub(crate) unit: String,
    /// How many base units `denominator` of this unit are.
    #[schema(example = 12, minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub(crate) numerator: u64,
    /// How many of this unit `numerator` base units are.
    #[schema(example = 1, minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub(crate) denominator: u64,
}

/// A unit of measure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitBody {
    /// The id.
    #[schema(example = "unt_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The code products and documents name it by.
    #[schema(example = "DZN")]
    pub(crate) code: String,
    /// The name.
    pub(crate) name: BilingualBody,
    /// The name in the language asked for.
    pub(crate) display_name: String,
    /// How many decimals a quantity may have: 0 to 6.
    #[schema(example = 0, minimum = 0, maximum = 6)]
    pub(crate) decimals: u8,
    /// What one is in its base unit; `null` for a unit that stands for itself.
    #[schema(required = true)]
    pub(crate) base: Option<UnitBaseBody>,
    /// When it was added.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl UnitBody {
    /// What the API shows of a unit.
    #[must_use]
    pub(crate) fn new(unit: &Unit, language: Language) -> Self {
        Self {
            id: unit.id.to_string(),
            code: unit.code.to_string(),
            name: (&unit.name).into(),
            display_name: unit.name.pick(language).to_owned(),
            decimals: unit.decimals.digits(),
            base: unit.base.as_ref().map(|base| UnitBaseBody {
                unit: base.code.to_string(),
                numerator: base.factor.numerator(),
                denominator: base.factor.denominator(),
            }),
            created_at: unit.created_at.to_string(),
            updated_at: unit.updated_at.to_string(),
            version: unit.version.number(),
        }
    }
}

/// A category of products.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CategoryBody {
    /// The id.
    #[schema(example = "cat_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The category it belongs to; `null` at the top.
    #[schema(required = true)]
    pub(crate) parent_id: Option<String>,
    /// The name.
    pub(crate) name: BilingualBody,
    /// The name in the language asked for.
    pub(crate) display_name: String,
    /// The ids from the top down to itself.
    pub(crate) path: Vec<String>,
    /// When it was added.
    pub(crate) created_at: String,
    /// When it or its place was last saved.
    pub(crate) updated_at: String,
    /// How often it or its place was saved.
    pub(crate) version: u32,
}

impl CategoryBody {
    /// What the API shows of a category.
    #[must_use]
    pub(crate) fn new(category: &Category, language: Language) -> Self {
        Self {
            id: category.id.to_string(),
            parent_id: category.parent.as_ref().map(ToString::to_string),
            name: (&category.name).into(),
            display_name: category.name.pick(language).to_owned(),
            path: category.path.iter().map(ToString::to_string).collect(),
            created_at: category.created_at.to_string(),
            updated_at: category.updated_at.to_string(),
            version: category.version.number(),
        }
    }
}
