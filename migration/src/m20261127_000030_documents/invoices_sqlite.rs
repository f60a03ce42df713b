//! Invoices, made anew on SQLite.

use super::before_sqlite::{INVOICE_COLUMNS, INVOICE_INDEXES};
use crate::rebuild::Rebuilt;

/// The table as it is from this step on. The program before says neither kind nor type: what it
/// leaves out has a default.
pub(super) const UP: Rebuilt = Rebuilt {
    table: "invoices",
    create: "CREATE TABLE {table} (
        id {id} NOT NULL PRIMARY KEY,
        kind {text} NOT NULL DEFAULT 'sale'
            CONSTRAINT kind_known CHECK (kind IN ('sale', 'purchase')),
        document_type {text} NOT NULL DEFAULT 'invoice' CONSTRAINT document_type_known
            CHECK (document_type IN ('invoice', 'credit_note')),
        status {text} NOT NULL
            CONSTRAINT status_known CHECK (status IN ('draft', 'issued', 'void')),
        payment_status {text} NOT NULL CONSTRAINT payment_status_known
            CHECK (payment_status IN ('none', 'unpaid', 'partially_paid', 'paid', 'credited')),
        number {code} CONSTRAINT invoices_number_key UNIQUE,
        number_series {code} CONSTRAINT invoices_number_series_fkey
            REFERENCES number_series (code) ON DELETE RESTRICT,
        number_year {integer},
        number_sequence {integer}
            CONSTRAINT number_sequence_positive CHECK (number_sequence > 0),
        customer_id {id} CONSTRAINT invoices_customer_fkey
            REFERENCES customers (id) ON DELETE RESTRICT,
        supplier_id {id} CONSTRAINT invoices_supplier_fkey
            REFERENCES suppliers (id) ON DELETE RESTRICT,
        supplier_reference {code} CONSTRAINT supplier_reference_length
            CHECK (length(supplier_reference) BETWEEN 1 AND 500),
        corrects_id {id} CONSTRAINT invoices_corrects_fkey
            REFERENCES invoices (id) ON DELETE RESTRICT,
        corrects_number {code},
        corrects_issue_date {date},
        corrects_reason_code {text},
        corrects_reason {text},
        warehouse_id {id} CONSTRAINT invoices_warehouse_fkey
            REFERENCES warehouses (id) ON DELETE RESTRICT,
        currency {currency},
        prices_include_tax {flag} NOT NULL
            CONSTRAINT prices_flag CHECK (prices_include_tax IN (FALSE, TRUE)),
        requested_issue_date {date},
        requested_due_date {date},
        issue_date {date},
        due_date {date},
        issued_at_ms {integer},
        voided_at_ms {integer},
        void_reason {text},
        type_code {integer},
        transaction_kind {text} NOT NULL DEFAULT 'standard' CONSTRAINT transaction_kind_known
            CHECK (transaction_kind IN ('standard', 'simplified')),
        period_from {date},
        period_to {date},
        tax_point_date {date},
        tax_currency {code_3} CONSTRAINT tax_currency_code CHECK (length(tax_currency) = 3),
        details {json} NOT NULL DEFAULT '{}' CONSTRAINT details_json CHECK (json_valid(details)),
        note_ar {text},
        note_en {text},
        due_note_ar {text},
        due_note_en {text},
        party_name_ar {text},
        party_name_en {text},
        snapshot {json} CONSTRAINT snapshot_json CHECK (json_valid(snapshot)),
        digest {bytes} CONSTRAINT digest_length CHECK (length(digest) = 32),
        cost_currency {code_3} CONSTRAINT cost_currency_code CHECK (length(cost_currency) = 3),
        lines_net_minor {integer} NOT NULL,
        allowances_minor {integer} NOT NULL,
        charges_minor {integer} NOT NULL,
        tax_exclusive_minor {integer} NOT NULL,
        tax_minor {integer} NOT NULL,
        tax_inclusive_minor {integer} NOT NULL,
        prepaid_minor {integer} NOT NULL
            CONSTRAINT prepaid_not_negative CHECK (prepaid_minor >= 0),
        rounding_minor {integer} NOT NULL
            CONSTRAINT rounding_range CHECK (rounding_minor BETWEEN -100 AND 100),
        payable_minor {integer} NOT NULL,
        paid_minor {integer} NOT NULL,
        credited_minor {integer} NOT NULL,
        credit_notes_minor {integer} NOT NULL DEFAULT 0,
        created_at_ms {integer} NOT NULL,
        updated_at_ms {integer} NOT NULL,
        {version},
        base_currency {code_3},
        base_rate_scaled {integer} CONSTRAINT base_rate_range
            CHECK (base_rate_scaled BETWEEN 1 AND 1000000000000000000),
        base_net_minor {integer},
        base_tax_minor {integer},
        base_total_minor {integer} CONSTRAINT base_total_adds_up
            CHECK (base_total_minor = base_net_minor + base_tax_minor),
        base_payable_minor {integer}
            CONSTRAINT base_payable_not_negative CHECK (base_payable_minor >= 0),
        base_paid_minor {integer} CONSTRAINT base_is_whole
            CHECK ((base_currency IS NULL) = (base_rate_scaled IS NULL)
            AND (base_currency IS NULL) = (base_net_minor IS NULL)
            AND (base_currency IS NULL) = (base_tax_minor IS NULL)
            AND (base_currency IS NULL) = (base_total_minor IS NULL)
            AND (base_currency IS NULL) = (base_payable_minor IS NULL)
            AND (base_currency IS NULL) = (base_paid_minor IS NULL)
            AND (base_currency IS NULL OR status <> 'draft')),
        issue_date_key {date} NOT NULL
            GENERATED ALWAYS AS (COALESCE(issue_date, {no_date})) STORED,
        number_key {code} NOT NULL GENERATED ALWAYS AS (COALESCE(number, '')) STORED,
        CONSTRAINT invoices_number_place_key UNIQUE (number_series, number_year, number_sequence),
        CONSTRAINT party_fits_kind CHECK ((kind = 'sale') = (customer_id IS NOT NULL)
            AND (kind = 'purchase') = (supplier_id IS NOT NULL)),
        CONSTRAINT supplier_gives_reference
            CHECK (supplier_reference IS NULL OR kind = 'purchase'),
        CONSTRAINT credit_note_corrects CHECK
            ((document_type = 'credit_note') = (corrects_id IS NOT NULL)
            AND (corrects_id IS NULL) = (corrects_number IS NULL)
            AND (corrects_id IS NULL) = (corrects_issue_date IS NULL)),
        CONSTRAINT corrects_another CHECK (corrects_id <> id),
        CONSTRAINT credit_note_has_reason CHECK (document_type = 'credit_note'
            OR (corrects_reason_code IS NULL AND corrects_reason IS NULL)),
        CONSTRAINT type_code_fits CHECK (type_code IS NULL
            OR (document_type = 'invoice' AND type_code IN (80, 82, 84, 102, 130, 202, 203, 204,
                211, 218, 219, 295, 325, 326, 331, 380, 382, 383, 384, 385, 386, 387, 388, 389,
                390, 393, 394, 395, 456, 457, 527, 553, 575, 623, 633, 751, 935))
            OR (document_type = 'credit_note' AND type_code IN (81, 83, 261, 262, 296, 308, 381,
                396, 420, 458, 532))),
        CONSTRAINT period_ordered CHECK
            ((period_from IS NULL) = (period_to IS NULL) AND period_to >= period_from),
        CONSTRAINT draft_is_open CHECK (status <> 'draft' OR (number IS NULL
            AND number_series IS NULL AND number_year IS NULL AND number_sequence IS NULL
            AND issued_at_ms IS NULL AND payment_status = 'none'
            AND snapshot IS NULL AND cost_currency IS NULL
            AND party_name_ar IS NULL AND party_name_en IS NULL
            AND paid_minor = 0 AND credited_minor = 0 AND credit_notes_minor = 0)),
        CONSTRAINT issued_is_complete CHECK (status = 'draft' OR (number IS NOT NULL
            AND number_series IS NOT NULL AND number_year IS NOT NULL
            AND number_sequence IS NOT NULL AND issued_at_ms IS NOT NULL
            AND issue_date IS NOT NULL AND due_date IS NOT NULL
            AND (status = 'issued') = (payment_status <> 'none'))),
        CONSTRAINT frozen_whole CHECK ((snapshot IS NULL) = (digest IS NULL)
            AND (snapshot IS NULL OR party_name_ar IS NOT NULL OR party_name_en IS NOT NULL)
            AND (snapshot IS NOT NULL OR status = 'draft'
                OR (kind = 'sale' AND document_type = 'invoice'))),
        CONSTRAINT void_has_instant CHECK ((status = 'void') = (voided_at_ms IS NOT NULL)
            AND (status = 'void' OR void_reason IS NULL)),
        CONSTRAINT due_after_issue CHECK (status = 'draft' OR due_date >= issue_date),
        CONSTRAINT tax_exclusive_adds_up CHECK
            (tax_exclusive_minor = lines_net_minor - allowances_minor + charges_minor),
        CONSTRAINT tax_inclusive_adds_up CHECK
            (tax_inclusive_minor = tax_exclusive_minor + tax_minor AND tax_inclusive_minor >= 0),
        CONSTRAINT payable_adds_up CHECK
            (payable_minor = tax_inclusive_minor - prepaid_minor + rounding_minor
            AND payable_minor >= 0),
        CONSTRAINT settled_within_payable CHECK (paid_minor >= 0 AND credited_minor >= 0
            AND paid_minor + credited_minor <= payable_minor),
        CONSTRAINT credit_notes_within_total CHECK (credit_notes_minor >= 0
            AND credit_notes_minor <= tax_inclusive_minor + abs(rounding_minor)
            AND (document_type = 'invoice' OR credit_notes_minor = 0)),
        CONSTRAINT payment_status_fits CHECK (CASE payment_status
            WHEN 'unpaid' THEN paid_minor = 0 AND credited_minor < payable_minor
            WHEN 'partially_paid' THEN paid_minor > 0
                AND paid_minor + credited_minor < payable_minor
            WHEN 'paid' THEN paid_minor + credited_minor = payable_minor
            WHEN 'credited' THEN credited_minor + credit_notes_minor > 0
            ELSE TRUE END)
    ) {strict}",
    columns: INVOICE_COLUMNS,
    values: INVOICE_COLUMNS,
    after: INVOICE_INDEXES,
};
