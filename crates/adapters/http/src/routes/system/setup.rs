//! Where the printed setup link leads: how to set the system up, in both languages.

use actix_web::{HttpResponse, get};

use crate::page::{Nonce, shell};

/// The page is the same for everybody: the token stands behind the hash sign of the link, which
/// no browser sends.
const PAGE: &str = r#"<section lang="en" dir="ltr">
<h1>Set up Gaara</h1>
<p>The part of this page's address after the # is your setup token. It works once and for half an hour.</p>
<p>Send it with your organisation and your first administrator to <code>POST /api/v1/setup</code>;
<a href="/api/docs/">the documentation</a> shows the request.</p>
</section>
<section lang="ar" dir="rtl">
<h1>تهيئة غارا</h1>
<p>الجزء الذي يلي علامة # في عنوان هذه الصفحة هو رمز التهيئة. يعمل مرة واحدة ولمدة نصف ساعة.</p>
<p>أرسله مع بيانات منشأتك والمدير الأول إلى <code>POST /api/v1/setup</code>؛
تجد شكل الطلب في <a href="/api/docs/">التوثيق</a>.</p>
</section>
"#;

/// How to set the system up.
#[utoipa::path(
    tag = "System",
    operation_id = "explainSetup",
    security(()),
    responses((status = 200, description = "A page in both languages.", content_type = "text/html", body = String))
)]
#[get("/setup")]
pub(crate) async fn explain(nonce: Nonce) -> HttpResponse {
    nonce.page(shell(&nonce, "Set up Gaara", PAGE))
}
