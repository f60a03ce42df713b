//! `GET /stocktakes`, `GET /stocktakes/{id}` and `GET /stocktakes/{id}/lines`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::inventory::{FindStocktake, ListStocktakeLines, ListStocktakes};
use gaara_inventory::{StocktakeFilter, StocktakeLineFilter, StocktakeLineSort, StocktakeSort};
use gaara_kernel::{Direction, Sort, StocktakeId};

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfNoneMatch;
use crate::json::{FieldFault, FromText};
use crate::problem::{FieldProblem, Problem};
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::{StocktakeBody, StocktakeLineBody};

/// Lists stocktakes, the newest first.
#[utoipa::path(
    tag = "Stocktakes",
    operation_id = "listStocktakes",
    params(
        ListQuery,
        ("warehouse_id" = Option<String>, Query, description = "Only of this warehouse"),
        ("status" = Option<Vec<String>>, Query, description = "Only in these states"),
    ),
    responses((status = 200, description = "Stocktakes", body = PageBody<StocktakeBody>)),
)]
#[get("/stocktakes")]
pub(crate) async fn list_stocktakes(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = StocktakeFilter {
        warehouse: params.take_one("warehouse_id"),
        statuses: params.take_many("status"),
    };
    let list = params.finish(Sort::by(StocktakeSort::CreatedAt, Direction::Descending))?;
    let rows = ask(&app, &caller.actor, &ListStocktakes { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|row| StocktakeBody::from(&row))))
}

/// Shows a stocktake; its lines are a list of their own.
#[utoipa::path(
    tag = "Stocktakes",
    operation_id = "getStocktake",
    params(("id" = String, Path, description = "The stocktake's id")),
    responses((status = 200, description = "The stocktake", body = StocktakeBody)),
)]
#[get("/stocktakes/{id}")]
pub(crate) async fn get_stocktake(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<StocktakeId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let stocktake = ask(&app, &caller.actor, &FindStocktake { id: id.0 }).await?;
    let stocktake = stocktake.ok_or_else(Problem::not_found)?;
    Ok(found(&known, stocktake.version, &StocktakeBody::from(&stocktake)))
}

/// Yes or no, in a query.
struct YesOrNo(bool);

impl FromText for YesOrNo {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        match text {
            "true" => Ok(Self(true)),
            "false" => Ok(Self(false)),
            _ => {
                let fault = FieldProblem::new("", Code::ValidationChoice);
                Err(fault.param("choices", "true, false").into())
            }
        }
    }
}

/// Lists the lines of a stocktake: what the books said, what was counted, and the difference.
#[utoipa::path(
    tag = "Stocktakes",
    operation_id = "listStocktakeLines",
    params(
        ListQuery,
        ("id" = String, Path, description = "The stocktake's id"),
        ("counted" = Option<bool>, Query,
            description = "Only lines that are counted, or only those that are not"),
    ),
    responses((status = 200, description = "Lines", body = PageBody<StocktakeLineBody>)),
)]
#[get("/stocktakes/{id}/lines")]
pub(crate) async fn list_stocktake_lines(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<StocktakeId>,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let is_counted = params.take_one::<YesOrNo>("counted").map(|choice| choice.0);
    let list = params.finish(Sort::by(StocktakeLineSort::Sku, Direction::Ascending))?;
    let stocktake = ask(&app, &caller.actor, &FindStocktake { id: id.0 }).await?;
    stocktake.ok_or_else(Problem::not_found)?;
    let filter = StocktakeLineFilter { stocktake: id.0, is_counted };
    let query = ListStocktakeLines { filter, page: list.page() };
    let rows = ask(&app, &caller.actor, &query).await?;
    Ok(list.reply(rows.map(|row| StocktakeLineBody::new(&row, caller.language))))
}
