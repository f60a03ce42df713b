//! The answer where no route fits: 405 when only the method is wrong, else 404.

use actix_web::{HttpRequest, web};
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::PathItem;

use crate::code::Code;
use crate::problem::Problem;

/// The paths of the API and the methods that each of them has.
#[derive(Debug)]
pub(crate) struct Templates(Vec<(String, Vec<&'static str>)>);

impl Templates {
    /// Takes the paths from the document, so that both always agree.
    pub(crate) fn new(document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter();
        Self(paths.map(|(path, item)| (path.clone(), methods(item))).collect())
    }

    /// The methods of every template that fits a path, in the order a client expects.
    pub(super) fn allowed(&self, path: &str) -> Vec<&'static str> {
        let fitting = self.0.iter().filter(|(template, _)| fits(template, path));
        let mut allowed: Vec<&str> = fitting.flat_map(|(_, methods)| methods.clone()).collect();
        allowed.sort_unstable();
        allowed.dedup();
        allowed
    }
}

/// Answers what no route takes.
pub(crate) async fn fallback(request: HttpRequest, templates: web::Data<Templates>) -> Problem {
    let allowed = templates.allowed(request.path()).join(", ");
    if allowed.is_empty() {
        return Problem::not_found();
    }
    Problem::new(Code::HttpMethodNotAllowed)
        .param("method", request.method())
        .param("allowed", &allowed)
        .header("allow", allowed)
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    let known = [
        (item.get.is_some(), "GET"),
        (item.get.is_some(), "HEAD"),
        (item.post.is_some(), "POST"),
        (item.put.is_some(), "PUT"),
        (item.patch.is_some(), "PATCH"),
        (item.delete.is_some(), "DELETE"),
    ];
    known.into_iter().filter(|(has, _)| *has).map(|(_, method)| method).collect()
}

fn fits(template: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    let each_fits = template.split('/').all(|expected| {
        parts.next().is_some_and(|part| {
            if expected.starts_with('{') { !part.is_empty() } else { part == expected }
        })
    });
    each_fits && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_fits_paths_of_its_shape() {
        assert!(fits("/api/v1/products/{id}", "/api/v1/products/prd_1"));
        assert!(!fits("/api/v1/products/{id}", "/api/v1/products/"));
        assert!(!fits("/api/v1/products/{id}", "/api/v1/products"));
        assert!(!fits("/api/v1/products", "/api/v1/products/prd_1"));
    }

    #[test]
    fn methods_of_all_fitting_templates_are_allowed() {
        let templates = Templates(vec![
            ("/a/{id}".to_owned(), vec!["GET", "HEAD"]),
            ("/a/batch".to_owned(), vec!["POST"]),
        ]);
        assert_eq!(templates.allowed("/a/batch"), ["GET", "HEAD", "POST"]);
        assert_eq!(templates.allowed("/a/1"), ["GET", "HEAD"]);
        assert!(templates.allowed("/b").is_empty());
    }
}
