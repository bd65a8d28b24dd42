//! Says in one line what would be right. Names parameters and limits, never a value of the request.

use std::fmt::{self, Write};

use crate::failure::naming::MAXIMUM_MESSAGE;
use crate::validation::breach::{Breach, Entry};

/// The message for entries with one code; `breach` is that of the entry that decided the code.
pub(crate) fn describe(breach: &Breach, entries: &[Entry]) -> String {
    let all = |is: fn(&Breach) -> bool| entries.iter().all(|entry| is(&entry.breach));
    let form = match breach {
        Breach::Missing | Breach::Absent if all(|breach| matches!(breach, Breach::Absent)) => &ABSENT,
        Breach::Missing | Breach::Absent
            if all(|breach| matches!(breach, Breach::Missing | Breach::Absent)) =>
        {
            &MISSING
        }
        Breach::OneOf if all(|breach| matches!(breach, Breach::OneOf)) => &ONE_OF,
        _ => &EACH,
    };
    let without_names = match breach {
        Breach::Missing => "A required parameter must be present and not null.",
        Breach::Absent => "A required parameter must be present.",
        Breach::OneOf => "One of several parameters must be present and not null.",
        Breach::TooShort(_) => "A parameter must be longer.",
        Breach::TooLong(_) => "A parameter must be shorter.",
        Breach::Invalid(_) => "A parameter must be as documented.",
    };
    form.sentence(entries).unwrap_or_else(|| without_names.to_owned())
}

/// How entries are put into a sentence.
struct Form {
    beginning: &'static str,
    item: fn(&mut String, &str, &Breach) -> fmt::Result,
    separator: &'static str,
    end: &'static str,
}

const MISSING: Form = Form {
    beginning: "",
    item: |text, name, _| text.write_str(name),
    separator: ", ",
    end: " must be present and not null.",
};

const ABSENT: Form = Form {
    end: " must be present.",
    ..MISSING
};

const ONE_OF: Form = Form {
    beginning: "One of ",
    item: |text, names, _| text.write_str(&names.replace(',', ", ")),
    separator: "; one of ",
    end: " must be present and not null.",
};

/// Entries of several classes, or whose values say each for itself what would be right.
const EACH: Form = Form {
    beginning: "",
    item: each,
    separator: "; ",
    end: ".",
};

fn each(text: &mut String, name: &str, breach: &Breach) -> fmt::Result {
    match breach {
        Breach::Missing => write!(text, "{name} must be present and not null"),
        Breach::Absent => write!(text, "{name} must be present"),
        Breach::OneOf => write!(text, "{} must be present and not null", name.replace(',', " or ")),
        Breach::TooShort(limit) => write!(text, "{name} must have at least {limit}"),
        Breach::TooLong(limit) => write!(text, "{name} must have at most {limit}"),
        Breach::Invalid(expected) => write!(text, "{name} must be {expected}"),
    }
}

/// The same breach, for a sentence that would be too long otherwise.
fn in_short(breach: &Breach) -> Breach {
    match breach {
        Breach::Invalid(expected) => Breach::Invalid(expected.in_short()),
        other => other.clone(),
    }
}

impl Form {
    /// Puts as many entries as fit into the sentence, and says how many did not. `None` where not even the
    /// first fits.
    fn sentence(&self, entries: &[Entry]) -> Option<String> {
        let mut text = String::with_capacity(MAXIMUM_MESSAGE);
        text.push_str(self.beginning);
        let mut left = entries.len();
        for (index, entry) in entries.iter().enumerate() {
            let name = if entry.name.is_empty() {
                "The body"
            } else {
                &entry.name
            };
            let separator = if index == 0 { "" } else { self.separator };
            let (before, after) = (text.len(), left.saturating_sub(1));
            let room = MAXIMUM_MESSAGE.saturating_sub(length_of_rest(after) + self.end.len());
            let mut fits = |breach: &Breach| {
                text.truncate(before);
                text.push_str(separator);
                // Writing to a `String` cannot fail.
                let _ = (self.item)(&mut text, name, breach);
                text.len() <= room
            };
            if !fits(&entry.breach) && !fits(&in_short(&entry.breach)) {
                text.truncate(before);
                break;
            }
            left = after;
        }
        if left == entries.len() {
            return None;
        }
        if left > 0 {
            let _ = write!(text, ", and {left} more");
        }
        text.push_str(self.end);
        Some(text)
    }
}

/// How long it is to say that so many are left, in bytes.
fn length_of_rest(left: usize) -> usize {
    let digits = left.checked_ilog10().map_or(0, |log| log as usize + 1);
    match left {
        0 => 0,
        _ => ", and  more".len() + digits,
    }
}

#[cfg(test)]
mod tests {
    use super::{MAXIMUM_MESSAGE, describe};
    use crate::validation::breach::{Breach, Entry, Limit, Unit};
    use crate::validation::expected::Expected;

    #[track_caller]
    fn check(entries: &[(&str, Breach)], expected: &str) {
        let entries: Vec<Entry> = entries
            .iter()
            .map(|(name, breach)| Entry {
                name: (*name).to_owned(),
                breach: breach.clone(),
            })
            .collect();
        let message = describe(&entries[0].breach, &entries);
        assert_eq!(message, expected);
        assert!(message.len() <= MAXIMUM_MESSAGE && message.ends_with('.') && !message.contains('\n'));
    }

    const FEW: Breach = Breach::TooShort(Limit {
        count: 1,
        unit: Unit::Items,
    });
    const MANY: Breach = Breach::TooLong(Limit {
        count: 50,
        unit: Unit::Characters,
    });

    #[test]
    fn each_class_says_what_would_be_right() {
        check(
            &[("Title", Breach::Missing)],
            "Title must be present and not null.",
        );
        check(
            &[("Title,Isbn", Breach::OneOf)],
            "One of Title, Isbn must be present and not null.",
        );
        check(&[("Editor", Breach::Absent)], "Editor must be present.");
        check(&[("Books", FEW)], "Books must have at least 1 item.");
        check(&[("Title", MANY)], "Title must have at most 50 characters.");
        check(
            &[("Type", Breach::Invalid(Expected::Known))],
            "Type must be one of the documented values.",
        );
        check(
            &[("", Breach::Invalid(Expected::Object))],
            "The body must be an object.",
        );
    }

    #[test]
    fn several_parameters_share_a_sentence() {
        check(
            &[("Title", Breach::Missing), ("Author", Breach::Missing)],
            "Title, Author must be present and not null.",
        );
        check(
            &[("Editor", Breach::Absent), ("Author", Breach::Missing)],
            "Editor, Author must be present and not null.",
        );
        check(
            &[("A,B", Breach::OneOf), ("C,D", Breach::OneOf)],
            "One of A, B; one of C, D must be present and not null.",
        );
        check(
            &[("Title", MANY), ("Author", MANY)],
            "Title must have at most 50 characters; Author must have at most 50 characters.",
        );
        check(
            &[("Title", Breach::Invalid(Expected::String)), ("Year", MANY)],
            "Title must be a string; Year must have at most 50 characters.",
        );
    }

    /// Where a document has one code for several violations.
    #[test]
    fn parameters_of_several_classes_keep_their_sentences() {
        check(
            &[
                ("Title", Breach::Missing),
                ("Editor", Breach::Absent),
                ("A,B", Breach::OneOf),
                ("Year", MANY),
                ("Type", Breach::Invalid(Expected::String)),
            ],
            "Title must be present and not null; Editor must be present; A or B must be present and not null; \
             Year must have at most 50 characters; Type must be a string.",
        );
    }

    #[test]
    fn message_stays_within_its_limit() {
        let name = "n".repeat(90);
        let entries = [name.as_str(); 12].map(|name| (name, Breach::Missing));
        check(
            &entries,
            &format!("{name}, {name}, and 10 more must be present and not null."),
        );
        let endless = "n".repeat(MAXIMUM_MESSAGE);
        check(
            &[(&endless, Breach::Missing)],
            "A required parameter must be present and not null.",
        );
        check(
            &[(&endless, MANY), ("Title", MANY)],
            "A parameter must be shorter.",
        );
    }

    #[test]
    fn what_would_be_right_is_said_in_short_where_it_does_not_fit() {
        let listed = Breach::Invalid(Expected::of_values(&["n".repeat(MAXIMUM_MESSAGE)]));
        check(&[("Type", listed)], "Type must be one of the documented values.");
        let form = Breach::Invalid(Expected::Form(Some("a phone number in E.164 form")));
        let name = "n".repeat(222);
        check(
            &[("To", form.clone())],
            "To must be a phone number in E.164 form.",
        );
        check(
            &[(&name, form)],
            &format!("{name} must be of the documented form."),
        );
    }
}
