//! The members of objects: which there are, which have to be there, and which exclude one another.

use std::collections::BTreeSet;

use crate::document::Node;
use crate::names;
use crate::pointer::Pointer;
use crate::review::comparison::{Comparison, Pair, Subject, matched};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::renames;
use crate::review::rule::ReviewRule;
use crate::review::schemas::effect;

/// Whether a schema is a part of the envelope, whose changes have rules of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::review) enum Role {
    /// A part of the envelope.
    Envelope,
    /// Any other.
    Ordinary,
}

impl Role {
    /// The role of what is in a place of the base document.
    pub(in crate::review) fn of(comparison: &Comparison<'_>, at: &Pointer) -> Self {
        let Some(envelope) = &comparison.envelope else {
            return Self::Ordinary;
        };
        let mut keys = at.keys();
        let is_schema =
            keys.next().as_deref() == Some("components") && keys.next().as_deref() == Some("schemas");
        let schemas = [&envelope.wrapper, &envelope.status, &envelope.entry];
        match keys.next() {
            Some(name) if is_schema && schemas.contains(&&name) => Self::Envelope,
            _ => Self::Ordinary,
        }
    }

    const fn either(self, envelope: ReviewRule, ordinary: ReviewRule) -> ReviewRule {
        match self {
            Self::Envelope => envelope,
            Self::Ordinary => ordinary,
        }
    }

    /// The rule about another type.
    pub(in crate::review) const fn retyped(self) -> ReviewRule {
        self.either(ReviewRule::EnvelopeMemberRetyped, ReviewRule::TypeChanged)
    }

    /// The rule about what may be null now.
    pub(in crate::review) const fn null_allowed(self) -> ReviewRule {
        self.either(ReviewRule::EnvelopeMemberOptional, ReviewRule::NullAllowed)
    }
}

/// The name in Rust of a member or a value of a schema.
pub(in crate::review) fn rust_name(schema: &Node<'_>, name: &str, convert: fn(&str) -> String) -> String {
    let chosen = schema
        .get("x-rust-names")
        .and_then(|names| names.string_of(name).map(str::to_owned));
    chosen.unwrap_or_else(|| convert(name))
}

/// What a member is called in sentences.
pub(in crate::review) fn name_of(member: &str, object: &Subject) -> String {
    format!("`{member}` of {}", object.name)
}

/// Compares which members two objects have, and gives those that both have.
pub(in crate::review) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    subject: &Subject,
) -> Vec<(String, Pair<'a>)> {
    const KEY: &str = "properties";
    let role = Role::of(comparison, &pair.base.at);
    let (common, gone, new) = matched(pair.base.members_of(KEY), pair.head.members_of(KEY));
    let [required_before, required_after] = [&pair.base, &pair.head].map(|node| node.strings_of("required"));
    let valued = |found: &[(&'a str, Node<'a>)]| -> Vec<(&'a str, &'a serde_json::Value)> {
        found.iter().map(|(name, node)| (*name, node.value)).collect()
    };
    let mut renamed = renames::alike(&valued(&gone), &valued(&new));
    renamed.retain(|(old, new)| required_before.contains(old) == required_after.contains(new));
    let was_empty = common.is_empty() && gone.is_empty();
    let mut both: Vec<_> = common
        .into_iter()
        .map(|(name, pair)| (name.to_owned(), pair))
        .collect();
    let mut follows = Vec::new();
    for (name, base) in gone {
        let of = name_of(name, subject);
        follows.push(name.to_owned());
        let rename = renamed.iter().find(|(old, _)| old == name);
        let head = rename.and_then(|(_, now)| new.iter().find(|(known, _)| known == now));
        let finding = match head {
            Some((now, head)) => {
                both.push((
                    (*now).to_owned(),
                    Pair {
                        base: base.clone(),
                        head: head.clone(),
                    },
                ));
                follows.push((*now).to_owned());
                let rule = role.either(ReviewRule::EnvelopeMemberRenamed, ReviewRule::MemberRenamed);
                let old_rust = rust_name(&pair.base, name, names::value_name);
                let verdicts = effect::renamed(&old_rust, &rust_name(&pair.head, now, names::value_name));
                let found = Finding::new(rule, verdicts, format!("{of} is called `{now}` now"));
                found.at(Some(&base.at), Some(&head.at)).values(name, *now)
            }
            None => {
                let rule = role.either(ReviewRule::EnvelopeMemberRemoved, ReviewRule::MemberRemoved);
                let found = Finding::new(rule, Verdicts::all(Verdict::Major), format!("{of} is gone"));
                found.at(Some(&base.at), None).values(name, "")
            }
        };
        comparison.add(finding, &subject.reach);
    }
    for (name, head) in new
        .iter()
        .filter(|(name, _)| !renamed.iter().any(|(_, now)| now == name))
    {
        follows.push((*name).to_owned());
        let is_required = required_after.iter().any(|known| known == name);
        let verdicts = match is_required {
            true => effect::required_added(&subject.reach),
            false => effect::optional_added(),
        };
        // An object without members is a map in Rust.
        let verdicts = if was_empty {
            verdicts.and(Verdicts::rust(Verdict::Major))
        } else {
            verdicts
        };
        let required = if is_required { ", and has to be there" } else { "" };
        let rule = role.either(ReviewRule::EnvelopeMemberAdded, ReviewRule::MemberAdded);
        let sentence = format!("{} is new{required}", name_of(name, subject));
        let finding = Finding::new(rule, verdicts, sentence).at(None, Some(&head.at));
        comparison.add(finding.values("", *name), &subject.reach);
    }
    required(comparison, pair, subject, role, &follows);
    arguments(comparison, pair, subject);
    both
}

/// Compares which members have to be there, apart from those that are new or gone.
fn required<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    subject: &Subject,
    role: Role,
    follows: &[String],
) {
    const KEY: &str = "required";
    let [before, after] = [&pair.base, &pair.head].map(|node| node.strings_of(KEY));
    let (base, head) = pair.places(KEY);
    let is_known = |name: &&String| {
        let declared = pair.base.get("properties").is_some_and(|all| all.has(name));
        declared && !follows.contains(name)
    };
    for name in before
        .iter()
        .filter(|name| !after.contains(name))
        .filter(is_known)
    {
        let rule = role.either(ReviewRule::EnvelopeMemberOptional, ReviewRule::MemberOptional);
        let sentence = format!("{} can be absent", name_of(name, subject));
        let mut finding = Finding::new(rule, effect::loosened_type(&subject.reach), sentence);
        finding.further.push(pair.head.at.child("properties").child(name));
        let finding = finding
            .about(base.child(name).as_str())
            .values("required", "optional");
        comparison.add(finding.at(Some(&base), Some(&head)), &subject.reach);
    }
    for name in after
        .iter()
        .filter(|name| !before.contains(name))
        .filter(is_known)
    {
        let rule = role.either(ReviewRule::EnvelopeMemberRequired, ReviewRule::MemberRequired);
        let sentence = format!("{} has to be there", name_of(name, subject));
        let verdicts = match role {
            // Only servers make envelopes, and clients read them whether or not it is there.
            Role::Envelope => Verdicts::new(Verdict::Minor, Verdict::Minor, Verdict::Major),
            Role::Ordinary => effect::required(&subject.reach),
        };
        let mut finding = Finding::new(rule, verdicts, sentence);
        finding.further.push(pair.head.at.child("properties").child(name));
        let finding = finding
            .about(head.child(name).as_str())
            .values("optional", "required");
        comparison.add(finding.at(Some(&base), Some(&head)), &subject.reach);
    }
    // A name that stands twice is for the net.
    if before.iter().collect::<BTreeSet<_>>() != after.iter().collect() {
        comparison.claim(Some(&base), Some(&head));
    }
}

/// Compares the order of the members that have to be there: `new` takes them in this order.
fn arguments<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    let [before, after] = [&pair.base, &pair.head].map(|node| node.strings_of("required"));
    let common = |node: &Node<'a>| -> Vec<&'a str> {
        let members = node.members_of("properties").into_iter().map(|(name, _)| name);
        members
            .filter(|name| {
                before.iter().any(|known| known == name) && after.iter().any(|known| known == name)
            })
            .collect()
    };
    let (old, new) = (common(&pair.base), common(&pair.head));
    if is_reordered(&old, &new) {
        let sentence = format!("`new` of {} takes its arguments in another order", subject.name);
        let finding = Finding::new(
            ReviewRule::ArgumentsReordered,
            Verdicts::rust(Verdict::Major),
            sentence,
        );
        let finding = finding.values(old.join(", "), new.join(", "));
        // What else there is of both is compared.
        comparison.add_unclaimed(
            finding
                .at(Some(&pair.base.at), Some(&pair.head.at))
                .about(pair.head.at.as_str()),
            &subject.reach,
        );
    }
}

/// Whether what two lists have in common stands in another order.
pub(in crate::review) fn is_reordered<T: PartialEq>(old: &[T], new: &[T]) -> bool {
    let old_order = old.iter().filter(|item| new.contains(item));
    let new_order = new.iter().filter(|item| old.contains(item));
    !old_order.eq(new_order)
}

/// Compares what objects say besides: further members, and alternatives.
pub(in crate::review) fn compare_rest<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    subject: &Subject,
) {
    const FURTHER: &str = "additionalProperties";
    let role = Role::of(comparison, &pair.base.at);
    let further = |node: &Node<'_>| node.value.get(FURTHER).cloned();
    let (old, new) = (further(&pair.base), further(&pair.head));
    // Two schemas are compared as such.
    let is_schema =
        |value: &Option<serde_json::Value>| value.as_ref().is_some_and(serde_json::Value::is_object);
    if old != new && !(is_schema(&old) && is_schema(&new)) {
        let closed = new == Some(serde_json::Value::Bool(false));
        let (rule, verdicts, sentence) = match role {
            Role::Envelope if closed => (
                ReviewRule::EnvelopeClosed,
                Verdicts::new(Verdict::Major, Verdict::Minor, Verdict::Minor),
                format!(
                    "{} refuses further members, so that none can be added later",
                    subject.name
                ),
            ),
            _ => (
                ReviewRule::ExtraMembersChanged,
                if new.is_some() && !closed {
                    // One more field.
                    Verdicts::all(Verdict::Minor)
                } else {
                    Verdicts::new(Verdict::Minor, Verdict::Major, Verdict::Major)
                },
                format!("what {} does with further members changed", subject.name),
            ),
        };
        comparison.add_at(pair, FURTHER, subject, (rule, verdicts, sentence));
    }
    for key in ["anyOf", "oneOf"] {
        if !pair.is_same(key) {
            let sentence = format!("other members of {} demand or exclude one another", subject.name);
            let verdicts = match pair.head.has(key) {
                true => effect::tightened(&subject.reach),
                false => effect::loosened(&subject.reach),
            };
            comparison.add_at(
                pair,
                key,
                subject,
                (ReviewRule::AlternativesChanged, verdicts, sentence),
            );
        }
    }
}
