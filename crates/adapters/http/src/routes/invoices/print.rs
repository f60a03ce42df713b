//! `GET /invoices/{id}/document`.

use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::{HttpResponse, get, web};
use gaara_application::App;

use super::path::DocumentPath;
use crate::caller::Caller;
use crate::code::Code;
use crate::print::{page, policy};
use crate::problem::Problem;

/// Shows an issued document as a page to print, in both languages.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "printInvoice",
    params(("id" = String, Path, description = "The document's id")),
    responses((status = 200, description = "A page in both languages.", content_type = "text/html", body = String)),
)]
#[get("/invoices/{id}/document")]
pub(crate) async fn print_invoice(
    app: web::Data<App>,
    caller: Caller,
    id: DocumentPath,
) -> Result<HttpResponse, Problem> {
    let document = id.find(&app, &caller).await?;
    let page = page(&document, caller.language);
    let page = page.ok_or_else(|| Problem::new(Code::InvoiceNotIssued))?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, policy()))
        .body(page))
}
