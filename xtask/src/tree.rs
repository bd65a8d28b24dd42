//! The files that should exist, how a folder differs from them, and how it is made equal.
//!
//! The only module that writes files. Knows nothing of their content but the mark that they are generated.

mod lock;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, FileType};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::mark::is_marked;

/// The folder inside the target in which files wait until all of them are written.
const STAGING: &str = ".xtask-staging";

/// More than the length of any line that holds the mark.
const MARKED_BYTES: u64 = 200;

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

/// Which planned files of a folder are replaced if they have other content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    /// All of them: the folder is known to be the generator's.
    Planned,
    /// Those that are marked as generated.
    Marked,
}

/// Why a folder is not written, though nothing failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is something else at its path.
    NotAFolder {
        /// The path.
        root: PathBuf,
    },
    /// It holds what the generator did not write.
    InTheWay {
        /// The folder.
        root: PathBuf,
        /// What it holds, by path, and what that is if it is no file.
        found: Vec<String>,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder { root } => write!(f, "{} is not a folder", root.display()),
            Self::InTheWay { root, found } => {
                let root = root.display();
                writeln!(f, "{root} holds what is not generated, so nothing is written:")?;
                for path in found {
                    writeln!(f, "  {path}")?;
                }
                write!(f, "  = help: move it away, or choose another folder")
            }
        }
    }
}

impl std::error::Error for Refused {}

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
    /// The folder cannot be read, or is none ([`Refused`]).
    pub fn diff(&self, root: &Path) -> anyhow::Result<Vec<Drift>> {
        let mut present = BTreeMap::new();
        match fs::metadata(root) {
            Ok(found) if found.is_dir() => list(root, "", &mut present)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) if error.kind() != ErrorKind::NotADirectory => {
                return Err(error).with_context(|| format!("failed to read {}", root.display()));
            }
            Ok(_) | Err(_) => bail!(Refused::NotAFolder {
                root: root.to_owned()
            }),
        }
        let mut drift = Vec::new();
        for (path, text) in &self.files {
            // Neither links nor devices are read: they are not what is planned, wherever they lead.
            let is_file = present.remove(path).is_some_and(|kind| kind.is_file());
            let found = if is_file { read(&root.join(path))? } else { None };
            match found {
                None => drift.push(Drift::Missing { path: path.clone() }),
                Some(found) if found != text.as_bytes() => drift.push(Drift::Stale {
                    path: path.clone(),
                    found: String::from_utf8_lossy(&found).into_owned(),
                }),
                Some(_) => {}
            }
        }
        drift.extend(present.into_keys().map(|path| Drift::Orphan { path }));
        drift.sort_by(|one, other| one.path().cmp(other.path()));
        Ok(drift)
    }

    /// Makes a folder equal to the tree as [`apply`](Self::apply) does, and gives how it differed. Loses no
    /// file that the generator did not write, and writes nothing if there is one in the way. Waits while
    /// another run writes the folder, and calls `waiting` if it has to.
    ///
    /// # Errors
    ///
    /// There is something in the way ([`Refused`]), or the folder cannot be read or written.
    pub fn write(&self, root: &Path, replace: Replace, waiting: impl FnOnce()) -> anyhow::Result<Vec<Drift>> {
        // A look before the lock, which is itself a file in the folder.
        let drift = self.diff(root)?;
        refuse(root, &drift, replace)?;
        if drift.is_empty() && !root.join(STAGING).exists() {
            return Ok(drift);
        }
        let _lock = lock::lock(root, waiting)?;
        let drift = self.diff(root)?;
        refuse(root, &drift, replace)?;
        self.apply(root, &drift)?;
        Ok(drift)
    }

    /// Makes a folder equal to the tree, touching only what differs.
    ///
    /// Every new file is on the disk before the first file is replaced, and each file is replaced in one
    /// step. A run that fails or is interrupted before that leaves all files as they were; what it leaves
    /// in the staging folder is removed by the next run, even if nothing differs.
    ///
    /// # Errors
    ///
    /// The folder cannot be written.
    pub fn apply(&self, root: &Path, drift: &[Drift]) -> anyhow::Result<()> {
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

/// Refuses to make a folder equal to a tree if that would lose what the generator did not write.
fn refuse(root: &Path, drift: &[Drift], replace: Replace) -> Result<(), Refused> {
    // What is below a link is not in this folder; the link itself is in the way.
    let is_below = |path: &str, other: &Drift| {
        path.strip_prefix(other.path())
            .is_some_and(|rest| rest.starts_with('/'))
    };
    let in_the_way = |change: &&Drift| match change {
        Drift::Missing { path } => {
            // A file that is there by now is another run's.
            let found = root.join(path).symlink_metadata();
            found.is_ok_and(|found| !found.is_file()) && !drift.iter().any(|other| is_below(path, other))
        }
        Drift::Stale { found, .. } => replace == Replace::Marked && !is_marked(found),
        Drift::Orphan { path } => !is_ours(&root.join(path)),
    };
    let found: Vec<_> = drift
        .iter()
        .filter(in_the_way)
        .map(|change| described(root, change.path()))
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    Err(Refused::InTheWay {
        root: root.to_owned(),
        found,
    })
}

/// Whether a file may be removed: whether it is a file and marked, or is gone by now.
fn is_ours(file: &Path) -> bool {
    match file.symlink_metadata() {
        Ok(found) if found.is_file() => {}
        Ok(_) => return false,
        Err(error) => return error.kind() == ErrorKind::NotFound,
    }
    let mut beginning = Vec::new();
    let read = fs::File::open(file).and_then(|file| file.take(MARKED_BYTES).read_to_end(&mut beginning));
    read.is_ok() && is_marked(&String::from_utf8_lossy(&beginning))
}

fn described(root: &Path, path: &str) -> String {
    match root.join(path).symlink_metadata() {
        Ok(found) if found.is_symlink() => format!("{path}, a symbolic link"),
        Ok(found) if found.is_dir() => format!("{path}, a folder where a file belongs"),
        _ => path.to_owned(),
    }
}

/// The content of a file, or nothing if another run has removed it by now.
fn read(file: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::read(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        read => read
            .map(Some)
            .with_context(|| format!("failed to read {}", file.display())),
    }
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

/// Adds everything below a folder that is no folder. Links are not followed. A folder that another run has
/// removed by now is empty.
fn list(root: &Path, below: &str, found: &mut BTreeMap<String, FileType>) -> anyhow::Result<()> {
    let folder = root.join(below);
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| format!("failed to read {}", folder.display()))?,
    };
    for entry in entries {
        let entry = entry.with_context(|| format!("failed to read {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if below.is_empty() && [STAGING, lock::LOCK].contains(&name.as_str()) {
            continue;
        }
        let path = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        let kind = entry
            .file_type()
            .with_context(|| format!("failed to read {path}"))?;
        if kind.is_dir() {
            list(root, &path, found)?;
        } else {
            found.insert(path, kind);
        }
    }
    Ok(())
}
