//! The command line: reads the document, runs the pipeline, writes or reports.
//!
//! Decides nothing about documents. Exit codes: 0 done or fresh, 1 internal error, 2 problems in the
//! document, 4 drift under `--check`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is the program's voice"
)]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use xtask::document::{Index, MAX_BYTES, Source};
use xtask::tree::{self, Tree};
use xtask::{Rejected, report};

/// Derives everything under generated/ from the OpenAPI document.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    disable_help_subcommand = true
)]
#[command(
    after_help = "Exit codes: 0 done or fresh, 1 internal error, 2 problems in the document or in the \
                        arguments, 4 drift under --check."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes generated/, or with --check says how it differs.
    Gen {
        /// Write nothing; list what differs and exit with 4 if anything does.
        #[arg(long)]
        check: bool,
        /// The document [default: openapi/fonedynamics.yaml of this workspace].
        #[arg(long, value_name = "FILE")]
        document: Option<PathBuf>,
        /// The folder to write [default: generated/ of this workspace].
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Reports every problem of the document and writes nothing.
    Lint {
        /// The document [default: openapi/fonedynamics.yaml of this workspace].
        file: Option<PathBuf>,
    },
}

enum Outcome {
    Done,
    Problems,
    Drift,
}

fn main() -> ExitCode {
    let started = Instant::now();
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Gen { check, document, out } => generate(started, check, document, out),
        Command::Lint { file } => lint(file),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(2),
        Ok(Outcome::Drift) => ExitCode::from(4),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn generate(
    started: Instant,
    check: bool,
    file: Option<PathBuf>,
    out: Option<PathBuf>,
) -> anyhow::Result<Outcome> {
    let Some((source, tree)) = plan(file) else {
        return Ok(Outcome::Problems);
    };
    let is_default = out.is_none();
    let root = out.unwrap_or_else(|| workspace().join("generated"));
    let drift = tree.diff(&root)?;
    let shown = shown(&root);
    if check {
        print!("{}", report::drift(&tree, &drift, &shown));
        return Ok(if drift.is_empty() {
            Outcome::Done
        } else {
            Outcome::Drift
        });
    }
    if !is_default {
        tree::refuse_foreign(&root, &drift)?;
    }
    tree.apply(&root, &drift)?;
    print!(
        "{}",
        report::written(&source, &tree, &drift, &shown, started.elapsed())
    );
    Ok(Outcome::Done)
}

fn lint(file: Option<PathBuf>) -> anyhow::Result<Outcome> {
    let Some((source, _)) = plan(file) else {
        return Ok(Outcome::Problems);
    };
    println!("{}: no problems", source.name);
    Ok(Outcome::Done)
}

/// Plans the tree, or prints why there is none.
fn plan(file: Option<PathBuf>) -> Option<(Source, Tree)> {
    let file = file.unwrap_or_else(|| workspace().join("openapi/fonedynamics.yaml"));
    let name = shown(&file);
    let bytes = match read(&file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("error: {error:#}");
            return None;
        }
    };
    let source = match Source::new(&name, bytes) {
        Ok(source) => source,
        Err((source, problem)) => {
            eprint!("{}", report::problems(&source, &Index::default(), &[problem]));
            return None;
        }
    };
    match xtask::plan(&source) {
        Ok(tree) => Some((source, tree)),
        Err(Rejected { index, problems }) => {
            eprint!("{}", report::problems(&source, &index, &problems));
            None
        }
    }
}

/// Reads a file, and no more of it than shows that it is too large.
fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let context = || format!("failed to read {}", shown(file));
    let handle = fs::File::open(file).with_context(context)?;
    let mut bytes = Vec::new();
    handle
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .with_context(context)?;
    Ok(bytes)
}

/// The folder of the workspace: the one above this package.
fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// A path as messages show it: from the workspace on, if it is inside.
fn shown(path: &Path) -> String {
    path.strip_prefix(workspace())
        .unwrap_or(path)
        .display()
        .to_string()
        .replace('\\', "/")
}
