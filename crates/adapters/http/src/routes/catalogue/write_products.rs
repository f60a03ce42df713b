//! `POST /products/batch`: adding and changing many products at once.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{
    BatchMode, ProductRefusal, ProductWrite, WriteProducts, WriteProductsError, WrittenProduct,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::batch_entry::{Entries, ProductEntry, read};
use super::product_problem::{fault, refused};
use crate::caller::Caller;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field};
use crate::problem::{FieldProblem, Problem, ProblemBody};
use crate::reply::{answered, respond};
use crate::scope::RequestScope;
use crate::views::ProductBody;

/// Where batches are sent.
const PATH: &str = "/api/v1/products/batch";

/// Many products at once.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct BatchRequest {
    /// `atomic`: all entries are written or none; `partial`: the good ones are.
    #[schema(value_type = String, required = true, example = "atomic")]
    #[serde(default)]
    mode: Field<BatchMode>,
    /// The entries: 1 to 500, a product in one of them only.
    #[schema(value_type = Vec<ProductEntry>, required = true)]
    #[serde(default)]
    items: Field<Entries>,
}

/// What became of one entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchResultBody {
    /// Its place, counting from 0.
    index: usize,
    /// The status that it would have had as a request of its own.
    #[schema(example = 201)]
    status: u16,
    /// The product; `null` when the entry was refused.
    #[schema(required = true)]
    product: Option<ProductBody>,
    /// Why it was refused; `null` when it was written.
    #[schema(required = true)]
    problem: Option<ProblemBody>,
}

/// What became of every entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchBody {
    /// In the order of the entries.
    results: Vec<BatchResultBody>,
}

/// The entries of a batch that could be read, and what is wrong with the others.
struct Batch {
    mode: BatchMode,
    /// The places of the entries that could be read.
    places: Vec<usize>,
    writes: Vec<ProductWrite>,
    faults: BTreeMap<usize, Vec<FieldProblem>>,
}

impl BatchRequest {
    fn read(self, check: &mut Check) -> Option<Batch> {
        let mode = check.required("/mode", self.mode);
        let entries = check.required("/items", self.items);
        let mut batch =
            Batch { mode: mode?, places: Vec::new(), writes: Vec::new(), faults: BTreeMap::new() };
        for (place, entry) in entries?.0.into_iter().enumerate() {
            match read(entry) {
                Ok(write) => {
                    batch.places.push(place);
                    batch.writes.push(write);
                }
                Err(faults) => {
                    batch.faults.insert(place, faults);
                }
            }
        }
        Some(batch)
    }
}

/// Adds and changes many products in one transaction.
///
/// A key that another product had before the batch counts as taken, even where the batch would
/// free it.
#[utoipa::path(
    tag = "Products",
    operation_id = "writeProducts",
    request_body = BatchRequest,
    responses((status = 200, description = "What became of every entry", body = BatchBody)),
)]
#[post("/products/batch")]
pub(crate) async fn write_products(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<BatchRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let Batch { mode, places, writes, faults } = body.read(BatchRequest::read)?;
    let use_case = WriteProducts { mode, writes, others_refused: !faults.is_empty() };
    let render =
        |outcomes: &Vec<Result<WrittenProduct, Vec<ProductRefusal>>>| {
            let mut results: Vec<BatchResultBody> = places
                .iter()
                .zip(outcomes)
                .map(|(index, outcome)| result(*index, outcome, &caller))
                .collect();
            results.extend(faults.iter().map(|(index, faults)| {
                refusal(*index, &Problem::of_fields(faults.clone()), &caller)
            }));
            results.sort_by_key(|result| result.index);
            answered(&BatchBody { results })
        };
    let problem = |error| match error {
        WriteProductsError::Refused(refusals) => all_faults(&faults, &places, &refusals),
        WriteProductsError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn result(
    index: usize,
    outcome: &Result<WrittenProduct, Vec<ProductRefusal>>,
    caller: &Caller,
) -> BatchResultBody {
    match outcome {
        Ok(written) => {
            let status = if written.before.is_none() { 201 } else { 200 };
            let product = ProductBody::new(&written.after, caller.language);
            BatchResultBody { index, status, product: Some(product), problem: None }
        }
        Err(refusals) => refusal(index, &refused(refusals), caller),
    }
}

fn refusal(index: usize, problem: &Problem, caller: &Caller) -> BatchResultBody {
    let scope = RequestScope::new(caller.actor.trace(), caller.language, PATH);
    let body = problem.body(&scope);
    BatchResultBody { index, status: body.status, product: None, problem: Some(body) }
}

/// Everything that is wrong with any entry, at its place in the batch.
fn all_faults(
    unread: &BTreeMap<usize, Vec<FieldProblem>>,
    places: &[usize],
    refusals: &[(usize, Vec<ProductRefusal>)],
) -> Problem {
    let in_batch = |index: &usize, mut fault: FieldProblem| {
        fault.pointer.insert_str(0, &format!("/items/{index}"));
        (*index, fault)
    };
    let unread = unread
        .iter()
        .flat_map(|(index, faults)| faults.iter().map(move |fault| in_batch(index, fault.clone())));
    let refused = refusals.iter().flat_map(|(at, refusals)| {
        let index = places.get(*at).unwrap_or(at);
        refusals.iter().map(move |refusal| in_batch(index, fault(refusal)))
    });
    let mut faults: Vec<(usize, FieldProblem)> = unread.chain(refused).collect();
    faults.sort_by_key(|(index, _)| *index);
    Problem::of_fields(faults.into_iter().map(|(_, fault)| fault).collect())
}
