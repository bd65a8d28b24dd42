//! Each check on each kind of value. Names no operation.

use serde_json::{Value, json};

use super::{
    any, any_of, array, array_of_length, boolean, integer, integer_within, known, number, number_within,
    object, one_of, optional, required, string, string_of_length,
};
use crate::path::Path;
use crate::router_tests::contract::ErrorResponse;

type Violations = crate::codegen::Violations<ErrorResponse>;
type Check = fn(&Value, &Path<'_>, &mut Violations);

fn text(value: &Value, at: &Path<'_>, violations: &mut Violations) {
    string(value, at, None, violations);
}

/// Empty where nothing is wrong, else code and fields.
#[track_caller]
fn verdict(value: &Value, check: impl FnOnce(&Value, &Path<'_>, &mut Violations)) -> String {
    let mut violations = Violations::new();
    check(value, &Path::root().member("V"), &mut violations);
    match violations.finish() {
        Ok(()) => String::new(),
        Err(failure) => format!("{} {}", failure.code(), failure.fields().join(" ")),
    }
}

#[test]
fn scalars_must_have_their_type() {
    let checks: [(Check, &[Value]); 7] = [
        (
            |value, at, list| string(value, at, None, list),
            &[json!(""), json!("a")],
        ),
        (|value, at, list| boolean(value, at, None, list), &[json!(true)]),
        (
            |value, at, list| integer(value, at, None, list),
            &[json!(1), json!(2), json!(3), json!(-3), json!(i64::MAX)],
        ),
        (
            |value, at, list| integer_within(value, at, None, 2..=3, list),
            &[json!(2), json!(3)],
        ),
        (
            |value, at, list| number(value, at, None, list),
            &[
                json!(1),
                json!(1.5),
                json!(u64::MAX),
                json!(-3),
                json!(2),
                json!(3),
                json!(i64::MAX),
            ],
        ),
        (
            |value, at, list| number_within(value, at, None, 1.0..2.0, list),
            &[json!(1), json!(1.5)],
        ),
        (
            |value, at, list| known(value, at, None, |text| text == "a", list),
            &[json!("a")],
        ),
    ];
    let values = [
        json!(null),
        json!(true),
        json!(""),
        json!("a"),
        json!(1),
        json!(2),
        json!(3),
        json!(-3),
        json!(1.5),
        json!(i64::MAX),
        json!(u64::MAX),
        json!([]),
        json!({}),
    ];
    for (number, (check, right)) in checks.into_iter().enumerate() {
        for value in &values {
            let expected = if right.contains(value) {
                ""
            } else {
                "VALUE_INVALID V"
            };
            assert_eq!(verdict(value, check), expected, "check {number}, {value}");
        }
    }
    assert_eq!(verdict(&json!(null), any), "");
}

#[test]
fn lengths_are_counted_in_characters_and_items() {
    let characters = |value: &Value| {
        verdict(value, |value, at, list| {
            string_of_length(value, at, None, 2..=3, list);
        })
    };
    assert_eq!(characters(&json!("ü")), "VALUE_TOO_SHORT V");
    assert_eq!(characters(&json!("üü")), "");
    assert_eq!(characters(&json!("üüüü")), "VALUE_TOO_LONG V");
    assert_eq!(characters(&json!(22)), "VALUE_INVALID V");
    let items = |value: &Value| {
        verdict(value, |value, at, list| {
            array_of_length(value, at, None, 1..3, list, any);
        })
    };
    assert_eq!(items(&json!([])), "VALUE_TOO_SHORT V");
    assert_eq!(items(&json!([1, 2])), "");
    assert_eq!(items(&json!([1, 2, 3])), "VALUE_TOO_LONG V");
    assert_eq!(items(&json!({})), "VALUE_INVALID V");
}

#[test]
fn members_are_missing_or_invalid_by_presence_and_null() {
    let checks: [(Check, [&str; 3]); 2] = [
        (
            |value, at, list| {
                let Some(members) = object(value, at, None, list) else {
                    return;
                };
                required(members, at, "M", list, text);
            },
            ["VALUE_MISSING V.M", "VALUE_MISSING V.M", "VALUE_INVALID V.M"],
        ),
        (
            |value, at, list| {
                let Some(members) = object(value, at, None, list) else {
                    return;
                };
                optional(members, at, "M", list, text);
            },
            ["", "VALUE_INVALID V.M", "VALUE_INVALID V.M"],
        ),
    ];
    for (check, expected) in checks {
        let bodies = [json!({}), json!({ "M": null }), json!({ "M": 1 })];
        assert_eq!(bodies.each_ref().map(|body| verdict(body, check)), expected);
        assert_eq!(verdict(&json!({ "M": "a", "Unknown": 1 }), check), "");
        assert_eq!(verdict(&json!([]), check), "VALUE_INVALID V");
    }
}

#[test]
fn alternatives_are_counted() {
    let any: Check = |value, at, list| {
        let Some(members) = object(value, at, None, list) else {
            return;
        };
        any_of(members, at, &["A", "B"], list);
    };
    let one: Check = |value, at, list| {
        let Some(members) = object(value, at, None, list) else {
            return;
        };
        one_of(members, at, &["A", "B"], list);
    };
    for check in [any, one] {
        for body in [json!({}), json!({ "A": null })] {
            assert_eq!(verdict(&body, check), "ALTERNATIVE_MISSING V.A,V.B");
        }
        assert_eq!(verdict(&json!({ "A": null, "B": 1 }), check), "");
    }
    let both = json!({ "A": 1, "B": 1 });
    assert_eq!(verdict(&both, any), "");
    assert_eq!(verdict(&both, one), "VALUE_INVALID V.A V.B");
}

#[test]
fn items_are_named_by_their_index() {
    let check = |value: &Value, at: &Path<'_>, list: &mut Violations| {
        array(value, at, None, list, |item, at, list| {
            boolean(item, at, None, list);
        });
    };
    assert_eq!(
        verdict(&json!([true, 1, false, null]), check),
        "VALUE_INVALID V[1] V[3]"
    );
}
