//! The report as JSON: every request, what was expected and what came.

use serde_json::{Value, json};

use crate::probe::call::Request;
use crate::probe::row::{Part, Row, count};
use crate::probe::verdict::Verdict;

/// How much of a request's body is shown.
const SHOWN: usize = 1024;

pub(super) fn report(url: &str, all: &[Row]) -> Value {
    let part = |part: Part| {
        all.iter()
            .filter(move |row| row.part == part)
            .map(row)
            .collect::<Vec<_>>()
    };
    let findings = all.iter().filter(|row| row.verdict.is_finding()).count();
    json!({
        "url": url,
        "as_documented": count(all, Verdict::AsDocumented),
        "findings": findings,
        "not_sent": count(all, Verdict::NotSent),
        "situations": part(Part::Situations),
        "constraints": part(Part::Constraints),
    })
}

fn row(row: &Row) -> Value {
    let expected = row.asked.as_ref().map(|(_, expected)| {
        json!({ "status": expected.status, "code": expected.code, "fields": expected.fields })
    });
    let envelope = row.got.envelope.as_ref();
    let response = row.got.status.map(|status| {
        json!({
            "status": status,
            "content_type": row.got.media_type,
            "code": envelope.map(|envelope| &envelope.code),
            "fields": envelope.map(|envelope| &envelope.fields),
        })
    });
    json!({
        "name": row.name,
        "operation": Some(&row.operation).filter(|operation| !operation.is_empty()),
        "request": row.asked.as_ref().map(|(sent, _)| request(sent)),
        "expected": expected,
        "response": response,
        "verdict": row.verdict.as_str(),
        "reason": row.reason.as_ref().filter(|reason| !reason.is_empty()),
    })
}

fn request(request: &Request) -> Value {
    let body = request.body.as_ref().map(|body| {
        let shown = body.get(..SHOWN).unwrap_or(body);
        String::from_utf8_lossy(shown).into_owned()
    });
    json!({
        "method": request.method,
        "target": request.target,
        "credentials": request.has_credentials,
        "content_type": request.media_type,
        "body": body,
        "body_bytes": request.body.as_ref().map_or(0, Vec::len),
    })
}
