//! The pages that show the document: one tries its operations out, the other is for reading.

use std::sync::{Arc, LazyLock};

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use utoipa_swagger_ui::Config;

use crate::page::Nonce;
use crate::problem::Problem;

/// Redoc as its makers built it; `assets/redoc` says which and under which licence.
const REDOC: &str = include_str!("../../../assets/redoc/redoc.standalone.js");

/// Where Redoc takes a picture from when nobody stops it.
const FOREIGN_PICTURE: &str = "https://cdn.redoc.ly/redoc/logo-mini.svg";

/// Where Redoc begins without a nonce; some of its styles are made before it reads its options.
const NO_NONCE: &str = "r.nc=void 0";

/// Redoc without its foreign picture, since no page of ours asks another server for anything, and
/// with the nonce of its own script.
static OWN_REDOC: LazyLock<Bytes> = LazyLock::new(|| {
    let own = REDOC.replace(FOREIGN_PICTURE, "data:,");
    Bytes::from(own.replace(NO_NONCE, "r.nc=document.currentScript.nonce"))
});

/// Adds the pages; their files are part of the binary.
pub(crate) fn add(config: &mut web::ServiceConfig) {
    config
        .route("/api/docs", web::get().to(to_page))
        .route("/api/docs/", web::get().to(swagger))
        .route("/api/docs/{file}", web::get().to(swagger_file))
        .route("/api/redoc", web::get().to(redoc))
        .route("/api/redoc/redoc.standalone.js", web::get().to(redoc_script));
}

async fn to_page() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/api/docs/")).finish()
}

async fn swagger(nonce: Nonce) -> HttpResponse {
    nonce.page(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Gaara API</title>\n\
         <link rel=\"stylesheet\" href=\"./swagger-ui.css\" nonce=\"{nonce}\">\n\
         <link rel=\"icon\" type=\"image/png\" href=\"./favicon-32x32.png\" sizes=\"32x32\"></head>\n\
         <body>\n<div id=\"swagger-ui\"></div>\n\
         <script src=\"./swagger-ui-bundle.js\" nonce=\"{nonce}\"></script>\n\
         <script src=\"./swagger-ui-standalone-preset.js\" nonce=\"{nonce}\"></script>\n\
         <script src=\"./swagger-initializer.js\" nonce=\"{nonce}\"></script>\n</body>\n</html>\n"
    ))
}

async fn swagger_file(file: web::Path<String>) -> Result<HttpResponse, Problem> {
    let config = Config::from("/api/schema").use_base_layout().persist_authorization(false);
    // Whatever cannot be made out of the archive is not there.
    let file = utoipa_swagger_ui::serve(&file, Arc::new(config)).ok().flatten();
    let file = file.ok_or_else(Problem::not_found)?;
    let mut response = HttpResponse::Ok();
    response.content_type(file.content_type.as_str());
    if file.gzpipped {
        response.insert_header((header::CONTENT_ENCODING, "gzip"));
    }
    Ok(response.body(file.bytes.into_owned()))
}

/// The search would need a worker made of text, which no policy should allow.
async fn redoc(nonce: Nonce) -> HttpResponse {
    nonce.page(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Gaara API</title>\n\
         <style nonce=\"{nonce}\">body{{margin:0}}</style></head>\n<body>\n<div id=\"redoc\"></div>\n\
         <script src=\"/api/redoc/redoc.standalone.js\" nonce=\"{nonce}\"></script>\n\
         <script nonce=\"{nonce}\">Redoc.init(\"/api/schema\",{{disableSearch:true}},document.getElementById(\"redoc\"))</script>\n</body>\n</html>\n"
    ))
}

async fn redoc_script() -> HttpResponse {
    HttpResponse::Ok().content_type("text/javascript; charset=utf-8").body(OWN_REDOC.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redoc_has_what_is_changed_about_it_exactly_once() {
        let own = std::str::from_utf8(&OWN_REDOC).unwrap();

        for changed in [FOREIGN_PICTURE, NO_NONCE] {
            assert_eq!(REDOC.matches(changed).count(), 1);
            assert_eq!(own.matches(changed).count(), 0);
        }
    }
}
