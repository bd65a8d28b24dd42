//! Says in one line what would be right. Names parameters and limits, never a value of the request.

use std::iter;

use crate::failure::MAXIMUM_MESSAGE;
use crate::validation::breach::{Breach, Entry};
use crate::validation::expected::Expected;

/// The message for entries with one code; `breach` is that of the entry that decided the code.
pub(crate) fn describe(breach: &Breach, entries: &[Entry]) -> String {
    let (form, without_names) = match breach {
        Breach::Missing | Breach::Absent if entries.iter().all(|entry| entry.breach == Breach::Absent) => {
            (&ABSENT, "A required parameter must be present.")
        }
        Breach::Missing | Breach::Absent => (&MISSING, "A required parameter must be present and not null."),
        Breach::OneOf => (&ONE_OF, "One of several parameters must be present and not null."),
        Breach::TooShort(_) => (&LENGTH, "A parameter must be longer."),
        Breach::TooLong(_) => (&LENGTH, "A parameter must be shorter."),
        Breach::Invalid(_) => (&INVALID, "A parameter must be as documented."),
    };
    form.sentence(entries).unwrap_or_else(|| without_names.to_owned())
}

/// How the entries of one class are put into a sentence.
struct Form {
    beginning: &'static str,
    item: fn(&str, &Breach) -> String,
    separator: &'static str,
    end: &'static str,
}

const MISSING: Form = Form {
    beginning: "",
    item: |name, _| name.to_owned(),
    separator: ", ",
    end: " must be present and not null.",
};

const ABSENT: Form = Form {
    end: " must be present.",
    ..MISSING
};

const ONE_OF: Form = Form {
    beginning: "One of ",
    item: |names, _| names.replace(',', ", "),
    separator: "; one of ",
    end: " must be present and not null.",
};

const LENGTH: Form = Form {
    beginning: "",
    item: |name, breach| match breach {
        Breach::TooShort(limit) => format!("{name} must have at least {limit}"),
        Breach::TooLong(limit) => format!("{name} must have at most {limit}"),
        other => must_be(name, other),
    },
    separator: "; ",
    end: ".",
};

const INVALID: Form = Form {
    beginning: "",
    item: must_be,
    separator: "; ",
    end: ".",
};

fn must_be(name: &str, breach: &Breach) -> String {
    let expected = match breach {
        Breach::Invalid(expected) => expected,
        Breach::Missing | Breach::Absent | Breach::OneOf | Breach::TooShort(_) | Breach::TooLong(_) => {
            &Expected::Documented
        }
    };
    format!("{name} must be {expected}")
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
        let mut text = self.beginning.to_owned();
        let mut left = entries.len();
        for (index, entry) in entries.iter().enumerate() {
            let name = if entry.name.is_empty() {
                "The body"
            } else {
                &entry.name
            };
            let separator = if index == 0 { "" } else { self.separator };
            let after = left.saturating_sub(1);
            let around = text.len() + separator.len() + rest(after).len() + self.end.len();
            let fitting = iter::once_with(|| (self.item)(name, &entry.breach))
                .chain(iter::once_with(|| (self.item)(name, &in_short(&entry.breach))))
                .find(|item| around + item.len() <= MAXIMUM_MESSAGE);
            let Some(item) = fitting else {
                break;
            };
            text.push_str(separator);
            text.push_str(&item);
            left = after;
        }
        if left == entries.len() {
            return None;
        }
        text.push_str(&rest(left));
        text.push_str(self.end);
        Some(text)
    }
}

fn rest(left: usize) -> String {
    if left == 0 {
        String::new()
    } else {
        format!(", and {left} more")
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
            "Title must be a string; Year must be as documented.",
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
