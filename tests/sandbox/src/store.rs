//! The state: one SQLite database, in memory or in a file. Knows nothing of HTTP; what the tables mean is the business
//! of `operations`.

mod seed;
mod time_zones;

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
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
        let mut connection = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        // Whoever has the file keeps it, unless it is about to end.
        connection.busy_timeout(Duration::from_secs(1))?;
        // What is acknowledged is on the disk. One process at a time, which also spares the shared memory of the log.
        connection.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;",
        )?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let application: i32 = transaction.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        let version: i32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let tables: i64 =
            transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        match (tables, application, version) {
            (0, 0, 0) => {
                transaction.execute_batch(include_str!("store/schema.sql"))?;
                seed::seed(&transaction, now)?;
                transaction.pragma_update(None, "application_id", APPLICATION)?;
                transaction.pragma_update(None, "user_version", VERSION)?;
            }
            (_, APPLICATION, VERSION) => {}
            (_, APPLICATION, version) => return Err(CannotOpen::Version(version)),
            _ => return Err(CannotOpen::Foreign),
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

/// Why there is no state.
#[derive(Debug)]
pub(crate) enum CannotOpen {
    /// The file is of this version.
    Version(i32),
    /// The file is none of the sandbox.
    Foreign,
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
            Self::InUse => formatter.write_str("another process uses it"),
            Self::Database(error) => error.fmt(formatter),
        }
    }
}

impl Error for CannotOpen {}
