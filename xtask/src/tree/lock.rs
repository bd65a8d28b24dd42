//! One run at a time writes a folder.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::Context as _;

/// The file whose lock a run holds while it writes the folder. It stays: a run that removed it could remove
/// the one that another run has just locked.
pub(super) const LOCK: &str = ".xtask-lock";

/// Waits until no other run writes a folder, and keeps others waiting until the lock is dropped. Calls
/// `waiting` first if it has to wait. The lock ends with the process, however that ends.
pub(super) fn lock(root: &Path, waiting: impl FnOnce()) -> anyhow::Result<File> {
    fs::create_dir_all(root).with_context(|| format!("failed to create {}", root.display()))?;
    let path = root.join(LOCK);
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    let locked = options.open(&path).and_then(|file| {
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        Ok(file)
    });
    locked.with_context(|| format!("failed to lock {}", path.display()))
}
