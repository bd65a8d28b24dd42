//! Who a caller is and what it may do. Which rows it then sees is decided by the account and the projects of its
//! [`Caller`] alone: what is not among them is missing to it.

use fonedynamics_server::{Credentials, Operation, Refusal};
use rusqlite::{OptionalExtension as _, Transaction, named_params};

/// A caller whose credentials are accepted, and where it may do what it asks for.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The identifier of its account.
    pub(crate) account: String,
    /// Whether it may in all of its account, projects yet to come included, or in the projects below alone.
    pub(crate) level: Level,
    /// The identifiers of the projects in which it may, as a JSON array, for `json_each`.
    pub(crate) projects: String,
}

impl Caller {
    /// Whether this is one of the projects in which the caller may do what it asks for.
    pub(crate) fn sees_project(&self, state: &Transaction<'_>, property_sid: &str) -> rusqlite::Result<bool> {
        state.query_row(
            "SELECT EXISTS (SELECT * FROM json_each(:projects) WHERE value = :project)",
            named_params! {":projects": self.projects, ":project": property_sid},
            |row| row.get(0),
        )
    }
}

/// Where a permission holds, or has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// In at least one project.
    Project,
    /// In the whole account.
    Account,
}

/// Everything that a login can be permitted.
pub(crate) const SCOPES: [&str; 13] = [
    "Manage",
    "Reporting",
    "ManageSms",
    "ReportingSms",
    "Integrations",
    "Billing",
    "ProjectManagement",
    "UserManagement",
    "SipManagement",
    "ProvisionSms",
    "OutboundCallReporting",
    "DisconnectNumbers",
    "Admin",
];

/// Scopes that are separated by commas, without the spaces around them. Nothing if one of them is unknown.
pub(crate) fn scopes(text: &str) -> Option<String> {
    let scopes: Vec<_> = text.split(',').map(str::trim).collect();
    let are_known = scopes.iter().all(|scope| SCOPES.contains(scope));
    are_known.then(|| scopes.join(","))
}

/// The scopes of which an operation needs one, and where. `Admin` is always enough. No public page says which scope
/// permits what, so this is the sandbox's own reading.
fn needed(operation: &Operation) -> (Level, &'static [&'static str]) {
    match operation.id {
        "addAddress" | "removeAddress" => (Level::Account, &["Manage"]),
        "listAddresses" | "getAddress" => (Level::Account, &["Manage", "Reporting"]),
        "createProject" => (Level::Account, &["ProjectManagement"]),
        "updateProject" => (Level::Project, &["ProjectManagement"]),
        "listProjects" | "getProject" => (Level::Project, &["Manage", "Reporting", "ProjectManagement"]),
        "listOnlineLogins" | "getOnlineLogin" | "updateOnlineLogin" | "createOnlineLogin" => {
            (Level::Project, &["UserManagement"])
        }
        "configureNumber" | "purchaseNumber" => (Level::Project, &["Manage"]),
        "sendMessage" | "sendMessageBatch" => (Level::Project, &["ManageSms"]),
        "findMessages" | "getMessage" => (Level::Project, &["ManageSms", "ReportingSms"]),
        _ => (Level::Project, &["Manage", "Reporting"]),
    }
}

/// Accepts an account with its token, which may do everything; or a login with its e-mail address and password, which
/// may do what its permissions say.
pub(crate) fn authenticate(
    state: &Transaction<'_>,
    credentials: &Credentials,
    operation: &Operation,
) -> Result<Caller, Refusal> {
    let user = credentials.user();
    let account = state
        .query_row(
            "SELECT token FROM accounts WHERE sid = :user",
            named_params! {":user": user},
            |row| row.get::<_, String>(0),
        )
        .optional()?;
    if let Some(token) = account {
        if !credentials.password_is(&token) {
            return Err(Refusal::Unauthorized);
        }
        let projects = state.query_row(
            "SELECT json_group_array(sid) FROM projects WHERE account_sid = :user",
            named_params! {":user": user},
            |row| row.get(0),
        )?;
        let account = user.to_owned();
        let level = Level::Account;
        return Ok(Caller {
            account,
            level,
            projects,
        });
    }
    let login = state
        .query_row(
            "SELECT sid, account_sid, password FROM logins WHERE email = :user AND enabled AND password IS NOT NULL",
            named_params! {":user": user},
            |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get::<_, String>(2)?)),
        )
        .optional()?;
    match login {
        Some((sid, account, password)) if credentials.password_is(&password) => {
            permitted(state, &sid, account, operation)
        }
        _ => Err(Refusal::Unauthorized),
    }
}

/// Where a login may do what it asks for.
fn permitted(
    state: &Transaction<'_>,
    login: &str,
    account: String,
    operation: &Operation,
) -> Result<Caller, Refusal> {
    let (needed, scopes) = needed(operation);
    let mut statement = state.prepare(
        "SELECT coalesce(permissions.property_sid, projects.sid), permissions.account_sid IS NOT NULL, scopes
         FROM permissions LEFT JOIN projects ON projects.account_sid = permissions.account_sid
         WHERE login_sid = :login ORDER BY permissions.id, projects.id",
    )?;
    let mut rows = statement.query(named_params! {":login": login})?;
    let mut projects = Vec::new();
    let mut level = None;
    while let Some(row) = rows.next()? {
        let project: Option<String> = row.get(0)?;
        let is_of_account: bool = row.get(1)?;
        let held: String = row.get(2)?;
        if held
            .split(',')
            .any(|scope| scope == "Admin" || scopes.contains(&scope))
        {
            let here = if is_of_account {
                Level::Account
            } else {
                Level::Project
            };
            level = level.max(Some(here));
            projects.extend(project);
        }
    }
    let level = level.filter(|level| *level >= needed).ok_or(Refusal::Forbidden)?;
    let projects = serde_json::to_string(&projects)?;
    Ok(Caller {
        account,
        level,
        projects,
    })
}
