//! Every place in which two documents differ, whatever it means: what the net is knotted of.
//!
//! Items of arrays are told apart by what they are, not by their numbers. Interprets nothing.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;

use crate::pointer::Pointer;

/// A place in which two documents differ.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::review) enum Difference {
    /// A value that only one of them has, or that is another one.
    Value {
        /// The place in the base.
        base: Option<Pointer>,
        /// The place in the head.
        head: Option<Pointer>,
    },
    /// Members or items of both that have another order.
    Order {
        /// The place in the base.
        base: Pointer,
        /// The place in the head.
        head: Pointer,
    },
}

impl Difference {
    /// Whether it is within one of some places of the base or of the head.
    pub(in crate::review) fn is_within(
        &self,
        (of_base, of_head): &(BTreeSet<Pointer>, BTreeSet<Pointer>),
    ) -> bool {
        let (base, head) = match self {
            Self::Value { base, head } => (base.as_ref(), head.as_ref()),
            Self::Order { base, head } => (Some(base), Some(head)),
        };
        base.is_some_and(|at| at.is_within_any(of_base)) || head.is_some_and(|at| at.is_within_any(of_head))
    }
}

/// A value, and its place in its document.
type Place<'v, 'p> = (&'v Value, &'p Pointer);

/// All places in which two values differ, each as deep as possible.
pub(in crate::review) fn differences(base: Place<'_, '_>, head: Place<'_, '_>) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(base, head, &mut found);
    found
}

fn compare((base, base_at): Place<'_, '_>, (head, head_at): Place<'_, '_>, found: &mut Vec<Difference>) {
    match (base, head) {
        (Value::Object(one), Value::Object(other)) => {
            for (key, value) in one {
                let at = base_at.child(key);
                let new = other.get(key).or_else(|| empty(value));
                match new {
                    Some(new) => compare((value, &at), (new, &head_at.child(key)), found),
                    None => found.push(only_in_base(at)),
                }
            }
            for (key, value) in other.iter().filter(|(key, _)| !one.contains_key(*key)) {
                let at = head_at.child(key);
                match empty(value) {
                    Some(old) => compare((old, &base_at.child(key)), (value, &at), found),
                    None => found.push(only_in_head(at)),
                }
            }
            let old_order = one.keys().filter(|key| other.contains_key(*key));
            let new_order = other.keys().filter(|key| one.contains_key(*key));
            if !old_order.eq(new_order) {
                found.push(order(base_at, head_at));
            }
        }
        (Value::Array(one), Value::Array(other)) => compare_arrays((one, base_at), (other, head_at), found),
        _ if base == head => {}
        _ => found.push(Difference::Value {
            base: Some(base_at.clone()),
            head: Some(head_at.clone()),
        }),
    }
}

/// What a mapping or an array was that is new: one without anything in it.
fn empty(value: &Value) -> Option<&'static Value> {
    static OBJECT: LazyLock<Value> = LazyLock::new(|| Value::Object(serde_json::Map::new()));
    static ARRAY: Value = Value::Array(Vec::new());
    match value {
        Value::Object(members) if !members.is_empty() => Some(&OBJECT),
        Value::Array(items) if !items.is_empty() => Some(&ARRAY),
        _ => None,
    }
}

fn compare_arrays(
    (one, base_at): (&[Value], &Pointer),
    (other, head_at): (&[Value], &Pointer),
    found: &mut Vec<Difference>,
) {
    let mut free: Vec<usize> = (0..other.len()).collect();
    let mut pairs = Vec::new();
    let mut gone = Vec::new();
    for (number, item) in one.iter().enumerate() {
        let same = |at: &usize| other.get(*at).is_some_and(|new| identity(new) == identity(item));
        match free.iter().position(same) {
            Some(position) => pairs.push((number, free.remove(position))),
            None => gone.push(number),
        }
    }
    // Objects that are left on both sides are the same items, changed.
    let is_object = |items: &[Value], number: &usize| items.get(*number).is_some_and(Value::is_object);
    let are_objects = gone.iter().all(|at| is_object(one, at)) && free.iter().all(|at| is_object(other, at));
    if gone.len() == free.len() && are_objects {
        pairs.extend(gone.drain(..).zip(free.drain(..)));
        pairs.sort_unstable();
    }
    let place = |at: &Pointer, number: usize| at.child(&number.to_string());
    found.extend(
        gone.into_iter()
            .map(|number| only_in_base(place(base_at, number))),
    );
    found.extend(
        free.into_iter()
            .map(|number| only_in_head(place(head_at, number))),
    );
    for (old, new) in &pairs {
        if let (Some(item), Some(other)) = (one.get(*old), other.get(*new)) {
            compare(
                (item, &place(base_at, *old)),
                (other, &place(head_at, *new)),
                found,
            );
        }
    }
    if !pairs.is_sorted_by_key(|(_, new)| *new) {
        found.push(order(base_at, head_at));
    }
}

/// What an item is, whatever else is said of it.
fn identity(item: &Value) -> (Option<&Value>, Option<&Value>, Option<&Value>) {
    let name = item.get("name");
    let reference = item.get("$ref");
    let whole = (name.is_none() && reference.is_none()).then_some(item);
    (reference.or(whole), name, item.get("in"))
}

fn only_in_base(at: Pointer) -> Difference {
    Difference::Value {
        base: Some(at),
        head: None,
    }
}

fn only_in_head(at: Pointer) -> Difference {
    Difference::Value {
        base: None,
        head: Some(at),
    }
}

fn order(base: &Pointer, head: &Pointer) -> Difference {
    Difference::Order {
        base: base.clone(),
        head: head.clone(),
    }
}
