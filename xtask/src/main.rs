//! The command line: reads the document, runs the pipeline, writes or reports.
//!
//! Decides nothing about documents. Exit codes: 0 done or fresh, 1 internal error, 2 problems in the
//! document or in the arguments, 3 findings of a review that fail, 4 drift under `--check`.

mod arguments;
mod git;

use std::io::{ErrorKind, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fmt, fs, io};

use anyhow::Context as _;
use clap::Parser as _;
use xtask::document::{Index, MAX_BYTES, Source};
use xtask::report::review::Reviewed;
use xtask::report::{self, Palette};
use xtask::review::Revision;
use xtask::timings::Timings;
use xtask::tree::{Refused, Replace};
use xtask::{Plan, Rejected};

use arguments::{Arguments, Command, Format, ReviewFormat};

enum Outcome {
    Done,
    Problems,
    Findings,
    Drift,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Gen {
            check,
            document,
            out,
            timings,
        } => generate(check, document, out, timings),
        Command::Lint { file, format } => lint(file, format),
        Command::Review { base, file, format } => review(&base, file, format),
        Command::Explain { name } => explain(name.as_deref()),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(2),
        Ok(Outcome::Findings) => ExitCode::from(3),
        Ok(Outcome::Drift) => ExitCode::from(4),
        Err(error) => {
            complain(&format!("error: {error:#}\n"));
            let is_refused = error.is::<Refused>() || error.is::<NoWorkspace>();
            ExitCode::from(if is_refused { 2 } else { 1 })
        }
    }
}

fn generate(
    check: bool,
    file: Option<PathBuf>,
    out: Option<PathBuf>,
    show_timings: bool,
) -> anyhow::Result<Outcome> {
    let mut timings = Timings::default();
    let mut command = "cargo xtask gen".to_owned();
    for (flag, path) in [("--document", &file), ("--out", &out)] {
        if let Some(path) = path {
            command.push_str(&format!(" {flag} {}", path.display()));
        }
    }
    // Said first: a default is that of the workspace that this runs in, which need not be the one in mind.
    let heading = if file.is_none() || out.is_none() {
        format!("workspace: {}\n", workspace()?.display())
    } else {
        String::new()
    };
    let Some((source, plan)) = plan(file, &mut timings) else {
        return Ok(Outcome::Problems);
    };
    let (root, replace) = match out {
        Some(out) => (out, Replace::Marked),
        None => (workspace()?.join("generated"), Replace::Planned),
    };
    let shown = shown(&root);
    if check {
        let drift = timings.measure("diff", || plan.tree.diff(&root))?;
        let mut report = report::drift(&plan.tree, &drift, &shown, &command);
        if show_timings {
            report.push_str(&timings.lines());
        }
        print(&(heading + &report))?;
        return Ok(if drift.is_empty() {
            Outcome::Done
        } else {
            Outcome::Drift
        });
    }
    let waiting = || complain(&format!("waiting for another run that writes {shown}\n"));
    let drift = timings.measure("write", || plan.tree.write(&root, replace, waiting))?;
    let mut report = report::written(&source, &plan.tree, &drift, &shown, timings.total());
    if show_timings {
        report.push_str(&timings.lines());
    }
    print(&(heading + &report))?;
    Ok(Outcome::Done)
}

fn lint(file: Option<PathBuf>, format: Format) -> anyhow::Result<Outcome> {
    let (source, checked) = match read(file) {
        Ok(source) => {
            let checked = xtask::plan(&source, &mut Timings::default()).map(|_| ());
            (source, checked)
        }
        Err(Unreadable::File(error)) => return report_unreadable(&error),
        Err(Unreadable::Text(source, rejected)) => (source, Err(rejected)),
    };
    match (checked, format) {
        (Ok(()), Format::Text) => print(&format!("{}: no problems\n", source.name))?,
        (Ok(()), Format::Json) => print("[]\n")?,
        (Err(Rejected { index, problems }), Format::Json) => {
            print(&report::problems_json(&source, &index, &problems))?;
            return Ok(Outcome::Problems);
        }
        (Err(rejected), Format::Text) => return Ok(report_problems(&source, &rejected)),
    }
    Ok(Outcome::Done)
}

fn explain(name: Option<&str>) -> anyhow::Result<Outcome> {
    // A rule can be explained whatever the document is like.
    if let Some(text) = name.and_then(report::rule) {
        print(&text)?;
        return Ok(Outcome::Done);
    }
    let Some((_, plan)) = plan(None, &mut Timings::default()) else {
        return Ok(Outcome::Problems);
    };
    match name.map(|name| report::named(&plan.contract, name)) {
        None => print(&report::overview(&plan.contract))?,
        Some(Ok(text)) => print(&text)?,
        Some(Err(error)) => {
            complain(&error.to_string());
            return Ok(Outcome::Problems);
        }
    }
    Ok(Outcome::Done)
}

fn review(base: &str, file: Option<PathBuf>, format: ReviewFormat) -> anyhow::Result<Outcome> {
    let beside = match &file {
        Some(file) => file.with_file_name("accepted.yaml"),
        None => document()?.with_file_name("accepted.yaml"),
    };
    let (base, head) = (read_base(base, file.as_deref()), read(file));
    // A large document takes a second.
    let (base, head) = std::thread::scope(|scope| {
        let base = scope.spawn(|| revision(base));
        let head = revision(head);
        (base.join().ok().flatten(), head)
    });
    let (Some(base), Some(head)) = (base, head) else {
        return Ok(Outcome::Problems);
    };
    let accepted = match fs::read_to_string(&beside) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        read => read.with_context(|| format!("failed to read {}", shown(&beside)))?,
    };
    let review = xtask::review::review(&base, &head, &accepted);
    let reviewed = Reviewed {
        base: &base,
        head: &head,
        review: &review,
    };
    let text = match format {
        ReviewFormat::Text => report::review::text(&reviewed, palette(io::stdout().is_terminal())),
        ReviewFormat::Markdown => report::review::markdown(&reviewed),
        ReviewFormat::Json => report::review::json(&reviewed),
        ReviewFormat::Html => report::review::html(&reviewed),
    };
    print(&text)?;
    Ok(if review.fails() {
        Outcome::Findings
    } else {
        Outcome::Done
    })
}

/// Reads one side of a review, or says why it cannot be read.
fn revision(read: Result<Source, Unreadable>) -> Option<Revision> {
    match read {
        Ok(source) => match Revision::read(source) {
            Ok(revision) => return Some(revision),
            Err((source, rejected)) => drop(report_problems(&source, &rejected)),
        },
        Err(Unreadable::File(error)) => drop(report_unreadable(&error)),
        Err(Unreadable::Text(source, rejected)) => drop(report_problems(&source, &rejected)),
    }
    None
}

/// Reads the document before a change: a file of this name, or else the same file in a commit.
fn read_base(base: &str, head: Option<&Path>) -> Result<Source, Unreadable> {
    if Path::new(base).is_file() {
        return read(Some(base.into()));
    }
    let head = match head {
        Some(head) => head.to_owned(),
        None => document().map_err(|error| Unreadable::File(error.into()))?,
    };
    let (commit, bytes) = git::at_merge_base(&head, base).map_err(Unreadable::File)?;
    source(&format!("{commit}:{}", shown(&head)), bytes)
}

fn palette(is_terminal: bool) -> Palette {
    let wanted = is_terminal && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if wanted { Palette::Coloured } else { Palette::Plain }
}

/// Plans the tree, or says why there is none.
fn plan(file: Option<PathBuf>, timings: &mut Timings) -> Option<(Source, Plan)> {
    match read(file) {
        Ok(source) => match xtask::plan(&source, timings) {
            Ok(plan) => return Some((source, plan)),
            Err(rejected) => drop(report_problems(&source, &rejected)),
        },
        Err(Unreadable::File(error)) => drop(report_unreadable(&error)),
        Err(Unreadable::Text(source, rejected)) => drop(report_problems(&source, &rejected)),
    }
    None
}

fn report_problems(source: &Source, rejected: &Rejected) -> Outcome {
    let palette = palette(io::stderr().is_terminal());
    complain(&report::problems(
        source,
        &rejected.index,
        &rejected.problems,
        palette,
    ));
    Outcome::Problems
}

fn report_unreadable(error: &anyhow::Error) -> anyhow::Result<Outcome> {
    complain(&format!("error: {error:#}\n"));
    Ok(Outcome::Problems)
}

/// Why there is no document to plan from.
enum Unreadable {
    File(anyhow::Error),
    Text(Source, Rejected),
}

/// Reads a file, and no more of it than shows that it is too large.
fn read(file: Option<PathBuf>) -> Result<Source, Unreadable> {
    let file = match file {
        Some(file) => file,
        None => document().map_err(|error| Unreadable::File(error.into()))?,
    };
    let name = shown(&file);
    let bytes = read_bytes(&file)
        .with_context(|| format!("failed to read {name}"))
        .map_err(Unreadable::File)?;
    source(&name, bytes)
}

/// The document of this workspace.
fn document() -> Result<PathBuf, NoWorkspace> {
    Ok(workspace()?.join("openapi/fonedynamics.yaml"))
}

fn source(name: &str, bytes: Vec<u8>) -> Result<Source, Unreadable> {
    Source::new(name, bytes).map_err(|(source, problem)| {
        Unreadable::Text(
            source,
            Rejected {
                index: Index::default(),
                problems: vec![*problem],
            },
        )
    })
}

fn read_bytes(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(file)?
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// There is no workspace whose document or folder could be the default.
#[derive(Debug)]
struct NoWorkspace;

impl fmt::Display for NoWorkspace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the current folder is in no workspace with this program; name the files, or run `cargo xtask`",
        )
    }
}

impl std::error::Error for NoWorkspace {}

/// The folder of the workspace that this runs in: that of the package that cargo runs, or without cargo the
/// nearest one around the current folder. Not that of the source that was compiled: checkouts that share a
/// target folder share one program.
fn workspace() -> Result<PathBuf, NoWorkspace> {
    let is_run_by_cargo = env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == env!("CARGO_PKG_NAME"));
    let package = env::var_os("CARGO_MANIFEST_DIR").filter(|_| is_run_by_cargo);
    if let Some(folder) = package.as_ref().and_then(|package| Path::new(package).parent()) {
        return Ok(folder.to_owned());
    }
    let here = env::current_dir().map_err(|_| NoWorkspace)?;
    let mut around = here.ancestors();
    let found = around.find(|folder| folder.join("xtask/Cargo.toml").is_file());
    found.map(Path::to_owned).ok_or(NoWorkspace)
}

/// A path as messages show it: from the workspace on, if it is inside.
fn shown(path: &Path) -> String {
    let workspace = workspace().ok();
    let inside = workspace.and_then(|workspace| path.strip_prefix(workspace).ok());
    inside.unwrap_or(path).display().to_string().replace('\\', "/")
}

/// Prints a text. Whoever has closed the pipe wants no more of it, and that is no failure.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("failed to write to the standard output")
        }
        _ => Ok(()),
    }
}

/// Prints a text for people. Where that fails there is no place left to say so.
fn complain(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
