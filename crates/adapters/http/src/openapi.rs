//! The OpenAPI document, made from the routes themselves.

use actix_web::App;
use utoipa::OpenApi as _;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Required};
use utoipa_actix_web::AppExt;

use crate::code::Code;
use crate::cookies;
use crate::csv::{TABLES, TEXT_CSV, Table};
use crate::problem::{PROBLEM_JSON, ProblemBody};
use crate::routes;

/// The names of the security schemes.
const BEARER: &str = "bearer";
const COOKIE: &str = "cookie";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Gaara",
        description = "Inventory, invoicing and identity for one organisation, in Arabic and \
                       English.\n\nAmounts, prices, quantities and rates are decimal texts. Every \
                       error is an `application/problem+json` with a `code` to rely on. A POST that \
                       changes the books may carry an `Idempotency-Key`; every PATCH and PUT names the version it \
                       was made on.",
        contact(name = "The Gaara contributors"),
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(ProblemBody))
)]
struct Document;

/// The OpenAPI document of every route; needs no running server.
#[must_use]
pub fn openapi() -> OpenApi {
    let app = App::new().into_utoipa_app().openapi(Document::openapi());
    let (_, mut document) = app.configure(routes::configure).split_for_parts();
    complete(&mut document);
    document
}

/// Adds what is the same for all operations, so that no route has to repeat it.
fn complete(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.add_security_scheme(BEARER, SecurityScheme::Http(scheme));
    let about = "Browsers: `POST /auth/login` with `cookie`; what changes something also needs the \
                 header `X-CSRF-Token`.";
    let cookie = ApiKey::Cookie(ApiKeyValue::with_description(cookies::ACCESS, about));
    components.add_security_scheme(COOKIE, SecurityScheme::ApiKey(cookie));
    let either = [BEARER, COOKIE].map(|name| SecurityRequirement::new(name, Vec::<String>::new()));
    document.security = Some(either.into());
    for (path, item) in &mut document.paths.paths {
        for operation in [&mut item.get, &mut item.post, &mut item.put, &mut item.patch] {
            operation.iter_mut().for_each(add_problem);
            operation.iter_mut().for_each(add_limit);
        }
        item.get.iter_mut().for_each(add_table);
        item.delete.iter_mut().for_each(add_problem);
        item.delete.iter_mut().for_each(add_limit);
        let is_open = |operation: &Operation| operation.security.is_some();
        item.post.iter_mut().filter(|operation| !is_open(operation)).for_each(add_idempotency_key);
        // A session, a second factor or a key is there or not; it has no versions.
        let unversioned = ["/sessions", "/mfa", "/passkeys", "/api-keys"];
        let versioned = !unversioned.iter().any(|part| path.contains(part));
        for operation in [&mut item.put, &mut item.patch, &mut item.delete] {
            let told = operation.iter_mut().filter(|it| versioned && !is_open(it));
            told.for_each(add_if_match);
        }
    }
}

fn add_problem(operation: &mut Operation) {
    let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
    let response = ResponseBuilder::new()
        .description("What went wrong, in both languages; `/problems/{code}` explains each code.")
        .content(PROBLEM_JSON, Content::new(Some(schema)))
        .build();
    operation.responses.responses.entry("default".to_owned()).or_insert(response.into());
}

/// Who asks too often is told when to come back.
fn add_limit(operation: &mut Operation) {
    let about = |text| HeaderBuilder::new().description(Some(text)).build();
    let response = ResponseBuilder::new()
        .description("Too many requests, or too many tries.")
        .header("Retry-After", about("When to try again, in seconds."))
        .header("RateLimit-Policy", about("How many requests may be made in which window."))
        .header("RateLimit", about("How many are left, and when all of them are again."))
        .content(PROBLEM_JSON, Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem")))))
        .build();
    operation.responses.responses.entry("429".to_owned()).or_insert(response.into());
}

/// Every list is a table as well.
fn add_table(operation: &mut Operation) {
    let Some(RefOr::T(response)) = operation.responses.responses.get_mut("200") else { return };
    let Some(RefOr::T(content)) = response.content.get("application/json") else { return };
    let Some(RefOr::Ref(schema)) = &content.schema else { return };
    let name = schema.ref_location.rsplit('/').next().unwrap_or_default();
    let is_shown = |table: &&Table| {
        let row = (table.schema)();
        name.strip_prefix("PageBody_").is_some_and(|it| it == row) || table.report == Some(name)
    };
    let Some(table) = TABLES.iter().find(is_shown) else { return };
    let fields: Vec<&str> = table.columns.iter().map(|column| column.path()).collect();
    let about = format!("A table with the columns {}.", fields.join(", "));
    let schema = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
    let schema = schema.description(Some(about)).build();
    response.content.insert(TEXT_CSV.to_owned(), Content::new(Some(schema)).into());
}

fn add_idempotency_key(operation: &mut Operation) {
    let about = "Makes the request safe to send again: its effect happens once in 24 hours.";
    add_header(operation, "Idempotency-Key", Required::False, about, "^[A-Za-z0-9_-]{16,255}$");
}

fn add_if_match(operation: &mut Operation) {
    let about = "The version the change was made on, as the ETag names it: `\"7\"`.";
    add_header(operation, "If-Match", Required::True, about, "^\"[1-9][0-9]*\"$");
}

fn add_header(operation: &mut Operation, name: &str, must: Required, about: &str, pattern: &str) {
    let schema = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
    let header: Parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(must)
        .description(Some(about))
        .schema(Some(schema.pattern(Some(pattern)).build()))
        .build();
    let parameters = operation.parameters.get_or_insert_default();
    // An operation that tells about the header itself knows better.
    let is_told = |known: &RefOr<Parameter>| matches!(known, RefOr::T(known) if known.name == name);
    if !parameters.iter().any(is_told) {
        parameters.push(header.into());
    }
}

/// The page `docs/errors.md`: every code, its status and both texts.
#[must_use]
pub fn errors_page() -> String {
    let mut page = String::from(
        "# Errors\n\n\
         This page is generated from the table of codes; `UPDATE_DOCS=1 cargo test -p gaara-http` \
         writes it anew.\n\
         A program decides by the code: codes are added, never renamed.\n\
         The texts may change at any time.\n",
    );
    let mut area = "";
    for code in Code::ALL {
        if code.area() != area {
            area = code.area();
            page.extend(["\n## ", area, "\n\n"]);
            page.push_str("| Code | Status | Try again | English | Arabic |\n");
            page.push_str("| --- | --- | --- | --- | --- |\n");
        }
        let again = if code.retryable() { "yes" } else { "no" };
        let (name, status) = (code.as_str(), code.status());
        let (english, arabic) = (code.english(), code.arabic());
        let row = format!("| `{name}` | {status} | {again} | {english} | {arabic} |\n");
        page.push_str(&row);
    }
    page
}
