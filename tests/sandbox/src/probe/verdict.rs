//! Whether a response is the one that the document demands, and if not, in which way. Sends nothing.

use super::document::{Document, Failure};
use super::envelope::{self, Envelope};
use super::response::Response;

/// What is said of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// Status, media type, code, names of parameters and headers are those of the document.
    AsDocumented,
    /// Nothing was sent.
    NotSent,
    /// An envelope with the right code that names other parameters, or lacks a header that belongs to it.
    Incomplete,
    /// An envelope with another status or code.
    OtherError,
    /// A status that the document lists, and another body.
    NoEnvelope,
    /// A status that the document does not list.
    UndocumentedStatus,
    /// The request was accepted.
    Accepted,
    /// The connection was closed, the response was endless or did not come in time, or it was no HTTP.
    NoResponse,
}

impl Verdict {
    /// Whether the response leaves the contract.
    #[must_use]
    pub fn is_finding(self) -> bool {
        !matches!(self, Self::AsDocumented | Self::NotSent)
    }

    /// The word for it in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AsDocumented => "as documented",
            Self::NotSent => "not sent",
            Self::Incomplete => "incomplete",
            Self::OtherError => "other error",
            Self::NoEnvelope => "no envelope",
            Self::UndocumentedStatus => "undocumented",
            Self::Accepted => "accepted",
            Self::NoResponse => "no response",
        }
    }
}

/// A verdict, and what a reader needs to understand it.
#[derive(Clone, Debug)]
pub(super) struct Judgement {
    pub(super) verdict: Verdict,
    pub(super) envelope: Option<Envelope>,
    /// What is wrong.
    pub(super) reason: Option<String>,
}

/// Compares a response with what the document demands.
pub(super) fn judge(document: &Document, expected: &Failure, response: &Response) -> Judgement {
    let finding = |verdict, reason: &str| Judgement {
        verdict,
        envelope: None,
        reason: Some(reason.to_owned()),
    };
    if response.status < 300 {
        return finding(Verdict::Accepted, "");
    }
    if !document.statuses().contains(&response.status) {
        return finding(Verdict::UndocumentedStatus, "");
    }
    if let Some(cut) = response.cut {
        return finding(Verdict::NoEnvelope, cut);
    }
    if media_type(response) != Some("application/json") {
        return finding(Verdict::NoEnvelope, "");
    }
    let envelope = match envelope::read(&response.body) {
        Ok(envelope) => envelope,
        Err(reason) => return finding(Verdict::NoEnvelope, reason),
    };
    let lacking = expected.header.filter(|name| response.header(name).is_none());
    let (verdict, reason) = if document.status_of(&envelope.code).is_none() {
        (
            Verdict::OtherError,
            Some("a code that is not in the document".to_owned()),
        )
    } else if (response.status, &envelope.code) != (expected.status, &expected.code) {
        (Verdict::OtherError, None)
    } else if sorted(&envelope.fields) != sorted(&expected.fields) {
        (Verdict::Incomplete, None)
    } else if let Some(name) = lacking {
        (Verdict::Incomplete, Some(format!("without the header {name}")))
    } else {
        (Verdict::AsDocumented, None)
    };
    Judgement {
        verdict,
        envelope: Some(envelope),
        reason,
    }
}

/// The media type of a response, without its parameters.
pub(super) fn media_type(response: &Response) -> Option<&str> {
    response
        .header("content-type")?
        .split(';')
        .next()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

fn sorted(names: &[String]) -> Vec<&String> {
    let mut names: Vec<&String> = names.iter().collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::{Verdict, judge};
    use crate::probe::document::{Document, Failure};
    use crate::probe::response::{Ending, Read, read};

    const JSON: &str = "Content-Type: application/json; charset=utf-8\r\n";
    const CHALLENGE: &str = "WWW-Authenticate: Basic realm=\"a\"\r\n";

    /// The verdict on a response with these headers and this body, and why.
    fn verdict(expected: &Failure, status: u16, headers: &str, body: &str) -> (Verdict, Option<String>) {
        let bytes = format!("HTTP/1.1 {status} \r\n{headers}\r\n{body}");
        let Read::Complete(response) = read(bytes.as_bytes(), Ending::Closed) else {
            panic!("{bytes} is a response");
        };
        let judgement = judge(&Document::read().unwrap(), expected, &response);
        (
            judgement.verdict,
            judgement.reason.filter(|reason| !reason.is_empty()),
        )
    }

    #[test]
    fn envelope_is_read_to_the_letter() {
        let document = Document::read().unwrap();
        let expected = document.fault("invalid", &["To", "Text"]);
        let of = |status: &str| format!("{{\"ResponseStatus\":{status}}}");
        let with = |errors: &str| {
            let errors = if errors.is_empty() {
                String::new()
            } else {
                format!(",\"Errors\":{errors}")
            };
            of(&format!(
                "{{\"ErrorCode\":\"PARAMETER_INVALID\",\"Message\":\"No.\"{errors}}}"
            ))
        };
        let both = with("[{\"FieldName\":\"Text\"},{\"FieldName\":\"To\",\"Message\":\"No.\"}]");
        let other = of("{\"ErrorCode\":\"FORBIDDEN\",\"Message\":\"No.\"}");
        let unknown = of("{\"ErrorCode\":\"INVALID\",\"Message\":\"No.\"}");
        for (status, headers, body, verdict_of_it, reason) in [
            (400, JSON, both.as_str(), Verdict::AsDocumented, None),
            (
                400,
                JSON,
                &with("[{\"FieldName\":\"To\"}]"),
                Verdict::Incomplete,
                None,
            ),
            (400, JSON, &with(""), Verdict::Incomplete, None),
            (
                400,
                JSON,
                &with("null"),
                Verdict::NoEnvelope,
                Some("Errors is no array"),
            ),
            (
                400,
                JSON,
                &with("[{}]"),
                Verdict::NoEnvelope,
                Some("an entry of Errors has no FieldName"),
            ),
            (400, JSON, &other, Verdict::OtherError, None),
            (403, JSON, &both, Verdict::OtherError, None),
            (
                400,
                JSON,
                &unknown,
                Verdict::OtherError,
                Some("a code that is not in the document"),
            ),
            (
                400,
                JSON,
                &of("{\"errorCode\":\"A\"}"),
                Verdict::NoEnvelope,
                Some("ErrorCode is no string"),
            ),
            (
                400,
                JSON,
                &of("{\"ErrorCode\":\"A\",\"Message\":\"\"}"),
                Verdict::NoEnvelope,
                Some("Message is no string"),
            ),
            (
                400,
                JSON,
                "{}",
                Verdict::NoEnvelope,
                Some("ResponseStatus is no object"),
            ),
            (400, JSON, "{", Verdict::NoEnvelope, Some("the body is not JSON")),
            (400, JSON, "", Verdict::NoEnvelope, Some("the body is empty")),
            (400, "", &both, Verdict::NoEnvelope, None),
            (
                400,
                "Content-Type: application/problem+json\r\n",
                &both,
                Verdict::NoEnvelope,
                None,
            ),
            (
                400,
                "Content-Length: 9999\r\n",
                &both,
                Verdict::NoEnvelope,
                Some("broken off"),
            ),
            (422, JSON, &both, Verdict::UndocumentedStatus, None),
            (302, JSON, &both, Verdict::UndocumentedStatus, None),
            (200, JSON, &both, Verdict::Accepted, None),
            (204, "", "", Verdict::Accepted, None),
        ] {
            let reason = reason.map(str::to_owned);
            let judged = verdict(&expected, status, headers, body);
            assert_eq!(judged, (verdict_of_it, reason), "{status} {headers} {body}");
        }
    }

    #[test]
    fn challenge_belongs_to_a_401() {
        let expected = Document::read().unwrap().fault("credentials", &[]);
        let body = "{\"ResponseStatus\":{\"ErrorCode\":\"UNAUTHORIZED\",\"Message\":\"No.\"}}";
        let judged = verdict(&expected, 401, &format!("{JSON}{CHALLENGE}"), body);
        assert_eq!(judged, (Verdict::AsDocumented, None));
        let reason = "without the header www-authenticate".to_owned();
        assert_eq!(
            verdict(&expected, 401, JSON, body),
            (Verdict::Incomplete, Some(reason))
        );
    }
}
