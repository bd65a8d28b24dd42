//! The pages of the error reference: whole, safe, small, and saying what everything else says.

mod browser;

use std::collections::{BTreeMap, BTreeSet};

use fonedynamics_types::ErrorCode;
use xtask::dictionary::Dictionary;
use xtask::report;
use xtask::tree::Tree;

use super::golden::FEATURES;
use crate::support::{PLAN, contract, edited, plan_text, read, snapshot};

const PAGES: [&str; 2] = ["errors.html", "operations.html"];

fn page<'t>(tree: &'t Tree, name: &str) -> &'t str {
    tree.get(&format!("reference/{name}")).unwrap()
}

/// The values of an attribute, as they are written.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let opening = format!(" {name}=\"");
    let values = page.split(&opening).skip(1);
    values.map(|rest| rest.split('"').next().unwrap()).collect()
}

/// A page without its style and its script.
fn content(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let (body, rest) = rest.split_once("<script>").unwrap();
    let (_, end) = rest.split_once("</script>").unwrap();
    [head, body, end].concat()
}

/// Every document that there are crates for: the real one, the archive, the smallest, and that with each feature.
fn trees() -> Vec<(String, Tree)> {
    let archive = read("tests/fixtures/good/archive.yaml");
    let smallest = read("tests/fixtures/good/minimal.yaml");
    let mut texts = vec![("archive".to_owned(), archive), ("smallest".to_owned(), smallest)];
    texts.extend(FEATURES.map(|name| {
        let text = edited(&format!("tests/fixtures/good/{name}.edit"));
        (name.to_owned(), text)
    }));
    let planned = texts.into_iter().map(|(name, text)| {
        let tree = plan_text(&name, &text).unwrap_or_else(|(_, report)| panic!("{report}"));
        (name, tree)
    });
    planned.chain([("real".to_owned(), PLAN.clone())]).collect()
}

#[test]
fn every_link_leads_to_a_place_that_there_is_once() {
    for (document, tree) in trees() {
        let mut places = BTreeMap::new();
        for name in PAGES {
            let page = content(page(&tree, name));
            let ids = attributes(&page, "id");
            let unique: BTreeSet<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(unique.len(), ids.len(), "{document}: {name}");
            places.insert(name, unique);
        }
        for name in PAGES {
            for link in attributes(&content(page(&tree, name)), "href") {
                if link.starts_with("https://") {
                    continue;
                }
                let (file, place) = link.split_once('#').unwrap_or((link, ""));
                let file = if file.is_empty() { name } else { file };
                assert!(
                    tree.get(&format!("reference/{file}")).is_some(),
                    "{document}: {link}"
                );
                assert!(
                    place.is_empty() || places[file].contains(place),
                    "{document}: {name} leads to {link}"
                );
            }
        }
    }
}

#[test]
fn every_link_in_markdown_leads_to_a_heading() {
    let page = page(&PLAN, "errors.md");
    let headings: BTreeSet<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|heading| heading.to_lowercase().replace(' ', "-"))
        .collect();
    let links: Vec<_> = page
        .split("](#")
        .skip(1)
        .map(|rest| rest.split(')').next().unwrap())
        .collect();
    assert!(links.len() >= ErrorCode::ALL.len());
    for link in links {
        assert!(headings.contains(link), "{link}");
    }
}

#[test]
fn the_anchor_of_a_code_is_the_code() {
    let ids = content(page(&PLAN, "errors.html"));
    let ids = attributes(&ids, "id");
    for code in ErrorCode::ALL {
        assert!(ids.contains(&code.as_str()), "{code}");
    }
}

#[test]
fn a_retired_code_keeps_its_anchor() {
    let text = read("tests/fixtures/good/minimal.yaml")
        .replace("x-error-codes:", "x-retired-codes: [LOST]\n      x-error-codes:");
    let tree = plan_text("library.yaml", &text).unwrap_or_else(|(_, report)| panic!("{report}"));
    assert!(page(&tree, "errors.html").contains("<dt id=\"LOST\">"));
    assert!(page(&tree, "errors.md").contains("\n## LOST\n"));
}

#[test]
fn pages_are_small_and_load_nothing() {
    for name in PAGES {
        let page = page(&PLAN, name);
        assert!(page.len() < 200_000, "{name} has {} bytes", page.len());
        for loading in [" src=", "url(", "@import", "<link", "<img", "<iframe", "fetch("] {
            assert!(!page.contains(loading), "{name} has {loading}");
        }
    }
}

#[test]
fn nothing_of_a_document_becomes_a_tag() {
    let text = read("tests/fixtures/good/minimal.yaml");
    // Wherever the document has words of its own.
    let hostile = text
        .replace(
            "description: ",
            "description: <script>alert(1)</script><b onclick=x> ",
        )
        .replace("summary: ", "summary: <img src=x> [x](javascript:x) ")
        .replace("meaning: ", "meaning: <i>\" ")
        .replace("title: ", "title: <u>&amp; ");
    assert_ne!(hostile, text);
    let tree = plan_text("library.yaml", &hostile).unwrap_or_else(|(_, report)| panic!("{report}"));
    for name in PAGES {
        let page = page(&tree, name);
        assert_eq!(page.matches("<script").count(), 1, "{name}");
        let page = content(page);
        for tag in ["<img", "<b ", "<i>", "<u>", "href=\"javascript"] {
            assert!(!page.contains(tag), "{name} has {tag}");
        }
    }
    assert!(page(&tree, "operations.html").contains("&lt;img src=x&gt;"));
}

#[test]
fn every_tag_ends() {
    const WITHOUT_END: [&str; 5] = ["!doctype", "meta", "wbr", "input", "!--"];
    for (document, tree) in trees() {
        for name in PAGES {
            let mut open = Vec::new();
            for tag in content(page(&tree, name)).split('<').skip(1) {
                let written = tag.split(['>', ' ', '\n']).next().unwrap();
                match written.strip_prefix('/') {
                    Some(end) => assert_eq!(open.pop().as_deref(), Some(end), "{document}: {name}: {tag}"),
                    None if WITHOUT_END.contains(&written) || tag.starts_with("!--") => {}
                    None if tag.split('>').next().unwrap().ends_with('/') => {}
                    None => open.push(written.to_owned()),
                }
            }
            assert_eq!(open, Vec::<String>::new(), "{document}: {name}");
        }
    }
}

/// The words of a text: without marks of Markdown, tags and line breaks.
fn words(text: &str) -> String {
    let mut out = String::new();
    let mut is_tag = false;
    for character in text.replace("///", " ").chars() {
        match character {
            '<' => is_tag = true,
            '>' => is_tag = false,
            '`' | '\\' => {}
            other if !is_tag => out.push(other),
            _ => {}
        }
    }
    let out = out.replace("&quot;", "\"").replace("&amp;", "&");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn explain_and_rustdoc_and_both_pages_say_the_same_of_a_code() {
    let contract = contract(&read("openapi/fonedynamics.yaml"));
    let pages = [
        page(&PLAN, "errors.html"),
        page(&PLAN, "errors.md"),
        PLAN.get("fonedynamics-types/src/error_code.rs").unwrap(),
    ]
    .map(words);
    for code in &contract.error_codes {
        let explained = words(&report::named(&contract, &code.code).unwrap());
        let said = [&code.meaning, &code.remedy, &code.message]
            .into_iter()
            .chain(&code.causes)
            .chain(&code.inferred);
        for said in said.map(|said| words(said)) {
            for page in pages.iter().chain([&explained]) {
                assert!(page.contains(&said), "{}: {said}", code.code);
            }
        }
    }
}

#[test]
fn every_match_arm_compiles_and_there_is_one_for_each_code() {
    let page = page(&PLAN, "errors.html");
    let arms = page.split("<pre class=\"rust\"><code>Some(").skip(1);
    let arms: BTreeSet<_> = arms
        .map(|rest| {
            let arm = format!(
                "Some({}",
                rest.split("</code>").next().unwrap().replace("&gt;", ">")
            );
            let arm: syn::Arm = syn::parse_str(&arm).unwrap();
            let syn::Pat::TupleStruct(some) = arm.pat else {
                panic!("a pattern in Some")
            };
            let syn::Pat::Path(path) = &some.elems[0] else {
                panic!("a path")
            };
            path.path.segments[1].ident.to_string()
        })
        .collect();
    let variants = ErrorCode::ALL.iter().map(|code| format!("{code:?}")).collect();
    assert_eq!(arms, variants);
}

#[test]
fn every_pair_that_the_document_has_is_in_the_matrix() {
    let contract = contract(&read("openapi/fonedynamics.yaml"));
    let dictionary = Dictionary::of(&contract);
    let page = page(&PLAN, "errors.html");
    let (_, matrix) = page.split_once("<div class=\"matrix\"").unwrap();
    let rows: Vec<_> = matrix.split("<tr><th scope=\"row\">").skip(1).collect();
    for ((operation, _), row) in dictionary.operations.iter().zip(&rows) {
        let cells: Vec<_> = row.split("</tr>").next().unwrap().split("<td>").skip(1).collect();
        assert_eq!(cells.len(), contract.error_codes.len());
        for (code, cell) in contract.error_codes.iter().zip(cells) {
            let is_marked = cell.contains("<svg");
            assert_eq!(
                is_marked,
                operation.codes.contains(&code.code),
                "{} {}",
                operation.id,
                code.code
            );
        }
    }
}

#[test]
fn everything_inferred_is_listed_with_its_reason() {
    let document = read("openapi/fonedynamics.yaml");
    let reasons = document.matches("x-inferred:").count();
    let page = page(&PLAN, "errors.html");
    let (_, list) = page.split_once("<dl class=\"facts inferred\">").unwrap();
    assert_eq!(
        list.split("</dl>").next().unwrap().matches("<dt>").count(),
        reasons
    );
}

#[test]
fn the_smallest_document_has_a_page_of_its_own() {
    let tree = plan_text("library.yaml", &read("tests/fixtures/good/minimal.yaml")).unwrap();
    snapshot("generator/reference/errors", page(&tree, "errors.md"));
    let page = content(page(&tree, "errors.html"));
    let (_, articles) = page.split_once("<article").unwrap();
    let (article, _) = articles.split_once("</article>").unwrap();
    snapshot(
        "generator/reference/entry",
        &format!("<article{article}</article>\n"),
    );
}
