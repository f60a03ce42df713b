//! `/categories`.

use actix_web::{HttpResponse, delete, get, post, web};
use gaara_application::App;
use gaara_application::inventory::{
    CreateCategory, CreateCategoryError, FindCategory, ListCategories, RemoveCategory,
    RemoveCategoryError,
};
use gaara_inventory::{Category, CategoryFilter, CategorySort, PlaceError};
use gaara_kernel::{BilingualText, CategoryId, Direction, Sort};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, IfMatch, IfNoneMatch};
use crate::json::{Body, Check, Field, FieldFault, FromText};
use crate::problem::{FieldProblem, Problem};
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, created, done, found, respond};
use crate::views::{BilingualBody, CategoryBody};

/// A category as it is added.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateCategoryRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<CategoryId>,
    /// The category it belongs to; at the top when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    parent_id: Field<CategoryId>,
    /// The name.
    #[schema(value_type = BilingualBody, required = true)]
    #[serde(default)]
    name: Field<BilingualText>,
}

impl CreateCategoryRequest {
    fn read(self, check: &mut Check) -> Option<CreateCategory> {
        let id = check.optional("/id", self.id);
        let parent = check.optional("/parent_id", self.parent_id);
        let name = check.required("/name", self.name);
        Some(CreateCategory { id: id?, parent: parent?, name: name? })
    }
}

/// Adds a category.
#[utoipa::path(
    tag = "Categories",
    operation_id = "createCategory",
    request_body = CreateCategoryRequest,
    responses((status = 201, description = "Added", body = CategoryBody)),
)]
#[post("/categories")]
pub(crate) async fn create_category(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateCategoryRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(CreateCategoryRequest::read)?;
    let render = |category: &Category| {
        let body = CategoryBody::new(category, caller.language);
        created(format!("/api/v1/categories/{}", category.id), category.version, &body)
    };
    let problem = |error| match error {
        CreateCategoryError::Place(error) => place_problem(error),
        CreateCategoryError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

/// Why a category cannot stand there.
pub(super) fn place_problem(error: PlaceError) -> Problem {
    let at = |code| FieldProblem::new("/parent_id", code);
    Problem::at(match error {
        PlaceError::UnknownParent => at(Code::ValidationReference),
        PlaceError::Cycle => at(Code::CategoryCycle),
        PlaceError::TooDeep => at(Code::CategoryTooDeep).param("max", Category::DEPTH_MAX),
    })
}

/// The parent whose children are listed; `null` for those at the top.
struct ParentChoice(Option<CategoryId>);

impl FromText for ParentChoice {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        if text == "null" { Ok(Self(None)) } else { FromText::from_text(text).map(Some).map(Self) }
    }
}

/// Lists categories; in their usual order they read as a tree.
#[utoipa::path(
    tag = "Categories",
    operation_id = "listCategories",
    params(
        ListQuery,
        (
            "parent_id" = Option<String>,
            Query,
            description = "Only the children of this category; `null` for those at the top"
        ),
    ),
    responses((status = 200, description = "Categories", body = PageBody<CategoryBody>)),
)]
#[get("/categories")]
pub(crate) async fn list_categories(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let parent: Option<ParentChoice> = params.take_one("parent_id");
    let filter = CategoryFilter { parent: parent.map(|choice| choice.0) };
    let list = params.finish(Sort::by(CategorySort::Path, Direction::Ascending))?;
    let rows = ask(&app, &caller.actor, &ListCategories { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|category| CategoryBody::new(&category, caller.language))))
}

/// Shows a category.
#[utoipa::path(
    tag = "Categories",
    operation_id = "getCategory",
    params(("id" = String, Path, description = "The category's id")),
    responses((status = 200, description = "The category", body = CategoryBody)),
)]
#[get("/categories/{id}")]
pub(crate) async fn get_category(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<CategoryId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let category = ask(&app, &caller.actor, &FindCategory { id: id.0 }).await?;
    let category = category.ok_or_else(Problem::not_found)?;
    Ok(found(&known, category.version, &CategoryBody::new(&category, caller.language)))
}

/// Removes a category that no category and no product hangs on.
#[utoipa::path(
    tag = "Categories",
    operation_id = "removeCategory",
    params(("id" = String, Path, description = "The category's id")),
    responses((status = 204, description = "Removed")),
)]
#[delete("/categories/{id}")]
pub(crate) async fn remove_category(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<CategoryId>,
    expected: IfMatch,
) -> Result<HttpResponse, Problem> {
    let use_case = RemoveCategory { id: id.0, expected: expected.0 };
    let problem = |error| match error {
        RemoveCategoryError::NotFound => Problem::not_found(),
        RemoveCategoryError::Stale { current } => Problem::stale(current),
        RemoveCategoryError::InUse => Problem::new(Code::ResourceInUse),
        RemoveCategoryError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, None, &use_case, |()| done(), problem).await
}
