//! What is generated compiles without a warning of the compiler or of clippy, and a handler that leaves the contract does not.
//!
//! Everything that has to be compiled for this is one workspace and one run of cargo.

mod growth;
mod handlers;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Value, json};
use xtask::tree::Tree;

use super::golden::FEATURES;
use crate::support::{edited, plan_text, read, workspace};

/// The package with the programs that use the crates of the real document.
const PROGRAMS: &str = r#"
[package]
name = "programs"
edition.workspace = true

[dependencies]
fonedynamics-client = { path = "../generated/fonedynamics-client", default-features = false }
fonedynamics-server.workspace = true
fonedynamics-types = { workspace = true, features = ["examples", "schemars"] }
breaking-client = { path = "../breaking/breaking-client", default-features = false }
breaking-server.workspace = true
shadows-types = { workspace = true, features = ["examples", "schemars"] }
serde_json.workspace = true
tokio = { workspace = true, features = ["macros", "net", "rt-multi-thread"] }
"#;

/// A document whose schemas, operations, parameters and error codes have the names of the preludes, of the runtimes
/// and of what generated code has itself.
const SHADOWS: &str = "shadows";

/// The programs of the README.
const README: [&str; 2] = ["consumer", "server"];

/// What the compiler says about each target.
static SAID: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| workspace::check("compiles", &everything()));

#[track_caller]
fn compiles(target: &str) {
    assert_eq!(
        SAID.get(target).map(String::as_str),
        Some(""),
        "{target}: {SAID:#?}"
    );
}

/// The smallest document, with one feature after another, and with one error code for everything and no credentials:
/// each by the prefix of its crates.
fn libraries() -> Vec<(&'static str, Value)> {
    let parse = |text: &str| serde_yaml::from_str(text).unwrap();
    let smallest: Value = parse(&read("tests/fixtures/good/minimal.yaml"));
    let mut libraries = vec![
        ("one-code", with_one_code(smallest.clone())),
        ("smallest", smallest),
    ];
    for feature in FEATURES.into_iter().chain([SHADOWS]) {
        let text = edited(&format!("tests/fixtures/good/{feature}.edit"));
        libraries.push((feature, parse(&text)));
    }
    for (prefix, document) in &mut libraries {
        document["info"]["x-crate-prefix"] = json!(prefix);
    }
    libraries
}

fn with_one_code(mut document: Value) -> Value {
    for code in document["x-faults"].as_object_mut().unwrap().values_mut() {
        *code = json!("FAILED");
    }
    let operation = &mut document["paths"]["/books/{Isbn}"]["get"];
    operation["x-raises"] = json!([]);
    operation["security"] = json!([]);
    let responses = operation["responses"].as_object_mut().unwrap();
    responses.retain(|status, _| ["200", "400"].contains(&status.as_str()));
    document.as_object_mut().unwrap().remove("security");
    document["components"]
        .as_object_mut()
        .unwrap()
        .remove("securitySchemes");
    let responses = document["components"]["responses"].as_object_mut().unwrap();
    responses.retain(|name, _| name == "Bad");
    for response in responses.values_mut() {
        let examples = &mut response["content"]["application/json"]["examples"];
        let examples = examples.as_object_mut().unwrap();
        examples.retain(|code, _| code == "FAILED");
    }
    let codes = &mut document["components"]["schemas"]["Code"];
    codes["enum"] = json!(["FAILED"]);
    let table = codes["x-error-codes"].as_object_mut().unwrap();
    table.retain(|code, _| code == "FAILED");
    document
}

/// The examples in the documentation of a client that are not run, as a program: each in a module of its own.
fn documented(plan: &Tree) -> String {
    let sources = plan.files().filter(|(path, _)| path.contains("-client/src/"));
    let lines = sources.flat_map(|(_, text)| text.lines().map(str::trim_start));
    let lines = lines.filter_map(|line| line.strip_prefix("///").or(line.strip_prefix("//!")));
    let mut program = "#![allow(warnings)]\nfn main() {}\n".to_owned();
    let mut is_code = false;
    for (number, line) in lines.map(str::trim).enumerate() {
        match (line, is_code) {
            ("```no_run", false) => {
                program += &format!("mod line_{number} {{\n");
                is_code = true;
            }
            ("```", true) => {
                program += "}\n";
                is_code = false;
            }
            (line, true) => program += &format!("{}\n", line.strip_prefix("# ").unwrap_or(line)),
            (_, false) => {}
        }
    }
    program
}

fn everything() -> Tree {
    let mut workspace = Tree::default();
    let mut generate = |folder: &str, document: &Value| {
        let plan = plan_text(folder, &format!("{document:#}"));
        let plan = plan.unwrap_or_else(|(_, report)| panic!("{report}"));
        for (path, text) in plan.files() {
            workspace.insert(format!("{folder}/{path}"), text.to_owned());
        }
        let prefix = document["info"]["x-crate-prefix"].as_str().unwrap();
        let program = format!("{prefix}_documented").replace('-', "_");
        let path = format!("{folder}/{prefix}-client/examples/{program}.rs");
        workspace.insert(path, documented(&plan));
    };
    generate("generated", &growth::document());
    let mut members = vec!["generated/*-*".to_owned(), "programs".to_owned()];
    let mut dependencies = String::new();
    for (prefix, document) in libraries()
        .into_iter()
        .chain([(growth::BREAKING, growth::breaking())])
    {
        generate(prefix, &document);
        members.push(format!("{prefix}/{prefix}-*"));
        for role in ["types", "client", "server"] {
            dependencies += &format!("{prefix}-{role} = {{ path = \"{prefix}/{prefix}-{role}\" }}\n");
        }
    }
    let mut program = |name: &str, text: String| {
        workspace.insert(format!("programs/examples/{name}.rs"), text);
    };
    for name in README {
        program(name, read(&format!("tests/examples/{name}.rs")));
    }
    program("grown", growth::PROGRAM.to_owned());
    for name in growth::LASTING {
        let text = read(&format!("tests/examples/{name}.rs"));
        let broken = text.replace("fonedynamics_", &format!("{}_", growth::BREAKING));
        program(&format!("broken_{name}"), broken);
        program(name, text);
    }
    for (name, body, _) in handlers::ALL {
        program(name, handlers::program(body));
    }
    workspace.insert("programs/src/lib.rs", String::new());
    workspace.insert("programs/Cargo.toml", PROGRAMS.to_owned());
    workspace::complete(&mut workspace, &members, &dependencies);
    workspace
}

#[test]
fn crates_of_every_feature_compile_without_a_warning() {
    for (prefix, _) in libraries() {
        for role in ["types", "client", "server"] {
            compiles(&format!("{prefix}_{role}").replace('-', "_"));
        }
    }
}

#[test]
fn examples_in_the_documentation_of_every_client_compile() {
    compiles("fonedynamics_documented");
    for (prefix, _) in libraries() {
        compiles(&format!("{prefix}_documented").replace('-', "_"));
    }
}

#[test]
fn prose_of_a_document_is_documented_without_a_warning() {
    LazyLock::force(&SAID);
    let crates = ["types", "client", "server"].map(|role| format!("prose-{role}"));
    let said = workspace::document("compiles", &crates, "prose-server/serve");
    for name in crates.map(|name| name.replace('-', "_")) {
        assert_eq!(said.get(&name).map(String::as_str), Some(""), "{said:#?}");
    }
}

#[test]
fn what_reviewers_add_to_the_document_needs_no_other_edit() {
    for role in ["types", "client", "server"] {
        compiles(&format!("fonedynamics_{role}"));
    }
    for program in ["grown"].iter().chain(&README).chain(&growth::LASTING) {
        compiles(program);
    }
}

#[test]
fn what_breaks_programs_is_found_by_the_compiler() {
    let error = "error[E0061]: this function takes 2 arguments but 1 argument was supplied";
    for program in growth::LASTING {
        let said = &SAID[&format!("broken_{program}")];
        assert!(said.starts_with(error), "{said}");
    }
}

#[test]
fn handler_that_leaves_the_contract_does_not_compile() {
    for (name, _, error) in handlers::ALL {
        assert!(SAID[name].contains(error), "{name}\n{}", SAID[name]);
        assert_eq!(SAID[name].is_empty(), error.is_empty(), "{name}\n{}", SAID[name]);
    }
}
