//! A request of an operation, and how it is sent. Judges nothing.

use std::fmt;

use fonedynamics_client::reqwest::{self, header::CONTENT_TYPE};
use fonedynamics_server::Operation;
use serde_json::Value;

use super::response::Response;

/// A request with the documented form.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) operation: &'static Operation,
    pub(super) user: String,
    pub(super) password: String,
    /// The parameter of the path, if there is one.
    pub(super) path: String,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Value,
}

impl Request {
    /// A parameter of the query.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A number in the query.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.query(name).map(|text| text.parse().unwrap())
    }

    /// The entries of a list in the query. A list without entries is none.
    pub(super) fn list(&self, name: &str) -> Option<Vec<&str>> {
        let text = self.query(name).filter(|text| !text.is_empty())?;
        Some(text.split(',').collect())
    }

    /// A member of the body that is a string.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.body[name].as_str()
    }

    fn target(&self) -> String {
        match self.operation.path.split_once('{') {
            None => self.operation.path.to_owned(),
            Some((before, rest)) => {
                let (_, after) = rest.split_once('}').unwrap();
                format!("{before}{}{after}", self.path)
            }
        }
    }

    /// What became of the request, and the body of the response as it came.
    pub(super) async fn send(&self, http: &reqwest::Client, base_url: &str) -> (Response, Value) {
        let url = format!("{base_url}{}", self.target());
        let request = http
            .request(self.operation.method.clone(), url)
            .basic_auth(&self.user, Some(&self.password))
            .query(&self.query);
        let request = match (self.operation.method.as_str(), &self.body) {
            (_, Value::Null) => request,
            ("PATCH", body) => request
                .header(CONTENT_TYPE, "application/merge-patch+json")
                .body(body.to_string()),
            (_, body) => request.json(body),
        };
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let body = response.bytes().await.unwrap();
        let body = match body.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(&body).unwrap(),
        };
        (Response::read(status, &body), body)
    }
}

impl fmt::Display for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{} {}", self.user, self.password, self.operation.id)?;
        if !self.path.is_empty() {
            write!(formatter, " {}", self.path)?;
        }
        for (name, value) in &self.query {
            write!(formatter, " {name}={value}")?;
        }
        match &self.body {
            Value::Null => Ok(()),
            body => write!(formatter, " {body}"),
        }
    }
}
