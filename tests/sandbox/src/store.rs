//! The state: one SQLite database, in memory or in a file. Knows nothing of HTTP; what the tables mean is the business
//! of `resources`.

mod seed;
mod time_zones;

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, MAIN_DB, Transaction, TransactionBehavior};
use tokio::task::JoinError;

/// The version of the tables and of the data that they begin with.
const VERSION: i32 = 1;

/// By which a file of the sandbox is known: "fone" in ASCII.
const APPLICATION: i32 = 0x666f_6e65;

/// The state. Clones are one state.
#[derive(Clone, Debug)]
pub(crate) struct Store(Arc<Mutex<Connection>>);

impl Store {
    /// Opens the state in a file, or makes a new one where there is no file or no path.
    ///
    /// # Errors
    ///
    /// The file cannot be read or written, is in use, is none of the sandbox, or is of another version.
    pub(crate) fn open(path: Option<&Path>, now: i64) -> Result<Self, CannotOpen> {
        let connection = match path {
            // So that it is a file, also where SQLite gives the name itself a meaning, as it does to `:memory:`.
            // So that it is a file, also where SQLite gives the name itself a meaning, as it does to `:memory:`.
            Some(path) => Connection::open(Path::new(".").join(path))?,
            None => Connection::open_in_memory()?,
        };
        Self::on(connection, now)
    }

    fn on(mut connection: Connection, now: i64) -> Result<Self, CannotOpen> {
        if connection.is_readonly(MAIN_DB)? {
            return Err(CannotOpen::ReadOnly);
        }
        // Whoever has the file keeps it, unless it is about to end.
        connection.busy_timeout(Duration::from_secs(1))?;
        // One process at a time, which also spares the shared memory of the log.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        let is_new = is_new(&connection)?;
        // What is acknowledged is on the disk.
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
        )?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if is_new {
            transaction.execute_batch(include_str!("store/schema.sql"))?;
            seed::seed(&transaction, now)?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        transaction.commit()?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Runs what one request does as one transaction, which is undone if the request fails. Does not block the threads
    /// that serve.
    ///
    /// # Errors
    ///
    /// Those of `work`, of the database, and a panic of `work`.
    pub(crate) async fn run<T, E>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<rusqlite::Error> + From<JoinError> + Send + 'static,
    {
        let store = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            // A thread that panicked has rolled its transaction back.
            let mut connection = store.0.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        });
        done.await?
    }
}

/// Whether a database is empty, or refuses one of somebody else before anything in it is changed.
fn is_new(connection: &Connection) -> Result<bool, CannotOpen> {
    let number = |query: &str| connection.query_row(query, [], |row| row.get::<_, i32>(0));
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    match (number("PRAGMA application_id")?, number("PRAGMA user_version")?) {
        (0, 0) if tables == 0 => Ok(true),
        (APPLICATION, VERSION) => Ok(false),
        (APPLICATION, version) => Err(CannotOpen::Version(version)),
        _ => Err(CannotOpen::Foreign),
    }
}

/// Why there is no state.
#[derive(Debug)]
pub(crate) enum CannotOpen {
    /// The file is of this version.
    Version(i32),
    /// The file is none of the sandbox.
    Foreign,
    /// It can be read, and not written.
    ReadOnly,
    /// Another process has it open.
    InUse,
    /// What SQLite says.
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for CannotOpen {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse,
            Some(ErrorCode::NotADatabase) => Self::Foreign,
            _ => Self::Database(error),
        }
    }
}

impl fmt::Display for CannotOpen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => write!(
                formatter,
                "it is of version {version}, and this sandbox reads version {VERSION}"
            ),
            Self::Foreign => formatter.write_str("it is not one that a sandbox wrote"),
            Self::ReadOnly => formatter.write_str("it cannot be written"),
            Self::InUse => formatter.write_str("another process uses it"),
            Self::Database(error) => error.fmt(formatter),
        }
    }
}

impl Error for CannotOpen {}

#[cfg(test)]
mod tests {
    use std::fs;

    use rusqlite::{Connection, OpenFlags};

    use super::{CannotOpen, Store};

    #[test]
    fn databases_of_others_stay_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("theirs");
        let theirs = Connection::open(&path).unwrap();
        theirs.execute_batch("CREATE TABLE theirs (id INTEGER)").unwrap();
        drop(theirs);
        let before = fs::read(&path).unwrap();
        let refused = Store::open(Some(&path), 0).unwrap_err();
        assert!(matches!(refused, CannotOpen::Foreign), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn state_of_another_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("newer");
        drop(Store::open(Some(&path), 0).unwrap());
        let newer = Connection::open(&path).unwrap();
        newer.pragma_update(None, "user_version", 2).unwrap();
        drop(newer);
        let refused = Store::open(Some(&path), 0).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "it is of version 2, and this sandbox reads version 1"
        );
    }

    #[test]
    fn state_that_cannot_be_written_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        drop(Store::open(Some(&path), 0).unwrap());
        let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let refused = Store::on(connection, 0).unwrap_err();
        assert_eq!(refused.to_string(), "it cannot be written");
    }
}
