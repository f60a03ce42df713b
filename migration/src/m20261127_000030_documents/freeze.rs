//! Invoices that were issued without a snapshot get one of the parties as they are known.
//!
//! The program before still issues invoices on this schema, so triggers freeze what it leaves out.
//! Nobody took a digest then: 32 zero bytes say so.

use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// The snapshot of `{row}`, as PostgreSQL builds it.
const POSTGRES_SNAPSHOT: &str = "jsonb_build_object(\
     'seller', (SELECT jsonb_build_object('name_ar', name_ar, 'name_en', name_en, \
     'address', jsonb_build_object('country', country)) FROM organizations), \
     'buyer', (SELECT jsonb_build_object('name_ar', name_ar, 'name_en', name_en, \
     'tax_id', tax_id, 'address', jsonb_build_object('country', country), \
     'contact', jsonb_build_object('email', email)) FROM customers \
     WHERE customers.id = {row}.customer_id), \
     'lines', COALESCE((SELECT jsonb_agg(jsonb_build_object('sku', products.sku, \
     'name_ar', products.name_ar, 'name_en', products.name_en, \
     'unit_ar', units.name_ar, 'unit_en', units.name_en) ORDER BY invoice_lines.position) \
     FROM invoice_lines LEFT JOIN products ON products.id = invoice_lines.product_id \
     LEFT JOIN units ON units.code = invoice_lines.unit \
     WHERE invoice_lines.invoice_id = {row}.id), '[]'))";

/// The same, as SQLite builds it.
const SQLITE_SNAPSHOT: &str = "json_object(\
     'seller', (SELECT json_object('name_ar', name_ar, 'name_en', name_en, \
     'address', json_object('country', country)) FROM organizations), \
     'buyer', (SELECT json_object('name_ar', name_ar, 'name_en', name_en, \
     'tax_id', tax_id, 'address', json_object('country', country), \
     'contact', json_object('email', email)) FROM customers \
     WHERE customers.id = {row}.customer_id), \
     'lines', (SELECT json_group_array(json(line)) FROM (SELECT json_object(\
     'sku', products.sku, 'name_ar', products.name_ar, 'name_en', products.name_en, \
     'unit_ar', units.name_ar, 'unit_en', units.name_en) AS line \
     FROM invoice_lines LEFT JOIN products ON products.id = invoice_lines.product_id \
     LEFT JOIN units ON units.code = invoice_lines.unit \
     WHERE invoice_lines.invoice_id = {row}.id ORDER BY invoice_lines.position)))";

const POSTGRES_NO_DIGEST: &str = "decode(repeat('00', 32), 'hex')";
const SQLITE_NO_DIGEST: &str = "zeroblob(32)";

/// Freezes every invoice that was issued before.
pub(super) async fn backfill<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    let text = "UPDATE invoices SET {frozen} WHERE status <> 'draft' AND snapshot IS NULL";
    run(connection, &[written(connection, text, "invoices")]).await
}

/// Freezes every invoice that the program before issues from now on.
pub(super) async fn guard<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    let statements = if is_sqlite(connection) {
        vec![written(
            connection,
            "CREATE TRIGGER invoices_freeze AFTER UPDATE OF status ON invoices \
             WHEN NEW.status = 'issued' AND NEW.snapshot IS NULL \
             BEGIN UPDATE invoices SET {frozen} WHERE id = NEW.id; END",
            "NEW",
        )]
    } else {
        let snapshot = POSTGRES_SNAPSHOT.replace("{row}", "NEW");
        vec![
            format!(
                "CREATE FUNCTION gaara_freeze_invoice() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 BEGIN NEW.snapshot := {snapshot}; NEW.digest := {POSTGRES_NO_DIGEST}; \
                 NEW.party_name_ar := NEW.snapshot #>> '{{buyer,name_ar}}'; \
                 NEW.party_name_en := NEW.snapshot #>> '{{buyer,name_en}}'; \
                 RETURN NEW; END $$"
            ),
            "CREATE TRIGGER invoices_freeze BEFORE UPDATE OF status ON invoices FOR EACH ROW \
             WHEN (NEW.status = 'issued' AND NEW.snapshot IS NULL) \
             EXECUTE FUNCTION gaara_freeze_invoice()"
                .to_owned(),
        ]
    };
    run(connection, &statements).await
}

/// Takes the triggers away.
pub(super) async fn unguard<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    let statements: &[&str] = if is_sqlite(connection) {
        &["DROP TRIGGER invoices_freeze"]
    } else {
        &["DROP TRIGGER invoices_freeze ON invoices", "DROP FUNCTION gaara_freeze_invoice()"]
    };
    let statements: Vec<String> = statements.iter().map(|it| (*it).to_owned()).collect();
    run(connection, &statements).await
}

/// A statement with what it freezes of a row.
fn written<C: ConnectionTrait>(connection: &C, text: &str, row: &str) -> String {
    let (snapshot, digest) = if is_sqlite(connection) {
        (SQLITE_SNAPSHOT, SQLITE_NO_DIGEST)
    } else {
        (POSTGRES_SNAPSHOT, POSTGRES_NO_DIGEST)
    };
    let name = |column: &str| {
        format!("(SELECT {column} FROM customers WHERE customers.id = {{row}}.customer_id)")
    };
    let frozen = format!(
        "snapshot = {snapshot}, digest = {digest}, party_name_ar = {}, party_name_en = {}",
        name("name_ar"),
        name("name_en")
    );
    text.replace("{frozen}", &frozen).replace("{row}", row)
}

fn is_sqlite<C: ConnectionTrait>(connection: &C) -> bool {
    connection.get_database_backend() == DbBackend::Sqlite
}

async fn run<C: ConnectionTrait>(connection: &C, statements: &[String]) -> Result<(), DbErr> {
    for statement in statements {
        crate::dialect::execute(connection, statement).await?;
    }
    Ok(())
}
