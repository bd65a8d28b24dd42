//! What a finding is recognized by in `accepted.yaml`: its rule, its place and its values, and never its words.
//!
//! A place is a pointer without the numbers of items, so that what is added beside it changes nothing.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::review::finding::Finding;

/// The fingerprint of a finding.
pub(in crate::review) fn of(finding: &Finding, roots: [&Value; 2]) -> String {
    let mut parts = vec![finding.rule.id().to_owned()];
    if finding.subject.starts_with('/') {
        let [base, head] = roots;
        let root = if finding.head.is_some() { head } else { base };
        parts.extend(place(&finding.subject, root));
    } else {
        // Many places can be one finding about such a subject, and what is accepted for some is not for others.
        parts.push(finding.subject.clone());
        parts.extend(finding.operations.iter().cloned());
    }
    let (old, new) = &finding.values;
    parts.extend([old.clone(), new.clone()]);
    format!("{:016x}", hash(&parts.join("\n")))
}

/// The keys of a place without the numbers of items.
fn place(subject: &str, root: &Value) -> Vec<String> {
    let mut value = Some(root);
    let mut kept = Vec::new();
    for key in Pointer::of_reference(&format!("#{subject}"))
        .iter()
        .flat_map(|at| at.keys().collect::<Vec<_>>())
    {
        match value {
            Some(Value::Array(items)) => {
                value = key.parse::<usize>().ok().and_then(|number| items.get(number));
            }
            _ => {
                value = value.and_then(|value| value.get(&key));
                kept.push(key);
            }
        }
    }
    kept
}

/// FNV-1a, which is the same on every machine and in every version of the compiler.
fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}
