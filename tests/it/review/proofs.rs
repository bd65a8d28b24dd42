//! Whether verdicts about Rust are true: programs that use all that the crates of the base offer are compiled with the
//! crates of the head. What does not break must compile, and what breaks must not.
//!
//! The ordinary run proves a sample. `cargo test -p fonedynamics-tests --test it proofs -- --ignored` proves the
//! verdicts of every edit from which something can be generated.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};
use xtask::review::{ReviewRule, Verdict, Verdicts, compare};
use xtask::tree::Tree;

use super::edits::{all, document};
use super::matrix::{FILES, revision};
use super::programs::Crates;
use crate::support::{plan_text, workspace};

/// Breaks what programs do, and not whether they compile.
const BY_BEHAVIOUR: [ReviewRule; 3] = [
    ReviewRule::CodeStatusChanged,
    ReviewRule::FaultCodeChanged,
    ReviewRule::ArgumentsReordered,
];

/// An edit whose verdicts are to be proved.
struct Case {
    title: String,
    prefix: String,
    verdicts: Verdicts,
    behaves: bool,
}

/// The document with crates of another name.
fn called(document: &Value, prefix: &str) -> Value {
    let mut document = document.clone();
    document["info"]["x-crate-prefix"] = json!(prefix);
    document
}

/// Adds the crates of the edits of a file to a workspace, and the programs of the base.
fn add(workspace: &mut Tree, path: &str, files: &[&str], is_wanted: impl Fn(&str) -> bool) -> Vec<Case> {
    let original = document(path);
    let base = revision("base.json", &original);
    let tree =
        plan_text("base.json", &format!("{original:#}")).unwrap_or_else(|(_, report)| panic!("{report}"));
    let crates = Crates::new(&tree, &original);
    let prefix = original["info"]["x-crate-prefix"].as_str().unwrap();
    let programs = [
        ("consumer", crates.consumer()),
        ("implementer", crates.implementer()),
    ];
    let mut cases = Vec::new();
    let mut put = |title: String, edited: &Value, verdicts: Verdicts, behaves: bool, workspace: &mut Tree| {
        let name = format!("{prefix}{}", cases.len());
        let Ok(tree) = plan_text(&name, &format!("{:#}", called(edited, &name))) else {
            return;
        };
        for (path, text) in tree.files() {
            workspace.insert(format!("{name}/{path}"), text.to_owned());
        }
        for (role, program) in &programs {
            let program = ["types", "client", "server"]
                .iter()
                .fold(program.clone(), |program, role| {
                    program.replace(&format!("{prefix}_{role}::"), &format!("{name}_{role}::"))
                });
            workspace.insert(format!("programs/examples/{name}_{role}.rs"), program);
        }
        cases.push(Case {
            title,
            prefix: name,
            verdicts,
            behaves,
        });
    };
    put(
        "nothing".to_owned(),
        &original,
        Verdicts::default(),
        false,
        workspace,
    );
    for edit in files.iter().flat_map(|file| all(file)) {
        if !is_wanted(&edit.title) {
            continue;
        }
        let edited = edit.apply(&original);
        let review = compare(&base, &revision("head.json", &edited), Vec::new());
        // The crates of each edit have a name of their own.
        let is_renamed = review
            .findings
            .iter()
            .any(|finding| finding.rule == ReviewRule::CratesRenamed);
        let behaves = review
            .findings
            .iter()
            .any(|finding| BY_BEHAVIOUR.contains(&finding.rule));
        if !is_renamed {
            put(edit.title, &edited, review.verdicts, behaves, workspace);
        }
    }
    cases
}

/// Compiles the workspace, and holds each verdict against what the compiler says.
#[track_caller]
fn prove(name: &str, mut workspace: Tree, cases: &[Case]) {
    let (mut members, mut dependencies) = (vec!["programs".to_owned()], String::new());
    let mut manifest = "[package]\nname = \"programs\"\nedition.workspace = true\n\n[dependencies]\n\
        fonedynamics-contract.workspace = true\nfonedynamics-server-runtime.workspace = true\n\
        progenitor-client.workspace = true\nserde_json.workspace = true\n"
        .to_owned();
    for Case { prefix, .. } in cases {
        members.push(format!("{prefix}/{prefix}-*"));
        for role in ["types", "client", "server"] {
            let _ = writeln!(
                dependencies,
                "{prefix}-{role} = {{ path = \"{prefix}/{prefix}-{role}\", default-features = false }}"
            );
            let _ = writeln!(manifest, "{prefix}-{role}.workspace = true");
        }
    }
    workspace.insert("programs/Cargo.toml", manifest);
    workspace.insert("programs/src/lib.rs", String::new());
    workspace::complete(&mut workspace, &members, &dependencies);
    let said = workspace::check(name, &workspace);
    let wrong: Vec<_> = cases.iter().flat_map(|case| wrong(case, &said)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn wrong(case: &Case, said: &BTreeMap<String, String>) -> Vec<String> {
    let Case {
        title,
        prefix,
        verdicts,
        behaves,
    } = case;
    let mut wrong = Vec::new();
    for role in ["types", "client", "server"] {
        let name = format!("{prefix}_{role}");
        if said.get(&name).is_none_or(|said| !said.is_empty()) {
            wrong.push(format!(
                "{title}: {name} does not compile:\n{:?}",
                said.get(&name)
            ));
        }
    }
    for (role, verdict) in [("consumer", verdicts.client), ("implementer", verdicts.server)] {
        let said = said.get(&format!("{prefix}_{role}"));
        let breaks = verdict == Verdict::Major;
        match said.map(String::as_str) {
            None => wrong.push(format!("{title}: the {role} was not compiled")),
            Some("") if breaks && !behaves => wrong.push(format!("{title}: the {role} breaks, and compiles")),
            Some(said) if !said.is_empty() && !breaks => {
                wrong.push(format!(
                    "{title}: the {role} does not break, and does not compile:\n{said}"
                ));
            }
            Some(_) => {}
        }
    }
    wrong
}

#[test]
fn verdicts_about_rust_are_those_of_the_compiler() {
    const SAMPLE: [&str; 6] = [
        "near miss: a code that is gone leaves a tombstone",
        "code-renamed: another name with the same words",
        "parameter-added: a filter beside others",
        "parameter-added: a header is one more argument",
        "member-added: a member that responses always have",
        "member-added: a member that requests need",
    ];
    let mut workspace = Tree::default();
    let cases = add(
        &mut workspace,
        "tests/fixtures/good/archive.yaml",
        &FILES,
        |title| SAMPLE.contains(&title),
    );
    assert_eq!(cases.len(), SAMPLE.len() + 1);
    prove("review-sample", workspace, &cases);
}

#[test]
#[ignore = "compiles five hundred crates"]
fn verdicts_about_rust_are_those_of_the_compiler_for_every_edit() {
    let mut workspace = Tree::default();
    let mut cases = add(
        &mut workspace,
        "openapi/fonedynamics.yaml",
        &["contract.edits"],
        |_| true,
    );
    cases.extend(add(
        &mut workspace,
        "tests/fixtures/good/archive.yaml",
        &FILES,
        |_| true,
    ));
    prove("review", workspace, &cases);
}
