//! The lines and tax groups of documents, made anew on SQLite.

use super::before_sqlite::{GROUP_COLUMNS, LINE_COLUMNS, LINE_INDEXES};
use crate::rebuild::Rebuilt;

/// The tables as they are from this step on.
pub(super) const UP: &[Rebuilt] = &[
    Rebuilt {
        table: "invoice_lines",
        create: "CREATE TABLE {table} (
            invoice_id {id} NOT NULL CONSTRAINT invoice_lines_invoice_fkey
                REFERENCES invoices (id) ON DELETE CASCADE,
            position {position},
            product_id {id} CONSTRAINT invoice_lines_product_fkey
                REFERENCES products (id) ON DELETE RESTRICT,
            {description},
            unit {code} NOT NULL,
            quantity_millionths {integer} NOT NULL
                CONSTRAINT quantity_positive CHECK (quantity_millionths > 0),
            unit_price_millionths {integer} NOT NULL
                CONSTRAINT unit_price_not_negative CHECK (unit_price_millionths >= 0),
            base_quantity_millionths {integer} NOT NULL
                CONSTRAINT base_quantity_positive CHECK (base_quantity_millionths > 0),
            gross_price_millionths {integer}
                CONSTRAINT gross_price_not_negative CHECK (gross_price_millionths >= 0),
            price_discount_millionths {integer},
            {tax},
            tax_rate_code {code} CONSTRAINT invoice_lines_tax_rate_fkey
                REFERENCES tax_rates (code) ON DELETE RESTRICT,
            note_ar {text},
            note_en {text},
            period_from {date},
            period_to {date},
            corrects_line {integer}
                CONSTRAINT corrects_line_counted CHECK (corrects_line >= 0),
            cost_minor {integer} CONSTRAINT cost_not_negative CHECK (cost_minor >= 0),
            gross_minor {integer} NOT NULL,
            allowances_minor {integer} NOT NULL,
            charges_minor {integer} NOT NULL,
            net_minor {integer} NOT NULL CONSTRAINT net_not_negative CHECK (net_minor >= 0),
            tax_amount_minor {integer} NOT NULL,
            total_minor {integer} NOT NULL,
            reservation_id {id} CONSTRAINT invoice_lines_reservation_fkey
                REFERENCES reservations (id) ON DELETE RESTRICT,
            PRIMARY KEY (invoice_id, position),
            CONSTRAINT line_adds_up CHECK (total_minor = net_minor + tax_amount_minor),
            CONSTRAINT discount_explains_price CHECK (price_discount_millionths IS NULL
                OR (gross_price_millionths IS NOT NULL AND unit_price_millionths
                    = gross_price_millionths - price_discount_millionths)),
            CONSTRAINT line_period_ordered CHECK
                ((period_from IS NULL) = (period_to IS NULL) AND period_to >= period_from)
        ) {strict}",
        columns: LINE_COLUMNS,
        values: LINE_COLUMNS,
        after: LINE_INDEXES,
    },
    Rebuilt {
        table: "invoice_tax_groups",
        create: "CREATE TABLE {table} (
            invoice_id {id} NOT NULL CONSTRAINT invoice_tax_groups_invoice_fkey
                REFERENCES invoices (id) ON DELETE CASCADE,
            position {position},
            {tax},
            taxable_minor {integer} NOT NULL,
            tax_amount_minor {integer} NOT NULL,
            PRIMARY KEY (invoice_id, position),
            CONSTRAINT invoice_tax_groups_tax_key
                UNIQUE (invoice_id, tax_category, tax_rate_millionths),
            CONSTRAINT taxable_not_negative
                CHECK (taxable_minor >= 0 AND tax_amount_minor >= 0),
            CONSTRAINT untaxed_bears_no_tax
                CHECK (tax_rate_millionths > 0 OR tax_amount_minor = 0)
        ) {strict}",
        columns: GROUP_COLUMNS,
        values: GROUP_COLUMNS,
        after: &[],
    },
];
