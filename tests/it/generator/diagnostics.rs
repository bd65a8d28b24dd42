//! Documents that break a rule, and the reports about them.
//!
//! A fixture is named after its rule and holds edits of `fixtures/good/minimal.yaml`.

use std::fs;

use xtask::document::{MAX_BYTES, Source};
use xtask::problem::Problem;
use xtask::rule::Rule;
use xtask::timings::Timings;

use crate::support::{edit, edited, plan_bytes, plan_text, read, root, snapshot};

/// The rules that no edit of a text can break.
const WITHOUT_FIXTURE: [Rule; 3] = [
    // Bytes, below.
    Rule::NotUtf8,
    Rule::DocumentTooLarge,
    // No document is known that passes every other rule and breaks this one; `xtask::progenitor` tests it with
    // a contract that no document gives.
    Rule::GeneratorRefused,
];

fn broken(rule: &str) -> String {
    edited(&format!("tests/fixtures/bad/{rule}.edit"))
}

fn rules(problems: &[Problem]) -> Vec<&'static str> {
    let mut ids: Vec<_> = problems.iter().map(|problem| problem.rule.id()).collect();
    ids.dedup();
    ids
}

#[test]
fn the_document_that_fixtures_edit_has_no_problem() {
    let text = read("tests/fixtures/good/minimal.yaml");
    assert!(plan_text("minimal.yaml", &text).is_ok());
}

#[test]
fn every_rule_is_raised_by_its_fixture_alone() {
    for rule in Rule::ALL.iter().filter(|rule| !WITHOUT_FIXTURE.contains(rule)) {
        let (problems, report) = plan_text("library.yaml", &broken(rule.id())).expect_err(rule.id());
        assert_eq!(rules(&problems), [rule.id()], "{report}");
        snapshot(&format!("generator/report/{}", rule.id()), &report);
    }
}

#[test]
fn every_fixture_belongs_to_a_rule() {
    let files = fs::read_dir(root().join("tests/fixtures/bad")).unwrap();
    for file in files {
        let name = file.unwrap().file_name().into_string().unwrap();
        let known = Rule::ALL.iter().any(|rule| name == format!("{}.edit", rule.id()));
        assert!(known, "{name} names no rule");
    }
}

#[test]
fn bytes_that_are_not_utf8_are_reported_at_their_place() {
    let (problems, report) =
        plan_bytes("library.yaml", b"openapi: 3.0.3\ninfo: \xff\n".to_vec()).unwrap_err();
    assert_eq!(rules(&problems), [Rule::NotUtf8.id()]);
    assert!(report.contains("library.yaml:2:7"), "{report}");
}

#[test]
fn a_document_beyond_the_limit_is_not_read() {
    let (problems, _) = plan_bytes("library.yaml", vec![b' '; MAX_BYTES + 1]).unwrap_err();
    assert_eq!(rules(&problems), [Rule::DocumentTooLarge.id()]);
}

#[test]
fn all_problems_are_reported_in_the_order_of_the_text() {
    let text = broken("name-reserved").replace("x-raises: [NO_BOOK]", "x-raises: [NO_SHELF]");
    let text = text.replace("{ Title: Emma, Genre: Novel }", "{ Genre: Novel }");
    let (_, report) = plan_text("library.yaml", &text).unwrap_err();
    let found: Vec<_> = report.lines().filter(|line| line.starts_with("error")).collect();
    assert_eq!(
        found,
        [
            "error[name-reserved]: `new` cannot be the name of a generated method",
            "error[unknown-error-code]: `NO_SHELF` is not one of the document's error codes",
            "error[name-reserved]: `context` cannot be the name of a path or header parameter",
            "error[example-breaks-schema]: `Title` of `Book` is missing",
            "error[name-reserved]: `Facts` cannot be the name of a generated type",
            "error: 5 problems in library.yaml; nothing was written",
        ]
    );
}

#[test]
fn a_byte_order_mark_and_carriage_returns_change_nothing() {
    let text = read("tests/fixtures/good/minimal.yaml");
    let plain = plan_text("library.yaml", &text).unwrap();
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(plan_text("library.yaml", &windows).unwrap(), plain);
}

#[test]
fn nested_brackets_of_any_number_are_refused_and_not_followed() {
    for open in ["[", "{a: ", "- "] {
        let text = format!("openapi: 3.0.3\nx: {}", open.repeat(100_000));
        let (problems, _) = plan_text("library.yaml", &text).unwrap_err();
        assert_eq!(problems.len(), 1);
    }
}

#[test]
fn problems_of_one_part_hide_none_of_others() {
    let text = edit(
        &read("openapi/fonedynamics.yaml"),
        &read("tests/fixtures/many.edit"),
        "many",
    );
    let (problems, _) = plan_text("many.yaml", &text).unwrap_err();
    let mut found: Vec<_> = problems
        .iter()
        .map(|problem| format!("{}: {}", problem.rule.id(), problem.sentence))
        .collect();
    found.sort();
    snapshot("generator/report/many", &(found.join("\n") + "\n"));
}

#[test]
fn reference_that_leads_nowhere_is_one_problem() {
    let text = edited("tests/fixtures/every-object.edit");
    let references = text.matches("#/components/").count();
    assert!(references > 20);
    for number in 0..references {
        let (at, _) = text.match_indices("#/components/").nth(number).unwrap();
        let end = at + text[at..].find('"').unwrap();
        let mut broken = text.clone();
        broken.insert(end, 'x');
        let (problems, report) = plan_text("library.yaml", &broken).unwrap_err();
        assert_eq!(rules(&problems), [Rule::DanglingReference.id()], "{report}");
    }
}

#[test]
fn lines_of_places_are_those_of_editors() {
    let text = broken("raises-derived-code");
    let place = |text: &str| {
        let (_, report) = plan_text("library.yaml", text).unwrap_err();
        let places = report.lines().filter_map(|line| line.trim().strip_prefix("--> "));
        let rules = report.lines().filter_map(|line| line.strip_prefix("error["));
        let rule = rules.map(|line| line.split(']').next().unwrap()).next().unwrap();
        format!("{rule} {}", places.collect::<Vec<_>>().join(" "))
    };
    let expected = "raises-derived-code library.yaml:20:27";
    let returns = text.replace('\n', "\r").into_bytes();
    let source = Source::new("library.yaml", returns).ok().unwrap();
    let rejected = xtask::plan(&source, &mut Timings::default()).err().unwrap();
    let json = xtask::report::problems_json(&source, &rejected.index, &rejected.problems);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json[0]["line"], &json[0]["column"]), (&20.into(), &27.into()));
    assert_eq!(place(&text), expected);
    assert_eq!(
        place(&text.replace('\n', "\r")),
        expected,
        "a carriage return ends a line"
    );
    for other in ["\u{85}", "\u{2028}", "\u{2029}"] {
        for (before, at) in [("one book", "one"), ("# The smallest", "# The")] {
            let odd = text.replace(before, &before.replace(at, &format!("{at}{other}")));
            assert_ne!(odd, text);
            assert_eq!(place(&odd), expected, "{other:?} ends no line");
        }
    }
}

#[test]
fn characters_that_end_lines_in_yaml_1_1_alone_are_kept() {
    let text = read("tests/fixtures/good/minimal.yaml");
    for character in ["\u{85}", "\u{2028}", "\u{2029}"] {
        let odd = text.replace("one book", &format!("one{character}book"));
        let tree = plan_text("library.yaml", &odd).unwrap_or_else(|(_, report)| panic!("{report}"));
        let published = tree.get("reference/openapi.json").unwrap();
        assert!(
            published.contains(&format!("one{character}book")),
            "{character:?}"
        );
    }
}

#[test]
fn text_that_ends_early_is_reported_at_its_end() {
    let text = read("tests/fixtures/good/minimal.yaml");
    let (before, _) = text.split_once("NO_BOOK]").unwrap();
    let line = before.lines().count();
    for rest in ["", "\n", "\n\n  \n", "\r\r"] {
        let (problems, report) = plan_text("library.yaml", &format!("{before}{rest}")).unwrap_err();
        assert_eq!(rules(&problems), [Rule::NotYaml.id()]);
        assert!(
            report.contains(&format!("library.yaml:{line}:17")),
            "{rest:?}: {report}"
        );
    }
    let (_, report) = plan_text(
        "library.json",
        "{\"openapi\": \"3.0.3\",\n\"info\": {\n  \"title\": \"x\"\n",
    )
    .unwrap_err();
    assert!(report.contains("library.json:3:14"), "{report}");
}
