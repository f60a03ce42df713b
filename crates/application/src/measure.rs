//! Figures that an operator watches.

use std::sync::Arc;

use crate::app::App;

/// One figure at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The name under which it is exported.
    pub name: &'static str,
    /// What tells it from others of the name: label and value. Never anything a client sent.
    pub labels: Vec<(&'static str, &'static str)>,
    /// How much.
    pub value: u64,
}

impl Measure {
    /// A figure that stands alone under its name.
    #[must_use]
    pub const fn of(name: &'static str, value: u64) -> Self {
        Self { name, labels: Vec::new(), value }
    }

    /// The same with one more label.
    #[must_use]
    pub fn with(mut self, label: &'static str, value: &'static str) -> Self {
        self.labels.push((label, value));
        self
    }
}

/// Something that can be measured at any moment, without waiting.
pub trait Measured: Send + Sync {
    /// Its figures now.
    fn measures(&self) -> Vec<Measure>;
}

impl App {
    /// Tells the figures of more parts.
    #[must_use]
    pub fn with_measured(mut self, parts: impl IntoIterator<Item = Arc<dyn Measured>>) -> Self {
        self.measured.extend(parts);
        self
    }

    /// Every figure now.
    #[must_use]
    pub fn measures(&self) -> Vec<Measure> {
        let parts = self.measured.iter().flat_map(|part| part.measures());
        parts.chain(self.breakers().measures()).collect()
    }
}
