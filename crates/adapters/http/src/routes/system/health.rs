//! Whether the server runs, whether it can work, and for administrators why not.

use std::time::Duration;

use actix_web::{HttpResponse, get, web};
use gaara_application::{App, BreakerReport};
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::Caller;
use crate::code::Code;
use crate::examination::{Examination, Finding};
use crate::lifecycle::Lifecycle;
use crate::problem::Problem;
use crate::reply;

/// When whoever looks for a server that can work should look again.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
struct Health {
    /// Always `ok`; anything else is an error.
    #[schema(example = "ok")]
    status: &'static str,
}

const OK: Health = Health { status: "ok" };

/// How one thing is that the server stands on.
#[derive(Debug, Serialize, ToSchema)]
struct HealthPart {
    /// What it is: `database`, `schema`, `secrets`, `disk`.
    #[schema(example = "database")]
    name: &'static str,
    /// `ok` or `failing`.
    #[schema(example = "ok")]
    status: &'static str,
    /// How long it took to tell.
    milliseconds: u64,
    /// What is wrong, where something is.
    detail: Option<String>,
}

impl From<&Finding> for HealthPart {
    fn from(finding: &Finding) -> Self {
        Self {
            name: finding.name,
            status: if finding.trouble.is_none() { "ok" } else { "failing" },
            milliseconds: finding.milliseconds,
            detail: finding.trouble.clone(),
        }
    }
}

/// How one of those is whom the server calls.
#[derive(Debug, Serialize, ToSchema)]
struct HealthDependency {
    /// Who it is: `mail`, `rate_limit`, `throttle` and others.
    #[schema(example = "mail")]
    name: &'static str,
    /// The state of its circuit breaker: `closed` when calls pass, `open` when none does,
    /// `half_open` when a few do, `forced_open` and `disabled` when an operator decided.
    #[schema(example = "closed")]
    state: &'static str,
    /// How many calls the rates of the breaker are computed from.
    calls: u32,
    /// How many of them failed.
    failures: u32,
    /// How many of them were slow.
    slow: u32,
    /// How long it will still let nothing pass; zero unless it is open.
    retry_after_seconds: u64,
}

impl From<&BreakerReport> for HealthDependency {
    fn from(BreakerReport { name, snapshot }: &BreakerReport) -> Self {
        Self {
            name,
            state: snapshot.state.as_str(),
            calls: snapshot.calls,
            failures: snapshot.failures,
            slow: snapshot.slow,
            retry_after_seconds: snapshot.retry_after.as_secs(),
        }
    }
}

/// How the server is, in detail.
#[derive(Debug, Serialize, ToSchema)]
struct DetailedHealth {
    /// `ok`, `failing` when a part is, `draining` when the server is about to stop.
    #[schema(example = "ok")]
    status: &'static str,
    /// The version of the program.
    version: &'static str,
    /// How long the server has been running.
    uptime_seconds: u64,
    /// How each thing is that the server stands on.
    parts: Vec<HealthPart>,
    /// How those are whom the server calls; it works without them as well as it can.
    dependencies: Vec<HealthDependency>,
}

/// Whether the server runs.
#[utoipa::path(
    tag = "System",
    operation_id = "getHealth",
    security(()),
    responses((status = 200, description = "It runs.", body = Health))
)]
#[get("/health")]
pub(crate) async fn health() -> HttpResponse {
    reply::shown(&OK)
}

/// Whether the process is alive; it need not be able to work.
#[utoipa::path(
    tag = "System",
    operation_id = "getLiveness",
    security(()),
    responses((status = 200, description = "It is alive.", body = Health))
)]
#[get("/health/live")]
pub(crate) async fn live() -> HttpResponse {
    reply::shown(&OK)
}

/// Whether requests can be served now: the store answers, its schema is the program's, secrets can
/// be read, there is room on the disk, and the server is not about to stop.
#[utoipa::path(
    tag = "System",
    operation_id = "getReadiness",
    security(()),
    responses((status = 200, description = "It can work.", body = Health))
)]
#[get("/health/ready")]
pub(crate) async fn ready(
    app: web::Data<App>,
    lifecycle: web::Data<Lifecycle>,
    examination: web::Data<Examination>,
) -> Result<HttpResponse, Problem> {
    if lifecycle.is_draining() {
        return Err(Problem::new(Code::HealthDraining));
    }
    let findings = examination.findings(&app).await;
    // Which part it is stands in the log: strangers have no use for it.
    if findings.iter().any(|finding| finding.trouble.is_some()) {
        return Err(Problem::new(Code::HealthNotReady).retry_after(LOOK_AGAIN));
    }
    Ok(reply::shown(&OK))
}

/// How the server is and what it stands on, for administrators. The status is 200 even when
/// something fails: the answer says what.
#[utoipa::path(
    tag = "System",
    operation_id = "getDetailedHealth",
    responses((status = 200, description = "How everything is.", body = DetailedHealth))
)]
#[get("/health/detailed")]
pub(crate) async fn detailed(
    app: web::Data<App>,
    lifecycle: web::Data<Lifecycle>,
    examination: web::Data<Examination>,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let refused = |refusal| Problem::refused(refusal, Problem::from);
    app.admit_to_health(&caller.actor).map_err(refused)?;
    let findings = examination.findings(&app).await;
    let is_well = findings.iter().all(|finding| finding.trouble.is_none());
    let status = match (lifecycle.is_draining(), is_well) {
        (true, _) => "draining",
        (false, true) => "ok",
        (false, false) => "failing",
    };
    Ok(reply::shown(&DetailedHealth {
        status,
        version: env!("CARGO_PKG_VERSION"),
        uptime_seconds: lifecycle.age().as_secs(),
        parts: findings.iter().map(HealthPart::from).collect(),
        dependencies: app.breakers().reports().iter().map(HealthDependency::from).collect(),
    }))
}
