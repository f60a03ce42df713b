//! Writing figures as Prometheus reads them (text format 0.0.4).

use std::sync::atomic::Ordering;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use gaara_application::{App, Measure};
use gaara_security_policy::RESPONSE_HEADERS;

use super::{METRICS, Metric, Metrics, Snapshot, lock};
use crate::config::HttpConfig;
use crate::lifecycle::Lifecycle;

/// Answers `GET /metrics` and nothing else.
///
/// A site that has its name lead to this machine could otherwise read the figures in the browser
/// of somebody who may.
pub(crate) async fn serve(
    request: HttpRequest,
    config: web::Data<HttpConfig>,
    app: web::Data<App>,
    metrics: web::Data<Metrics>,
    lifecycle: web::Data<Lifecycle>,
) -> HttpResponse {
    let is_asked = request.path() == "/metrics" && request.method() == "GET";
    let status = match (config.hosts.allow_near(request.head()), is_asked) {
        (false, _) => StatusCode::MISDIRECTED_REQUEST,
        (true, false) => StatusCode::NOT_FOUND,
        (true, true) => StatusCode::OK,
    };
    let mut response = HttpResponse::build(status);
    for (name, value) in RESPONSE_HEADERS {
        response.insert_header((HeaderName::from_static(name), HeaderValue::from_static(value)));
    }
    if status != StatusCode::OK {
        return response.finish();
    }
    let mut measures = app.measures();
    measures.push(Measure::of("gaara_build_info", 1).with("version", env!("CARGO_PKG_VERSION")));
    measures.push(Measure::of("gaara_uptime_seconds", lifecycle.age().as_secs()));
    measures.push(Measure::of("gaara_draining", lifecycle.is_draining().into()));
    let snapshot = Snapshot { metrics: &metrics, measures };
    let media_type = "text/plain; version=0.0.4; charset=utf-8";
    response.insert_header((header::CONTENT_TYPE, media_type)).body(snapshot.text())
}

impl Snapshot<'_> {
    /// Every figure of the catalogue that there is, with what it tells.
    fn text(&self) -> String {
        let mut text = String::new();
        for metric in METRICS {
            let mut samples = String::new();
            self.write(metric, &mut samples);
            if !samples.is_empty() {
                let Metric { name, kind, help } = metric;
                let kind = kind.word();
                text.extend(["# HELP ", name, " ", help, "\n# TYPE ", name, " ", kind, "\n"]);
                text.push_str(&samples);
            }
        }
        text
    }

    fn write(&self, metric: &Metric, out: &mut String) {
        match metric.name {
            "gaara_http_requests_in_flight" => {
                let in_flight = self.metrics.in_flight.load(Ordering::Relaxed);
                sample(out, metric.name, &[], in_flight);
            }
            "gaara_http_request_duration_seconds" => self.write_requests(metric.name, out),
            "gaara_problems_total" => {
                for (code, count) in lock(&self.metrics.problems).iter() {
                    sample(out, metric.name, &[("code", code)], count);
                }
            }
            "gaara_sign_ins_total" => {
                for (outcome, count) in lock(&self.metrics.sign_ins).iter() {
                    sample(out, metric.name, &[("outcome", outcome)], count);
                }
            }
            name => {
                for measure in self.measures.iter().filter(|measure| measure.name == name) {
                    sample(out, name, &measure.labels, measure.value);
                }
            }
        }
    }

    fn write_requests(&self, name: &str, out: &mut String) {
        let requests = lock(&self.metrics.requests).clone();
        for (series, histogram) in &requests {
            let labels = [
                ("route", series.route.as_str()),
                ("method", series.method),
                ("status", series.status),
            ];
            let [route, method, status] = labels;
            for (bound, count) in histogram.cumulative() {
                let labels = [route, method, status, ("le", bound)];
                sample(out, &format!("{name}_bucket"), &labels, count);
            }
            let all = [route, method, status, ("le", "+Inf")];
            sample(out, &format!("{name}_bucket"), &all, histogram.count);
            sample(out, &format!("{name}_sum"), &labels, histogram.sum());
            sample(out, &format!("{name}_count"), &labels, histogram.count);
        }
    }
}

/// The names are our own and hold nothing that needs escaping.
fn sample(out: &mut String, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
    out.push_str(name);
    if !labels.is_empty() {
        let label = |(name, value): &(&str, &str)| format!("{name}=\"{value}\"");
        let labels: Vec<String> = labels.iter().map(label).collect();
        out.extend(["{", &labels.join(","), "}"]);
    }
    out.extend([" ", &value.to_string(), "\n"]);
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use actix_web::http::Method;

    use super::super::Answered;
    use super::*;

    #[test]
    fn figures_are_written_as_prometheus_reads_them() {
        let metrics = Metrics::default();
        metrics.note(&Answered {
            route: Some("/api/v1/auth/login"),
            method: &Method::POST,
            status: StatusCode::UNAUTHORIZED,
            problem: Some("auth.invalid_credentials"),
            took: Duration::from_millis(30),
        });
        let measures = vec![Measure::of("process_open_fds", 7), Measure::of("no_such_metric", 1)];

        let text = Snapshot { metrics: &metrics, measures }.text();

        let labels = "route=\"/api/v1/auth/login\",method=\"POST\",status=\"4xx\"";
        for line in [
            "# TYPE gaara_http_request_duration_seconds histogram".to_owned(),
            format!("gaara_http_request_duration_seconds_bucket{{{labels},le=\"0.025\"}} 0"),
            format!("gaara_http_request_duration_seconds_bucket{{{labels},le=\"0.05\"}} 1"),
            format!("gaara_http_request_duration_seconds_bucket{{{labels},le=\"+Inf\"}} 1"),
            format!("gaara_http_request_duration_seconds_sum{{{labels}}} 0.030000"),
            "gaara_problems_total{code=\"auth.invalid_credentials\"} 1".to_owned(),
            "gaara_sign_ins_total{outcome=\"refused\"} 1".to_owned(),
            "process_open_fds 7".to_owned(),
        ] {
            assert!(text.lines().any(|it| it == line), "{line} is not in\n{text}");
        }
        assert!(!text.contains("no_such_metric"));
    }
}
