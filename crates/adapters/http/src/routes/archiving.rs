//! Archiving and restoring, the same for everything that can be archived.

use gaara_application::inventory::ArchivingError;
use gaara_inventory::ArchivedFilter;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::code::Code;
use crate::problem::Problem;
use crate::query::ListParams;

/// A step that needs nothing to be said; the body may be left out.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct StepRequest {}

/// The filter `archived`: what is archived is left out unless it is asked for.
pub(crate) fn take_archived(params: &mut ListParams) -> Option<bool> {
    match params.take_one("archived").unwrap_or_default() {
        ArchivedFilter::Without => Some(false),
        ArchivedFilter::Only => Some(true),
        ArchivedFilter::Any => None,
    }
}

/// Why something was not archived or not restored.
pub(crate) fn archiving_problem(error: ArchivingError) -> Problem {
    match error {
        ArchivingError::NotFound => Problem::not_found(),
        ArchivingError::Stale { current } => Problem::stale(current),
        ArchivingError::Archived => Problem::new(Code::ResourceArchived),
        ArchivingError::NotArchived => Problem::new(Code::ResourceNotArchived),
        ArchivingError::InUse => Problem::new(Code::ResourceInUse),
        ArchivingError::Store(error) => error.into(),
    }
}

/// Writes the two steps of one kind of thing: the handlers, their documentation and their replies.
macro_rules! archiving_routes {
    (
        $archive:ident => $Archive:ident, $archive_path:literal, $archive_operation:literal;
        $restore:ident => $Restore:ident, $restore_path:literal, $restore_operation:literal;
        $Thing:ident, $Id:ident, $Body:ident, $tag:literal
    ) => {
        $crate::routes::archiving::archiving_route! {
            $archive => $Archive, $archive_path, $archive_operation, "Archived",
            "Takes it out of use: nothing new can refer to it.", $Thing, $Id, $Body, $tag
        }
        $crate::routes::archiving::archiving_route! {
            $restore => $Restore, $restore_path, $restore_operation, "Restored",
            "Takes it back into use.", $Thing, $Id, $Body, $tag
        }
    };
}
pub(crate) use archiving_routes;

/// Writes one step.
macro_rules! archiving_route {
    (
        $name:ident => $UseCase:ident, $path:literal, $operation:literal, $done:literal,
        $about:literal, $Thing:ident, $Id:ident, $Body:ident, $tag:literal
    ) => {
        #[doc = $about]
        #[utoipa::path(
                                    tag = $tag,
                                    operation_id = $operation,
                                    params(
                                        ("id" = String, Path, description = "The id"),
                                        (
                                            "If-Match" = Option<String>,
                                            Header,
                                            description = "The version the decision was made on"
                                        ),
                                    ),
                                    request_body = Option<StepRequest>,
                                    responses((status = 200, description = $done, body = $Body)),
                                )]
        #[post($path)]
        pub(crate) async fn $name(
            app: web::Data<App>,
            caller: Caller,
            id: PathId<$Id>,
            expected: OptionalIfMatch,
            idempotency: Idempotency,
            body: OptionalBody<StepRequest>,
        ) -> Result<HttpResponse, Problem> {
            let once = idempotency.once(&caller.actor, body.raw());
            body.into_body().read(|StepRequest {}, _| Some(()))?;
            let use_case = $UseCase { id: id.0, expected: expected.0 };
            let render =
                |thing: &$Thing| changed(thing.version, &$Body::new(thing, caller.language));
            respond(&app, &caller.actor, once, &use_case, render, archiving_problem).await
        }
    };
}
pub(crate) use archiving_route;
