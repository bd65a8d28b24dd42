//! Each check on each kind of value. Names no operation but the one that every failure needs.

use serde_json::{Value, json};

use super::{Checked, Subject, any, boolean, integer, number, string};
use crate::request::json;
use crate::router_tests::contract::{Code, Cover, ErrorResponse, Failure};
use crate::router_tests::operations::AddBook;
use crate::validation::path::Path;
use crate::validation::pattern::Pattern;
use crate::validation::value::Values;
use crate::validation::violations::Violations;

type Check = for<'a> fn(Checked<'a, ErrorResponse>) -> Checked<'a, ErrorResponse>;

/// What a check makes of a value of that name.
fn checked(subject: Subject<'_>, check: Check) -> Result<(), Failure<AddBook>> {
    let mut violations = Violations::new();
    check(Checked::new(subject, Path::root().member("V"), &mut violations));
    violations.finish()
}

fn read(value: &Value) -> Values {
    json::parse(value.to_string().as_bytes()).unwrap()
}

/// Empty where nothing is wrong, else code and fields.
fn verdict(value: &Value, check: Check) -> String {
    match checked(Subject::Json(read(value).root()), check) {
        Ok(()) => String::new(),
        Err(failure) => format!("{} {}", failure.code(), failure.fields().join(" ")),
    }
}

/// The message about a value of a body, or nothing where there is nothing to say.
fn message(value: &Value, check: Check) -> String {
    checked(Subject::Json(read(value).root()), check)
        .map_or_else(|failure| failure.text(), |()| String::new())
}

/// The same about the text of a parameter.
fn message_of_string(text: &str, check: Check) -> String {
    checked(Subject::Parameter(text), check).map_or_else(|failure| failure.text(), |()| String::new())
}

#[test]
fn values_must_have_their_type() {
    let checks: [(Check, &[Value]); 6] = [
        (string, &[json!(""), json!("a")]),
        (boolean, &[json!(true)]),
        (integer, &[json!(1), json!(-3), json!(i64::MAX)]),
        (
            number,
            &[json!(1), json!(1.5), json!(u64::MAX), json!(-3), json!(i64::MAX)],
        ),
        (|value| value.array(), &[json!([])]),
        (|value| value.object(), &[json!({})]),
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
fn strings_of_parameters_are_read_as_any_type() {
    let checks: [(Check, &[&str], &[&str], &str); 7] = [
        (string, &["", "a,b"], &[], ""),
        (boolean, &["true", "false"], &["", "1", "True"], "a boolean"),
        (integer, &["-1", "+7"], &["", "1.5"], "an integer"),
        (number, &["1.5", "1e3"], &["", "NaN", "inf"], "a number"),
        (|value| value.strings(), &["", "a,b,"], &[], ""),
        (
            |value| value.integers(),
            &["", "1,-2"],
            &["1,x", "1,"],
            "integers separated by commas",
        ),
        (|value| value.object(), &[], &["{}"], "an object"),
    ];
    for (check, right, wrong, expected) in checks {
        for text in right {
            assert_eq!(message_of_string(text, check), "", "{text}");
        }
        for text in wrong {
            let said = format!("V must be {expected}.");
            assert_eq!(message_of_string(text, check), said, "{text}");
        }
    }
}

#[test]
fn integer_that_is_too_long_is_told_how_long_integers_are() {
    for (text, check, expected) in [
        (
            "9223372036854775808",
            super::integer as Check,
            "from -9223372036854775808 to 9223372036854775807",
        ),
        (
            "1e30",
            |value| value.integer(0..),
            "from 0 to 9223372036854775807",
        ),
        (
            "-1e30",
            |value| value.integer(..=7),
            "from -9223372036854775808 to 7",
        ),
    ] {
        let said = format!("V must be an integer {expected}.");
        assert_eq!(message_of_string(text, check), said);
    }
}

#[test]
fn entries_of_a_parameter_are_checked_under_its_name_and_compared_as_their_type() {
    let each: Check = |value| value.integers().each(|value| value.integer(0..=7));
    assert_eq!(
        message_of_string("1,8,9", each),
        "V must be an integer from 0 to 7."
    );
    let unique = "V must be without repeated items.";
    assert_eq!(
        message_of_string("1,01", |value| value.integers().unique()),
        unique
    );
    assert_eq!(message_of_string("1,01", |value| value.strings().unique()), "");
    assert_eq!(
        message_of_string("a,b,a", |value| value.strings().unique()),
        unique
    );
    let few = "V must have at most 1 item.";
    assert_eq!(message_of_string("a,b", |value| value.strings().count(..=1)), few);
}

#[test]
fn value_of_another_type_breaks_no_further_constraint() {
    static DIGITS: Pattern = Pattern::new("^[0-9]+$");
    let check: Check = |value| {
        let string = value.raises(Code::Isbn).string().length(2..).pattern(&DIGITS);
        string.among(Cover::ALL).each(any).unique().required("A", any)
    };
    assert_eq!(message(&json!(1), check), "V must be a string.");
}

#[test]
fn lengths_are_counted_in_characters_and_items() {
    let characters: Check = |value| value.string().length(2..=3);
    assert_eq!(verdict(&json!("ü"), characters), "VALUE_TOO_SHORT V");
    assert_eq!(verdict(&json!("üü"), characters), "");
    assert_eq!(verdict(&json!("üüüü"), characters), "VALUE_TOO_LONG V");
    let items: Check = |value| value.array().count(1..3);
    assert_eq!(verdict(&json!([]), items), "VALUE_TOO_SHORT V");
    assert_eq!(verdict(&json!([0, 0]), items), "");
    assert_eq!(verdict(&json!([0, 0, 0]), items), "VALUE_TOO_LONG V");
}

#[test]
fn messages_say_what_would_be_right() {
    static DIGITS: Pattern = Pattern::new("^[0-9]+$");
    static NUMBER: Pattern = Pattern::new("^[0-9]+$").expecting("digits, such as 12");
    let cases: [(Check, Value, &str); 9] = [
        (|value| value.string().pattern(&DIGITS), json!("12"), ""),
        (
            |value| value.string().pattern(&DIGITS),
            json!("1\n"),
            "V must be of the documented form.",
        ),
        (
            |value| value.string().pattern(&NUMBER),
            json!("x"),
            "V must be digits, such as 12.",
        ),
        (|value| value.integer(0..=7), json!(7), ""),
        (
            |value| value.integer(0..=7),
            json!(-1),
            "V must be an integer from 0 to 7.",
        ),
        (
            |value| value.integer(0..=7),
            json!("x"),
            "V must be an integer from 0 to 7.",
        ),
        (|value| value.number(0.0..1.0), json!(0.5), ""),
        (
            |value| value.number(0.0..1.0),
            json!(1),
            "V must be a number of at least 0 and less than 1.",
        ),
        (
            |value| value.among(Cover::ALL),
            json!("hunter2"),
            "V must be Hard or Soft.",
        ),
    ];
    for (check, value, expected) in cases {
        assert_eq!(message(&value, check), expected, "{value}");
    }
}

#[test]
fn items_are_equal_whatever_the_order_of_their_members() {
    let equal = [
        json!([1, 2, 1]),
        json!([{ "A": 1, "B": [2] }, 1, { "B": [2], "A": 1 }]),
        json!([null, null]),
    ];
    for items in equal {
        assert_eq!(
            message(&items, |value| value.array().unique()),
            "V must be without repeated items."
        );
    }
    let different = json!([1, "1", [1], { "A": 1 }, { "A": "1" }, { "B": 1 }, true, null]);
    assert_eq!(message(&different, |value| value.array().unique()), "");
}

#[test]
fn members_are_missing_or_invalid_by_presence_and_null() {
    let checks: [(Check, [&str; 3]); 4] = [
        (
            |value| value.object().required("M", string),
            ["VALUE_MISSING V.M", "VALUE_MISSING V.M", "VALUE_INVALID V.M"],
        ),
        (
            |value| value.object().optional("M", string),
            ["", "VALUE_INVALID V.M", "VALUE_INVALID V.M"],
        ),
        (
            |value| value.object().required_nullable("M", string),
            ["VALUE_MISSING V.M", "", "VALUE_INVALID V.M"],
        ),
        (
            |value| value.object().optional_nullable("M", string),
            ["", "", "VALUE_INVALID V.M"],
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
fn duplicate_members_are_invalid_whatever_their_value() {
    let json = json::parse(br#"{"M":1,"M":2,"N":1}"#).unwrap();
    let mut violations = Violations::<ErrorResponse>::new();
    Checked::new(Subject::Json(json.root()), Path::root(), &mut violations)
        .object()
        .required("M", any)
        .optional("N", any);
    let failure = violations.finish::<AddBook>().unwrap_err();
    assert_eq!((failure.code(), failure.fields()), (Code::Invalid, vec!["M"]));
}

#[test]
fn values_of_a_map_are_named_by_their_keys_in_alphabetical_order() {
    let check: Check = |value| value.object().values(boolean);
    let map = json!({ "b": 1, "right": true, "a": null, "a.b": 1, "": 1 });
    assert_eq!(verdict(&map, check), "VALUE_INVALID V V.a V.b");
    assert_eq!(verdict(&json!([]), check), "VALUE_INVALID V");
}

#[test]
fn strings_have_their_format() {
    let checks: [(Check, &str, &str); 3] = [
        (|value| value.string().date(), "2024-02-29", "2026-02-29"),
        (
            |value| value.string().date_time(),
            "2026-01-31t09:30:00.5+10:30",
            "2026-01-31T09:30:60Z",
        ),
        (
            |value| value.string().uuid(),
            "6b7f6c1e-5d8a-4c0f-9F2E-3a1b2c4d5e6f",
            "6b7f6c1e-5d8a-4c0f9-f2e-3a1b2c4d5e6f",
        ),
    ];
    for (check, right, wrong) in checks {
        assert_eq!(verdict(&json!(right), check), "");
        assert_eq!(verdict(&json!(wrong), check), "VALUE_INVALID V", "{wrong}");
    }
}

#[test]
fn alternatives_are_counted() {
    let any: Check = |value| value.object().any_of(&[&["A"], &["B", "C"]]);
    let one: Check = |value| value.object().one_of(&[&["A"], &["B", "C"]]);
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
    let check: Check = |value| value.array().each(boolean);
    assert_eq!(
        verdict(&json!([true, 1, false, null]), check),
        "VALUE_INVALID V[1] V[3]"
    );
}

#[test]
fn items_of_any_depth_are_compared_in_little_memory() {
    let deep = |value: &str| format!("{}{value}{}", r#"{"A":"#.repeat(120), "}".repeat(120));
    for (other, expected) in [("2", ""), ("1", "V must be without repeated items.")] {
        let items = format!("[{},{}]", deep("1"), deep(other));
        let read = json::parse(items.as_bytes()).unwrap();
        let checked = checked(Subject::Json(read.root()), |value| value.array().unique());
        assert_eq!(
            checked.err().map_or_else(String::new, |failure| failure.text()),
            expected
        );
    }
}
