//! A review for programs. `openapi/README.md` lists the members.

use serde_json::{Value, json};

use super::parts::{Reviewed, affected};
use crate::pointer::Pointer;
use crate::review::{Entry, Finding, Revision, Shown};

/// Renders a review as a JSON object.
#[must_use]
pub fn json(reviewed: &Reviewed<'_>) -> String {
    let review = reviewed.review;
    let verdicts = review.verdicts;
    let versions = &review.versions;
    let findings: Vec<_> = review
        .findings
        .iter()
        .map(|finding| one(reviewed, finding))
        .collect();
    let codes = review.table.iter().map(|row| {
        json!({ "code": row.code, "base": row.base.as_ref().map(entry), "head": row.head.as_ref().map(entry) })
    });
    let items = review.items.as_ref().map(|items| {
        let items = items.iter().map(|change| {
            json!({ "crate": change.role, "item": change.item, "gone": change.gone, "new": change.new })
        });
        items.collect::<Vec<_>>()
    });
    let response = review.affected.as_ref().map(|response| {
        let shown = |shown: &Shown| json!({ "status": shown.status, "body": shown.body });
        json!({
            "name": response.name,
            "base": response.base.as_ref().map(shown),
            "head": response.head.as_ref().map(shown),
        })
    });
    let object = json!({
        "base": reviewed.base.source.name,
        "head": reviewed.head.source.name,
        "fails": review.fails(),
        "verdicts": {
            "wire": verdicts.wire.name(),
            "client": verdicts.client.name(),
            "server": verdicts.server.name(),
        },
        "version": {
            "base": versions.base,
            "head": versions.head,
            "needed": versions.needed.name(),
            "agrees": versions.agree,
        },
        "codes": codes.collect::<Vec<_>>(),
        "findings": findings,
        "response": response,
        "items": items,
    });
    format!("{object:#}\n")
}

fn entry(entry: &Entry) -> Value {
    json!({
        "code": entry.code,
        "status": entry.status,
        "message": entry.message,
        "operations": entry.operations,
    })
}

fn one(reviewed: &Reviewed<'_>, finding: &Finding) -> Value {
    let place = |revision: &Revision, at: &Option<Pointer>| {
        let at = at.as_ref()?;
        let line = revision.index.key(at).map(|span| span.line);
        Some(json!({ "file": revision.source.name, "line": line, "pointer": at.as_str() }))
    };
    let (old, new) = &finding.values;
    let verdicts = finding.verdicts;
    let problems = finding.problems.iter().map(
        |problem| json!({ "rule": problem.rule.id(), "sentence": problem.sentence, "help": problem.help }),
    );
    json!({
        "rule": finding.rule.id(),
        "level": finding.level().name(),
        "fails": finding.fails(),
        "sentence": finding.sentence,
        "verdicts": {
            "wire": verdicts.wire.name(),
            "client": verdicts.client.name(),
            "server": verdicts.server.name(),
        },
        "base": place(reviewed.base, &finding.base),
        "head": place(reviewed.head, &finding.head),
        "old": old,
        "new": new,
        "operations": finding.operations,
        "affected": affected(finding),
        "help": finding.rule.explanation().help,
        "problems": problems.collect::<Vec<_>>(),
        "fingerprint": finding.fingerprint,
        "accepted": finding.accepted,
    })
}
