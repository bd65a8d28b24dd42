//! What a user's build pays for what is generated: crates, time of compilers, memory, lines, and the size of a program.
//!
//! Prints a table for each question; names of questions as arguments leave out the others. Writes into a folder of its
//! own among those for temporary files, and removes it. cargo runs this program in place of the compiler as well, to
//! measure that for a single crate.

mod compiler;
mod folder;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use folder::Folder;
use fonedynamics_build_benches::{cost, workspace};

/// What is generated.
const ROLES: [&str; 3] = ["types", "server", "client"];

/// The sizes of the documents whose crates are checked by themselves, in operations.
const SIZES: [usize; 3] = [25, 250, 1_000];

fn main() {
    if let Some(exit) = compiler::in_place() {
        std::process::exit(exit);
    }
    let asked: BTreeSet<String> = env::args().skip(1).collect();
    let folder = Folder::new();
    for (question, answer) in [
        ("lines", lines as fn(&Folder)),
        ("crates", crates),
        ("binary", binary),
        ("compile", compile),
        ("check", check),
    ] {
        if asked.is_empty() || asked.contains(question) {
            answer(&folder);
        }
    }
}

/// How much there is to read for each operation of the real document.
fn lines(_: &Folder) {
    let document = fs::read_to_string(workspace().join("openapi/fonedynamics.yaml"));
    let operations = document.expect("it is there").matches(" operationId: ").count();
    println!("\n| lines per operation ({operations}) | all | without documentation and blank lines |");
    println!("| --- | --- | --- |");
    let (mut all, mut code) = (0, 0);
    for role in ROLES {
        let (of_crate, code_of_crate) =
            count(&workspace().join(format!("generated/fonedynamics-{role}/src")));
        println!(
            "| {role} | {} | {} |",
            of_crate / operations,
            code_of_crate / operations
        );
        (all, code) = (all + of_crate, code + code_of_crate);
    }
    println!("| together | {} | {} |", all / operations, code / operations);
}

/// The lines of the files in a folder, and those of code.
fn count(folder: &Path) -> (usize, usize) {
    let files = fs::read_dir(folder).expect("generated crates have files");
    let texts =
        files.map(|file| fs::read_to_string(file.expect("it is there").path()).expect("it is a text"));
    texts.fold((0, 0), |(all, code), text| {
        let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
        (
            all + text.lines().count(),
            code + text.lines().filter(is_code).count(),
        )
    })
}

/// The crates that each crate brings, itself included, without those for tests.
fn crates(folder: &Folder) {
    let by_hand = folder.by_hand();
    println!("\n| crates | in the tree | in two versions |");
    println!("| --- | --- | --- |");
    for role in ROLES {
        tree(role, &workspace(), &format!("fonedynamics-{role}"));
    }
    tree("axum by hand", &by_hand, "by-hand");
}

fn tree(name: &str, workspace: &Path, package: &str) {
    let listed = |arguments: &[&str]| {
        let mut cargo = cargo(workspace);
        cargo.args([
            "tree",
            "--offline",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--package",
            package,
        ]);
        let (_, output) = cost::of(cargo.args(arguments), 0);
        let text = String::from_utf8(output.stdout).expect("cargo writes text");
        let lines = text
            .lines()
            .filter_map(|line| line.split(" (").next().map(str::trim));
        let named = lines.filter(|line| !line.is_empty()).map(str::to_owned);
        named.collect::<BTreeSet<_>>()
    };
    let all = listed(&[]);
    let versions = all.iter().filter_map(|line| line.split(' ').next());
    let names: BTreeSet<_> = versions.collect();
    println!("| {name} | {} | {} |", all.len(), all.len() - names.len());
}

/// The time of compilers for everything, as it is built first in a workspace of one's own.
fn compile(folder: &Folder) {
    let by_hand = folder.by_hand();
    println!("\n| clean build, unoptimised | CPU s |");
    println!("| --- | --- |");
    for role in ROLES {
        built(role, &workspace(), &format!("fonedynamics-{role}"), folder);
    }
    built("axum by hand", &by_hand, "by-hand", folder);
}

fn built(name: &str, workspace: &Path, package: &str, folder: &Folder) {
    let target = folder.path(&format!("clean-{package}"));
    let mut cargo = cargo(workspace);
    cargo.args([
        "build",
        "--offline",
        "--quiet",
        "--package",
        package,
        "--target-dir",
    ]);
    let (cost, _) = cost::of(cargo.arg(&target), 0);
    println!("| {name} | {:.0} |", cost.cpu.as_secs_f64());
    fs::remove_dir_all(target).expect("the folder is ours");
}

/// The compiler's time and memory for the generated crates by themselves, by the number of operations.
fn check(folder: &Folder) {
    println!("\n| own crate, `cargo check` | operations | CPU s | peak MiB |");
    println!("| --- | --- | --- | --- |");
    for size in SIZES {
        let workspace = folder.generated(size);
        // Its own, because cargo tells crates apart by where they are within their workspace.
        let target = folder.path(&format!("checked-{size}"));
        for role in ROLES {
            let package = format!("stock-{role}");
            let mut cargo = cargo(&workspace);
            cargo.args([
                "check",
                "--offline",
                "--quiet",
                "--no-default-features",
                "--package",
                &package,
            ]);
            cargo.arg("--target-dir").arg(&target);
            let cost = compiler::of(&mut cargo, &package, &folder.path("cost"));
            println!(
                "| {role} | {size} | {:.2} | {:.0} |",
                cost.cpu.as_secs_f64(),
                cost.memory
            );
        }
    }
}

/// The size of the README's server, optimised and without symbols, and of the same by hand.
fn binary(folder: &Folder) {
    println!("\n| program, optimised and stripped | MB |");
    println!("| --- | --- |");
    for (name, package) in [
        ("server of the README", folder.readme_server()),
        ("axum by hand", folder.by_hand()),
    ] {
        let target = folder.path("optimised");
        let mut cargo = cargo(&package);
        cargo.args(["build", "--offline", "--quiet", "--release", "--target-dir"]);
        cost::of(cargo.arg(&target), 0);
        let program = package.file_name().expect("a package has a folder");
        let size = fs::metadata(target.join("release").join(program))
            .expect("it was built")
            .len();
        println!("| {name} | {:.2} |", size as f64 / 1e6);
    }
}

fn cargo(workspace: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    // What cargo tells this program of its own build is not for those that it starts.
    for (name, _) in
        env::vars().filter(|(name, _)| name.starts_with("CARGO_PKG") || name == "CARGO_MANIFEST_DIR")
    {
        cargo.env_remove(name);
    }
    cargo
        .current_dir(workspace)
        .env_remove("RUSTC_WRAPPER")
        .env("CARGO_INCREMENTAL", "0");
    cargo
}
