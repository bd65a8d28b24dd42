//! The ledger: for each error code, and for each operation that can fail with it, a request to the seeded data that
//! fails with exactly that. Plain data from `ledger.json`, and the same as commands; sends nothing.

use std::fmt::Write as _;

use fonedynamics_server::types::ErrorCode;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::Sandbox;

/// One request and how it fails. None changes the state, so that they can be sent in any order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Row {
    /// The `operationId` of the operation.
    pub operation: String,
    /// The error code of the response.
    pub code: ErrorCode,
    /// Who sends it.
    pub caller: Caller,
    /// The method, in capital letters.
    pub method: String,
    /// The path with its query, encoded.
    pub path: String,
    /// The body, as JSON. That of a `PATCH` is a merge patch.
    pub body: Option<Box<RawValue>>,
    /// The status of the response. It is 200 where an entry of a batch fails, and not the batch.
    pub status: u16,
    /// What the response names, in its order.
    pub fields: Vec<String>,
    /// Whether the sandbox has to be told to fail, because no request provokes the failure. Without that the request
    /// changes nothing either.
    #[serde(default)]
    pub scripted: bool,
}

/// Who sends a request of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Caller {
    /// Nobody: a request without credentials.
    None,
    /// An account, which may do everything with what it owns.
    Account,
    /// An account with a token that is not its own.
    Stranger,
    /// A login of the account that may only read, and only in the first project.
    Robin,
    /// A login of the account that may do nothing here.
    Sam,
    /// A login of the account that is switched off.
    Kim,
}

impl Caller {
    /// User name and password, unless there are none.
    #[must_use]
    pub fn credentials(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::None => None,
            Self::Account => Some((Sandbox::ACCOUNT_SID, Sandbox::TOKEN)),
            Self::Stranger => Some((Sandbox::ACCOUNT_SID, "another-token")),
            Self::Robin => Some(("robin@example.com", "robin-password")),
            Self::Sam => Some(("sam@example.com", "sam-password")),
            Self::Kim => Some(("kim@example.com", "kim-password")),
        }
    }
}

/// All rows, in the order of the document's operations.
///
/// # Errors
///
/// None: the data is part of this crate, and tests read all of it.
pub fn rows() -> serde_json::Result<Vec<Row>> {
    serde_json::from_str(include_str!("ledger.json"))
}

/// A text for a terminal with one `curl` for each row, grouped by error code. Each is a line for `sh`, for a sandbox
/// at this base URL; what is between them are comments of `sh`.
///
/// # Errors
///
/// Those of [`rows`].
pub fn commands(base_url: &str) -> serde_json::Result<String> {
    let rows = rows()?;
    let mut text = String::new();
    for code in ErrorCode::ALL {
        let heading = [code.as_str(), code.meaning().unwrap_or_default()].join(": ");
        line(&mut text, &format!("# {heading}"));
        let mut rows = rows.iter().filter(|row| row.code == *code).peekable();
        if rows.peek().is_some_and(|row| row.scripted) {
            line(&mut text, SCRIPTED);
        }
        for row in rows {
            line(&mut text, "");
            line(&mut text, &row.comment());
            line(&mut text, &row.command(base_url));
        }
        line(&mut text, "");
    }
    Ok(text)
}

/// What is said of failures that no request provokes.
const SCRIPTED: &str = "\
# No request provokes it: the first call of an operation raises it, if the
# sandbox was started with `--fail OPERATION=INTERNAL_SERVER_ERROR`.";

impl Row {
    /// Whose request it is and how it fails.
    fn comment(&self) -> String {
        let mut comment = format!("# {}: {}", self.operation, self.status);
        if self.status < 400 {
            comment += ", with an entry that failed";
        }
        match self.fields.as_slice() {
            [] => comment,
            fields => comment + ", at " + &fields.join("; "),
        }
    }

    /// The request as a command, which prints the whole response and ends the line.
    fn command(&self, base_url: &str) -> String {
        let mut command = r"curl -i -w '\n'".to_owned();
        let has_default_method = match &self.body {
            None => self.method == "GET",
            Some(_) => self.method == "POST",
        };
        if !has_default_method {
            command += " -X ";
            command += &self.method;
        }
        if let Some((user, password)) = self.caller.credentials() {
            command += " -u ";
            command += &quoted(&format!("{user}:{password}"));
        }
        command += " ";
        command += &quoted(&format!("{}{}", base_url.trim_end_matches('/'), self.path));
        if let Some(body) = &self.body {
            command += " -H ";
            command += &quoted(&format!("Content-Type: {}", self.media_type()));
            command += " -d ";
            command += &quoted(body.get());
        }
        command
    }

    /// The media type of the body.
    fn media_type(&self) -> &'static str {
        match self.method.as_str() {
            "PATCH" => "application/merge-patch+json",
            _ => "application/json",
        }
    }
}

fn line(text: &mut String, line: &str) {
    let _ = writeln!(text, "{line}");
}

/// A text as one word of `sh`.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn word_of_a_shell_keeps_every_character() {
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's $HOME\n"), "'it'\\''s $HOME\n'");
    }
}
