//! Invoices and what hangs on them; PostgreSQL changes their tables where they stand.

/// Changes the tables.
pub(super) const UP: &[&str] = &[
    "ALTER TABLE invoices
        ALTER COLUMN customer_id DROP NOT NULL,
        ADD COLUMN kind {text} NOT NULL DEFAULT 'sale'
            CONSTRAINT kind_known CHECK (kind IN ('sale', 'purchase')),
        ADD COLUMN document_type {text} NOT NULL DEFAULT 'invoice' CONSTRAINT document_type_known
            CHECK (document_type IN ('invoice', 'credit_note')),
        ADD COLUMN supplier_id {id} CONSTRAINT invoices_supplier_fkey
            REFERENCES suppliers (id) ON DELETE RESTRICT,
        ADD COLUMN supplier_reference {code} CONSTRAINT supplier_reference_length
            CHECK (length(supplier_reference) BETWEEN 1 AND 500),
        ADD COLUMN corrects_id {id} CONSTRAINT invoices_corrects_fkey
            REFERENCES invoices (id) ON DELETE RESTRICT,
        ADD COLUMN corrects_number {code},
        ADD COLUMN corrects_issue_date {date},
        ADD COLUMN corrects_reason_code {text},
        ADD COLUMN corrects_reason {text},
        ADD COLUMN voided_at_ms {integer},
        ADD COLUMN void_reason {text},
        ADD COLUMN type_code {integer},
        ADD COLUMN transaction_kind {text} NOT NULL DEFAULT 'standard'
            CONSTRAINT transaction_kind_known
            CHECK (transaction_kind IN ('standard', 'simplified')),
        ADD COLUMN period_from {date},
        ADD COLUMN period_to {date},
        ADD COLUMN tax_point_date {date},
        ADD COLUMN tax_currency {code_3}
            CONSTRAINT tax_currency_code CHECK (length(tax_currency) = 3),
        ADD COLUMN details {json} NOT NULL DEFAULT '{}',
        ADD COLUMN note_ar {text},
        ADD COLUMN note_en {text},
        ADD COLUMN due_note_ar {text},
        ADD COLUMN due_note_en {text},
        ADD COLUMN party_name_ar {text},
        ADD COLUMN party_name_en {text},
        ADD COLUMN snapshot {json},
        ADD COLUMN digest {bytes} CONSTRAINT digest_length CHECK (length(digest) = 32),
        ADD COLUMN cost_currency {code_3}
            CONSTRAINT cost_currency_code CHECK (length(cost_currency) = 3),
        ADD COLUMN credit_notes_minor {integer} NOT NULL DEFAULT 0",
    "ALTER TABLE invoices
        DROP CONSTRAINT status_known,
        DROP CONSTRAINT payment_status_known,
        DROP CONSTRAINT draft_is_open,
        DROP CONSTRAINT issued_is_complete,
        DROP CONSTRAINT due_after_issue,
        ADD CONSTRAINT status_known CHECK (status IN ('draft', 'issued', 'void')),
        ADD CONSTRAINT payment_status_known
            CHECK (payment_status IN ('none', 'unpaid', 'partially_paid', 'paid', 'credited')),
        ADD CONSTRAINT prepaid_not_negative CHECK (prepaid_minor >= 0),
        ADD CONSTRAINT rounding_range CHECK (rounding_minor BETWEEN -100 AND 100),
        ADD CONSTRAINT party_fits_kind CHECK ((kind = 'sale') = (customer_id IS NOT NULL)
            AND (kind = 'purchase') = (supplier_id IS NOT NULL)),
        ADD CONSTRAINT supplier_gives_reference
            CHECK (supplier_reference IS NULL OR kind = 'purchase'),
        ADD CONSTRAINT credit_note_corrects CHECK
            ((document_type = 'credit_note') = (corrects_id IS NOT NULL)
            AND (corrects_id IS NULL) = (corrects_number IS NULL)
            AND (corrects_id IS NULL) = (corrects_issue_date IS NULL)),
        ADD CONSTRAINT corrects_another CHECK (corrects_id <> id),
        ADD CONSTRAINT credit_note_has_reason CHECK (document_type = 'credit_note'
            OR (corrects_reason_code IS NULL AND corrects_reason IS NULL)),
        ADD CONSTRAINT type_code_fits CHECK (type_code IS NULL
            OR (document_type = 'invoice' AND type_code IN (80, 82, 84, 102, 130, 202, 203, 204,
                211, 218, 219, 295, 325, 326, 331, 380, 382, 383, 384, 385, 386, 387, 388, 389,
                390, 393, 394, 395, 456, 457, 527, 553, 575, 623, 633, 751, 935))
            OR (document_type = 'credit_note' AND type_code IN (81, 83, 261, 262, 296, 308, 381,
                396, 420, 458, 532))),
        ADD CONSTRAINT period_ordered CHECK
            ((period_from IS NULL) = (period_to IS NULL) AND period_to >= period_from),
        ADD CONSTRAINT draft_is_open CHECK (status <> 'draft' OR (number IS NULL
            AND number_series IS NULL AND number_year IS NULL AND number_sequence IS NULL
            AND issued_at_ms IS NULL AND payment_status = 'none'
            AND snapshot IS NULL AND cost_currency IS NULL
            AND party_name_ar IS NULL AND party_name_en IS NULL
            AND paid_minor = 0 AND credited_minor = 0 AND credit_notes_minor = 0)),
        ADD CONSTRAINT issued_is_complete CHECK (status = 'draft' OR (number IS NOT NULL
            AND number_series IS NOT NULL AND number_year IS NOT NULL
            AND number_sequence IS NOT NULL AND issued_at_ms IS NOT NULL
            AND issue_date IS NOT NULL AND due_date IS NOT NULL
            AND (status = 'issued') = (payment_status <> 'none'))),
        ADD CONSTRAINT frozen_whole CHECK ((snapshot IS NULL) = (digest IS NULL)
            AND (snapshot IS NULL OR party_name_ar IS NOT NULL OR party_name_en IS NOT NULL)
            AND (snapshot IS NOT NULL OR status = 'draft'
                OR (kind = 'sale' AND document_type = 'invoice'))),
        ADD CONSTRAINT void_has_instant CHECK ((status = 'void') = (voided_at_ms IS NOT NULL)
            AND (status = 'void' OR void_reason IS NULL)),
        ADD CONSTRAINT due_after_issue CHECK (status = 'draft' OR due_date >= issue_date),
        ADD CONSTRAINT credit_notes_within_total CHECK (credit_notes_minor >= 0
            AND credit_notes_minor <= tax_inclusive_minor + abs(rounding_minor)
            AND (document_type = 'invoice' OR credit_notes_minor = 0)),
        ADD CONSTRAINT payment_status_fits CHECK (CASE payment_status
            WHEN 'unpaid' THEN paid_minor = 0 AND credited_minor < payable_minor
            WHEN 'partially_paid' THEN paid_minor > 0
                AND paid_minor + credited_minor < payable_minor
            WHEN 'paid' THEN paid_minor + credited_minor = payable_minor
            WHEN 'credited' THEN credited_minor + credit_notes_minor > 0
            ELSE TRUE END)",
    "ALTER TABLE invoice_lines
        ADD COLUMN tax_rate_code {code} CONSTRAINT invoice_lines_tax_rate_fkey
            REFERENCES tax_rates (code) ON DELETE RESTRICT,
        ADD COLUMN note_ar {text},
        ADD COLUMN note_en {text},
        ADD COLUMN period_from {date},
        ADD COLUMN period_to {date},
        ADD COLUMN corrects_line {integer}
            CONSTRAINT corrects_line_counted CHECK (corrects_line >= 0),
        ADD COLUMN cost_minor {integer}
            CONSTRAINT cost_not_negative CHECK (cost_minor >= 0),
        ADD CONSTRAINT discount_explains_price CHECK (price_discount_millionths IS NULL
            OR (gross_price_millionths IS NOT NULL AND unit_price_millionths
                = gross_price_millionths - price_discount_millionths)),
        ADD CONSTRAINT line_period_ordered CHECK
            ((period_from IS NULL) = (period_to IS NULL) AND period_to >= period_from)",
    "ALTER TABLE invoice_tax_groups
        ADD CONSTRAINT taxable_not_negative
            CHECK (taxable_minor >= 0 AND tax_amount_minor >= 0),
        ADD CONSTRAINT untaxed_bears_no_tax
            CHECK (tax_rate_millionths > 0 OR tax_amount_minor = 0)",
];

/// Changes the tables back.
pub(super) const DOWN: &[&str] = &[
    "ALTER TABLE invoice_tax_groups
        DROP CONSTRAINT untaxed_bears_no_tax,
        DROP CONSTRAINT taxable_not_negative",
    "ALTER TABLE invoice_lines
        DROP CONSTRAINT line_period_ordered,
        DROP CONSTRAINT discount_explains_price,
        DROP COLUMN cost_minor,
        DROP COLUMN corrects_line,
        DROP COLUMN period_to,
        DROP COLUMN period_from,
        DROP COLUMN note_en,
        DROP COLUMN note_ar,
        DROP COLUMN tax_rate_code",
    "ALTER TABLE invoices
        DROP CONSTRAINT payment_status_fits,
        DROP CONSTRAINT credit_notes_within_total,
        DROP CONSTRAINT due_after_issue,
        DROP CONSTRAINT void_has_instant,
        DROP CONSTRAINT frozen_whole,
        DROP CONSTRAINT issued_is_complete,
        DROP CONSTRAINT draft_is_open,
        DROP CONSTRAINT period_ordered,
        DROP CONSTRAINT type_code_fits,
        DROP CONSTRAINT credit_note_has_reason,
        DROP CONSTRAINT corrects_another,
        DROP CONSTRAINT credit_note_corrects,
        DROP CONSTRAINT supplier_gives_reference,
        DROP CONSTRAINT party_fits_kind,
        DROP CONSTRAINT rounding_range,
        DROP CONSTRAINT prepaid_not_negative,
        DROP CONSTRAINT payment_status_known,
        DROP CONSTRAINT status_known",
    "ALTER TABLE invoices
        DROP COLUMN credit_notes_minor, DROP COLUMN cost_currency, DROP COLUMN digest,
        DROP COLUMN snapshot, DROP COLUMN party_name_en, DROP COLUMN party_name_ar,
        DROP COLUMN due_note_en, DROP COLUMN due_note_ar, DROP COLUMN note_en,
        DROP COLUMN note_ar, DROP COLUMN details, DROP COLUMN tax_currency,
        DROP COLUMN tax_point_date, DROP COLUMN period_to, DROP COLUMN period_from,
        DROP COLUMN transaction_kind, DROP COLUMN type_code, DROP COLUMN void_reason,
        DROP COLUMN voided_at_ms, DROP COLUMN corrects_reason, DROP COLUMN corrects_reason_code,
        DROP COLUMN corrects_issue_date, DROP COLUMN corrects_number, DROP COLUMN corrects_id,
        DROP COLUMN supplier_reference, DROP COLUMN supplier_id, DROP COLUMN document_type,
        DROP COLUMN kind,
        ALTER COLUMN customer_id SET NOT NULL,
        ADD CONSTRAINT status_known CHECK (status IN ('draft', 'issued')),
        ADD CONSTRAINT payment_status_known
            CHECK (payment_status IN ('none', 'unpaid', 'partially_paid', 'paid')),
        ADD CONSTRAINT draft_is_open CHECK (status <> 'draft' OR (number IS NULL
            AND number_series IS NULL AND number_year IS NULL AND number_sequence IS NULL
            AND issued_at_ms IS NULL AND payment_status = 'none'
            AND paid_minor = 0 AND credited_minor = 0)),
        ADD CONSTRAINT issued_is_complete CHECK (status <> 'issued' OR (number IS NOT NULL
            AND number_series IS NOT NULL AND number_year IS NOT NULL
            AND number_sequence IS NOT NULL AND issued_at_ms IS NOT NULL
            AND issue_date IS NOT NULL AND due_date IS NOT NULL AND payment_status <> 'none')),
        ADD CONSTRAINT due_after_issue CHECK (status <> 'issued' OR due_date >= issue_date)",
];
