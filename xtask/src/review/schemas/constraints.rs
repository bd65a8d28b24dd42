//! What values must satisfy: bounds, patterns, formats, null, and the code that is raised where they do not.

use std::cmp::Ordering;

use serde_json::Value;

use crate::format::Format;
use crate::review::comparison::{Comparison, Pair, Subject};
use crate::review::finding::{Verdict, Verdicts};
use crate::review::rule::ReviewRule;
use crate::review::schemas::effect;
use crate::review::schemas::members::Role;

/// What a greater value of a keyword means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Greater {
    Tightens,
    Loosens,
}

/// The keywords whose values are bounds. Without one, every value is right.
const BOUNDS: [(&str, Greater); 6] = [
    ("minLength", Greater::Tightens),
    ("maxLength", Greater::Loosens),
    ("minItems", Greater::Tightens),
    ("maxItems", Greater::Loosens),
    ("minimum", Greater::Tightens),
    ("maximum", Greater::Loosens),
];

/// The keywords that are in force where they are true.
const FLAGS: [&str; 3] = ["uniqueItems", "exclusiveMinimum", "exclusiveMaximum"];

/// Compares the constraints of two schemas of one type.
pub(in crate::review) fn compare<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    for (key, greater) in BOUNDS {
        // Nothing is shorter than nothing.
        let says_nothing = |bound: &f64| key.starts_with("min") && key != "minimum" && *bound == 0.0;
        let number = |value: &Value| {
            let bound = value.get(key).and_then(Value::as_f64);
            bound.filter(|bound| !says_nothing(bound))
        };
        let order = match (number(pair.base.value), number(pair.head.value)) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(old), Some(new)) => match greater {
                Greater::Tightens => old.total_cmp(&new),
                Greater::Loosens => new.total_cmp(&old),
            },
        };
        report(comparison, pair, key, subject, order);
    }
    for key in FLAGS {
        let order = pair.base.is_true(key).cmp(&pair.head.is_true(key));
        report(comparison, pair, key, subject, order);
    }
    pattern(comparison, pair, subject);
    format(comparison, pair, subject);
    null(comparison, pair, subject);
    default(comparison, pair, subject);
    invalid_code(comparison, pair, subject);
}

/// Reports a keyword whose old value is looser than the new one (`Less`), or stricter (`Greater`).
fn report<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    key: &str,
    subject: &Subject,
    order: Ordering,
) {
    let (old, new) = pair.texts(key);
    let name = &subject.name;
    let change = match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("`{key}: {new}` is new"),
        (_, true) => format!("`{key}: {old}` is gone"),
        _ => format!("`{key}` is {new} in place of {old}"),
    };
    let found = match order {
        Ordering::Equal => return,
        Ordering::Less => (
            ReviewRule::ConstraintTightened,
            effect::tightened(&subject.reach),
            format!("fewer values of {name} are right: {change}"),
        ),
        Ordering::Greater => (
            ReviewRule::ConstraintLoosened,
            effect::loosened(&subject.reach),
            format!("more values of {name} are right: {change}"),
        ),
    };
    comparison.add_at(pair, key, subject, found);
}

/// Nobody can say which of two patterns is the stricter one, so another pattern is taken for it.
fn pattern<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    const KEY: &str = "pattern";
    let order = match (pair.base.has(KEY), pair.head.has(KEY), pair.is_same(KEY)) {
        (_, _, true) => Ordering::Equal,
        (true, false, false) => Ordering::Greater,
        _ => Ordering::Less,
    };
    report(comparison, pair, KEY, subject, order);
}

fn format<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    const KEY: &str = "format";
    if pair.is_same(KEY) {
        return;
    }
    let [old, new] = [&pair.base, &pair.head].map(|node| node.string_of(KEY).and_then(Format::of));
    let is = |format| old == Some(format) || new == Some(format);
    let (before, after) = pair.texts(KEY);
    let said = |text: &str| {
        if text.is_empty() {
            "none".to_owned()
        } else {
            format!("`{text}`")
        }
    };
    let sentence = format!(
        "{} has the format {} in place of {}",
        subject.name,
        said(&after),
        said(&before)
    );
    let is_checked = |format: Option<Format>| format.and_then(Format::check).is_some();
    let of_values = match (is_checked(old), is_checked(new)) {
        (_, true) => effect::tightened(&subject.reach),
        (true, false) => effect::loosened(&subject.reach),
        (false, false) => Verdicts::all(Verdict::Patch),
    };
    let found = if is(Format::UnixTime) {
        // The same integers, as another type.
        (
            ReviewRule::TypeChanged,
            effect::time(&subject.reach).and(of_values),
            sentence,
        )
    } else if is(Format::Password) {
        (
            ReviewRule::SecretChanged,
            Verdicts::all(Verdict::Minor).and(of_values),
            sentence,
        )
    } else if after.is_empty() {
        (
            ReviewRule::ConstraintLoosened,
            effect::loosened(&subject.reach),
            sentence,
        )
    } else {
        (
            ReviewRule::ConstraintTightened,
            effect::tightened(&subject.reach),
            sentence,
        )
    };
    comparison.add_at(pair, KEY, subject, found);
}

fn null<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    const KEY: &str = "nullable";
    let found = match (pair.base.is_true(KEY), pair.head.is_true(KEY)) {
        (false, true) => (
            Role::of(comparison, &pair.base.at).null_allowed(),
            effect::loosened_type(&subject.reach),
            format!("{} can be null", subject.name),
        ),
        (true, false) => (
            ReviewRule::NullRefused,
            effect::tightened_type(&subject.reach),
            format!("{} can no longer be null", subject.name),
        ),
        _ => return,
    };
    let (rule, mut verdicts, sentence) = found;
    if comparison.base.is_cleared(&pair.base.at) && comparison.head.is_cleared(&pair.head.at) {
        verdicts = Verdicts::all(Verdict::Patch);
    }
    comparison.add_at(pair, KEY, subject, (rule, verdicts, sentence));
}

fn default<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    const KEY: &str = "default";
    if !pair.is_same(KEY) {
        let sentence = format!("{} means something else where it is absent", subject.name);
        let verdicts = Verdicts::new(Verdict::Major, Verdict::Patch, Verdict::Patch);
        comparison.add_at(
            pair,
            KEY,
            subject,
            (ReviewRule::DefaultChanged, verdicts, sentence),
        );
    }
}

const INVALID_CODE: &str = "x-invalid-code";

/// Compares the codes that wrong values of a schema raise, unless those of a parameter replace them.
fn invalid_code<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    if pair.is_same(INVALID_CODE) || comparison.is_compared(&pair.places(INVALID_CODE)) {
        return;
    }
    raises(comparison, pair, pair.texts(INVALID_CODE), subject);
}

/// Compares the codes that wrong values of a parameter raise: its own, or else that of its schema.
pub(in crate::review) fn invalid_code_of_parameter<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    subject: &Subject,
) {
    if !pair.base.has(INVALID_CODE) && !pair.head.has(INVALID_CODE) {
        return;
    }
    let mut codes = pair.texts(INVALID_CODE);
    if let Some(schema) = pair.get("schema") {
        let said = Pair {
            base: comparison.base.resolve(&schema.base),
            head: comparison.head.resolve(&schema.head),
        };
        let (old, new) = said.texts(INVALID_CODE);
        for (own, of_schema) in [(&mut codes.0, old), (&mut codes.1, new)] {
            if own.is_empty() {
                *own = of_schema;
            }
        }
        let places = said.places(INVALID_CODE);
        let is_shared = schema.base.has("$ref") && schema.is_same("$ref");
        if !is_shared {
            comparison.claim(Some(&places.0), Some(&places.1));
            comparison.compare_elsewhere(places);
        }
    }
    if codes.0 != codes.1 {
        raises(comparison, pair, codes, subject);
    } else if !pair.is_same(INVALID_CODE) {
        let sentence = format!("the code of {} is said in another place", subject.name);
        let found = (
            ReviewRule::ReferenceChanged,
            Verdicts::all(Verdict::Patch),
            sentence,
        );
        comparison.add_at(pair, INVALID_CODE, subject, found);
    }
}

/// Reports that wrong values raise another code.
fn raises<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    (old, new): (String, String),
    subject: &Subject,
) {
    // A code that is renamed is renamed everywhere.
    let is_changed = |code: &String| comparison.changed_codes.contains(code);
    if is_changed(&old) && is_changed(&new) {
        return;
    }
    let said = |code: &str| match code {
        "" => "the code of each constraint".to_owned(),
        code => format!("`{code}`"),
    };
    let sentence = format!(
        "a wrong value of {} raises {} in place of {}",
        subject.name,
        said(&new),
        said(&old)
    );
    let verdicts = Verdicts::new(Verdict::Major, Verdict::Patch, Verdict::Minor);
    comparison.add_at(
        pair,
        INVALID_CODE,
        subject,
        (ReviewRule::InvalidCodeChanged, verdicts, sentence),
    );
}
