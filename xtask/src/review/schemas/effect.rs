//! What a change of a value does to whom, by the messages that hold the value.
//!
//! Every table of verdicts that depends on direction is here: what a caller sends breaks by getting stricter, what it
//! receives by getting looser.

use crate::review::finding::{Verdict, Verdicts};
use crate::review::side::Reach;

use Verdict::{Major, Minor, None, Patch};

/// The graver of the verdicts of the messages that hold a value.
fn by_message(reach: &Reach, request: Verdicts, response: Verdicts) -> Verdicts {
    let mut verdicts = Verdicts::default();
    if reach.request {
        verdicts = verdicts.and(request);
    }
    if reach.response || reach.failure {
        verdicts = verdicts.and(response);
    }
    if verdicts == Verdicts::default() {
        // Nothing that is used holds it, but it may still have a type in Rust.
        return Verdicts::new(None, request.client, response.server);
    }
    verdicts
}

/// A member that may be absent is new.
pub(in crate::review) fn optional_added() -> Verdicts {
    Verdicts::all(Minor)
}

/// A member that has to be there is new: `new` takes it, so whoever makes such values has to follow.
pub(in crate::review) fn required_added(reach: &Reach) -> Verdicts {
    by_message(
        reach,
        Verdicts::new(Major, Major, Minor),
        Verdicts::new(Minor, Minor, Major),
    )
}

/// A member that could be absent has to be there. Its type in Rust is another one.
pub(in crate::review) fn required(reach: &Reach) -> Verdicts {
    by_message(reach, Verdicts::all(Major), Verdicts::new(Minor, Major, Major))
}

/// A member that had to be there can be absent, or a value can be null. Its type in Rust is another one.
pub(in crate::review) fn loosened_type(reach: &Reach) -> Verdicts {
    by_message(reach, Verdicts::new(Minor, Major, Major), Verdicts::all(Major))
}

/// A value can no longer be null. Its type in Rust is another one.
pub(in crate::review) fn tightened_type(reach: &Reach) -> Verdicts {
    required(reach)
}

/// Fewer values are right. Types in Rust stay as they are.
pub(in crate::review) fn tightened(reach: &Reach) -> Verdicts {
    by_message(
        reach,
        Verdicts::new(Major, Patch, Patch),
        Verdicts::new(Minor, Patch, Patch),
    )
}

/// More values are right. Types in Rust stay as they are.
pub(in crate::review) fn loosened(reach: &Reach) -> Verdicts {
    by_message(
        reach,
        Verdicts::new(Minor, Patch, Patch),
        Verdicts::new(Minor, Patch, Patch),
    )
}

/// An enum has a value less, and its variant is gone.
pub(in crate::review) fn value_removed(reach: &Reach) -> Verdicts {
    by_message(reach, Verdicts::all(Major), Verdicts::new(Minor, Major, Major))
}

/// Something has another name on the wire, and in Rust the same one or another.
pub(in crate::review) fn renamed(old_rust: &str, new_rust: &str) -> Verdicts {
    if old_rust == new_rust {
        return Verdicts::new(Major, Patch, Patch);
    }
    Verdicts::all(Major)
}

/// Integers are, or are no longer, points in time: what makes them takes other types.
pub(in crate::review) fn time(reach: &Reach) -> Verdicts {
    by_message(
        reach,
        Verdicts::new(Patch, Major, Patch),
        Verdicts::new(Patch, Patch, Major),
    )
}

/// A type is another one, which takes all values of the old one, or only such. Without a type, all values are right.
pub(in crate::review) fn retyped(reach: &Reach, old: &str, new: &str) -> Verdicts {
    let verdicts = match (old, new) {
        ("integer", "number") | (_, "") => {
            by_message(reach, Verdicts::new(Minor, Major, Major), Verdicts::all(Major))
        }
        ("number", "integer") | ("", _) => {
            by_message(reach, Verdicts::all(Major), Verdicts::new(Minor, Major, Major))
        }
        _ => Verdicts::all(Major),
    };
    verdicts.and(Verdicts::rust(Major))
}
