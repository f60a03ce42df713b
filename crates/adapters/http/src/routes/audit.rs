//! `GET /audit-log`.

use actix_web::{HttpResponse, get, web};
use gaara_application::{App, AuditFilter, AuditSort, ListAuditLog};
use gaara_kernel::{Direction, Sort};

use crate::caller::Caller;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::ask;
use crate::views::AuditRowBody;

/// Lists who changed what, the latest first.
#[utoipa::path(
    tag = "Audit log",
    operation_id = "listAuditLog",
    params(
        ListQuery,
        ("subject" = Option<String>, Query, description = "Only about this thing, by its id"),
        ("action" = Option<String>, Query, description = "Only this action"),
        ("actor" = Option<String>, Query, description = "Only by this actor"),
    ),
    responses((status = 200, description = "Rows", body = PageBody<AuditRowBody>)),
)]
#[get("/audit-log")]
pub(crate) async fn list_audit_log(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = AuditFilter {
        subject: params.take_one("subject"),
        action: params.take_one("action"),
        actor: params.take_one("actor"),
    };
    let list = params.finish(Sort::by(AuditSort::At, Direction::Descending))?;
    let rows = ask(&app, &caller.actor, &ListAuditLog { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|row| AuditRowBody::from(&row))))
}
