//! The rows of the tables, and what they mean to the domain: one file to a table.
#![expect(
    unreachable_pub,
    reason = "sea-orm's derived types are public, though this module is not"
)]

pub(crate) mod account_link;
pub(crate) mod api_key;
pub(crate) mod api_key_permission;
pub(crate) mod audit_row;
pub(crate) mod audit_seal;
pub(crate) mod audit_sealed;
pub(crate) mod audit_unsealed;
pub(crate) mod category;
pub(crate) mod ceremony;
pub(crate) mod challenge;
pub(crate) mod customer;
pub(crate) mod customer_word;
pub(crate) mod exchange_rate;
pub(crate) mod idempotency_record;
pub(crate) mod invoice;
pub(crate) mod invoice_adjustment;
pub(crate) mod invoice_adjustment_part;
pub(crate) mod invoice_instalment;
pub(crate) mod invoice_line;
pub(crate) mod invoice_tag;
pub(crate) mod invoice_tax_group;
pub(crate) mod invoice_word;
pub(crate) mod number_series;
pub(crate) mod organization;
pub(crate) mod outbox_event;
mod party_parts;
pub(crate) mod passkey;
pub(crate) mod past_password;
pub(crate) mod payment;
pub(crate) mod payment_allocation;
pub(crate) mod payment_word;
pub(crate) mod product;
pub(crate) mod product_barcode;
pub(crate) mod product_packaging;
pub(crate) mod product_reorder_rule;
pub(crate) mod product_word;
pub(crate) mod recovery_code;
pub(crate) mod refresh_token;
pub(crate) mod reservation;
pub(crate) mod revocation;
pub(crate) mod role;
pub(crate) mod role_permission;
pub(crate) mod second_factor;
pub(crate) mod second_factor_role;
pub(crate) mod series_counter;
pub(crate) mod session;
pub(crate) mod setup_token;
pub(crate) mod signing_key;
pub(crate) mod stock_layer;
pub(crate) mod stock_ledger;
pub(crate) mod stock_level;
pub(crate) mod stock_movement;
pub(crate) mod stock_movement_line;
pub(crate) mod stocktake;
pub(crate) mod stocktake_category;
pub(crate) mod stocktake_line;
pub(crate) mod stocktake_product;
pub(crate) mod supplier;
pub(crate) mod supplier_word;
pub(crate) mod tax_rate;
pub(crate) mod unit;
pub(crate) mod user;
pub(crate) mod warehouse;

/// Joins are written where they are needed, so entities declare no relations.
macro_rules! no_relations {
    () => {
        #[derive(Copy, Clone, Debug, sea_orm::EnumIter, sea_orm::DeriveRelation)]
        pub enum Relation {}

        impl sea_orm::ActiveModelBehavior for ActiveModel {}
    };
}
pub(crate) use no_relations;
