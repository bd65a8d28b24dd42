//! The error codes: which there are, what each means, and which are retired.

use crate::document::Node;
use crate::pointer::Pointer;
use crate::review::comparison::{Comparison, Pair, Subject, matched};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::operations::raises::raised_by;
use crate::review::renames;
use crate::review::rule::ReviewRule;
use crate::review::side::{Reach, Side};
use crate::review::words;

const TABLE: &str = "x-error-codes";
const RETIRED: &str = "x-retired-codes";

/// Compares the codes. Runs before everything that names codes.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let Some((name, pair)) = code_schemas(comparison) else {
        return;
    };
    let subject = Subject {
        name: format!("`{name}`"),
        reach: comparison
            .base
            .reach(&pair.base.at)
            .and(&comparison.head.reach(&pair.head.at)),
    };
    if pair.base.has("enum") != pair.head.has("enum") {
        opened_or_closed(comparison, &pair, &subject);
        return;
    }
    let (old, new) = (codes(&pair.base), codes(&pair.head));
    let retired = [&pair.base, &pair.head].map(|schema| schema.strings_of(RETIRED));
    let gone: Vec<_> = old.iter().filter(|code| !new.contains(code)).cloned().collect();
    let added: Vec<_> = new.iter().filter(|code| !old.contains(code)).cloned().collect();
    let entry = |schema: &Node<'_>, code: &str| {
        schema
            .get(TABLE)
            .and_then(|table| table.get(code).map(|entry| entry.value.clone()))
    };
    let candidates = gone
        .iter()
        .filter(|code| !retired.iter().flatten().any(|known| known == *code));
    let renamed = renames::codes(
        candidates.map(|code| (code.as_str(), entry(&pair.base, code))),
        added.iter().map(|code| (code.as_str(), entry(&pair.head, code))),
    );
    comparison.renamed_codes = renamed.iter().cloned().collect();
    comparison.changed_codes = gone.iter().chain(&added).cloned().collect();
    let places = Places { pair: &pair };
    for code in &gone {
        gone_code(comparison, &places, code, &renamed, &retired);
    }
    for code in added
        .iter()
        .filter(|code| !renamed.iter().any(|(_, new)| new == *code))
    {
        added_code(comparison, &places, code, &retired);
    }
    tombstones(comparison, &pair, &retired, &gone, &added);
    let (common, _, _) = matched(pair.base.members_of(TABLE), pair.head.members_of(TABLE));
    for (code, entry) in common
        .iter()
        .filter(|(code, _)| old.contains(&(*code).to_owned()))
    {
        entry_of(comparison, code, entry);
    }
    for (old, new) in &renamed {
        let base = pair.base.get(TABLE).and_then(|table| table.get(old));
        let head = pair.head.get(TABLE).and_then(|table| table.get(new));
        if let (Some(base), Some(head)) = (base, head) {
            entry_of(comparison, new, &Pair { base, head });
        }
    }
}

/// The schema of the codes in both documents, with its name; where one has lost its table, the schema of this name.
fn code_schemas<'a>(comparison: &Comparison<'a>) -> Option<(&'a str, Pair<'a>)> {
    let (base, head) = (&comparison.base, &comparison.head);
    let (name, _) = base.code_schema().or_else(|| head.code_schema())?;
    let of = |side: &Side<'a>| {
        let mut schemas = side.components("schemas").into_iter();
        let named = || schemas.find(|(known, _)| *known == name);
        side.code_schema().or_else(named).map(|(_, schema)| schema)
    };
    let (base, head) = (of(base)?, of(head)?);
    Some((name, Pair { base, head }))
}

fn opened_or_closed<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    let (rule, sentence) = if pair.head.has("enum") {
        (
            ReviewRule::CodeSetClosed,
            "the error code was any string and is now one of a list",
        )
    } else {
        (
            ReviewRule::CodeSetOpened,
            "the error code is any string now: no code is promised any more",
        )
    };
    let verdicts = Verdicts::all(Verdict::Major);
    let found = Finding::new(rule, verdicts, sentence).at(Some(&pair.base.at), Some(&pair.head.at));
    comparison.add(found, &subject.reach);
}

/// The codes of a schema: those of its list.
fn codes(schema: &Node<'_>) -> Vec<String> {
    if schema.has("enum") {
        return schema.strings_of("enum");
    }
    let table = schema.members_of(TABLE).into_iter();
    table.map(|(code, _)| code.to_owned()).collect()
}

/// Where codes are in both documents.
struct Places<'p, 'a> {
    pair: &'p Pair<'a>,
}

impl Places<'_, '_> {
    /// Where a code is described, or listed.
    fn of(schema: &Node<'_>, code: &str) -> Pointer {
        let described = schema.get(TABLE).and_then(|table| table.get(code));
        let mut listed = schema.items_of("enum").into_iter();
        let place = described.map(|entry| entry.at);
        place
            .or_else(|| {
                listed
                    .find(|item| item.string() == Some(code))
                    .map(|item| item.at)
            })
            .unwrap_or_else(|| schema.at.clone())
    }

    fn base(&self, code: &str) -> Pointer {
        Self::of(&self.pair.base, code)
    }

    fn head(&self, code: &str) -> Pointer {
        Self::of(&self.pair.head, code)
    }
}

fn gone_code(
    comparison: &mut Comparison<'_>,
    places: &Places<'_, '_>,
    code: &str,
    renamed: &[(String, String)],
    retired: &[Vec<String>; 2],
) {
    let base = places.base(code);
    let reach = raised_by(&comparison.base, code);
    let [_, retired] = retired;
    let finding = if let Some((_, new)) = renamed.iter().find(|(old, _)| old == code) {
        let sentence = format!("`{code}` is called `{new}` now");
        Finding::new(ReviewRule::CodeRenamed, Verdicts::all(Verdict::Major), sentence)
            .at(Some(&base), Some(&places.head(new)))
            .values(code, new)
    } else if retired.iter().any(|known| known == code) {
        let sentence =
            format!("`{code}` is retired: no server sends it any more, and its name stays reserved");
        let server = if reach.operations.is_empty() {
            Verdict::Minor
        } else {
            Verdict::Major
        };
        let verdicts = Verdicts::new(Verdict::Minor, Verdict::Minor, server);
        let head = places.pair.head.at.child(RETIRED);
        Finding::new(ReviewRule::CodeRetired, verdicts, sentence)
            .at(Some(&base), Some(&head))
            .values(code, "")
            .about(code)
    } else {
        let sentence = format!("`{code}` is gone, and its name is free to be used for something else");
        Finding::new(ReviewRule::CodeRemoved, Verdicts::all(Verdict::Major), sentence)
            .at(Some(&base), None)
            .values(code, "")
    };
    comparison.add(finding, &reach);
}

fn added_code(
    comparison: &mut Comparison<'_>,
    places: &Places<'_, '_>,
    code: &str,
    retired: &[Vec<String>; 2],
) {
    let [before, _] = retired;
    let (rule, verdict, sentence) = if before.iter().any(|known| known == code) {
        let sentence =
            format!("`{code}` was retired and is used again: old programs take it for what it was");
        (ReviewRule::RetiredCodeReused, Verdict::Major, sentence)
    } else {
        (
            ReviewRule::CodeAdded,
            Verdict::Minor,
            format!("`{code}` is a new code"),
        )
    };
    let reach = raised_by(&comparison.head, code);
    let finding = Finding::new(rule, Verdicts::all(verdict), sentence)
        .at(None, Some(&places.head(code)))
        .values("", code);
    comparison.add(finding, &reach);
}

/// Compares which codes are reserved.
fn tombstones<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    [before, after]: &[Vec<String>; 2],
    gone: &[String],
    added: &[String],
) {
    let (base, head) = pair.places(RETIRED);
    let lost = before.iter().filter(|code| !after.contains(code));
    for code in lost.filter(|code| !added.contains(code)) {
        let sentence = format!("`{code}` is no longer reserved, and its name in Rust is gone");
        let finding = Finding::new(
            ReviewRule::TombstoneRemoved,
            Verdicts::all(Verdict::Major),
            sentence,
        );
        let finding = finding.at(Some(&base), Some(&head)).values(code, "").about(code);
        comparison.add(finding, &Reach::default());
    }
    let new = after.iter().filter(|code| !before.contains(code));
    for code in new.filter(|code| !gone.contains(code)) {
        let sentence = format!("`{code}` is reserved, and no code had this name");
        let finding = Finding::new(ReviewRule::CodeReserved, Verdicts::all(Verdict::Minor), sentence);
        let finding = finding.at(Some(&base), Some(&head)).values("", code).about(code);
        comparison.add(finding, &Reach::default());
    }
    comparison.claim(Some(&base), Some(&head));
}

/// Compares what is said of one code.
fn entry_of<'a>(comparison: &mut Comparison<'a>, code: &str, pair: &Pair<'a>) {
    let reach = raised_by(&comparison.base, code).and(&raised_by(&comparison.head, code));
    let subject = Subject {
        name: format!("`{code}`"),
        reach,
    };
    let patch = Verdicts::all(Verdict::Patch);
    if !pair.is_same("status") {
        let (old, new) = pair.texts("status");
        let sentence = format!("`{code}` has the status {new} in place of {old}");
        let found = (
            ReviewRule::CodeStatusChanged,
            Verdicts::all(Verdict::Major),
            sentence,
        );
        comparison.add_at(pair, "status", &subject, found);
        comparison.reworded_codes.insert(code.to_owned());
    }
    if !pair.is_same("meaning") {
        let (old, new) = pair.texts("meaning");
        if words_of(&old) == words_of(&new) {
            let sentence = format!("the words of `{code}` changed: `meaning`");
            comparison.add_at(
                pair,
                "meaning",
                &subject,
                (ReviewRule::ProseChanged, patch, sentence),
            );
        } else {
            let sentence = format!("the meaning of `{code}` is said in other words");
            comparison.add_at(
                pair,
                "meaning",
                &subject,
                (ReviewRule::CodeMeaningChanged, patch, sentence),
            );
        }
    }
    if !pair.is_same("message") {
        comparison.reworded_codes.insert(code.to_owned());
        let sentence = format!("callers read another message with `{code}`");
        comparison.add_at(
            pair,
            "message",
            &subject,
            (ReviewRule::CodeMessageChanged, patch, sentence),
        );
    }
    if !pair.is_same("origin") {
        let sentence = format!("`{code}` is documented elsewhere");
        comparison.add_at(
            pair,
            "origin",
            &subject,
            (ReviewRule::CodeOriginChanged, patch, sentence),
        );
    }
    words::compare(comparison, pair, &subject);
}

/// A text without its white space and marks of Markdown.
fn words_of(text: &str) -> Vec<String> {
    let plain: String = text.chars().filter(|c| !"`*_".contains(*c)).collect();
    plain.split_whitespace().map(str::to_owned).collect()
}
