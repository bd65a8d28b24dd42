//! What a document has to say so that its lists become streams.

use crate::support::{edited, plan_text};

#[track_caller]
fn problems(old: &str, new: &str) -> Vec<String> {
    let text = edited("tests/fixtures/good/pages.edit");
    assert_eq!(text.matches(old).count(), 1, "{old}");
    match plan_text("library.yaml", &text.replace(old, new)) {
        Ok(_) => vec![],
        Err((problems, _)) => {
            let shown = problems.into_iter();
            shown
                .map(|problem| format!("{}: {}", problem.rule.id(), problem.sentence))
                .collect()
        }
    }
}

#[test]
fn list_needs_parameters_to_page_by() {
    let expected = |by: &str| {
        [format!(
            "extension-without-effect: the query has no optional integers `{by}_count` and `{by}_skip` to page by"
        )]
    };
    assert_eq!(
        problems("{ items: Books, by: window }", "{ items: Books, by: view }"),
        expected("view")
    );
    assert_eq!(
        problems("{ items: Books, by: window }", "{ items: Books }"),
        expected("")
    );
    for (old, new) in [
        (
            "{ name: window_skip, in: query,",
            "{ name: window_skip, in: query, required: true,",
        ),
        (
            "{ name: window_skip, in: query,",
            "{ name: window_skip, in: header,",
        ),
        ("{ name: window_count,", "{ name: windowcount,"),
    ] {
        assert_eq!(problems(old, new), expected("window"), "{new}");
    }
}

#[test]
fn list_needs_its_items() {
    assert_eq!(
        problems("{ items: Books, by: window }", "{ items: Pages, by: window }"),
        ["extension-without-effect: the response has no array `Pages` to page through, or it may be null"]
    );
}

#[test]
fn operation_cannot_have_the_name_of_a_stream() {
    assert_eq!(
        problems("operationId: getBook", "operationId: listWordsStream"),
        [
            "names-collide: `listWords as a stream` and `listWordsStream` both become `list_words_stream` in Rust"
        ]
    );
}

#[test]
fn operation_cannot_have_a_name_that_the_client_uses() {
    for name in ["request", "clone", "connect", "post"] {
        assert_eq!(
            problems("operationId: getBook", &format!("operationId: {name}")),
            [format!(
                "name-reserved: `{name}` cannot be the name of a generated method"
            )]
        );
    }
}

#[test]
fn parameter_cannot_have_a_name_that_methods_use() {
    for name in ["Encode-Path", "omitPrefix", "response"] {
        assert_eq!(
            problems("name: X-Level,", &format!("name: {name},")),
            [format!(
                "name-reserved: `{name}` cannot be the name of a path or header parameter"
            )]
        );
    }
}
