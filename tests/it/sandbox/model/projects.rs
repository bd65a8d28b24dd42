//! Projects, in the model.

use serde_json::{Value, json};

use super::access::Caller;
use super::request::Request;
use super::response::{Failure, Object, counted_page, failure, members};
use super::world::{World, is};

/// What a request says of a project.
const MEMBERS: [&str; 7] = [
    "Name",
    "MainDomain",
    "TimeZone",
    "SmsEnabled",
    "CallRecordingEnabled",
    "IntegrationsEnabled",
    "Active",
];

/// Time zones that exist, as far as they are drawn.
const TIME_ZONES: [&str; 2] = ["AUS Eastern Standard Time", "New Zealand Standard Time"];

/// Changes members as a merge patch says.
pub(super) fn merge(object: &mut Object, patch: &Value, names: &[&str]) {
    for name in names {
        match patch.get(*name) {
            None => {}
            Some(Value::Null) => drop(object.remove(*name)),
            Some(value) => drop(object.insert((*name).to_owned(), value.clone())),
        }
    }
}

fn check_time_zone(request: &Request) -> Result<(), Failure> {
    match request.text("TimeZone") {
        Some(name) if !TIME_ZONES.contains(&name) => Err(failure("UNKNOWN_TIME_ZONE", "TimeZone")),
        _ => Ok(()),
    }
}

impl World {
    fn find_project(&self, caller: &Caller, sid: &str) -> Result<usize, Failure> {
        let mut all = self.projects.iter();
        all.position(|project| is(project, "PropertySid", sid) && caller.sees(sid))
            .ok_or_else(|| failure("PROPERTY_NOT_FOUND", "PropertySid"))
    }

    pub(super) fn list_projects(&self, request: &Request, caller: &Caller) -> Value {
        let is_seen = |project: &&Object| caller.sees(project["PropertySid"].as_str().unwrap());
        let found = self.projects.iter().filter(is_seen);
        let found = found.map(|project| Value::from(project.clone())).collect();
        counted_page(
            "Projects",
            found,
            request.number("Results_Count"),
            request.number("Results_Skip"),
        )
    }

    pub(super) fn create_project(
        &mut self,
        request: &Request,
        caller: &Caller,
        given: &Value,
    ) -> Result<Value, Failure> {
        check_time_zone(request)?;
        let mut project = json!({"SmsEnabled": false, "CallRecordingEnabled": false, "IntegrationsEnabled": false,
                                 "Active": true});
        let project = project.as_object_mut().unwrap();
        project.extend(members(&request.body, &MEMBERS));
        let sid = self.new_identifier(&given["Property"]["PropertySid"], "S");
        project.insert("PropertySid".to_owned(), sid);
        project.insert("AccountSid".to_owned(), caller.account.as_str().into());
        self.projects.push(project.clone());
        Ok(json!({"Property": project}))
    }

    pub(super) fn get_project(&self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        let at = self.find_project(caller, &request.path)?;
        Ok(json!({"Property": self.projects[at]}))
    }

    pub(super) fn update_project(&mut self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        check_time_zone(request)?;
        let at = self.find_project(caller, &request.path)?;
        merge(&mut self.projects[at], &request.body, &MEMBERS);
        Ok(Value::Null)
    }

    /// Whether a project can send messages.
    pub(super) fn sends_messages(&self, project: &str) -> bool {
        let found = self
            .projects
            .iter()
            .find(|known| is(known, "PropertySid", project))
            .unwrap();
        let is_on = |name: &str, default: bool| {
            found
                .get(name)
                .map_or(default, |value| value == &Value::Bool(true))
        };
        is_on("SmsEnabled", false) && is_on("Active", true)
    }
}
