//! How many requests may be made: by rule of the route, else by the general one.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use actix_web::http::Method;
use gaara_application::RateLimiter;
use gaara_security_policy::RateRule;

/// The most requests in a minute that a rule can tell apart: one a millisecond.
const PER_MINUTE_MAX: u32 = 60_000;
/// The same for an hour.
const PER_HOUR_MAX: u32 = 3_600_000;

/// A rule of its own for some routes, which are then counted by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteRule {
    /// The method; every one when absent.
    method: Option<Method>,
    /// The path, and everything below it.
    path: String,
    rule: RateRule,
    /// Whether refusals are only logged.
    shadow: bool,
}

impl RouteRule {
    fn fits(&self, method: &Method, path: &str) -> bool {
        is_below(path, &self.path) && self.method.as_ref().is_none_or(|own| own == method)
    }

    /// What the counters of this rule are called.
    fn name(&self) -> String {
        format!("{} {}", self.method.as_ref().map_or("*", Method::as_str), self.path)
    }
}

impl FromStr for RouteRule {
    type Err = ();

    /// Reads `[METHOD] PATH PER_MINUTE PER_HOUR [shadow]`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let shadow = words.last() == Some(&"shadow");
        if shadow {
            words.pop();
        }
        let (method, rest) = match *words.as_slice() {
            [path, minute, hour] => (None, [path, minute, hour]),
            [method, path, minute, hour] => {
                let method = method.to_ascii_uppercase();
                let known = ["GET", "POST", "PUT", "PATCH", "DELETE"];
                let method = known.contains(&&*method).then_some(method).ok_or(())?;
                (Some(method.parse().map_err(drop)?), [path, minute, hour])
            }
            _ => return Err(()),
        };
        let [path, minute, hour] = rest;
        let rule = rule(minute, hour).ok_or(())?;
        let path = path.strip_suffix('/').unwrap_or(path).to_owned();
        if path.starts_with('/') { Ok(Self { method, path, rule, shadow }) } else { Err(()) }
    }
}

/// Whether a path is another one or stands below it.
pub(crate) fn is_below(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn rule(minute: &str, hour: &str) -> Option<RateRule> {
    let minute = minute.parse().ok().filter(|it| (1..=PER_MINUTE_MAX).contains(it))?;
    let hour = hour.parse().ok().filter(|it| (1..=PER_HOUR_MAX).contains(it))?;
    Some(RateRule::new(minute, hour))
}

/// Who counts requests, and by which rules.
#[derive(Clone)]
pub struct RateLimits {
    limiter: Arc<dyn RateLimiter>,
    general: RateRule,
    shadow: bool,
    routes: Vec<RouteRule>,
}

impl fmt::Debug for RateLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { limiter: _, general, shadow, routes } = self;
        f.debug_struct("RateLimits")
            .field("general", general)
            .field("shadow", shadow)
            .field("routes", routes)
            .finish_non_exhaustive()
    }
}

/// The rule that a request falls under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Applied {
    /// What its counters are called.
    pub(crate) name: String,
    pub(crate) rule: RateRule,
    pub(crate) shadow: bool,
}

impl RateLimits {
    /// Signing in, refreshing and recovering have throttles of their own, which count what was
    /// tried and take back what turned out well. Here only the work of strangers is bounded, so
    /// that an office behind one address can come to work at the same time.
    pub const SIGN_IN: RateRule = RateRule::new(200, 4_000);

    /// The routes that [`RateLimits::SIGN_IN`] is for.
    const SIGN_IN_ROUTES: [&str; 4] = [
        "/api/v1/auth/login",
        "/api/v1/auth/mfa",
        "/api/v1/auth/refresh",
        "/api/v1/auth/password-reset",
    ];

    /// Counts here, by one rule for everything but signing in.
    #[must_use]
    pub fn new(limiter: Arc<dyn RateLimiter>, general: RateRule) -> Self {
        Self { limiter, general, shadow: false, routes: Vec::new() }
    }

    /// Only logs what the general rule would refuse.
    #[must_use]
    pub const fn in_shadow(mut self, shadow: bool) -> Self {
        self.shadow = shadow;
        self
    }

    /// Gives some routes rules of their own; of several that fit, the longest path counts, and a
    /// rule for one method before one for all.
    #[must_use]
    pub fn with_routes(mut self, routes: Vec<RouteRule>) -> Self {
        self.routes = routes;
        self
    }

    pub(crate) fn limiter(&self) -> &dyn RateLimiter {
        &*self.limiter
    }

    pub(crate) fn apply(&self, method: &Method, path: &str) -> Applied {
        let fitting = self.routes.iter().filter(|route| route.fits(method, path));
        if let Some(route) = fitting.max_by_key(|it| (it.path.len(), it.method.is_some())) {
            return Applied { name: route.name(), rule: route.rule, shadow: route.shadow };
        }
        if Self::SIGN_IN_ROUTES.into_iter().any(|own| is_below(path, own)) {
            let name = "sign-in".to_owned();
            return Applied { name, rule: Self::SIGN_IN, shadow: self.shadow };
        }
        Applied { name: "general".to_owned(), rule: self.general, shadow: self.shadow }
    }
}

#[cfg(test)]
mod tests {
    use gaara_store_memory::MemoryRateLimiter;

    use super::*;

    fn limits(routes: &[&str]) -> RateLimits {
        let routes = routes.iter().map(|route| route.parse().unwrap()).collect();
        RateLimits::new(Arc::new(MemoryRateLimiter::new()), RateRule::STANDARD).with_routes(routes)
    }

    #[test]
    fn the_closest_rule_counts() {
        let limits = limits(&[
            "/api/v1/reports 20 100",
            "/api/v1/reports/sales 10 50 shadow",
            "GET /api/v1/reports/sales 5 25",
        ]);
        let applied = |method: Method, path| {
            let applied = limits.apply(&method, path);
            (applied.name, applied.rule.minute.times, applied.shadow)
        };
        let sales = "/api/v1/reports/sales";
        assert_eq!(applied(Method::GET, sales), (format!("GET {sales}"), 5, false));
        assert_eq!(applied(Method::POST, sales), (format!("* {sales}"), 10, true));
        assert_eq!(applied(Method::GET, "/api/v1/reports/x").1, 20);
        assert_eq!(applied(Method::GET, "/api/v1/reports-of-mine").1, 100);
        assert_eq!(applied(Method::POST, "/api/v1/auth/login").0, "sign-in");
        assert_eq!(applied(Method::POST, "/api/v1/auth/logout").0, "general");
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in [
            "",
            "/a",
            "/a 1",
            "/a 0 1",
            "/a 60001 1",
            "a 1 1",
            "FETCH /a 1 1",
            "/a 1 1 dark",
            "GET /a 1 1 1 1",
        ] {
            assert_eq!(text.parse::<RouteRule>(), Err(()), "{text}");
        }
    }
}
