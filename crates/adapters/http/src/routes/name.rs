//! Changes of a name, language by language.

use gaara_application::inventory::NameChange;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::json::{Check, Field};

/// What changes of a name; a language that is absent stays, `null` takes it away.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct NamePatch {
    /// The Arabic name.
    #[schema(value_type = Option<String>, example = "نجد للتجارة")]
    #[serde(default)]
    ar: Field<String>,
    /// The English name.
    #[schema(value_type = Option<String>, example = "Najd Trading")]
    #[serde(default)]
    en: Field<String>,
}

impl NamePatch {
    pub(super) fn read(self, check: &mut Check) -> Option<NameChange> {
        let ar = check.patch("/ar", self.ar);
        let en = check.patch("/en", self.en);
        Some(NameChange { ar: ar?.into_option(), en: en?.into_option() })
    }
}
