//! What the pages for users show is what there is. Says nothing about their wording.

use xtask::rule::Rule;

use crate::support::read;

#[test]
fn the_programs_of_the_readme_are_the_ones_that_are_compiled() {
    let readme = read("README.md");
    for path in ["tests/examples/consumer.rs", "tests/examples/server.rs"] {
        let shown = format!("\n```rust\n{}```\n", read(path));
        assert!(readme.contains(&shown), "{path} is not shown as it is");
    }
}

#[test]
fn every_rule_is_on_the_page_for_reviewers() {
    let page = read("openapi/README.md");
    for rule in Rule::ALL {
        assert!(page.contains(&format!("`{}`", rule.id())), "{}", rule.id());
    }
}
