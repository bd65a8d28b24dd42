//! Online logins, in the model.

use serde_json::{Value, json};

use super::access::Caller;
use super::projects::merge;
use super::request::Request;
use super::response::{Failure, all_valid, counted_page, failure, members};
use super::world::{Login, World, is};

/// The scopes that exist.
const SCOPES: [&str; 13] = [
    "Admin",
    "Billing",
    "DisconnectNumbers",
    "Integrations",
    "Manage",
    "ManageSms",
    "OutboundCallReporting",
    "ProjectManagement",
    "ProvisionSms",
    "Reporting",
    "ReportingSms",
    "SipManagement",
    "UserManagement",
];

/// Scopes as they are stored, unless one is unknown.
fn stored(scopes: &str) -> Option<String> {
    let scopes: Vec<_> = scopes.split(',').map(str::trim).collect();
    let are_known = scopes.iter().all(|scope| SCOPES.contains(scope));
    are_known.then(|| scopes.join(","))
}

impl World {
    fn sees_login(&self, caller: &Caller, login: &Login) -> bool {
        let permissions = login.shown.get("Permissions").and_then(Value::as_array);
        let permissions = permissions.map(Vec::as_slice).unwrap_or_default();
        let is_within = |permission: &Value| {
            let project = permission["PropertySid"].as_str();
            project.is_some_and(|project| caller.sees(project))
        };
        login.account == caller.account
            && (caller.is_of_account || !permissions.is_empty() && permissions.iter().all(is_within))
    }

    fn find_login(&self, caller: &Caller, sid: &str) -> Result<usize, Failure> {
        let is_it = |login: &Login| is(&login.shown, "OnlineLoginSid", sid) && self.sees_login(caller, login);
        let found = self.logins.iter().position(is_it);
        found.ok_or_else(|| failure("PARAMETER_INVALID", "OnlineLoginSid"))
    }

    /// Whether a login other than the one at this place has an address.
    fn is_taken(&self, email: &str, but_at: Option<usize>) -> bool {
        let mut others = self
            .logins
            .iter()
            .enumerate()
            .filter(|(at, _)| Some(*at) != but_at);
        others.any(|(_, login)| {
            let known = login.shown.get("Email").and_then(Value::as_str);
            known.is_some_and(|known| known.eq_ignore_ascii_case(email))
        })
    }

    pub(super) fn list_logins(&self, request: &Request, caller: &Caller) -> Value {
        let found = self.logins.iter().filter(|login| self.sees_login(caller, login));
        let found = found.map(|login| Value::from(login.shown.clone())).collect();
        counted_page(
            "OnlineLogins",
            found,
            request.number("Results_Count"),
            request.number("Results_Skip"),
        )
    }

    pub(super) fn get_login(&self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        let at = self.find_login(caller, &request.path)?;
        Ok(json!({"OnlineLogins": [self.logins[at].shown]}))
    }

    pub(super) fn update_login(&mut self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        let at = self.find_login(caller, &request.path)?;
        let permissions = request.body["Permissions"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let mut invalid = Vec::new();
        if request
            .text("Email")
            .is_some_and(|email| self.is_taken(email, Some(at)))
        {
            invalid.push("Email".to_owned());
        }
        for (index, permission) in permissions.iter().enumerate() {
            if stored(permission["Scopes"].as_str().unwrap()).is_none() {
                invalid.push(format!("Permissions[{index}].Scopes"));
            }
        }
        all_valid(invalid.iter().map(String::as_str).collect())?;
        self.check_places(caller, &permissions)?;
        let login = &mut self.logins[at];
        merge(
            &mut login.shown,
            &request.body,
            &["Email", "Enabled", "FirstName", "LastName"],
        );
        if let Some(password) = request.body.get("Password") {
            login.password = password.as_str().map(str::to_owned);
        }
        if request.body.get("Permissions").is_some() {
            let kept = permissions.into_iter().map(|mut permission| {
                permission["Scopes"] = stored(permission["Scopes"].as_str().unwrap()).into();
                permission
            });
            let kept: Vec<Value> = kept.collect();
            match kept.is_empty() {
                true => drop(login.shown.remove("Permissions")),
                false => drop(login.shown.insert("Permissions".to_owned(), kept.into())),
            }
        }
        Ok(Value::Null)
    }

    /// Whether permissions are for places in which the caller may manage logins.
    fn check_places(&self, caller: &Caller, permissions: &[Value]) -> Result<(), Failure> {
        let mut unknown: Vec<(&str, String)> = Vec::new();
        let mut reaches_account = false;
        for (index, permission) in permissions.iter().enumerate() {
            if let Some(account) = permission["AccountSid"].as_str() {
                reaches_account = true;
                if account != caller.account {
                    unknown.push(("ACCOUNT_NOT_FOUND", format!("Permissions[{index}].AccountSid")));
                }
            }
            if let Some(project) = permission["PropertySid"].as_str()
                && !caller.sees(project)
            {
                unknown.push(("PROPERTY_NOT_FOUND", format!("Permissions[{index}].PropertySid")));
            }
        }
        if let Some((code, _)) = unknown.first() {
            let same = unknown.iter().filter(|(other, _)| other == code);
            return Err(Failure {
                code,
                fields: same.map(|(_, field)| field.clone()).collect(),
            });
        }
        match reaches_account && !caller.is_of_account {
            true => Err(Failure {
                code: "FORBIDDEN",
                fields: Vec::new(),
            }),
            false => Ok(()),
        }
    }

    pub(super) fn create_login(
        &mut self,
        request: &Request,
        caller: &Caller,
        now: i64,
        given: &Value,
    ) -> Result<Value, Failure> {
        let scopes = stored(request.text("Scopes").unwrap());
        let mut invalid = Vec::new();
        if self.is_taken(request.text("Email").unwrap(), None) {
            invalid.push("Email");
        }
        if scopes.is_none() {
            invalid.push("Scopes");
        }
        all_valid(invalid)?;
        if !caller.sees(&request.path) {
            return Err(failure("PROPERTY_NOT_FOUND", "PropertySid"));
        }
        let sid = self.new_identifier(&given["OnlineLogin"]["OnlineLoginSid"], "UUID");
        let mut shown = members(&request.body, &["Email", "FirstName", "LastName"]);
        let is_enabled = request.body["Enabled"].as_bool().unwrap_or(false);
        let further = json!({"OnlineLoginSid": sid, "Enabled": is_enabled, "Created": now,
                             "Permissions": [{"PropertySid": request.path, "Scopes": scopes}]});
        shown.extend(further.as_object().unwrap().clone());
        self.logins.push(Login {
            account: caller.account.clone(),
            password: request.text("Password").map(str::to_owned),
            shown: shown.clone(),
        });
        Ok(json!({"OnlineLogin": shown}))
    }
}
