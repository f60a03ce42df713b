//! A small HTTP client, for tests from outside.

use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Response};

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; null when it is not JSON.
    pub body: Value,
}

impl Answer {
    /// The text at a JSON pointer; empty when there is none.
    #[must_use]
    pub fn text(&self, pointer: &str) -> &str {
        self.body.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    /// A header; empty when there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The answer, once its status is the one expected.
    ///
    /// # Panics
    /// When it is another.
    #[must_use]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:#}", self.body);
        self
    }

    /// The answer, once it is a problem of this code in both languages with a trace id.
    ///
    /// # Panics
    /// When it is not.
    #[must_use]
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.text("/code")), (status, code), "{:#}", self.body);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert!(!self.text("/messages/en").is_empty() && !self.text("/messages/ar").is_empty());
        assert_eq!(self.text("/trace_id").len(), 32);
        self
    }
}

/// A client of one server, signed in or not.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    base: String,
    headers: Vec<(String, String)>,
}

impl Client {
    /// A client that has not signed in.
    #[must_use]
    pub fn new(address: &str) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        Self { agent: config.into(), base: address.to_owned(), headers: Vec::new() }
    }

    /// The same client with one more header on every request.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    /// The same client with an access token.
    #[must_use]
    pub fn signed_in(&self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    /// The access token that it signed in with; empty when it has not.
    #[must_use]
    pub fn token(&self) -> String {
        let bearer = self.headers.iter().find_map(|(_, value)| value.strip_prefix("Bearer "));
        bearer.unwrap_or_default().to_owned()
    }

    /// Reads.
    #[must_use]
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    /// Writes.
    #[must_use]
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(body.to_string()))
    }

    /// Sends anything.
    ///
    /// # Panics
    /// When the server does not answer.
    #[must_use]
    pub fn send(&self, method: &str, path: &str, body: Option<String>) -> Answer {
        self.attempt(method, path, body).expect("the server answers")
    }

    /// Sends anything to a server that may not be there.
    ///
    /// # Errors
    /// [`Unanswered`] when no whole answer came.
    ///
    /// # Panics
    /// When it is no request.
    pub fn attempt(
        &self,
        method: &str,
        path: &str,
        body: Option<String>,
    ) -> Result<Answer, Unanswered> {
        let mut request =
            ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let response = match body {
            Some(body) => {
                let request = request.header("content-type", "application/json").body(body);
                self.agent.run(request.expect("a request"))
            }
            None => self.agent.run(request.body(()).expect("a request")),
        };
        response.and_then(answer).map_err(unanswered)
    }
}

/// What became of a request that was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// Nobody took it: it has had no effect.
    Refused,
    /// Whoever took it is gone: it may have had its effect.
    Lost,
}

fn unanswered(error: ureq::Error) -> Unanswered {
    match error.into_io().kind() {
        std::io::ErrorKind::ConnectionRefused => Unanswered::Refused,
        _ => Unanswered::Lost,
    }
}

fn answer(response: Response<ureq::Body>) -> Result<Answer, ureq::Error> {
    let (parts, mut body) = response.into_parts();
    let text = body.read_to_string()?;
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
}
