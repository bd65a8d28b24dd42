//! Each check on each kind of value. Names no operation but the one that every failure needs.

use serde_json::{Value, json};

use super::{
    Pattern, any, any_of, boolean, count, each, integer, known, length, list, number, object, one_of,
    optional, pattern, required, text, unique, unique_items, within, within_real,
};
use crate::request::json::Json;
use crate::router_tests::contract::ErrorResponse;
use crate::router_tests::operations::AddBook;
use crate::validation::path::Path;

type Violations = crate::codegen::Violations<ErrorResponse>;
type Check = fn(&Value, &Path<'_>, &mut Violations);

/// Empty where nothing is wrong, else code and fields.
#[track_caller]
fn verdict(value: &Value, check: impl FnOnce(&Value, &Path<'_>, &mut Violations)) -> String {
    let mut violations = Violations::new();
    check(value, &Path::root().member("V"), &mut violations);
    match violations.finish::<AddBook>() {
        Ok(()) => String::new(),
        Err(failure) => format!("{} {}", failure.code(), failure.fields().join(" ")),
    }
}

/// The message about one value, or nothing where there is nothing to say.
fn message(check: impl FnOnce(&Path<'_>, &mut Violations)) -> String {
    let mut violations = Violations::new();
    check(&Path::root().member("V"), &mut violations);
    violations
        .finish::<AddBook>()
        .map_or_else(|failure| failure.text().to_owned(), |()| String::new())
}

#[test]
fn values_must_have_their_type() {
    let checks: [(Check, &[Value]); 6] = [
        (
            |value, at, list| _ = text(value, at, None, list),
            &[json!(""), json!("a")],
        ),
        (
            |value, at, list| _ = boolean(value, at, None, list),
            &[json!(true)],
        ),
        (
            |value, at, list| _ = integer(value, at, None, list),
            &[json!(1), json!(-3), json!(i64::MAX)],
        ),
        (
            |value, at, list| _ = number(value, at, None, list),
            &[json!(1), json!(1.5), json!(u64::MAX), json!(-3), json!(i64::MAX)],
        ),
        (
            |value, at, violations| _ = list(value, at, None, violations),
            &[json!([])],
        ),
        (|value, at, list| _ = object(value, at, None, list), &[json!({})]),
    ];
    let values = [
        json!(null),
        json!(true),
        json!(""),
        json!("a"),
        json!(1),
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
    let characters = |text| verdict(&json!(0), |_, at, list| length(text, 2..=3, at, None, list));
    assert_eq!(characters("ü"), "VALUE_TOO_SHORT V");
    assert_eq!(characters("üü"), "");
    assert_eq!(characters("üüüü"), "VALUE_TOO_LONG V");
    let items = |items| verdict(&json!(0), |_, at, list| count(items, 1..3, at, None, list));
    assert_eq!(items(0), "VALUE_TOO_SHORT V");
    assert_eq!(items(2), "");
    assert_eq!(items(3), "VALUE_TOO_LONG V");
}

#[test]
fn messages_say_what_would_be_right() {
    static DIGITS: Pattern = Pattern::new("^[0-9]+$");
    assert_eq!(message(|at, list| pattern("12", &DIGITS, at, None, list)), "");
    assert_eq!(
        message(|at, list| pattern("1\n", &DIGITS, at, None, list)),
        "V must be of the documented form."
    );
    assert_eq!(message(|at, list| within(7, 0..=7, at, None, list)), "");
    assert_eq!(
        message(|at, list| within(-1, 0..=7, at, None, list)),
        "V must be at least 0 and at most 7."
    );
    assert_eq!(message(|at, list| within_real(0.5, 0.0..1.0, at, None, list)), "");
    assert_eq!(
        message(|at, list| within_real(1.0, 0.0..1.0, at, None, list)),
        "V must be at least 0 and less than 1."
    );
    for number in [f64::NAN, f64::INFINITY] {
        assert_eq!(
            message(|at, list| within_real(number, .., at, None, list)),
            "V must be a number."
        );
    }
    assert_eq!(message(|at, list| unique([1, 2, 3], at, None, list)), "");
    assert_eq!(
        message(|at, list| unique([1, 2, 1], at, None, list)),
        "V must be without repeated items."
    );
    let equal = [
        json!([{ "A": 1, "B": [2] }, 1, { "B": [2], "A": 1 }]),
        json!([null, null]),
    ];
    for items in equal {
        assert_eq!(
            message(|at, list| unique_items(items.as_array().unwrap(), at, None, list)),
            "V must be without repeated items."
        );
    }
    let different = json!([1, "1", [1], { "A": 1 }, { "A": "1" }, { "B": 1 }, true, null]);
    assert_eq!(
        message(|at, list| unique_items(different.as_array().unwrap(), at, None, list)),
        ""
    );
    assert_eq!(
        message(|at, list| known(&7, |number| *number > 7, at, None, list)),
        "V must be one of the documented values."
    );
}

#[test]
fn members_are_missing_or_invalid_by_presence_and_null() {
    let checks: [(Check, [&str; 3]); 2] = [
        (
            |value, at, list| {
                let Some(members) = object(value, at, None, list) else {
                    return;
                };
                required(members, at, "M", list, |value, at, list| {
                    text(value, at, None, list);
                });
            },
            ["VALUE_MISSING V.M", "VALUE_MISSING V.M", "VALUE_INVALID V.M"],
        ),
        (
            |value, at, list| {
                let Some(members) = object(value, at, None, list) else {
                    return;
                };
                optional(members, at, "M", list, |value, at, list| {
                    text(value, at, None, list);
                });
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
fn repeated_members_are_invalid_whatever_their_value() {
    let check: Check = |value, at, list| {
        list.note_repeated(&Json::parse(br#"{"V":{"M":1,"M":2}}"#).unwrap().repeated);
        let Some(members) = object(value, at, None, list) else {
            return;
        };
        required(members, at, "M", list, any);
        optional(members, at, "N", list, any);
    };
    assert_eq!(verdict(&json!({ "M": 1, "N": 1 }), check), "VALUE_INVALID V.M");
}

#[test]
fn alternatives_are_counted() {
    let any: Check = |value, at, list| {
        let Some(members) = object(value, at, None, list) else {
            return;
        };
        any_of(members, at, &[&["A"], &["B", "C"]], list);
    };
    let one: Check = |value, at, list| {
        let Some(members) = object(value, at, None, list) else {
            return;
        };
        one_of(members, at, &[&["A"], &["B", "C"]], list);
    };
    for check in [any, one] {
        for body in [json!({}), json!({ "A": null }), json!({ "B": 1 })] {
            assert_eq!(verdict(&body, check), "ALTERNATIVE_MISSING V.A,V.B,V.C");
        }
        assert_eq!(verdict(&json!({ "A": null, "B": 1, "C": 1 }), check), "");
        assert_eq!(verdict(&json!({ "A": 1, "B": 1 }), check), "");
    }
    let both = json!({ "A": 1, "B": 1, "C": 1 });
    assert_eq!(verdict(&both, any), "");
    assert_eq!(verdict(&both, one), "VALUE_INVALID V.A V.B V.C");
}

#[test]
fn items_are_named_by_their_index() {
    let check = |value: &Value, at: &Path<'_>, violations: &mut Violations| {
        let Some(items) = list(value, at, None, violations) else {
            return;
        };
        each(items, at, violations, |item, at, violations| {
            boolean(item, at, None, violations);
        });
    };
    assert_eq!(
        verdict(&json!([true, 1, false, null]), check),
        "VALUE_INVALID V[1] V[3]"
    );
}
