//! Where the link of an invitation or of a forgotten password leads, in both languages.

use actix_web::{HttpResponse, get};

use crate::page::{Nonce, shell};

/// The page is the same for everybody: the token stands behind the hash sign of the link, which
/// no browser sends.
const PAGE: &str = r#"<section lang="en" dir="ltr">
<h1>Choose your password</h1>
<p>The part of this page's address after the # is your token. It works once.</p>
<p>Send it with your new password to <code>POST /api/v1/auth/password-reset/confirm</code>;
<a href="/api/docs/">the documentation</a> shows the request.</p>
</section>
<section lang="ar" dir="rtl">
<h1>اختر كلمة مرورك</h1>
<p>الجزء الذي يلي علامة # في عنوان هذه الصفحة هو رمزك. يعمل مرة واحدة.</p>
<p>أرسله مع كلمة مرورك الجديدة إلى <code>POST /api/v1/auth/password-reset/confirm</code>؛
تجد شكل الطلب في <a href="/api/docs/">التوثيق</a>.</p>
</section>
"#;

/// How to choose a password with a link.
#[utoipa::path(
    tag = "System",
    operation_id = "explainPassword",
    security(()),
    responses((status = 200, description = "A page in both languages.", content_type = "text/html", body = String))
)]
#[get("/password")]
pub(crate) async fn explain(nonce: Nonce) -> HttpResponse {
    nonce.page(shell(&nonce, "Choose your password", PAGE))
}
