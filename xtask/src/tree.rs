//! The files that should exist, how a folder differs from them, and how it is made equal.
//!
//! The only module that writes files. Knows nothing of their content.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// The folder inside the target in which files wait until all of them are written.
const STAGING: &str = ".staging";

/// Every file that should exist, by its path with forward slashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

/// One difference between a tree and a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drift {
    /// The file does not exist.
    Missing {
        /// Its path in the folder.
        path: String,
    },
    /// The file has other content.
    Stale {
        /// Its path in the folder.
        path: String,
        /// Its content in the folder.
        found: String,
    },
    /// The file should not exist.
    Orphan {
        /// Its path in the folder.
        path: String,
    },
}

impl Drift {
    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Missing { path } | Self::Stale { path, .. } | Self::Orphan { path } => path,
        }
    }
}

impl Tree {
    /// Adds a file.
    pub fn insert(&mut self, path: impl Into<String>, text: String) {
        self.files.insert(path.into(), text);
    }

    /// The files in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The content of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// How a folder differs. A folder that does not exist lacks every file.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn diff(&self, root: &Path) -> anyhow::Result<Vec<Drift>> {
        let mut drift = Vec::new();
        let mut present = Vec::new();
        if root.exists() {
            list(root, "", &mut present)?;
        }
        for (path, text) in &self.files {
            if !present.contains(path) {
                drift.push(Drift::Missing { path: path.clone() });
                continue;
            }
            let file = root.join(path);
            let found = fs::read(&file).with_context(|| format!("failed to read {}", file.display()))?;
            if found != text.as_bytes() {
                let found = String::from_utf8_lossy(&found).into_owned();
                drift.push(Drift::Stale {
                    path: path.clone(),
                    found,
                });
            }
        }
        let orphans = present.into_iter().filter(|path| !self.files.contains_key(path));
        drift.extend(orphans.map(|path| Drift::Orphan { path }));
        drift.sort_by(|one, other| one.path().cmp(other.path()));
        Ok(drift)
    }

    /// Makes a folder equal to the tree, touching only what differs.
    ///
    /// Every new file is on the disk before the first file is replaced, and each file is replaced in one
    /// step. A run that fails or is interrupted before that leaves all files as they were; what it leaves
    /// in the staging folder is removed by the next run.
    ///
    /// # Errors
    ///
    /// The folder cannot be written.
    pub fn apply(&self, root: &Path, drift: &[Drift]) -> anyhow::Result<()> {
        if drift.is_empty() {
            return Ok(());
        }
        let staging = root.join(STAGING);
        remove_staging(&staging)?;
        let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
        for (number, change) in drift.iter().enumerate() {
            let Some(text) = self.files.get(change.path()) else {
                continue;
            };
            fs::create_dir_all(&staging)
                .with_context(|| format!("failed to create {}", staging.display()))?;
            let waiting = staging.join(number.to_string());
            write(&waiting, text).with_context(|| format!("failed to write {}", waiting.display()))?;
            let file = root.join(change.path());
            if file.is_dir() {
                bail!("{} is a folder where a file belongs", file.display());
            }
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)
                    .with_context(|| format!("failed to create {}", folder.display()))?;
            }
            staged.push((waiting, file));
        }
        for (waiting, file) in staged {
            fs::rename(&waiting, &file).with_context(|| format!("failed to replace {}", file.display()))?;
        }
        for change in drift {
            if let Drift::Orphan { path } = change {
                let file = root.join(path);
                fs::remove_file(&file).with_context(|| format!("failed to remove {}", file.display()))?;
                remove_empty_folders(root, &file);
            }
        }
        remove_staging(&staging)
    }
}

/// Refuses to make a folder equal to a tree if that would delete files that nobody generated.
///
/// # Errors
///
/// The folder holds files that are not planned and do not say that they are generated.
pub fn refuse_foreign(root: &Path, drift: &[Drift]) -> anyhow::Result<()> {
    for change in drift {
        let (path, text) = match change {
            Drift::Orphan { path } => (path, fs::read_to_string(root.join(path)).unwrap_or_default()),
            Drift::Stale { path, found } => (path, found.clone()),
            Drift::Missing { .. } => continue,
        };
        // What cannot hold a comment is known by its place.
        let is_reference = path.starts_with("reference/");
        if !is_reference && !text.chars().take(200).collect::<String>().contains("@generated") {
            bail!(
                "{} holds `{path}`, which is not generated and would be lost; choose an empty folder",
                root.display()
            );
        }
    }
    Ok(())
}

fn write(file: &Path, text: &str) -> std::io::Result<()> {
    let mut handle = fs::File::create(file)?;
    handle.write_all(text.as_bytes())?;
    handle.sync_all()
}

fn remove_staging(staging: &Path) -> anyhow::Result<()> {
    if staging.exists() {
        fs::remove_dir_all(staging).with_context(|| format!("failed to remove {}", staging.display()))?;
    }
    Ok(())
}

/// Folders are not in the tree; one that has become empty goes with its last file.
fn remove_empty_folders(root: &Path, file: &Path) {
    let parents = file.ancestors().skip(1).take_while(|folder| *folder != root);
    for folder in parents {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

fn list(root: &Path, below: &str, found: &mut Vec<String>) -> anyhow::Result<()> {
    let folder = root.join(below);
    let entries = fs::read_dir(&folder).with_context(|| format!("failed to read {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("failed to read {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() {
            name.clone()
        } else {
            format!("{below}/{name}")
        };
        let kind = entry
            .file_type()
            .with_context(|| format!("failed to read {path}"))?;
        if below.is_empty() && name == STAGING {
            continue;
        }
        if kind.is_dir() {
            list(root, &path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
