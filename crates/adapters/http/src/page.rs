//! Pages for people: a policy that lets in what carries a fresh nonce, and nothing else.

use std::fmt;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use gaara_application::App;
use gaara_security_policy::page_policy;

use crate::problem::Problem;

/// What the scripts and styles of one page carry: 128 random bits, never given twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Nonce(String);

impl Nonce {
    /// Answers with a page that was written with this nonce.
    pub(crate) fn page(&self, markup: String) -> HttpResponse {
        HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((CONTENT_SECURITY_POLICY, page_policy(&self.0)))
            .body(markup)
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromRequest for Nonce {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = request.app_data::<web::Data<App>>();
        // A new trace id is 128 random bits as well; this one traces nothing and is told to nobody
        // but the browser.
        let nonce = app.map(|app| Self(app.new_trace().to_string()));
        ready(nonce.ok_or_else(|| Problem::internal("a request outside the application")))
    }
}

/// A short page of ours around this content, which is markup.
pub(crate) fn shell(nonce: &Nonce, title: &str, content: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\n\
         <style nonce=\"{nonce}\">body{{font:16px/1.6 'Noto Naskh Arabic','Noto Sans',Tahoma,\
         sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#111}}\
         code{{overflow-wrap:anywhere}}section{{margin:2rem 0}}</style></head>\n\
         <body>\n{content}</body>\n</html>\n"
    )
}
