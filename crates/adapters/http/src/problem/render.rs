//! Writing a problem as the answer to a request.

use std::collections::BTreeMap;
use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpResponse, ResponseError};
use gaara_kernel::Language;

use super::{FieldProblem, FieldProblemBody, Messages, Params, Problem, ProblemBody};
use crate::code::Code;
use crate::scope::RequestScope;

/// The media type of errors (RFC 9457).
pub const PROBLEM_JSON: &str = "application/problem+json";

/// When to try again after a failure that says nothing better.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Puts values in the place of `{placeholders}`; one without a value stays as it is.
///
/// ```
/// use gaara_http::{Params, fill};
///
/// let params = Params::from([("max", "6".to_owned())]);
/// assert_eq!(fill("at most {max} decimals", &params), "at most 6 decimals");
/// ```
#[must_use]
pub fn fill(text: &str, params: &Params) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match params.get(name) {
            Some(value) => filled.push_str(value),
            None => filled.extend(["{", name, "}"]),
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

impl Problem {
    /// The body of the answer to this request.
    #[must_use]
    pub(crate) fn body(&self, scope: &RequestScope) -> ProblemBody {
        let code = self.code();
        let messages = messages(code, &self.0.params);
        let (title, detail) = match scope.language {
            Language::Arabic => (titles(code.status()).1, messages.ar.clone()),
            Language::English => (titles(code.status()).0, messages.en.clone()),
        };
        ProblemBody {
            kind: format!("/problems/{}", code.as_str()),
            title: title.to_owned(),
            status: code.status(),
            detail,
            instance: scope.path.clone(),
            code: code.as_str().to_owned(),
            messages,
            params: owned(&self.0.params),
            trace_id: scope.trace.to_string(),
            retryable: code.retryable(),
            errors: self.0.fields.iter().map(FieldProblem::body).collect(),
        }
    }

    /// The whole answer to this request.
    #[must_use]
    pub(crate) fn render(&self, scope: &RequestScope) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((header::CONTENT_LANGUAGE, scope.language.tag()));
        if let Some(challenge) = challenge(self.code()) {
            response.insert_header((header::WWW_AUTHENTICATE, challenge));
        }
        let wait = self.0.retry_after.or((self.code().status() == 503).then_some(RETRY_AFTER));
        if let Some(wait) = wait {
            response.insert_header((header::RETRY_AFTER, whole_seconds(wait).to_string()));
        }
        for (name, value) in &self.0.headers {
            response.insert_header((*name, value.as_str()));
        }
        response.content_type(PROBLEM_JSON);
        // A body of texts always serializes.
        response.body(serde_json::to_vec(&self.body(scope)).unwrap_or_default())
    }
}

/// Never earlier than the wait is over.
pub(super) fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

fn messages(code: Code, params: &Params) -> Messages {
    Messages { ar: fill(code.arabic(), params), en: fill(code.english(), params) }
}

impl FieldProblem {
    /// The same as a client sees it.
    #[must_use]
    pub(crate) fn body(&self) -> FieldProblemBody {
        FieldProblemBody {
            pointer: self.pointer.clone(),
            code: self.code.as_str().to_owned(),
            messages: messages(self.code, &self.params),
            params: owned(&self.params),
        }
    }
}

fn owned(params: &Params) -> BTreeMap<String, String> {
    params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// Sources: RFC 6750, section 3; RFC 9470, section 3.
fn challenge(code: Code) -> Option<&'static str> {
    match code {
        Code::AuthTokenInvalid | Code::AuthTokenExpired | Code::AuthTokenRevoked => {
            Some("Bearer error=\"invalid_token\"")
        }
        Code::AuthStepUpRequired => {
            Some("Bearer error=\"insufficient_user_authentication\", max_age=600")
        }
        code if code.status() == 401 => Some("Bearer"),
        _ => None,
    }
}

/// The kind of error that a status stands for, in English and Arabic.
const fn titles(status: u16) -> (&'static str, &'static str) {
    match status {
        400 => ("Malformed request", "طلب غير مفهوم"),
        401 => ("Not signed in", "تسجيل الدخول مطلوب"),
        403 => ("Not allowed", "غير مسموح"),
        404 => ("Not found", "غير موجود"),
        405 => ("Method not allowed", "طريقة غير مسموحة"),
        406 => ("Not acceptable", "صيغة غير متاحة"),
        408 => ("Request timed out", "انتهت مهلة الطلب"),
        409 => ("Conflict", "تعارض"),
        412 => ("Changed meanwhile", "تغيّر السجل في هذه الأثناء"),
        413 => ("Request too large", "طلب كبير جدًا"),
        415 => ("Unsupported format", "صيغة غير مدعومة"),
        421 => ("Misdirected request", "طلب موجّه إلى خادم آخر"),
        431 => ("Request head too large", "ترويسات الطلب أكبر من المسموح"),
        422 => ("Not acceptable as it is", "بيانات غير مقبولة"),
        428 => ("Version required", "الإصدار مطلوب"),
        429 => ("Too many requests", "طلبات كثيرة جدًا"),
        503 => ("Not available now", "غير متاح الآن"),
        _ => ("Error", "خطأ"),
    }
}

#[cfg(test)]
mod tests {
    use gaara_application::TraceId;

    use super::*;

    fn scope(language: Language) -> RequestScope {
        let trace = TraceId::parse("4bf92f3577b34da6a3ce929d0e0e4736").unwrap();
        RequestScope::new(trace, language, "/api/v1/stock-movements")
    }

    fn shortage() -> Problem {
        let field = FieldProblem::new("/lines/0/quantity", Code::ValidationScale).param("max", 6);
        Problem::new(Code::StockInsufficient)
            .param("requested", 5)
            .param("available", 3)
            .field(field)
    }

    #[test]
    fn the_envelope_is_whole() {
        let body = serde_json::to_value(shortage().body(&scope(Language::English))).unwrap();

        let expected = serde_json::json!({
            "type": "/problems/stock.insufficient",
            "title": "Conflict",
            "status": 409,
            "detail": "Not enough in stock: 5 asked for, 3 available.",
            "instance": "/api/v1/stock-movements",
            "code": "stock.insufficient",
            "messages": {
                "ar": "المخزون لا يكفي: المطلوب 5 والمتاح 3.",
                "en": "Not enough in stock: 5 asked for, 3 available.",
            },
            "params": {"requested": "5", "available": "3"},
            "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
            "retryable": false,
            "errors": [{
                "pointer": "/lines/0/quantity",
                "code": "validation.scale",
                "messages": {
                    "ar": "يجب ألا تزيد الخانات العشرية على 6.",
                    "en": "The number may have at most 6 decimals.",
                },
                "params": {"max": "6"},
            }],
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn title_and_detail_follow_the_language() {
        let body = shortage().body(&scope(Language::Arabic));

        assert_eq!(body.title, "تعارض");
        assert_eq!(body.detail, body.messages.ar);
    }

    #[test]
    fn every_status_has_a_title() {
        for code in Code::ALL {
            assert!(titles(code.status()).0 != "Error" || code.status() == 500);
        }
    }

    #[test]
    fn a_failure_of_ours_does_not_tell_its_cause() {
        let problem = Problem::internal("the disk is on fire");

        let text = serde_json::to_string(&problem.body(&scope(Language::English))).unwrap();

        assert!(!text.contains("disk"));
        assert_eq!(problem.cause_chain().as_deref(), Some("the disk is on fire"));
    }

    #[test]
    fn a_wait_is_rounded_up() {
        assert_eq!(whole_seconds(Duration::from_millis(1)), 1);
        assert_eq!(whole_seconds(Duration::from_secs(2)), 2);
    }
}
