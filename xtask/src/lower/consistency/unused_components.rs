//! Finds the components that no operation leads to.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::Node;
use crate::lower::lowering::Lowering;
use crate::names::nearest;
use crate::pointer::Pointer;
use crate::rule::Rule;

/// Kinds of components, and what is wrong where something else is in place of a reference to one.
const HIDING: [(&str, &[Rule]); 3] = [
    (
        "responses",
        &[Rule::ErrorResponseMissing, Rule::ErrorResponseNotShared],
    ),
    ("securitySchemes", &[Rule::SecurityUnsupported]),
    ("schemas", &[Rule::BodyUnsupported, Rule::EnumNotComponent]),
];

pub(in crate::lower) fn check(lowering: &mut Lowering<'_>) {
    let root = lowering.root.clone();
    let Some(components) = root.get("components") else {
        return;
    };
    let mut used = BTreeSet::new();
    for (_, item) in root.members_of("paths") {
        follow(&root, item.value, &mut used);
        for (_, operation) in item.members() {
            require(&components, &operation, &mut used);
        }
    }
    require(&components, &root, &mut used);
    // What is wrong where a reference belongs may be the reason that there is none.
    for (kind, rules) in HIDING {
        if lowering.breaks_any(rules) {
            for (_, node) in components.members_of(kind) {
                used.insert(node.at.clone());
                follow(&root, node.value, &mut used);
            }
        }
    }
    for (kind, of_kind) in components.members() {
        // Examples that nothing uses are a problem of their own.
        if kind == "examples" || kind.starts_with("x-") {
            continue;
        }
        for (name, node) in of_kind.members() {
            if !used.contains(&node.at) {
                let sentence = format!("nothing refers to `{name}` of `components/{kind}`");
                lowering.report(Rule::ComponentUnused, &node.at, sentence);
            }
        }
    }
}

/// Notes what a value refers to, and what that refers to in turn.
fn follow(root: &Node<'_>, value: &Value, used: &mut BTreeSet<Pointer>) {
    let target = value.get("$ref").and_then(Value::as_str);
    if let Some(pointer) = target.and_then(Pointer::of_reference)
        && !used.contains(&pointer)
    {
        let pointer = meant(root, pointer);
        let target = root.find(&pointer);
        if let (true, Some(target)) = (used.insert(pointer), target) {
            follow(root, target.value, used);
        }
    }
    match value {
        Value::Object(members) => members.values().for_each(|child| follow(root, child, used)),
        Value::Array(items) => items.iter().for_each(|child| follow(root, child, used)),
        _ => {}
    }
}

/// What a reference points to, or was probably meant to.
fn meant(root: &Node<'_>, pointer: Pointer) -> Pointer {
    if root.find(&pointer).is_some() {
        return pointer;
    }
    let siblings = root
        .find(&pointer.parent())
        .map(|node| node.members())
        .unwrap_or_default();
    let likely = nearest(&pointer.last(), siblings.iter().map(|(name, _)| *name));
    likely.map_or_else(|| pointer.clone(), |name| pointer.parent().child(name))
}

/// Notes the credentials that an operation, or the document, requires.
fn require(components: &Node<'_>, node: &Node<'_>, used: &mut BTreeSet<Pointer>) {
    let schemes = components.at.child("securitySchemes");
    for requirement in node.items_of("security") {
        used.extend(
            requirement
                .members()
                .into_iter()
                .map(|(name, _)| schemes.child(name)),
        );
    }
}
