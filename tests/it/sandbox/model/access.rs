//! Who a caller is and what it may do.

use super::request::Request;
use super::response::Failure;
use super::world::{World, is};

/// A caller whose credentials are right, and where it may do what it asks for.
#[derive(Debug)]
pub(super) struct Caller {
    pub(super) account: String,
    pub(super) projects: Vec<String>,
    /// Whether it may in the whole account, and not only in some projects.
    pub(super) is_of_account: bool,
}

impl Caller {
    pub(super) fn sees(&self, project: &str) -> bool {
        self.projects.iter().any(|sid| sid == project)
    }
}

/// The scopes that permit an operation beside `Admin`, and whether they have to hold in the whole account.
fn needed(operation: &str) -> (&'static [&'static str], bool) {
    match operation {
        "getCall"
        | "listPropertyCalls"
        | "listAccountCalls"
        | "getNumber"
        | "listPropertyNumbers"
        | "listAccountNumbers"
        | "listFlows" => (&["Manage", "Reporting"], false),
        "listAddresses" | "getAddress" => (&["Manage", "Reporting"], true),
        "listProjects" | "getProject" => (&["Manage", "Reporting", "ProjectManagement"], false),
        "configureNumber" | "purchaseNumber" => (&["Manage"], false),
        "addAddress" | "removeAddress" => (&["Manage"], true),
        "createProject" => (&["ProjectManagement"], true),
        "updateProject" => (&["ProjectManagement"], false),
        "listOnlineLogins" | "getOnlineLogin" | "updateOnlineLogin" | "createOnlineLogin" => {
            (&["UserManagement"], false)
        }
        "sendMessage" | "sendMessageBatch" => (&["ManageSms"], false),
        "findMessages" | "getMessage" => (&["ManageSms", "ReportingSms"], false),
        other => panic!("{other} is an operation without a permission"),
    }
}

impl World {
    /// The projects of an account, whoever sees them.
    pub(super) fn projects_of(&self, account: &str) -> Vec<String> {
        let owned = self
            .projects
            .iter()
            .filter(|project| is(project, "AccountSid", account));
        owned
            .map(|project| project["PropertySid"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Lets a caller in.
    pub(super) fn admit(&self, request: &Request) -> Result<Caller, Failure> {
        let refused = |code| Failure {
            code,
            fields: Vec::new(),
        };
        if let Some(token) = self.tokens_of_accounts.get(request.user.as_str()) {
            if *token != request.password {
                return Err(refused("UNAUTHORIZED"));
            }
            return Ok(Caller {
                account: request.user.clone(),
                projects: self.projects_of(&request.user),
                is_of_account: true,
            });
        }
        let login = self.logins.iter().find(|login| {
            let email = login.shown.get("Email").and_then(|email| email.as_str());
            email.is_some_and(|email| email.eq_ignore_ascii_case(&request.user))
        });
        let login = login
            .filter(|login| login.shown.get("Enabled") == Some(&true.into()))
            .filter(|login| login.password.as_deref() == Some(&request.password))
            .ok_or_else(|| refused("UNAUTHORIZED"))?;
        let (scopes, needs_account) = needed(request.operation.id);
        let mut caller = Caller {
            account: login.account.clone(),
            projects: Vec::new(),
            is_of_account: false,
        };
        let permissions = login.shown.get("Permissions").and_then(|all| all.as_array());
        for permission in permissions.into_iter().flatten() {
            let held = permission["Scopes"].as_str().unwrap().split(',');
            if !held
                .into_iter()
                .any(|scope| scope == "Admin" || scopes.contains(&scope))
            {
                continue;
            }
            match permission["PropertySid"].as_str() {
                Some(project) => caller.projects.push(project.to_owned()),
                None => {
                    caller.is_of_account = true;
                    caller.projects.extend(self.projects_of(&login.account));
                }
            }
        }
        let is_enough = caller.is_of_account || !needs_account && !caller.projects.is_empty();
        is_enough.then_some(caller).ok_or_else(|| refused("FORBIDDEN"))
    }
}
