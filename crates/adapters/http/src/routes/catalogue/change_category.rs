//! `PATCH /categories/{id}`: renaming a category, or moving it in the tree.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::inventory::{ChangeCategory, ChangeCategoryError};
use gaara_inventory::Category;
use gaara_kernel::{CategoryId, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::categories::place_problem;
use crate::caller::{Caller, PathId};
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field, Nested};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::name::{NameRequest, name_problem, read_name};
use crate::views::CategoryBody;

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeCategoryRequest {
    /// The name.
    #[schema(value_type = Option<NameRequest>)]
    #[serde(default)]
    name: Nested<NameRequest>,
    /// The category it belongs to; `null` puts it at the top. What is below moves with it.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    parent_id: Field<CategoryId>,
}

impl ChangeCategoryRequest {
    fn read(self, check: &mut Check, id: CategoryId, expected: Version) -> Option<ChangeCategory> {
        let name = read_name(check, self.name);
        let parent = check.patch("/parent_id", self.parent_id);
        Some(ChangeCategory { id, expected, name: name?, parent: parent?.into_option() })
    }
}

/// Changes a category. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Categories",
    operation_id = "changeCategory",
    params(("id" = String, Path, description = "The category's id")),
    request_body(content = ChangeCategoryRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = CategoryBody)),
)]
#[patch("/categories/{id}")]
pub(crate) async fn change_category(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<CategoryId>,
    expected: IfMatch,
    body: Body<ChangeCategoryRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |(_, after): &(Category, Category)| {
        changed(after.version, &CategoryBody::new(after, caller.language))
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeCategoryError) -> Problem {
    match error {
        ChangeCategoryError::NotFound => Problem::not_found(),
        ChangeCategoryError::Stale { current } => Problem::stale(current),
        ChangeCategoryError::Name(error) => name_problem(error),
        ChangeCategoryError::Place(error) => place_problem(error),
        ChangeCategoryError::Store(error) => error.into(),
    }
}
