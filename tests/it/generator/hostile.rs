//! Texts that were made to break readers: each gets a report, soon, and nothing is written.

use serde_json::{Value, json};
use xtask::rule::Rule;

use crate::support::{edited, plan_bytes, plan_text, read};

#[track_caller]
fn refused(text: &str) -> Rule {
    let (problems, report) = plan_text("hostile.yaml", text).expect_err("the text is refused");
    assert!(report.ends_with("nothing was written\n"), "{report}");
    problems[0].rule
}

#[test]
fn texts_that_are_no_document_are_refused() {
    let laughs: String = (1..30)
        .map(|level| format!("x{level}: &x{level} [*x{0}, *x{0}]\n", level - 1))
        .collect();
    let cases = [
        ("", Rule::NotYaml),
        ("   \n\n", Rule::NotYaml),
        ("# nothing\n", Rule::NotYaml),
        ("just a text", Rule::UnsupportedVersion),
        ("- a\n- list", Rule::UnsupportedVersion),
        ("openapi: 3.0.3\n\tinfo: {}", Rule::NotYaml),
        ("openapi: \"3.0.3", Rule::NotYaml),
        ("openapi: 3.0.3\nopenapi: 3.0.3", Rule::DuplicateKey),
        ("a: 1\n---\nb: 2", Rule::NotYaml),
        ("? [a]\n: b", Rule::NotYaml),
        ("<<: {a: 1}", Rule::AnchorOrAlias),
        ("a: !!binary aGVsbG8=", Rule::AnchorOrAlias),
        (&format!("x0: &x0 lol\n{laughs}"), Rule::AnchorOrAlias),
        ("swagger: \"2.0\"", Rule::UnsupportedVersion),
        ("openapi: 3.1.0", Rule::UnsupportedVersion),
        ("openapi: 3.0.3", Rule::NotOpenapi),
        (
            "openapi: 3.0.3\ninfo: {title: x, version: 1, version: 2}",
            Rule::DuplicateKey,
        ),
        ("{\"openapi\": \"3.0.3\", \"paths\": {}}", Rule::NotOpenapi),
    ];
    for (text, rule) in cases {
        assert_eq!(refused(text), rule, "{text}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for bytes in [
        vec![0xff, 0xfe, 0x6f, 0x00],
        vec![0; 64],
        b"\x7fELF\x02\x01\x01\x00".to_vec(),
    ] {
        assert!(plan_bytes("hostile.yaml", bytes).is_err());
    }
}

#[test]
fn references_that_lead_nowhere_or_in_cycles_are_refused() {
    let good = read("tests/fixtures/good/minimal.yaml");
    let book = "schema: { $ref: \"#/components/schemas/Book\" }";
    let targets = [
        "other.yaml#/components/schemas/Book",
        "https://library.example/book.json",
        "#",
        "#/components/schemas/",
        "#/paths/~1books~1{Isbn}",
        "Book",
        "",
    ];
    for target in targets {
        let text = good.replacen(book, &format!("schema: {{ $ref: \"{target}\" }}"), 1);
        assert_eq!(refused(&text), Rule::DanglingReference, "{target}");
    }
    let cycle = good.replace(
        "    Genre:\n      type: string",
        "    One: { $ref: \"#/components/schemas/Two\" }\n    Two: { $ref: \"#/components/schemas/One\" }\n    Genre:\n      type: string",
    );
    assert_eq!(refused(&cycle), Rule::DanglingReference);
}

#[test]
fn a_schema_that_holds_itself_is_generated() {
    let text = edited("tests/fixtures/good/bodies.edit");
    assert!(text.contains("Sequels") && plan_text("library.yaml", &text).is_ok());
}

#[test]
fn keys_that_openapi_does_not_know_are_refused() {
    let good = read("tests/fixtures/good/minimal.yaml");
    let edits = [
        ("summary: Read a book.", "sumary: Read a book."),
        (
            "required: true, description: The number.",
            "required: true, requird: false, description: The number.",
        ),
        ("Title: { type: string,", "Title: { type: string, minLenght: 1,"),
        (
            "$ref: \"#/components/schemas/Genre\" }",
            "$ref: \"#/components/schemas/Genre\", nullable: true }",
        ),
        (
            "        \"400\": {",
            "        20X: { description: Odd. }\n        \"400\": {",
        ),
    ];
    for (old, new) in edits {
        assert_eq!(good.matches(old).count(), 1, "{old}");
        assert_eq!(refused(&good.replace(old, new)), Rule::UnknownKey, "{new}");
    }
}

#[test]
fn odd_paths_versions_and_keys_are_refused() {
    let good = read("tests/fixtures/good/minimal.yaml");
    let edits = [
        ("  /books/{Isbn}:", "  books/{Isbn}:", Rule::UnknownKey),
        (
            "  /books/{Isbn}:",
            "  /b oo?ks/{Isbn}:",
            Rule::PathParametersDiffer,
        ),
        ("version: 1.0.0", "version: 1.0.0-größer", Rule::InfoIncomplete),
        (
            "url: https://library.example",
            "url: http://library.example",
            Rule::InfoIncomplete,
        ),
        (
            "title: Library",
            "title: Library\n  x-crate-prefx: l",
            Rule::ExtensionMisspelt,
        ),
        (
            "Title: { type: string,",
            "Title: { type: string, pattern: \"(\",",
            Rule::SchemaUnsupported,
        ),
    ];
    for (old, new, rule) in edits {
        assert_eq!(good.matches(old).count(), 1, "{old}");
        assert_eq!(refused(&good.replace(old, new)), rule, "{new}");
    }
}

#[test]
fn json_is_accepted_in_place_of_yaml() {
    let good = read("tests/fixtures/good/minimal.yaml");
    let value: Value = serde_yaml::from_str(&good).unwrap();
    let json = plan_text("library.json", &format!("{value:#}")).unwrap();
    assert_eq!(json, plan_text("library.yaml", &good).unwrap());
}

#[test]
fn a_second_error_schema_and_a_default_response_are_refused() {
    let good = read("tests/fixtures/good/minimal.yaml");
    let broken = good.replacen(
        "      description: Our fault.\n      content:\n        application/json:\n          schema: { $ref: \"#/components/schemas/Failure\" }",
        "      description: Our fault.\n      content:\n        application/json:\n          schema: { $ref: \"#/components/schemas/Status\" }",
        1,
    );
    assert_ne!(broken, good);
    assert_eq!(refused(&broken), Rule::ErrorResponseNotShared);
    let default = good.replace(
        "        \"400\": {",
        "        default: { description: Odd. }\n        \"400\": {",
    );
    assert_eq!(refused(&default), Rule::StatusOutsideContract);
}

#[test]
fn renaming_the_member_of_the_envelope_is_reported_where_it_matters() {
    let mut document: Value = serde_yaml::from_str(&read("openapi/fonedynamics.yaml")).unwrap();
    let wrapper = &mut document["components"]["schemas"]["ErrorResponse"];
    let member = wrapper["properties"]["ResponseStatus"].take();
    wrapper["properties"] = json!({ "Status": member });
    wrapper["required"] = json!(["Status"]);
    let (problems, report) = plan_text("fonedynamics.json", &format!("{document:#}")).unwrap_err();
    let sentence = "`Status` of `ErrorResponse` is missing";
    assert!(
        problems.iter().any(|problem| problem.sentence == sentence),
        "{report}"
    );
}

/// A step that looks at everything found so far would take minutes here.
#[test]
fn long_chains_of_references_and_many_problems_are_reported_at_once() {
    let smallest = read("tests/fixtures/good/minimal.yaml");
    let chain = (0..10_000).map(|number| {
        let next = number + 1;
        format!("    P{number}: {{ $ref: \"#/components/parameters/P{next}\" }}\n")
    });
    let last = "    P10000: { name: Q, in: query, description: A word., schema: { type: string } }\n";
    let chain = format!("components:\n  parameters:\n{}{last}", chain.collect::<String>());
    let (problems, _) = plan_text("chain.yaml", &smallest.replace("components:\n", &chain)).unwrap_err();
    let is_of_chain = |rule| [Rule::DanglingReference, Rule::ComponentUnused].contains(&rule);
    assert!(problems.iter().all(|problem| is_of_chain(problem.rule)));

    let title = "        Title: { type: string, description: The title. }\n";
    let members = (0..20_000).map(|number| format!("        M{number}: {{ type: string }}\n"));
    let members = format!("{title}{}", members.collect::<String>());
    let (problems, _) = plan_text("many.yaml", &smallest.replace(title, &members)).unwrap_err();
    assert_eq!(problems.len(), 20_000);

    let list = |item: fn(usize) -> String| (0..20_000).map(item).collect::<Vec<_>>();
    let parameters =
        list(|number| format!("        - {{ name: Q{number}, in: query, schema: {{}} }}\n")).concat();
    let paths = list(|number| format!("  /p{number}: {{ get: {{ responses: {{}} }} }}\n")).concat();
    let codes = list(|number| format!("C{number}")).join(", ");
    let examples = list(|number| format!("e{number}: {{ value: {{ T: 1 }} }}")).join(", ");
    for (before, after) in [
        ("      responses:\n", format!("{parameters}      responses:\n")),
        ("components:\n", format!("{paths}components:\n")),
        ("x-raises: [NO_BOOK]", format!("x-raises: [NO_BOOK, {codes}]")),
        ("examples: { one", format!("examples: {{ {examples}, one")),
    ] {
        let text = smallest.replacen(before, &after, 1);
        let (problems, _) = plan_text("many.yaml", &text).unwrap_err();
        assert!(problems.len() >= 20_000, "{before}");
    }
}
