//! What `review` reports: a change of the contract, what it breaks for whom, and where it is. Plain data.

pub(super) mod accepted;
pub(super) mod fingerprint;

use std::collections::BTreeSet;

use crate::pointer::Pointer;
use crate::problem::Problem;
use crate::review::rule::{Gravity, ReviewRule};

/// What a change does to one audience, as the part of a version number that it moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing.
    #[default]
    None,
    /// It sees other words.
    Patch,
    /// It gets more than before, and nothing breaks.
    Minor,
    /// It breaks.
    Major,
}

impl Verdict {
    /// The part's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// What a change does to each of the three audiences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// Whoever speaks to the API, in any language.
    pub wire: Verdict,
    /// Programs that use the Rust client.
    pub client: Verdict,
    /// Programs that implement the server's trait.
    pub server: Verdict,
}

impl Verdicts {
    /// One verdict for each audience.
    #[must_use]
    pub const fn new(wire: Verdict, client: Verdict, server: Verdict) -> Self {
        Self { wire, client, server }
    }

    /// The same verdict for all.
    #[must_use]
    pub const fn all(verdict: Verdict) -> Self {
        Self::new(verdict, verdict, verdict)
    }

    /// A change of names in Rust that is nothing on the wire.
    #[must_use]
    pub const fn rust(verdict: Verdict) -> Self {
        Self::new(Verdict::None, verdict, verdict)
    }

    /// The graver verdict for each audience.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            wire: self.wire.max(other.wire),
            client: self.client.max(other.client),
            server: self.server.max(other.server),
        }
    }

    /// The part of the document's version that has to move. What breaks servers alone moves the minor part: the
    /// compiler says where they have to follow.
    #[must_use]
    pub fn needed(self) -> Verdict {
        self.wire.max(self.client).max(self.server.min(Verdict::Minor))
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The document must not stay like this.
    Error,
    /// Somebody breaks.
    Major,
    /// A person has to judge it.
    Review,
    /// Something is added.
    Minor,
    /// For information.
    Note,
}

impl Level {
    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Major => "major",
            Self::Review => "review",
            Self::Minor => "minor",
            Self::Note => "note",
        }
    }

    /// Whether a finding of this level fails the review unless it is accepted.
    #[must_use]
    pub const fn fails(self) -> bool {
        matches!(self, Self::Error | Self::Major | Self::Review)
    }
}

/// A change of the contract with one cause.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: ReviewRule,
    /// What changed, in one sentence.
    pub sentence: String,
    /// What it does to whom.
    pub verdicts: Verdicts,
    /// What it is about: findings of one rule about one subject are one finding.
    pub subject: String,
    /// Its place in the base document.
    pub base: Option<Pointer>,
    /// Its place in the head document.
    pub head: Option<Pointer>,
    /// Further places that belong to it: those of findings that are the same, and what it is about where that stands
    /// elsewhere.
    pub further: Vec<Pointer>,
    /// What was there, and what is there now, as short texts.
    pub values: (String, String),
    /// The operations that it reaches, by their names.
    pub operations: BTreeSet<String>,
    /// The rules that the head document breaks in the same place.
    pub problems: Vec<Problem>,
    /// What it is recognized by, whatever its words and wherever in the document it moves.
    pub fingerprint: String,
    /// Why it does not fail although its level does, where a reviewer accepted it.
    pub accepted: Option<String>,
}

impl Finding {
    /// A finding without a place.
    #[must_use]
    pub fn new(rule: ReviewRule, verdicts: Verdicts, sentence: impl Into<String>) -> Self {
        Self {
            rule,
            sentence: sentence.into(),
            verdicts,
            subject: String::new(),
            base: None,
            head: None,
            further: Vec::new(),
            values: (String::new(), String::new()),
            operations: BTreeSet::new(),
            problems: Vec::new(),
            fingerprint: String::new(),
            accepted: None,
        }
    }

    /// The same finding with its places.
    #[must_use]
    pub fn at(mut self, base: Option<&Pointer>, head: Option<&Pointer>) -> Self {
        self.base = base.cloned();
        self.head = head.cloned();
        if self.subject.is_empty() {
            let place = head.or(base);
            self.subject = place.map(|at| at.as_str().to_owned()).unwrap_or_default();
        }
        self
    }

    /// The same finding about a subject of its own: all findings of the rule about it are one.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// The same finding with what was there, and what is there now.
    #[must_use]
    pub fn values(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.values = (old.into(), new.into());
        self
    }

    /// How grave it is.
    #[must_use]
    pub fn level(&self) -> Level {
        match (self.rule.gravity(), self.verdicts.needed()) {
            (Gravity::Error, _) => Level::Error,
            (Gravity::Review, Verdict::None | Verdict::Patch | Verdict::Minor) => Level::Review,
            (_, Verdict::Major) => Level::Major,
            (_, Verdict::Minor) => Level::Minor,
            (_, Verdict::None | Verdict::Patch) => Level::Note,
        }
    }

    /// Whether the review fails because of it.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.accepted.is_none() && self.level().fails()
    }
}
