//! The form an answer is asked for in (RFC 9110, section 12.5.1): JSON or CSV.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use gaara_kernel::Language;
use serde::Serialize;

use crate::code::Code;
use crate::csv::{CsvRow, TEXT_CSV, head, lines};
use crate::language::weight;
use crate::problem::Problem;
use crate::scope::scope;

/// How many rows of a report are written at a time.
const ROWS_AT_A_TIME: usize = 256;

/// A form that lists and reports have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// `application/json`, where nothing else is asked for.
    Json,
    /// `text/csv`.
    Csv,
}

/// The form and the language of an answer, and the name of the file it may be kept in.
#[derive(Debug, Clone)]
pub struct Representation {
    format: Format,
    language: Language,
    file: String,
}

impl FromRequest for Representation {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let accepted: Vec<&str> = request
            .headers()
            .get_all(header::ACCEPT)
            .filter_map(|value| value.to_str().ok())
            .collect();
        let language = scope(request).map_or_else(Language::default, |scope| scope.language);
        let format = negotiate(&accepted.join(","));
        let refusal = || Problem::new(Code::HttpNotAcceptable);
        ready(format.ok_or_else(refusal).map(|format| Self {
            format,
            language,
            file: request.path().rsplit('/').next().unwrap_or_default().to_owned(),
        }))
    }
}

impl Representation {
    /// JSON in English, for what no request asked.
    #[cfg(test)]
    pub(crate) fn json() -> Self {
        Self { format: Format::Json, language: Language::English, file: String::new() }
    }

    /// Whether a table is asked for.
    pub(crate) fn is_csv(&self) -> bool {
        self.format == Format::Csv
    }

    /// The answer to a report: the body as JSON, or all of its rows as a table.
    pub fn report<B: Serialize, R: CsvRow + 'static>(
        &self,
        body: B,
        rows: impl FnOnce(B) -> Vec<R>,
    ) -> HttpResponse {
        if !self.is_csv() {
            return HttpResponse::Ok().insert_header(vary()).json(body);
        }
        let rows = rows(body);
        let language = self.language;
        let head = std::iter::once_with(move || head::<R>(language));
        let mut rows = rows.into_iter();
        let pieces = std::iter::from_fn(move || {
            let some: Vec<R> = rows.by_ref().take(ROWS_AT_A_TIME).collect();
            (!some.is_empty()).then(|| lines(&some))
        });
        let pieces = head.chain(pieces).map(|piece| Ok::<_, std::io::Error>(piece.into()));
        self.builder().streaming(futures_util::stream::iter(pieces))
    }

    /// A page of a list as a table.
    pub(crate) fn table<R: CsvRow>(&self, rows: &[R]) -> HttpResponse {
        self.builder().body([head::<R>(self.language), lines(rows)].concat())
    }

    fn builder(&self) -> actix_web::HttpResponseBuilder {
        let mut builder = HttpResponse::Ok();
        let file = format!("attachment; filename=\"{}.csv\"", self.file);
        builder
            .content_type("text/csv; charset=utf-8; header=present")
            .insert_header((header::CONTENT_DISPOSITION, file))
            .insert_header(vary());
        builder
    }
}

/// What tells caches that the answer depends on the form asked for.
pub(crate) fn vary() -> (header::HeaderName, HeaderValue) {
    (header::VARY, HeaderValue::from_static("Accept"))
}

/// Chooses a form by an `Accept` header; `None` when it wants neither.
fn negotiate(header: &str) -> Option<Format> {
    if header.trim().is_empty() {
        return Some(Format::Json);
    }
    let (json, csv) = (quality(header, "application/json"), quality(header, TEXT_CSV));
    if json == 0 && csv == 0 {
        return None;
    }
    Some(if csv > json { Format::Csv } else { Format::Json })
}

/// The weight of a media type in thousandths: the most specific range that fits it decides.
fn quality(header: &str, media_type: &str) -> i64 {
    let mut best = (0, 0);
    for part in header.split(',') {
        let mut pieces = part.split(';').map(str::trim);
        let range = pieces.next().unwrap_or_default().to_ascii_lowercase();
        let fit = if range == media_type {
            3
        } else if range
            .strip_suffix('*')
            .is_some_and(|it| it.ends_with('/') && media_type.starts_with(it))
        {
            2
        } else if range == "*/*" {
            1
        } else {
            continue;
        };
        let weight = pieces.find_map(weight).unwrap_or(1000);
        best = best.max((fit, weight));
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_form_wins_and_json_of_equals() {
        let cases = [
            ("", Some(Format::Json)),
            ("*/*", Some(Format::Json)),
            ("text/csv", Some(Format::Csv)),
            ("TEXT/CSV; header=present", Some(Format::Csv)),
            ("text/*", Some(Format::Csv)),
            ("text/csv, application/json", Some(Format::Json)),
            ("text/csv, application/json;q=0.9", Some(Format::Csv)),
            ("application/json;q=0.5, text/csv;q=0.4", Some(Format::Json)),
            ("text/html, application/xhtml+xml, */*;q=0.8", Some(Format::Json)),
            ("*/*, application/json;q=0", Some(Format::Csv)),
            ("application/json;q=0, text/csv;q=0, */*", None),
            ("application/xml", None),
            ("text/html", None),
            ("nonsense", None),
        ];

        for (header, expected) in cases {
            assert_eq!(negotiate(header), expected, "{header}");
        }
    }
}
