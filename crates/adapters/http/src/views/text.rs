//! Bilingual names.

use gaara_kernel::BilingualText;
use serde::Serialize;
use utoipa::ToSchema;

/// A text in Arabic, in English, or in both.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BilingualBody {
    /// In Arabic.
    #[schema(example = "برغي M8", required = true)]
    pub(crate) ar: Option<String>,
    /// In English.
    #[schema(example = "Bolt M8", required = true)]
    pub(crate) en: Option<String>,
}

impl From<&BilingualText> for BilingualBody {
    fn from(text: &BilingualText) -> Self {
        Self { ar: text.ar().map(str::to_owned), en: text.en().map(str::to_owned) }
    }
}
