//! Reads documents of earlier commits through `git`, without touching the work tree.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

/// The bytes of a file as they were where the current branch and a revision part, and the commit in short.
pub(crate) fn at_merge_base(file: &Path, revision: &str) -> anyhow::Result<(String, Vec<u8>)> {
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let name = file
        .file_name()
        .and_then(OsStr::to_str)
        .context("the document has no name")?;
    let git = |arguments: &[&str]| run(&folder, arguments);
    if git(&["rev-parse", "--git-dir"])?.is_none() {
        bail!(
            "`--base {revision}` is no file, and {} is in no git repository, so it cannot be a revision either",
            file.display()
        );
    }
    let commit = format!("{revision}^{{commit}}");
    let is_shallow =
        git(&["rev-parse", "--is-shallow-repository"])?.is_some_and(|said| said.starts_with(b"true"));
    let fetch = "this clone is shallow: fetch the history first, with `git fetch --unshallow`";
    if git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?.is_none() {
        if is_shallow {
            bail!("`{revision}` is not in this clone; {fetch}");
        }
        bail!("`--base {revision}` is neither a file nor a revision of this repository");
    }
    let Some(parted) = git(&["merge-base", revision, "HEAD"])? else {
        if is_shallow {
            bail!("where the branch and `{revision}` part is not in this clone; {fetch}");
        }
        bail!("the current branch and `{revision}` have no commit in common");
    };
    let parted = String::from_utf8_lossy(&parted).trim().to_owned();
    let Some(bytes) = git(&["cat-file", "blob", &format!("{parted}:./{name}")])? else {
        bail!(
            "{} is not in commit {parted}, where the branch and `{revision}` part",
            file.display()
        );
    };
    let short = parted.get(..9).unwrap_or(&parted);
    Ok((short.to_owned(), bytes))
}

/// What a command of git prints, or nothing where it says no.
fn run(folder: &Path, arguments: &[&str]) -> anyhow::Result<Option<Vec<u8>>> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = output.context("failed to run git, which reads earlier revisions")?;
    Ok(output.status.success().then_some(output.stdout))
}
