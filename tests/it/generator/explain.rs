//! `explain`: what it says about codes, operations, statuses and rules, and how it takes names that are not quite
//! those of the document.

use xtask::contract::Contract;
use xtask::report;
use xtask::rule::Rule;

use crate::support::{contract, edited, read, snapshot};

/// The real document, and small ones with every kind of constraint.
fn contracts() -> Vec<Contract> {
    let small =
        ["bodies", "parameters", "pages"].map(|name| edited(&format!("tests/fixtures/good/{name}.edit")));
    let real = read("openapi/fonedynamics.yaml");
    small
        .into_iter()
        .chain([real])
        .map(|text| contract(&text))
        .collect()
}

#[test]
fn each_code_and_operation_is_explained_by_how_it_is_raised() {
    for name in ["bodies", "parameters"] {
        let contract = contract(&edited(&format!("tests/fixtures/good/{name}.edit")));
        let codes = contract.error_codes.iter().map(|code| code.code.as_str());
        let operations = contract.operations.iter().map(|operation| operation.id.as_str());
        let names: Vec<_> = codes.chain(operations).chain(["400"]).collect();
        let texts = names.iter().map(|name| report::named(&contract, name).unwrap());
        let text = texts.collect::<Vec<_>>().join("\n----\n");
        snapshot(&format!("generator/explain/{name}"), &text);
    }
}

#[test]
fn a_limit_of_one_is_in_the_singular() {
    let contract = contract(&read("openapi/fonedynamics.yaml"));
    let text = report::named(&contract, "PARAMETER_TOO_SHORT").unwrap();
    for said in ["at least 1 character\n", "at least 1 item\n"] {
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn formats_are_said_in_words_and_values_of_maps_have_a_place() {
    let contract = contract(&read("tests/fixtures/good/archive.yaml"));
    let text = report::named(&contract, "VALUE_INVALID").unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "`Joined` in the body: a string, a date and time in RFC 3339 form ",
        "`Pin`, `Labels.*` in the body: a string ",
    ] {
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn without_a_name_codes_and_rules_are_listed_with_a_sentence_each() {
    let contract = contract(&read("tests/fixtures/good/minimal.yaml"));
    snapshot("generator/explain/overview", &report::overview(&contract));
}

#[test]
fn names_are_found_in_any_case_and_near_ones_are_proposed() {
    let contract = contract(&read("tests/fixtures/good/minimal.yaml"));
    let said = |name: &str| report::named(&contract, name);
    for name in ["NO_BOOK", "no_book", "no-book"] {
        assert!(said(name).unwrap().starts_with("NO_BOOK  status 400"), "{name}");
    }
    assert!(said("GETBOOK").unwrap().starts_with("getBook  GET /books/{Isbn}"));
    assert!(report::rule("Unknown-Key").unwrap().starts_with("unknown-key\n"));
    let refused =
        ["NO_BOK", "getBooks", "unknown-kye", "book", "404", "x"].map(|name| said(name).unwrap_err());
    snapshot("generator/explain/unknown", &refused.join("\n"));
}

#[test]
fn every_explanation_fits_a_terminal() {
    for contract in contracts() {
        let codes = contract.error_codes.iter().map(|code| code.code.clone());
        let operations = contract.operations.iter().map(|operation| operation.id.clone());
        let statuses = ["400", "401", "403", "500"].map(str::to_owned);
        let texts = codes
            .chain(operations)
            .chain(statuses)
            .map(|name| report::named(&contract, &name).unwrap());
        let rules = Rule::ALL.iter().filter_map(|rule| report::rule(rule.id()));
        for text in texts.chain(rules).chain([report::overview(&contract)]) {
            // A command would not be one any more if it were wrapped.
            let text = text.split("\nTry it:\n").next().unwrap();
            let wide = text.lines().find(|line| line.chars().count() > 80);
            assert_eq!(wide, None, "{text}");
        }
    }
}
