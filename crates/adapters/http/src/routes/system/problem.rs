//! What an error code means, in both languages, for people who follow its link.

use actix_web::{HttpResponse, get, web};

use crate::code::Code;
use crate::page::{Nonce, shell};
use crate::problem::Problem;

/// What an error code means.
#[utoipa::path(
    tag = "System",
    operation_id = "explainProblem",
    security(()),
    params(("code" = String, Path, description = "The code.", example = "stock.insufficient")),
    responses((status = 200, description = "A page in both languages.", content_type = "text/html", body = String))
)]
#[get("/problems/{code}")]
pub(crate) async fn explain(
    nonce: Nonce,
    code: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let code = Code::from_text(&code).ok_or_else(Problem::not_found)?;
    Ok(nonce.page(shell(&nonce, code.as_str(), &content(code))))
}

/// The texts are our own and hold nothing that needs escaping but the signs escaped here.
fn content(code: Code) -> String {
    let name = code.as_str();
    let (english, arabic) = (escape(code.english()), escape(code.arabic()));
    let status = code.status();
    let (again, again_ar) = if code.retryable() {
        ("The same request may succeed later.", "قد ينجح الطلب نفسه لاحقًا.")
    } else {
        ("The same request will fail again.", "سيفشل الطلب نفسه مرة أخرى.")
    };
    format!(
        "<h1><code>{name}</code></h1>\n<p>HTTP {status}</p>\n\
         <section lang=\"en\" dir=\"ltr\"><h2>English</h2><p>{english}</p><p>{again}</p></section>\n\
         <section lang=\"ar\" dir=\"rtl\"><h2>العربية</h2><p>{arabic}</p><p>{again_ar}</p></section>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_are_shown_in_their_own_direction() {
        let page = content(Code::StockInsufficient);
        assert!(page.contains("dir=\"rtl\"") && page.contains(Code::StockInsufficient.arabic()));
        assert!(page.contains(Code::StockInsufficient.english()));
    }
}
