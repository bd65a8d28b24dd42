//! Whether the document's version says what the change does.

use crate::pointer::Pointer;
use crate::review::comparison::Comparison;
use crate::review::document::version;
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::rule::ReviewRule;
use crate::review::side::Reach;

/// The versions of both documents, and what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// The version of the base.
    pub base: String,
    /// The version of the head.
    pub head: String,
    /// The part that has to move.
    pub needed: Verdict,
    /// Whether it has moved at least this far.
    pub agree: bool,
}

/// Compares the versions, and adds a finding where they do not agree with the verdicts.
pub(super) fn compare(comparison: &mut Comparison<'_>, verdicts: Verdicts) -> Versions {
    let [base, head] = [&comparison.base, &comparison.head].map(|side| version(&side.root).to_owned());
    let needed = verdicts.needed();
    let moved = moved(&base, &head);
    let agree = moved.map_or(needed == Verdict::None && base == head, |moved| moved >= needed);
    if !agree {
        let sentence = match moved {
            Some(Verdict::None) => {
                format!(
                    "the change needs a {} version, and `info.version` stays {base}",
                    needed.name()
                )
            }
            Some(_) => format!(
                "the change needs a {} version, and `info.version` goes from {base} to {head}",
                needed.name()
            ),
            None => format!("`info.version` goes from `{base}` to `{head}`, which is no step forward"),
        };
        let at = Pointer::default().child("info").child("version");
        let finding = Finding::new(ReviewRule::VersionDisagrees, Verdicts::default(), sentence);
        let finding = finding
            .at(Some(&at), Some(&at))
            .values(base.as_str(), head.as_str());
        comparison.add(finding, &Reach::default());
    }
    Versions {
        base,
        head,
        needed,
        agree,
    }
}

/// The part that has moved, or nothing where the versions are none or go back.
fn moved(base: &str, head: &str) -> Option<Verdict> {
    let (old, new) = (parts(base)?, parts(head)?);
    if old == new {
        return Some(Verdict::None);
    }
    (old < new).then(|| match (old[0] == new[0], old[1] == new[1]) {
        (false, _) => Verdict::Major,
        (true, false) => Verdict::Minor,
        (true, true) => Verdict::Patch,
    })
}

/// The three numbers of a version.
pub(super) fn parts(version: &str) -> Option<[u64; 3]> {
    let plain = version.split(['-', '+']).next()?;
    let mut numbers = plain.split('.').map(|part| part.parse().ok());
    let parts = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(parts)
}
