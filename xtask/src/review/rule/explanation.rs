//! What `rules.md` says of each rule: why there is one, a change that it claims, and what to do.

use crate::review::rule::ReviewRule;

const TEXT: &str = include_str!("rules.md");

/// What there is to say of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Why there is such a rule, in a paragraph.
    pub why: &'static str,
    /// A change that it claims: lines that begin with `-` and `+`, or nothing.
    pub example: &'static str,
    /// What to do, in a sentence or two.
    pub help: &'static str,
}

impl ReviewRule {
    /// What `rules.md` says of the rule.
    #[must_use]
    pub fn explanation(self) -> Explanation {
        let heading = format!("\n## {}\n", self.id());
        let section = TEXT
            .split_once(&heading)
            .map(|(_, rest)| rest)
            .unwrap_or_default();
        let section = section.split("\n## ").next().unwrap_or_default();
        let (text, help) = section.split_once("What to do: ").unwrap_or((section, ""));
        let (why, example) = text.split_once("```diff\n").unwrap_or((text, ""));
        Explanation {
            why: why.trim(),
            example: example.trim_end().trim_end_matches('`').trim_end(),
            help: help.trim(),
        }
    }
}
