//! What is left of bodies that do not fit. Needs no server.

use std::fmt::Debug;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use super::{Form, read};

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
struct Book {
    title: Option<String>,
    pages: Option<i64>,
    authors: Vec<Author>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Author {
    name: String,
    born: Option<i32>,
}

#[derive(Debug, Deserialize)]
struct Page {
    items: Vec<Author>,
}

/// What is left of a body, and its misfits.
fn read_as<T: Debug + DeserializeOwned>(form: Form, body: impl AsRef<[u8]>) -> (T, Vec<(String, String)>) {
    let typed = read::<T>(body.as_ref(), form, &[]).unwrap();
    let misfits = typed.misfits.iter();
    let shown = misfits.map(|misfit| (misfit.pointer(), misfit.raw().to_owned()));
    (typed.value, shown.collect())
}

fn misfit(pointer: &str, raw: &str) -> (String, String) {
    (pointer.to_owned(), raw.to_owned())
}

fn author(name: &str, born: Option<i32>) -> Author {
    Author {
        name: name.to_owned(),
        born,
    }
}

#[test]
fn optional_member_that_does_not_fit_is_left_out() {
    for odd in [
        r#""5""#,
        "2.0",
        "1.7e9",
        "9223372036854775808",
        "1e999",
        "true",
        "[5]",
        r#"{"a":5}"#,
    ] {
        let body = format!(r#"{{"title":"Emma","pages":{odd}}}"#);
        let (book, misfits) = read_as::<Book>(Form::Object, body);
        assert_eq!((book.title.as_deref(), book.pages), (Some("Emma"), None), "{odd}");
        assert_eq!(misfits, [misfit("/pages", odd)]);
    }
}

#[test]
fn text_is_repaired_and_the_last_of_two_members_counts() {
    let (book, misfits) = read_as::<Book>(Form::Object, r#"{"title":"\ud83d \\ud83d \ud83d\udc4d \udc4d"}"#);
    assert_eq!(book.title.unwrap(), "\u{fffd} \\ud83d 👍 \u{fffd}");
    assert_eq!(
        misfits,
        [misfit("/title", r#""\ud83d \\ud83d \ud83d\udc4d \udc4d""#)]
    );

    let (book, misfits) = read_as::<Book>(Form::Object, b"{\"title\":\"Caf\xe9\",\"pages\":7,\"pages\":5}");
    assert_eq!(
        (book.title.as_deref(), book.pages),
        (Some("Caf\u{fffd}"), Some(5))
    );
    assert_eq!(
        misfits,
        [misfit("/pages", "7"), misfit("/title", "\"Caf\u{fffd}\"")]
    );
}

#[test]
fn entry_that_does_not_fit_does_not_cost_its_array() {
    let body = r#"{"authors":[{"name":"A"},7,{"name":"B","born":"1775"},{},{"name":"C","born":"1776"},
        {"name":"D","born":3000000000},null,{"name":"E","born":1}]}"#;
    let (book, misfits) = read_as::<Book>(Form::Object, body);
    let kept = [("A", None), ("B", None), ("C", None), ("D", None), ("E", Some(1))];
    assert_eq!(book.authors, kept.map(|(name, born)| author(name, born)));
    let expected = [
        ("/authors/1", "7"),
        ("/authors/2/born", "\"1775\""),
        ("/authors/3", "{}"),
        ("/authors/4/born", "\"1776\""),
        ("/authors/5/born", "3000000000"),
        ("/authors/6", "null"),
    ];
    assert_eq!(misfits, expected.map(|(pointer, raw)| misfit(pointer, raw)));
}

#[test]
fn both_forms_of_a_list_give_the_places_in_the_body() {
    let list = r#"[{"name":1},{"name":"A","born":[]},{"name":"B"}]"#;
    let items = format!(r#"{{"items":{list}}}"#);
    for (body, before) in [(list, ""), (&items, "/items")] {
        let page = read::<Page>(body.as_bytes(), Form::Page("items"), &[]).unwrap();
        let array = read::<Vec<Author>>(body.as_bytes(), Form::Array, &[]).unwrap();
        assert_eq!((page.missing_items, array.missing_items), (1, 1));
        assert_eq!(page.value.items, [author("A", None), author("B", None)]);
        assert_eq!(page.value.items, array.value);
        assert_eq!(page.misfits, array.misfits);
        let pointers: Vec<String> = page.misfits.iter().map(|misfit| misfit.pointer()).collect();
        assert_eq!(pointers, [format!("{before}/0"), format!("{before}/1/born")]);
    }
}

#[test]
fn required_member_that_does_not_fit_is_named() {
    for (body, required) in [
        (r#"{"name":5}"#, Some("/name")),
        (r#"{"born":5}"#, None),
        (r#"{"born":"x"}"#, None),
        ("[]", None),
        ("7", None),
        ("", None),
        ("{", None),
    ] {
        let unreadable = read::<Author>(body.as_bytes(), Form::Object, &[]).unwrap_err();
        assert_eq!(unreadable.required.as_deref(), required, "{body}");
    }
    #[derive(Debug, Deserialize)]
    struct Outer {
        #[serde(rename = "a/b~c")]
        _inner: Author,
    }
    let body = br#"{"a/b~c":{"name":null,"born":"x"}}"#;
    let unreadable = read::<Outer>(body, Form::Object, &[]).unwrap_err();
    assert_eq!(unreadable.required.as_deref(), Some("/a~1b~0c/name"));
}

#[test]
fn hostile_bodies_are_read_in_bounded_time() {
    let numbers = (0..100_000).map(|index| format!(r#"{{"name":"A","born":{}}}"#, 3_000_000_000_u32 - index));
    let body = format!("[{}]", numbers.collect::<Vec<_>>().join(","));
    assert!(read::<Vec<Author>>(body.as_bytes(), Form::Array, &[]).is_err());
    let body = format!("[{}]", vec![r#"{"name":"A","born":"x"}"#; 100_000].join(","));
    let typed = read::<Vec<Author>>(body.as_bytes(), Form::Array, &[]).unwrap();
    assert_eq!((typed.value.len(), typed.misfits.len()), (100_000, 100_000));
    let body = format!("[{}]", vec![r#"7,{"name":"A"}"#; 100_000].join(","));
    let typed = read::<Vec<Author>>(body.as_bytes(), Form::Array, &[]).unwrap();
    assert_eq!((typed.value.len(), typed.missing_items), (100_000, 100_000));
    let body = format!("[{}]", vec![r#"{"name":"A","born":"x"},7"#; 50_000].join(","));
    let typed = read::<Vec<Author>>(body.as_bytes(), Form::Array, &[]).unwrap();
    assert_eq!((typed.missing_items, typed.misfits.len()), (50_000, 100_000));
    for odd in ["7", "1e999", r#""\ud800""#] {
        let body = format!("[{}]", vec![odd; 100_001].join(","));
        assert!(
            read::<Vec<Author>>(body.as_bytes(), Form::Array, &[]).is_err(),
            "{odd}"
        );
    }
    let body = format!(r#"{{"title":{}"#, "[".repeat(1_000_000));
    assert!(read::<Book>(body.as_bytes(), Form::Object, &[]).is_err());
}

#[test]
fn value_that_is_nested_too_deep_costs_only_itself() {
    let deep = format!("{}1{}", "[".repeat(1000), "]".repeat(1000));
    let body = format!(r#"{{"title":{deep},"pages":7,"authors":[{{"name":{deep}}},{{"name":"A"}}]}}"#);
    let (book, misfits) = read_as::<Book>(Form::Object, body);
    assert_eq!((book.title, book.pages), (None, Some(7)));
    assert_eq!(book.authors, [author("A", None)]);
    let outer = format!(r#"{{"name":{deep}}}"#);
    assert_eq!(misfits, [misfit("/authors/0", &outer), misfit("/title", &deep)]);

    let (value, misfits) = read_as::<serde_json::Value>(Form::Any, format!(r#"{{"a":{deep},"b":1}}"#));
    assert_eq!(value.get("b"), Some(&1.into()));
    let [(pointer, raw)] = misfits.try_into().unwrap();
    assert_eq!((pointer.matches('/').count(), raw.len()), (128, 2001 - 2 * 127));
}

#[test]
fn many_entries_of_which_the_same_does_not_fit_are_left_out_at_once() {
    let most = i64::from(i32::MAX);
    let entries = (0..20_000).map(|index| match index % 4 {
        0 => format!(r#"{{"name":"A","born":{}}}"#, most + 1 + index),
        1 => format!(r#"{{"name":"A","born":{}}}"#, -most - 2 - index),
        2 if index % 8 == 2 => "[]".to_owned(),
        2 => r#"{"born":1}"#.to_owned(),
        _ => r#"{"name":"A","born":1}"#.to_owned(),
    });
    let body = format!("[{}]", entries.collect::<Vec<_>>().join(","));
    let (authors, misfits) = read_as::<Vec<Author>>(Form::Array, body);
    assert_eq!((authors.len(), misfits.len()), (15_000, 15_000));
    assert_eq!(
        authors.iter().filter(|author| author.born == Some(1)).count(),
        5000
    );
}

#[test]
fn outermost_names_are_seen_while_the_body_is_read() {
    for (body, is_no_envelope) in [
        (r#"{"name":"A"}"#, true),
        (r#"{"name":"A","inner":{"Status":{}},"born":7}"#, true),
        (r#"{"name":"A","Status":{}}"#, false),
        (r#"{"sTATUS":null,"name":"A"}"#, false),
        (r#"{"name":"A","\u0053tatus":1}"#, false),
    ] {
        let typed = read::<Author>(body.as_bytes(), Form::Object, &["Status"]).unwrap();
        assert_eq!(typed.is_no_envelope, is_no_envelope, "{body}");
        let typed = read::<serde_json::Value>(body.as_bytes(), Form::Any, &["Status"]).unwrap();
        assert_eq!(typed.is_no_envelope, is_no_envelope, "{body}");
        // What nobody watched may be anything.
        let typed = read::<Box<RawValue>>(body.as_bytes(), Form::Any, &["Status"]).unwrap();
        assert!(!typed.is_no_envelope, "{body}");
    }
    let array = read::<Vec<u8>>(b"[1]", Form::Array, &["Status"]).unwrap();
    assert!(array.is_no_envelope);
}
