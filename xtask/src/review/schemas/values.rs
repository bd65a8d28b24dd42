//! The values of enums. Those of error codes are in `codes`.

use serde_json::Value;

use crate::names;
use crate::review::comparison::{Comparison, Pair, Subject};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::rule::ReviewRule;
use crate::review::schemas::effect;
use crate::review::schemas::members::rust_name;

const KEY: &str = "enum";

/// Compares the values of two enums.
pub(in crate::review) fn compare<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    let is_code = |node: &crate::document::Node<'_>| node.has("x-error-codes");
    if is_code(&pair.base) || is_code(&pair.head) || !(pair.base.has(KEY) || pair.head.has(KEY)) {
        return;
    }
    if pair.base.has(KEY) != pair.head.has(KEY) {
        let sentence = match pair.head.has(KEY) {
            true => format!("{} is one of a list of values", subject.name),
            false => format!("{} is any string", subject.name),
        };
        let wire = match pair.head.has(KEY) {
            true => effect::tightened(&subject.reach),
            false => effect::loosened(&subject.reach),
        };
        let verdicts = wire.and(Verdicts::rust(Verdict::Major));
        comparison.add_at(pair, KEY, subject, (ReviewRule::TypeChanged, verdicts, sentence));
        return;
    }
    let [old, new] = [&pair.base, &pair.head].map(|node| node.items_of(KEY));
    let has =
        |items: &[crate::document::Node<'_>], value: &Value| items.iter().any(|item| item.value == value);
    let gone: Vec<_> = old.iter().filter(|item| !has(&new, item.value)).collect();
    let mut added: Vec<_> = new.iter().filter(|item| !has(&old, item.value)).collect();
    for item in gone {
        let name = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let value = name(item.value);
        let alike = |other: &&crate::document::Node<'_>| {
            let likeness = strsim::jaro_winkler(&value.to_lowercase(), &name(other.value).to_lowercase());
            likeness > 0.85
        };
        let renamed = added.iter().position(alike).map(|at| added.remove(at));
        let finding = match renamed {
            Some(other) => {
                let now = name(other.value);
                let sentence = format!("the value `{value}` of {} is called `{now}` now", subject.name);
                let old_rust = rust_name(&pair.base, &value, names::type_name);
                let verdicts = effect::renamed(&old_rust, &rust_name(&pair.head, &now, names::type_name));
                let found = Finding::new(ReviewRule::ValueRenamed, verdicts, sentence);
                found.at(Some(&item.at), Some(&other.at)).values(value, now)
            }
            None => {
                let sentence = format!("`{value}` is no value of {} any more", subject.name);
                let found = Finding::new(
                    ReviewRule::ValueRemoved,
                    effect::value_removed(&subject.reach),
                    sentence,
                );
                found.at(Some(&item.at), None).values(value, "")
            }
        };
        comparison.add(finding, &subject.reach);
    }
    for item in added {
        let value = item
            .value
            .as_str()
            .map_or_else(|| item.value.to_string(), str::to_owned);
        let sentence = format!("`{value}` is a new value of {}", subject.name);
        let finding = Finding::new(ReviewRule::ValueAdded, Verdicts::all(Verdict::Minor), sentence);
        comparison.add(finding.at(None, Some(&item.at)).values("", value), &subject.reach);
    }
}
