//! Reading the query of a list, strictly: every fault at once, no parameter twice by accident.

mod cursor;

use std::collections::BTreeSet;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use gaara_kernel::{Cursor, Page, PageLimit, PageRequest, Sort, SortField};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::code::Code;
use crate::csv::CsvRow;
use crate::json::FromText;
use crate::problem::{FieldProblem, Problem};
use crate::representation::{Representation, vary};

/// The parameters that every list has.
const COMMON: [&str; 4] = ["limit", "cursor", "sort", "with_total"];

/// The parameters of every list, for the documentation.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// How many rows a page has.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Fields to sort by, separated by commas; a minus before a field sorts the largest first.
    #[param(example = "-created_at")]
    pub sort: Option<String>,
    /// Whether all matching rows are counted too.
    pub with_total: Option<bool>,
}

/// The query of a list: filters are taken one by one, then [`ListParams::finish`] reads the rest.
#[derive(Debug)]
pub struct ListParams {
    path: String,
    pairs: Vec<(String, String)>,
    taken: BTreeSet<&'static str>,
    faults: Vec<FieldProblem>,
    sortable: bool,
    form: Representation,
}

impl FromRequest for ListParams {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = Representation::from_request(request, payload).into_inner();
        ready(form.and_then(|form| {
            let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
            let pairs = pairs.map_err(|_| Problem::new(Code::HttpMalformed))?;
            Ok(Self::new(request.path(), pairs.into_inner(), form))
        }))
    }
}

impl ListParams {
    pub(crate) fn new(path: &str, pairs: Vec<(String, String)>, form: Representation) -> Self {
        let (taken, faults) = (BTreeSet::new(), Vec::new());
        Self { path: path.to_owned(), pairs, taken, faults, sortable: true, form }
    }

    /// A filter that may stand once.
    pub fn take_one<T: FromText>(&mut self, name: &'static str) -> Option<T> {
        let text = self.take_text(name)?;
        self.parse(name, &text)
    }

    /// A parameter that must stand once.
    pub fn take_required<T: FromText>(&mut self, name: &'static str) -> Option<T> {
        let text = self.take_text(name);
        if text.is_none() {
            self.fault(name, Code::ValidationRequired);
        }
        self.parse(name, &text?)
    }

    /// A filter that may be repeated: any of its values matches.
    pub fn take_many<T: FromText>(&mut self, name: &'static str) -> Vec<T> {
        let texts = self.values(name);
        texts.iter().filter_map(|text| self.parse(name, text)).collect()
    }

    /// Keeps the list in its usual order: a filter was given that no field can be sorted by.
    pub fn refuse_sort(&mut self) {
        self.sortable = false;
    }

    /// Reads limit, order, cursor and total, and refuses what nobody asked for.
    ///
    /// # Errors
    /// A problem with every fault of the whole query.
    pub fn finish<F: SortField>(mut self, usual: Sort<F>) -> Result<ListRequest<F>, Problem> {
        let limit = self.limit();
        let with_total = self.with_total();
        let sort = self.sort(usual);
        let stamp = cursor::stamp(&self.path, &sort, &self.filters());
        let after = self.cursor(&sort, &stamp);
        self.refuse_unknown();
        if !self.faults.is_empty() {
            return Err(Problem::of_fields(self.faults));
        }
        let pairs = self.pairs.into_iter().filter(|(name, _)| name != "cursor").collect();
        let page = PageRequest { limit, sort, after, with_total };
        Ok(ListRequest { page, stamp, path: self.path, pairs, form: self.form })
    }

    /// Refuses what nobody asked for of a report, which has neither pages nor an order.
    ///
    /// # Errors
    /// A problem with every fault of the whole query.
    pub fn finish_report(mut self) -> Result<Representation, Problem> {
        self.refuse_unknown();
        if self.faults.is_empty() { Ok(self.form) } else { Err(Problem::of_fields(self.faults)) }
    }

    fn values(&mut self, name: &'static str) -> Vec<String> {
        self.taken.insert(name);
        let named = self.pairs.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value.clone()).collect()
    }

    fn take_text(&mut self, name: &'static str) -> Option<String> {
        let mut values = self.values(name);
        if values.len() > 1 {
            self.fault(name, Code::ValidationRepeated);
        }
        values.pop()
    }

    fn parse<T: FromText>(&mut self, name: &str, text: &str) -> Option<T> {
        match T::from_text(text) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.faults.extend(fault.0.into_iter().map(|mut problem| {
                    problem.pointer = format!("?{name}");
                    problem
                }));
                None
            }
        }
    }

    fn limit(&mut self) -> PageLimit {
        let Some(text) = self.take_text("limit") else { return PageLimit::default() };
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let rows = text.parse().ok().filter(|_| plain).and_then(PageLimit::try_new);
        rows.unwrap_or_else(|| {
            let fault = FieldProblem::new("?limit", Code::ValidationRange);
            self.faults.push(fault.param("min", 1).param("max", PageLimit::MAX));
            PageLimit::default()
        })
    }

    fn with_total(&mut self) -> bool {
        match self.take_text("with_total").as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => {
                let fault = FieldProblem::new("?with_total", Code::ValidationChoice);
                self.faults.push(fault.param("choices", "true, false"));
                false
            }
        }
    }

    fn sort<F: SortField>(&mut self, usual: Sort<F>) -> Sort<F> {
        let Some(text) = self.take_text("sort") else { return usual };
        Sort::parse(&text).ok().filter(|_| self.sortable).unwrap_or_else(|| {
            let names: Vec<&str> = F::ALL.iter().map(|field| field.name()).collect();
            let fields = if self.sortable { names.join(", ") } else { "-".to_owned() };
            let fault = FieldProblem::new("?sort", Code::ValidationSort);
            self.faults.push(fault.param("fields", fields));
            usual
        })
    }

    fn cursor<F: SortField>(&mut self, sort: &Sort<F>, stamp: &str) -> Option<Cursor> {
        let text = self.take_text("cursor")?;
        let cursor = cursor::decode(&text, stamp).filter(|cursor| sort.check(cursor).is_ok());
        if cursor.is_none() {
            self.fault("cursor", Code::ValidationCursor);
        }
        cursor
    }

    fn filters(&self) -> Vec<(String, String)> {
        let is_filter = |(name, _): &&(String, String)| !COMMON.contains(&name.as_str());
        self.pairs.iter().filter(is_filter).cloned().collect()
    }

    fn refuse_unknown(&mut self) {
        for (name, _) in &self.pairs {
            if !self.taken.contains(name.as_str()) {
                let fault = FieldProblem::new(format!("?{name}"), Code::ValidationUnknownParameter);
                self.faults.push(fault.param("parameter", name));
            }
        }
    }

    fn fault(&mut self, name: &str, code: Code) {
        self.faults.push(FieldProblem::new(format!("?{name}"), code));
    }
}

/// A list as it was asked for; it also writes the answer.
#[derive(Debug)]
pub struct ListRequest<F> {
    page: PageRequest<F>,
    stamp: String,
    path: String,
    pairs: Vec<(String, String)>,
    form: Representation,
}

impl<F: SortField> ListRequest<F> {
    /// What part of the list is asked for.
    #[must_use]
    pub fn page(&self) -> PageRequest<F> {
        self.page.clone()
    }

    /// The answer: the rows, where the next page begins, and a `Link` to it.
    ///
    /// A table has no place for cursor and total; its next page is found by the `Link`.
    #[must_use]
    pub fn reply<T: CsvRow>(&self, page: Page<T>) -> HttpResponse {
        let next_cursor = page.next.map(|next| cursor::encode(&next, &self.stamp));
        let link = next_cursor.as_deref().and_then(|cursor| self.link(cursor));
        let mut response = if self.form.is_csv() {
            self.form.table(&page.items)
        } else {
            let has_more = next_cursor.is_some();
            let info = PageInfo { next_cursor, has_more, total: page.total };
            let body = PageBody { data: page.items, page: info };
            HttpResponse::Ok().insert_header(vary()).json(body)
        };
        if let Some(link) = link {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }

    fn link(&self, cursor: &str) -> Option<HeaderValue> {
        let mut target = format!("<{}?cursor={cursor}", self.path);
        for (name, value) in &self.pairs {
            target.extend(["&", &cursor::percent(name), "=", &cursor::percent(value)]);
        }
        HeaderValue::from_str(&(target + ">; rel=\"next\"")).ok()
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PageBody<T> {
    /// The rows.
    pub data: Vec<T>,
    /// Where the page stands.
    pub page: PageInfo,
}

/// Where a page stands in its list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PageInfo {
    /// What to send as `cursor` for the next page; `null` on the last one.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
    /// Whether there is a next page.
    pub has_more: bool,
    /// How many rows match in all, where `with_total=true` asked for it.
    #[schema(required = true)]
    pub total: Option<u64>,
}

#[cfg(test)]
mod tests;
