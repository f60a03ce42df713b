-- What fills each table that grows: so many rows, where n counts from zero.

-- 50
INSERT INTO warehouses (id, code, name_en, created_at_ms, version)
SELECT {warehouse n}, 'W-' || n, 'Warehouse', n, 1 FROM series;

-- 20000
INSERT INTO categories (id, parent_id, name_en, path, created_at_ms, updated_at_ms, version)
SELECT {category n}, CASE WHEN n > 99 THEN {category n % 100} END, 'Category', 'path/' || n, {at (n - 20000)}, {at (n - 20000)}, 1 FROM series;

-- 20000
INSERT INTO suppliers (id, name_en, country, currency, net_days, archived_at_ms, created_at_ms,
updated_at_ms, version)
SELECT {supplier n}, 'Supplier ' || n, 'SA', 'SAR', 30, CASE WHEN n % 50 = 9 THEN n END, {at (n - 20000)}, {at (n - 19000 + n % 13)}, 1 FROM series;

-- 20000
INSERT INTO customers (id, name_en, email, country, currency, net_days, archived_at_ms,
created_at_ms, updated_at_ms, version)
SELECT {customer n}, 'Customer ' || n, 'c' || n || '@example.com', 'SA', 'SAR', 30, CASE WHEN n %
50 = 9 THEN n END, {at (n - 100000)}, {at (n - 99000 + n % 13)}, 1 FROM series;

-- 20000
INSERT INTO supplier_words (word, supplier_id)
SELECT 'w' || n, {supplier n} FROM series;

-- 20000
INSERT INTO customer_words (word, customer_id)
SELECT 'w' || n, {customer n} FROM series;

-- 100000
INSERT INTO products (id, sku, name_en, kind, unit, unit_price_millionths, currency,
tax_rate_code, costing, category_id, supplier_id, archived_at_ms, created_at_ms, updated_at_ms,
version)
SELECT {product n}, 'P-' || n, 'Product ' || n, 'stocked', 'EA', 1, 'SAR', 'VAT15', 'average',
{category n % 20000}, {supplier n % 20000}, CASE WHEN n % 50 = 9 THEN n END, {at (n - 100000)}, {at n - 99000 + n % 13}, 1 FROM series;

-- 20000
INSERT INTO product_words (word, product_id)
SELECT 'w' || n, {product n} FROM series;

-- 20000
INSERT INTO product_barcodes (barcode, product_id, position)
SELECT 'b' || n, {product n}, 0 FROM series;

-- 20000
INSERT INTO product_packagings (product_id, unit, numerator, denominator, position)
SELECT {product n}, 'CTN', 12, 1, 0 FROM series;

-- 20000
INSERT INTO product_reorder_rules (product_id, warehouse_id, minimum_millionths,
maximum_millionths, position, is_short)
SELECT {product n}, {warehouse n % 50}, 1000000 * (n % 1009), 2000000000, 0, n % 400 = 7 FROM
series;

-- 20000
INSERT INTO stock_levels (product_id, warehouse_id, on_hand_millionths, reserved_millionths,
value_minor, currency)
SELECT {product n}, {warehouse n % 50}, 1000000 * (1 + n * 7919 % 40009), 1000000, n * 104729 %
40013, 'SAR' FROM series;

-- 100000
INSERT INTO stock_movements (id, kind, status, warehouse_id, to_warehouse_id, effective_date,
origin_id, invoice_id, created_at_ms, updated_at_ms, posted_at_ms)
SELECT {movement n}, CASE WHEN n % 1000 = 7 THEN 'transfer' WHEN n % 100 = 3 THEN
'customer_return' ELSE 'issue' END, CASE WHEN n % 500 = 499 THEN 'draft' ELSE 'posted' END,
{warehouse n % 50}, CASE WHEN n % 1000 = 7 THEN {warehouse (n + 1) % 50} END, {day n / 39}, CASE
WHEN n % 100 = 3 THEN {movement n - 1} END, {invoice n}, {at (n - 100000)}, {at (n - 99000 + n % 13)},
{at (n - 100000)} FROM series;

-- 100000
INSERT INTO stock_movement_lines (movement_id, position, product_id, quantity_millionths, unit,
base_quantity_millionths)
SELECT {movement n}, 0, {product n * 7919 % 100000}, 1000000, 'EA', 1000000 FROM series;

-- 100000
INSERT INTO stock_ledger (movement_id, position, product_id, warehouse_id, quantity_millionths,
value_minor, currency, effective_date, posted_at_ms)
SELECT {movement n}, 0, {product n * 7919 % 100000}, {warehouse n % 50}, -1000000, -1, 'SAR', {day n / 39}, {at (n - 100000)} FROM series;

-- 20000
INSERT INTO stock_layers (product_id, warehouse_id, movement_id, quantity_millionths, value_minor,
currency)
SELECT {product n}, {warehouse n % 50}, {movement n}, 1000000, 1, 'SAR' FROM series;

-- 20000
INSERT INTO reservations (id, product_id, warehouse_id, quantity_millionths, status,
expires_at_ms, created_at_ms, version)
SELECT {reservation n}, {product n}, {warehouse n % 50}, 1000000, CASE WHEN n % 100 = 3 THEN
'active' ELSE 'consumed' END, {at (n - 19900)}, {at (n - 20000)}, 1 FROM series;

-- 20000
INSERT INTO stocktakes (id, warehouse_id, scope, status, line_count, counted_count, created_at_ms,
updated_at_ms, version)
SELECT {stocktake n}, {warehouse n % 50}, 'all', CASE WHEN n % 500 = 7 THEN 'counting' ELSE
'posted' END, 1, 1, {at (n - 20000)}, {at (n - 19000 + n % 13)}, 1 FROM series;

-- 20000
INSERT INTO stocktake_lines (stocktake_id, product_id, warehouse_id, is_open, expected_millionths)
SELECT {stocktake n / 5}, {product n}, {warehouse n / 5 % 50}, n / 5 % 500 = 7, 1000000 FROM
series;

-- 20000
INSERT INTO stocktake_categories (stocktake_id, category_id)
SELECT {stocktake n}, {category n} FROM series;

-- 20000
INSERT INTO stocktake_products (stocktake_id, product_id)
SELECT {stocktake n}, {product n} FROM series;

-- 100000
INSERT INTO invoices (id, kind, document_type, status, payment_status, number, number_series,
number_year, number_sequence, customer_id, supplier_id, supplier_reference, corrects_id,
party_name_en, currency, prices_include_tax, issue_date, due_date, issued_at_ms, lines_net_minor,
allowances_minor, charges_minor, tax_exclusive_minor, tax_minor, tax_inclusive_minor,
prepaid_minor, rounding_minor, payable_minor, paid_minor, credited_minor, created_at_ms,
updated_at_ms, version)
SELECT {invoice n}, CASE WHEN n % 10 = 1 THEN 'purchase' ELSE 'sale' END, CASE WHEN n % 50 = 3
THEN 'credit_note' ELSE 'invoice' END, CASE WHEN n % 500 = 7 THEN 'draft' WHEN n % 500 = 8 THEN
'void' ELSE 'issued' END, CASE WHEN n % 500 IN (7, 8) THEN 'none' WHEN n % 100 = 9 THEN 'unpaid'
ELSE 'paid' END, CASE WHEN n % 500 <> 7 THEN 'S-' || n END, CASE WHEN n % 500 <> 7 THEN 'INV' END,
CASE WHEN n % 500 <> 7 THEN 2020 + n / 15000 END, CASE WHEN n % 500 <> 7 THEN n END, CASE WHEN n %
10 <> 1 THEN {customer n * 7919 % 20000} END, CASE WHEN n % 10 = 1 THEN {supplier n * 7919 % 20000} END, CASE WHEN
n % 10 = 1 THEN 'R-' || n END, CASE WHEN n % 50 = 3 THEN {invoice n - 1} END, 'Buyer', 'SAR',
FALSE, CASE WHEN n % 500 <> 7 THEN {day n / 39} END, CASE WHEN n % 500 <> 7 THEN {day n / 39 + 30}
END, CASE WHEN n % 500 <> 7 THEN {at (n - 100000)} END, 10000, 0, 0, 10000, 1500, 11500, 0, 0,
11500, CASE WHEN n % 500 IN (7, 8) OR n % 100 = 9 THEN 0 ELSE 11500 END, 0, {at (n - 100000)}, {at (n - 99000 + n % 13)}, 1 FROM series;

-- 100000
INSERT INTO invoice_lines (invoice_id, position, product_id, description_en, unit,
quantity_millionths, unit_price_millionths, base_quantity_millionths, tax_category,
tax_rate_millionths, gross_minor, allowances_minor, charges_minor, net_minor, tax_amount_minor,
total_minor, corrects_line)
SELECT {invoice n}, 0, {product n * 7919 % 100000}, 'Line', 'EA', 1000000, 1, 1000000, 'S',
150000, 1, 0, 0, 1, 0, 1, CASE WHEN n % 50 = 3 THEN 0 END FROM series;

-- 100000
INSERT INTO invoice_tax_groups (invoice_id, position, tax_category, tax_rate_millionths,
taxable_minor, tax_amount_minor)
SELECT {invoice n}, 0, 'S', 150000, 10000, 1500 FROM series;

-- 20000
INSERT INTO invoice_adjustments (invoice_id, position, line_position, is_charge, amount_minor)
SELECT {invoice n}, 0, 0, FALSE, 1 FROM series;

-- 20000
INSERT INTO invoice_adjustment_parts (invoice_id, position, is_charge, adjustment_index,
tax_category, tax_rate_millionths, amount_minor)
SELECT {invoice n}, 0, FALSE, 0, 'S', 150000, 1 FROM series;

-- 20000
INSERT INTO invoice_instalments (invoice_id, position, due_date, amount_minor)
SELECT {invoice n}, 0, {day n / 39}, 1 FROM series;

-- 20000
INSERT INTO invoice_tags (tag, invoice_id)
SELECT 't' || (n % 400), {invoice n} FROM series;

-- 20000
INSERT INTO invoice_words (word, invoice_id)
SELECT 'w' || n, {invoice n} FROM series;

-- 100000
INSERT INTO payments (id, customer_id, supplier_id, direction, state, amount_minor, currency,
base_currency, base_rate_scaled, base_amount_minor, payment_date, method, voided_at_ms,
created_at_ms, updated_at_ms, version, allocated_minor)
SELECT {payment n}, CASE WHEN n % 20 <> 7 THEN {customer n * 7919 % 20000} END, CASE WHEN n % 20 = 7 THEN
{supplier n * 7919 % 20000} END, CASE WHEN n % 20 = 7 THEN 'out' ELSE 'in' END, CASE WHEN n % 100 = 3 THEN
'void' ELSE 'posted' END, 100, 'SAR', 'SAR', 10000000000, 100, {day n / 39}, 'cash', CASE WHEN n %
100 = 3 THEN n END, {at (n - 100000)}, {at (n - 99000 + n % 13)}, 1, CASE WHEN n % 250 = 4 THEN 0
ELSE 100 END FROM series;

-- 20000
INSERT INTO payment_words (word, payment_id)
SELECT 'w' || n, {payment n} FROM series;

-- 100000
INSERT INTO payment_allocations (id, payment_id, invoice_id, amount_minor, base_amount_minor,
base_settled_minor, base_gain_minor, allocation_date, settled_on)
SELECT {row n}, {payment n}, {invoice n}, 100, 100, 100, 0, {day n / 39}, {day n / 39} FROM series
WHERE n % 250 <> 4;

-- 20000
INSERT INTO exchange_rates (id, currency, rate_date, rate_scaled, created_at_ms, updated_at_ms,
version)
SELECT {row n}, 'X' || (10 + n % 20), {day n / 20 + 1500}, 37500000000, {at (n - 20000)}, {at (n - 19000 + n % 13)}, 1 FROM series;

-- 20000
INSERT INTO users (id, email, username, password_hash, role, language, disabled, created_at_ms,
version)
SELECT {user n}, 'u' || n || '@example.com', 'u' || n, 'x', CASE WHEN n % 4000 = 7 THEN 'admin'
ELSE 'sales' END, 'en', n % 50 = 3, {at (n - 20000)}, 1 FROM series;

-- 20000
INSERT INTO past_passwords (user_id, version, password_hash, replaced_at_ms)
SELECT {user n}, 1, 'x', n FROM series;

-- 20000
INSERT INTO second_factors (user_id, secret, started_at_ms, confirmed_at_ms)
SELECT {user n}, {bytes n}, n, n FROM series;

-- 20000
INSERT INTO recovery_codes (digest, user_id)
SELECT {bytes n}, {user n / 10} FROM series;

-- 20000
INSERT INTO challenges (digest, user_id, user_version, network, device, expires_at_ms, tries_left)
SELECT {bytes n}, {user n}, 1, 'x', 'x', {at (n - 100)}, 5 FROM series;

-- 20000
INSERT INTO ceremonies (user_id, purpose, digest, state, expires_at_ms)
SELECT {user n}, 1, {bytes n}, {bytes n}, {at (n - 100)} FROM series;

-- 20000
INSERT INTO passkeys (id, user_id, name, credential, record, created_at_ms)
SELECT {row n}, {user n}, 'Key', {bytes n}, {bytes n}, n FROM series;

-- 20000
INSERT INTO api_keys (id, owner_id, name, prefix, digest, created_at_ms)
SELECT {key n}, {user n}, 'Key ' || n, 'p' || n, {bytes n}, {at (n - 20000)} FROM series;

-- 20000
INSERT INTO api_key_permissions (key_id, permission)
SELECT {key n}, 'invoices.read' FROM series;

-- 20000
INSERT INTO account_links (user_id, purpose, seed, digest, created_at_ms, expires_at_ms, attempts,
mail_at_ms)
SELECT {user n}, 'reset', {bytes n}, {bytes n}, {at (n - 100)}, {at (n)}, 0, CASE WHEN n % 400 = 7
THEN {at (n - 100)} END FROM series;

-- 100000
INSERT INTO sessions (id, user_id, created_at_ms, expires_at_ms, ended_at_ms, last_used_at_ms)
SELECT {session n}, {user n / 5}, {at (n - 100000)}, {at (n + 600000)}, CASE WHEN n % 500 = 1 THEN {at (n - 99000)} END, {at (n - 100000)} FROM series;

-- 100000
INSERT INTO refresh_tokens (digest, session_id, generation, expires_at_ms)
SELECT {bytes n}, {session n}, 1, {at (n - 100)} FROM series;

-- 20000
INSERT INTO revocations (kind, subject, revoked_at_ms, expires_at_ms, times)
SELECT 'session', 's' || n, {at (n - 20000)}, {at (n - 100)}, 1 FROM series;

-- 100000
INSERT INTO idempotency_records (principal, route, key, fingerprint, status, headers, body,
created_at_ms, expires_at_ms)
SELECT 'u' || (n % 100), 'POST /x', 'k' || n, {bytes n}, 200, {json 0}, {bytes n}, {at (n - 86500)},
{at (n - 100)} FROM series;

-- 100000
INSERT INTO outbox (id, kind, subject, at_ms, data, delivered_at_ms)
SELECT {row n}, 'invoice.issued', 'inv_' || n, {at (n - 100000)}, {json 0}, CASE WHEN n < 99900 THEN
n END FROM series;

-- 100000
INSERT INTO audit_log (id, at_ms, actor, trace, action, subject, changes)
SELECT {audit n}, {at (n - 100000)}, 'usr_' || (n % 200), 'x', 'a.' || (n % 100), 'sub_' || (n / 5),
{json 0} FROM series;

-- 99900
INSERT INTO audit_sealed (seal, position, audit_id, digest)
SELECT 1 + n / 5, n % 5, {audit n}, {bytes n} FROM series;

-- 20000
INSERT INTO audit_seals (number, row_count, root, previous, sealed_at_ms, signature)
SELECT n + 1, 5, {bytes n}, {bytes n}, n, {bytes n} FROM series;

-- 100
INSERT INTO audit_unsealed (audit_id)
SELECT {audit 99900 + n} FROM series;
