//! `GET /audit-log` and `GET /audit-log/verification`.

use actix_web::{HttpResponse, get, web};
use gaara_application::{App, AuditFilter, AuditHead, AuditSort, ListAuditLog, ReadError, TraceId};
use gaara_kernel::{Direction, Sort};

use crate::caller::Caller;
use crate::code::Code;
use crate::json::{FieldFault, FromText};
use crate::problem::{FieldProblem, Problem};
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, shown};
use crate::views::{AuditRowBody, AuditVerificationBody};

/// Lists who changed what, the latest first.
#[utoipa::path(
    tag = "Audit log",
    operation_id = "listAuditLog",
    params(
        ListQuery,
        ("subject" = Option<String>, Query, description = "Only about this thing, by its id"),
        ("action" = Option<String>, Query, description = "Only this action"),
        ("actor" = Option<String>, Query, description = "Only by this actor"),
        ("trace" = Option<String>, Query, description = "Only of this request, by its trace id"),
        ("from" = Option<String>, Query, description = "Only of this instant and later"),
        ("before" = Option<String>, Query, description = "Only before this instant"),
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
        trace: params.take_one("trace"),
        from: params.take_one("from"),
        before: params.take_one("before"),
    };
    let list = params.finish(Sort::by(AuditSort::At, Direction::Descending))?;
    let rows = ask(&app, &caller.actor, &ListAuditLog { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|row| AuditRowBody::from(&row))))
}

impl FromText for TraceId {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        Self::parse(text).map_err(|_| {
            FieldProblem::new("", Code::ValidationType).param("expected", "trace id").into()
        })
    }
}

impl FromText for AuditHead {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        Self::parse(text).ok_or_else(|| {
            FieldProblem::new("", Code::ValidationType).param("expected", "number:digest").into()
        })
    }
}

/// Checks the whole audit log against its seals: whether anybody has changed, removed or added a
/// row behind the program's back, and which. Whether the end was cut off it finds out by the heads
/// that this server keeps beside its data, and by one that was kept somewhere else.
#[utoipa::path(
    tag = "Audit log",
    operation_id = "verifyAuditLog",
    params(("head" = Option<String>, Query, description = "A head of an earlier verification")),
    responses((status = 200, description = "What was found", body = AuditVerificationBody)),
)]
#[get("/audit-log/verification")]
pub(crate) async fn verify_audit_log(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let head: Option<AuditHead> = params.take_one("head");
    params.finish_report()?;
    let heads: Vec<_> = head.into_iter().collect();
    let refused = |refusal| Problem::refused(refusal, |error: ReadError| error.0.into());
    let verified = app.verify_audit_log(&caller.actor, &heads).await.map_err(refused)?;
    Ok(shown(&AuditVerificationBody::from(verified)))
}
