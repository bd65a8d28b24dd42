//! Whether verdicts are true. Those about Rust: programs that use all that the crates of the base offer are compiled
//! with the crates of the head. What does not break must compile, and what breaks must not. Those about the wire: the
//! client of the base calls the server of the head, and the other way round.
//!
//! The ordinary run proves a sample. `cargo test -p fonedynamics-tests --test it proofs -- --ignored` proves the
//! verdicts of every edit from which something can be generated.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use fonedynamics_sandbox::ledger::Row;
use serde_json::{Value, json};
use xtask::review::{ReviewRule, Verdict, Verdicts, compare};
use xtask::tree::Tree;

use super::edits::{all, document};
use super::exchanges::{self, Side, Trials};
use super::matrix::{FILES, revision};
use super::programs::Crates;
use crate::support::{plan_text, read, workspace};

/// Breaks what programs do, and not whether they compile.
const BY_BEHAVIOUR: [ReviewRule; 3] = [
    ReviewRule::CodeStatusChanged,
    ReviewRule::FaultCodeChanged,
    ReviewRule::ArgumentsReordered,
];

/// An edit whose verdicts are to be proved.
struct Case {
    title: String,
    side: Side,
    verdicts: Verdicts,
    behaves: bool,
}

/// A document, which is the first of its cases, and edits of it.
struct Cases {
    cases: Vec<Case>,
    ledger: Vec<Row>,
}

/// Documents with their edits, and what the compiler says of all that is generated from them.
struct Proof {
    name: &'static str,
    documents: Vec<Cases>,
    said: BTreeMap<String, String>,
}

/// The document with crates of another name.
fn called(document: &Value, prefix: &str) -> Value {
    let mut document = document.clone();
    document["info"]["x-crate-prefix"] = json!(prefix);
    document
}

/// Adds the crates of the edits of a file to a workspace, and the programs of the base.
fn add(workspace: &mut Tree, path: &str, files: &[&str], is_wanted: impl Fn(&str) -> bool) -> Cases {
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
        let document = called(edited, &name);
        let Ok(tree) = plan_text(&name, &format!("{document:#}")) else {
            return;
        };
        let exchange = Crates::new(&tree, &document).exchange(&document);
        workspace.insert(format!("{name}/{name}-exchange/src/lib.rs"), exchange);
        workspace.insert(
            format!("{name}/{name}-exchange/Cargo.toml"),
            EXCHANGE.replace("NAME", &name),
        );
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
        let published = tree.get("reference/openapi.json").unwrap();
        cases.push(Case {
            title,
            side: Side {
                published: serde_json::from_str(published).unwrap(),
                name,
                document,
            },
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
    Cases {
        cases,
        ledger: match path {
            REAL => exchanges::ledger(),
            _ => Vec::new(),
        },
    }
}

const REAL: &str = "openapi/fonedynamics.yaml";
const ARCHIVE: &str = "tests/fixtures/good/archive.yaml";

/// The library with the client and the server of a document.
const EXCHANGE: &str = r#"
[package]
name = "NAME-exchange"
edition.workspace = true

[dependencies]
exchange.workspace = true
NAME-client.workspace = true
NAME-server = { workspace = true, features = ["serve"] }
serde_json.workspace = true
"#;

/// What these libraries have in common.
const EXCHANGES: &str = r#"
[package]
name = "exchange"
edition.workspace = true

[dependencies]
axum.workspace = true
fonedynamics-contract.workspace = true
fonedynamics-server-runtime = { workspace = true, features = ["serve"] }
progenitor-client.workspace = true
serde.workspace = true
serde_json.workspace = true
tokio = { workspace = true, features = ["net", "rt", "time"] }
tower.workspace = true
"#;

/// Compiles the crates of documents, the programs of their bases, and the program in which clients and servers meet.
fn compiled(name: &'static str, mut workspace: Tree, documents: Vec<Cases>) -> Proof {
    let mut members = vec!["programs".to_owned(), "exchange".to_owned()];
    let mut dependencies = "exchange = { path = \"exchange\" }\n".to_owned();
    let mut manifest = "[package]\nname = \"programs\"\nedition.workspace = true\n\n[dependencies]\n\
        exchange.workspace = true\nfonedynamics-contract.workspace = true\n\
        fonedynamics-server-runtime.workspace = true\nprogenitor-client.workspace = true\n\
        serde_json.workspace = true\n"
        .to_owned();
    let (mut examples, mut all) = (String::new(), String::new());
    for Case {
        side: Side { name, .. },
        ..
    } in documents.iter().flat_map(|document| &document.cases)
    {
        members.push(format!("{name}/{name}-*"));
        for role in ["types", "client", "server", "exchange"] {
            let _ = writeln!(
                dependencies,
                "{name}-{role} = {{ path = \"{name}/{name}-{role}\", default-features = false }}"
            );
            let _ = writeln!(manifest, "{name}-{role}.workspace = true");
        }
        // As libraries, because nobody runs them.
        for role in ["consumer", "implementer"] {
            let _ = writeln!(
                examples,
                "[[example]]\nname = \"{name}_{role}\"\ncrate-type = [\"lib\"]"
            );
        }
        let _ = writeln!(all, "    &{name}_exchange::CRATES,");
    }
    workspace.insert("programs/Cargo.toml", manifest + &examples);
    workspace.insert(
        "programs/src/main.rs",
        format!("fn main() {{\n    exchange::run(&[\n{all}    ]);\n}}\n"),
    );
    workspace.insert("exchange/Cargo.toml", EXCHANGES.to_owned());
    workspace.insert("exchange/src/lib.rs", read("tests/fixtures/review/exchange.rs"));
    workspace::complete(&mut workspace, &members, &dependencies);
    let said = workspace::build(name, &workspace);
    for target in ["exchange", "programs"] {
        assert_eq!(said.get(target).map(String::as_str), Some(""), "{target}");
    }
    Proof {
        name,
        documents,
        said,
    }
}

/// Holds each verdict about Rust against what the compiler says.
#[track_caller]
fn rust_holds(proof: &Proof) {
    let cases = proof.documents.iter().flat_map(|document| &document.cases);
    let wrong: Vec<_> = cases.flat_map(|case| wrong(case, &proof.said)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Holds each verdict about the wire against what happens, and gives the titles of two kinds of edits: those that break
/// while nothing shows it, and those that do not break while a new client needs a new server.
#[track_caller]
fn wire_holds(proof: &Proof) -> [Vec<&str>; 2] {
    let (mut unseen, mut server_first, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    let program = |lines: &[String]| workspace::lines(proof.name, "programs", lines);
    for Cases { cases, ledger } in &proof.documents {
        let base = &cases[0].side;
        let trials = Trials::new(base, ledger, program);
        for Case {
            title,
            side: head,
            verdicts,
            ..
        } in cases
        {
            let verdict = verdicts.wire;
            let old_client = trials.broken(verdict, base, head, program);
            let new_client = trials.broken(verdict, head, base, program);
            match (verdict, old_client.as_slice(), new_client.as_slice()) {
                (Verdict::Major, [], []) => unseen.push(title.as_str()),
                (Verdict::Major, ..) | (_, [], []) => {}
                (_, [], _) => server_first.push(title.as_str()),
                (_, [first, ..], _) => wrong.push(format!("{title}: the verdict is {verdict:?}\n  {first}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    [unseen, server_first]
}

fn wrong(case: &Case, said: &BTreeMap<String, String>) -> Vec<String> {
    let Case {
        title,
        side: Side { name: prefix, .. },
        verdicts,
        behaves,
    } = case;
    let mut wrong = Vec::new();
    for role in ["types", "client", "server", "exchange"] {
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

static SAMPLE: LazyLock<Proof> = LazyLock::new(|| {
    const TITLES: [&str; 6] = [
        "near miss: a code that is gone leaves a tombstone",
        "code-renamed: another name with the same words",
        "parameter-added: a filter beside others",
        "parameter-added: a header is one more argument",
        "member-added: a member that responses always have",
        "member-added: a member that requests need",
    ];
    let mut workspace = Tree::default();
    let archive = add(&mut workspace, ARCHIVE, &FILES, |title| TITLES.contains(&title));
    assert_eq!(archive.cases.len(), TITLES.len() + 1);
    compiled("review-sample", workspace, vec![archive])
});

static ALL: LazyLock<Proof> = LazyLock::new(|| {
    let mut workspace = Tree::default();
    let real = add(&mut workspace, REAL, &["contract.edits"], |_| true);
    let archive = add(&mut workspace, ARCHIVE, &FILES, |_| true);
    compiled("review", workspace, vec![real, archive])
});

/// Breaks callers, and no run shows it.
const UNSEEN: [&str; 0] = [];

/// Breaks nobody who has the old client, and promises more than the old server keeps.
const SERVER_FIRST: [&str; 0] = [];

#[test]
fn verdicts_about_rust_are_those_of_the_compiler() {
    rust_holds(&SAMPLE);
}

#[test]
fn verdicts_about_the_wire_are_what_happens() {
    assert_eq!(
        wire_holds(&SAMPLE),
        [vec![], vec!["member-added: a member that responses always have"]]
    );
}

#[test]
#[ignore = "compiles five hundred crates"]
fn verdicts_about_rust_are_those_of_the_compiler_for_every_edit() {
    rust_holds(&ALL);
}

#[test]
#[ignore = "compiles five hundred crates"]
fn verdicts_about_the_wire_are_what_happens_for_every_edit() {
    assert_eq!(wire_holds(&ALL), [UNSEEN.to_vec(), SERVER_FIRST.to_vec()]);
}
