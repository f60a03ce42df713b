//! Reads what belongs to invoices, in one statement per table, and puts the documents together.

use std::collections::HashMap;

use gaara_invoicing::Invoice;
use gaara_invoicing::details::Reference;
use gaara_invoicing::totals::Adjustment;
use gaara_kernel::{Currency, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::all;
use crate::convert::Stored;
use crate::entity::invoice::{Contents, Model};
use crate::entity::{
    invoice_adjustment, invoice_adjustment_part, invoice_instalment, invoice_line, invoice_tag,
    invoice_tax_group,
};
use crate::session::Session;

const STORED: Stored = Stored("invoice");

/// A document that is being put together, and its currency.
struct Assembly {
    currency: Currency,
    contents: Contents,
}

/// The documents of these rows, in the same order.
pub(super) async fn with_parts(
    connection: &Session,
    rows: Vec<Model>,
) -> Result<Vec<Invoice>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut assemblies = HashMap::new();
    for row in &rows {
        let currency = STORED.currency(&row.currency)?;
        assemblies.insert(row.id, Assembly { currency, contents: Contents::default() });
    }
    add_lines(connection, &ids, &mut assemblies).await?;
    add_adjustments(connection, &ids, &mut assemblies).await?;
    add_adjustment_parts(connection, &ids, &mut assemblies).await?;
    add_tax_groups(connection, &ids, &mut assemblies).await?;
    add_tags(connection, &ids, &mut assemblies).await?;
    add_instalments(connection, &ids, &mut assemblies).await?;
    rows.into_iter()
        .map(|row| {
            let assembly = STORED.some(assemblies.remove(&row.id))?;
            row.with_contents(assembly.contents)
        })
        .collect()
}

/// What one table holds of these invoices, in the order of their documents.
async fn rows_of<E: EntityTrait>(
    connection: &Session,
    ids: &[Uuid],
    invoice: E::Column,
    position: E::Column,
) -> Result<Vec<E::Model>, StoreError> {
    let of_these = E::find().filter(invoice.is_in(ids.iter().copied()));
    all(connection, of_these.order_by_asc(invoice).order_by_asc(position)).await
}

async fn add_lines(
    connection: &Session,
    ids: &[Uuid],
    assemblies: &mut HashMap<Uuid, Assembly>,
) -> Result<(), StoreError> {
    use invoice_line::{Column, Entity};
    for row in rows_of::<Entity>(connection, ids, Column::InvoiceId, Column::Position).await? {
        let Assembly { currency, contents } = STORED.some(assemblies.get_mut(&row.invoice_id))?;
        contents.lines.push(row.line()?);
        contents.costs_minor.push(row.cost_minor);
        contents.line_totals.push(row.totals(*currency)?);
    }
    Ok(())
}

async fn add_adjustments(
    connection: &Session,
    ids: &[Uuid],
    assemblies: &mut HashMap<Uuid, Assembly>,
) -> Result<(), StoreError> {
    use invoice_adjustment::{Column, Entity};
    for row in rows_of::<Entity>(connection, ids, Column::InvoiceId, Column::Position).await? {
        let Assembly { currency, contents } = STORED.some(assemblies.get_mut(&row.invoice_id))?;
        let adjustment = row.adjustment(*currency)?;
        let Some(line) = row.line_position else {
            let list = if row.is_charge { &mut contents.charges } else { &mut contents.allowances };
            list.push(adjustment);
            continue;
        };
        let line: usize = STORED.number(line)?;
        let input = &mut STORED.some(contents.lines.get_mut(line))?.input;
        let list = if row.is_charge { &mut input.charges } else { &mut input.allowances };
        list.push(Adjustment { value: adjustment.value });
    }
    Ok(())
}

async fn add_adjustment_parts(
    connection: &Session,
    ids: &[Uuid],
    assemblies: &mut HashMap<Uuid, Assembly>,
) -> Result<(), StoreError> {
    use invoice_adjustment_part::{Column, Entity};
    for row in rows_of::<Entity>(connection, ids, Column::InvoiceId, Column::Position).await? {
        let Assembly { currency, contents } = STORED.some(assemblies.get_mut(&row.invoice_id))?;
        let part = row.part(*currency)?;
        let list =
            if row.is_charge { &mut contents.charge_parts } else { &mut contents.allowance_parts };
        list.push(part);
    }
    Ok(())
}

async fn add_tax_groups(
    connection: &Session,
    ids: &[Uuid],
    assemblies: &mut HashMap<Uuid, Assembly>,
) -> Result<(), StoreError> {
    use invoice_tax_group::{Column, Entity};
    for row in rows_of::<Entity>(connection, ids, Column::InvoiceId, Column::Position).await? {
        let Assembly { currency, contents } = STORED.some(assemblies.get_mut(&row.invoice_id))?;
        contents.tax_groups.push(row.group(*currency)?);
    }
    Ok(())
}

async fn add_tags(
    connection: &Session,
    ids: &[Uuid],
    assemblies: &mut HashMap<Uuid, Assembly>,
) -> Result<(), StoreError> {
    use invoice_tag::{Column, Entity};
    for row in rows_of::<Entity>(connection, ids, Column::InvoiceId, Column::Tag).await? {
        let Assembly { contents, .. } = STORED.some(assemblies.get_mut(&row.invoice_id))?;
        contents.tags.push(STORED.good(Reference::parse(&row.tag))?);
    }
    Ok(())
}

async fn add_instalments(
    connection: &Session,
    ids: &[Uuid],
    assemblies: &mut HashMap<Uuid, Assembly>,
) -> Result<(), StoreError> {
    use invoice_instalment::{Column, Entity};
    for row in rows_of::<Entity>(connection, ids, Column::InvoiceId, Column::Position).await? {
        let Assembly { currency, contents } = STORED.some(assemblies.get_mut(&row.invoice_id))?;
        contents.instalments.push(row.part(*currency)?);
    }
    Ok(())
}
