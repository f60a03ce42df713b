//! The Gaara ERP core in process: one builder, one application, every use case.
//!
//! ```
//! use gaara::Gaara;
//! use gaara::application::inventory::{CreateWarehouse, FindWarehouse};
//! use gaara::kernel::{BilingualText, Code};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let gaara = Gaara::builder().in_memory().build().await?;
//!     let name = BilingualText::try_new(Some("الرئيسي"), Some("Main"))?;
//!     let create = CreateWarehouse { id: None, code: Code::parse("MAIN")?, name };
//!     let main = gaara.execute(&gaara.system(), &create).await?;
//!     let found = gaara.ask(&gaara.system(), &FindWarehouse { id: main.id }).await?;
//!     assert_eq!(found, Some(main));
//!     Ok(())
//! }
//! ```
//!
//! A use case is a value that [`Gaara::execute`](application::App::execute) runs in one
//! transaction, with its permission, its audit row and its events; a query is a value that
//! [`Gaara::ask`](application::App::ask) answers. The HTTP API makes the same two calls. The whole
//! sale of the README stands in `examples/sell_in_process.rs`; the totals engine alone, without a
//! store or a runtime, in `examples/pure_invoice_totals.rs`.

mod books;
mod build_error;
mod builder;
mod data_directory;
mod measures;
mod probes;
mod signing_key;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

pub use gaara_application as application;
pub use gaara_identity as identity;
pub use gaara_inventory as inventory;
pub use gaara_invoicing as invoicing;
pub use gaara_kernel as kernel;
pub use gaara_security_policy as security_policy;
pub use gaara_store_sql::{
    APPEND_ONLY, BATCH_ROWS, Backfilled, BooksFigures, BooksFinding, BooksRule, BooksRuling,
    Durability, GrantError, PlannedStep, PostgresServer, SqlConfig, SqlStore, complaint_about,
    may_be_overheard, release_sqlite, sqlite_path,
};

pub use books::{BooksCheck, OnPart};
pub use build_error::BuildError;
pub use builder::{Builder, sqlite_url};
pub use data_directory::prepare_data_directory;

use gaara_application::App;
use gaara_kernel::StoreError;

/// An application with everything it stands on.
pub struct Gaara {
    app: Arc<App>,
    /// Absent when the books are in memory.
    store: Option<Arc<SqlStore>>,
}

impl Gaara {
    /// Begins to build; the books are in memory unless another place is named.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The application.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The application, for somebody who outlives this value.
    #[must_use]
    pub fn shared_app(&self) -> Arc<App> {
        Arc::clone(&self.app)
    }

    /// Waits for every transaction to end and closes the database.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when a connection was lost already.
    pub async fn close(self) -> Result<(), StoreError> {
        match self.store {
            Some(store) => store.close().await,
            None => Ok(()),
        }
    }
}

impl Deref for Gaara {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl fmt::Debug for Gaara {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gaara").field("store", &self.store).finish_non_exhaustive()
    }
}
