//! A trigger as a command for a shell.

use std::fmt::Write as _;

use super::request::{Sender, Trigger};
use crate::contract::{Contract, Location, Scheme};

/// Where the sandbox listens unless it is told otherwise.
const SANDBOX: &str = "http://127.0.0.1:8080";

/// What the names of the credentials of somebody begin with who may not do everything.
const RESTRICTED: &str = "restricted_";

impl Trigger<'_> {
    /// The `curl` that sends the request to a sandbox. Credentials are variables of the shell, called as the API
    /// calls them:
    /// ```text
    /// curl -i -u "$user:$password" -X DELETE \
    ///   'http://127.0.0.1:8080/books/9780141439587'
    /// ```
    #[must_use]
    pub fn curl(&self, contract: &Contract) -> String {
        let mut first = String::new();
        if let Some(code) = &self.told {
            let id = &self.operation.id;
            let _ = writeln!(first, "# of a sandbox that is started with --fail {id}={code}");
        }
        first.push_str("curl -i");
        let prefix = match self.sender {
            Sender::Known => Some(""),
            Sender::Restricted => Some(RESTRICTED),
            Sender::Nobody => None,
        };
        if let Some(prefix) = prefix.filter(|_| self.operation.secured) {
            let _ = write!(first, " {}", credentials(contract, prefix));
        }
        let method = self.operation.method.as_str();
        let implied = if self.body.is_some() { "POST" } else { "GET" };
        if method != implied {
            let _ = write!(first, " -X {method}");
        }
        let mut lines = vec![first];
        let header = |name: &str, value: &str| format!("-H {}", quoted(&format!("{name}: {value}")));
        for (parameter, values) in &self.parameters {
            if parameter.location == Location::Header {
                lines.extend(values.iter().map(|value| header(&parameter.name, value)));
            }
        }
        if let (Some(body), Some(of)) = (&self.body, &self.operation.body) {
            lines.push(header("Content-Type", &of.media_type));
            lines.push(format!("-d {}", quoted(&body.to_string())));
        }
        // The longest line is the last: a backslash after it would not fit.
        lines.push(quoted(&self.url(contract)));
        lines.join(" \\\n  ")
    }

    fn url(&self, contract: &Contract) -> String {
        let server = contract.info.server.as_str();
        let after_scheme = server.split_once("://").map_or(server, |(_, rest)| rest);
        let base = after_scheme.find('/').and_then(|start| after_scheme.get(start..));
        let mut path = self.operation.path.clone();
        let mut query = Vec::new();
        for (parameter, values) in &self.parameters {
            for value in values {
                match parameter.location {
                    Location::Path => {
                        let prefix = parameter.omit_prefix.as_deref().unwrap_or_default();
                        let value = value.strip_prefix(prefix).unwrap_or(value);
                        path = path.replace(&format!("{{{}}}", parameter.name), &encoded(value));
                    }
                    Location::Query => query.push(format!("{}={}", encoded(&parameter.name), encoded(value))),
                    Location::Header => {}
                }
            }
        }
        let query = if query.is_empty() {
            String::new()
        } else {
            format!("?{}", query.join("&"))
        };
        format!("{SANDBOX}{}{path}{query}", base.unwrap_or_default())
    }
}

/// The variables of a shell with credentials: those of somebody who may do everything, and of somebody who may not.
#[must_use]
pub fn variables(contract: &Contract) -> String {
    let names = &contract.credentials;
    let names = match contract.schemes.first() {
        Some(Scheme::Bearer) => vec![&names.token],
        _ => vec![&names.user, &names.password],
    };
    let lines = ["", RESTRICTED].map(|prefix| {
        let set: Vec<_> = names.iter().map(|name| format!("{prefix}{name}=…")).collect();
        set.join(" ")
    });
    lines.join("\n")
}

fn credentials(contract: &Contract, prefix: &str) -> String {
    let names = &contract.credentials;
    match contract.schemes.first() {
        Some(Scheme::Bearer) => format!("-H \"Authorization: Bearer ${prefix}{}\"", names.token),
        _ => format!("-u \"${prefix}{}:${prefix}{}\"", names.user, names.password),
    }
}

/// A word for a shell, which reads nothing in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A text for a URL. The commas of a list stay.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' => {
                out.push(byte.into());
            }
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}
