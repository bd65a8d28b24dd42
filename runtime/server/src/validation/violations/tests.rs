//! Which violation wins, and what the response lists. Asks for no request.

use super::{MAXIMUM_FIELDS, Unit, Violations};
use crate::router_tests::contract::{Code, ErrorResponse};
use crate::router_tests::operations::AddBook;
use crate::validation::expected::Expected;
use crate::validation::path::Path;

type List = Violations<ErrorResponse>;

#[track_caller]
fn check(record: impl FnOnce(&mut List, &Path<'_>), code: &Code, fields: &[&str]) {
    let mut violations = List::new();
    record(&mut violations, &Path::root());
    let failure = violations.finish::<AddBook>().unwrap_err();
    assert_eq!(failure.code(), *code);
    assert_eq!(failure.fields(), fields);
}

#[test]
fn empty_list_is_no_failure() {
    assert!(List::new().finish::<AddBook>().is_ok());
}

#[test]
fn first_class_wins_whatever_came_first() {
    type Step = fn(&mut List, &Path<'_>);
    let steps: [(Step, Code, &str); 6] = [
        (|list, at| list.missing(&at.member("M")), Code::Required, "M"),
        (|list, at| list.one_of(at, &[&["A"], &["B"]]), Code::OneOf, "A,B"),
        (
            |list, at| list.invalid(&at.member("S"), Expected::String, Some(Code::UnknownCover)),
            Code::UnknownCover,
            "S",
        ),
        (
            |list, at| list.length(0, &(2..), Unit::Characters, &at.member("F"), None),
            Code::TooShort,
            "F",
        ),
        (
            |list, at| list.length(9, &..=2, Unit::Items, &at.member("L"), None),
            Code::TooLong,
            "L",
        ),
        (
            |list, at| list.invalid(&at.member("I"), Expected::String, None),
            Code::Invalid,
            "I",
        ),
    ];
    for first in 0..steps.len() {
        let (_, code, field) = &steps[first];
        let record = |list: &mut List, at: &Path<'_>| {
            for (step, _, _) in steps[first..].iter().rev() {
                step(list, at);
            }
        };
        check(record, code, &[field]);
    }
}

#[test]
fn first_parameter_decides_among_codes_of_their_own() {
    let record = |list: &mut List, at: &Path<'_>| {
        list.invalid(&at.member("B"), Expected::String, Some(Code::Isbn));
        list.length(
            9,
            &..=3,
            Unit::Characters,
            &at.member("A"),
            Some(Code::UnknownCover),
        );
        list.invalid(&at.member("C"), Expected::String, Some(Code::Isbn));
    };
    check(record, &Code::Isbn, &["B", "C"]);
}

#[test]
fn every_parameter_with_the_code_is_listed_once_and_in_order() {
    let record = |list: &mut List, at: &Path<'_>| {
        list.invalid(&at.member("Z"), Expected::String, None);
        // A code of its own that happens to be the default of another class.
        list.invalid(&at.member("A"), Expected::String, Some(Code::Invalid));
        list.invalid(&at.member("Z"), Expected::String, None);
        list.length(0, &(1..), Unit::Items, &at.member("M"), None);
        list.invalid(at, Expected::String, None);
    };
    check(record, &Code::Invalid, &["Z", "A"]);
}

#[test]
fn names_of_several_alternatives_are_full_paths() {
    let record = |list: &mut List, at: &Path<'_>| {
        let books = at.member("Books");
        list.one_of(&books.item(2), &[&["Title"], &["Isbn"]]);
    };
    check(record, &Code::OneOf, &["Books[2].Title,Books[2].Isbn"]);
}

#[test]
fn responses_stay_small_however_much_is_wrong() {
    let mut violations = List::new();
    let root = Path::root();
    for index in 0..50_000 {
        violations.invalid(&root.item(index), Expected::String, None);
    }
    violations.missing(&root.member("Title"));
    assert_eq!(violations.count(), 50_001);
    assert_eq!(violations.finish::<AddBook>().unwrap_err().code(), Code::Required);

    let mut violations = List::new();
    for index in 0..50_000 {
        violations.invalid(&root.item(index), Expected::String, None);
    }
    assert_eq!(
        violations.finish::<AddBook>().unwrap_err().fields().len(),
        MAXIMUM_FIELDS
    );
}
