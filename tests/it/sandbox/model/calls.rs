//! Records of calls, in the model.

use serde_json::{Value, json};

use super::access::Caller;
use super::request::Request;
use super::response::{Failure, Object, all_valid, failure, page};
use super::world::{World, is};

/// The filters that are lists, and the member that each compares.
const FILTERS: [&str; 7] = [
    "Disposition",
    "To",
    "Endpoint",
    "Attribution_Source",
    "Attribution_Medium",
    "Attribution_Campaign",
    "Attribution_Content",
];

fn begins(call: &Object) -> i64 {
    call["DateStart"].as_i64().unwrap()
}

impl World {
    pub(super) fn get_call(&self, request: &Request, caller: &Caller, now: i64) -> Result<Value, Failure> {
        let is_it = |call: &&Object| {
            is(call, "CallSid", &request.path)
                && caller.sees(call["PropertySid"].as_str().unwrap())
                && begins(call) <= now
        };
        let found = self.calls.iter().find(is_it);
        let found = found.ok_or_else(|| failure("CALL_NOT_FOUND", "CallSid"))?;
        Ok(found.clone().into())
    }

    pub(super) fn list_property_calls(
        &mut self,
        request: &Request,
        caller: &Caller,
        now: i64,
        given: &Value,
    ) -> Result<Value, Failure> {
        let after = self.time_of_token(request)?;
        if !caller.sees(&request.path) {
            return Err(failure("PROPERTY_NOT_FOUND", "PropertySid"));
        }
        Ok(self.list_calls(request, |project| project == request.path, after, now, given))
    }

    pub(super) fn list_account_calls(
        &mut self,
        request: &Request,
        caller: &Caller,
        now: i64,
        given: &Value,
    ) -> Result<Value, Failure> {
        let after = self.time_of_token(request)?;
        if request.path != caller.account {
            return Err(failure("ACCOUNT_NOT_FOUND", "AccountSid"));
        }
        Ok(self.list_calls(request, |project| caller.sees(project), after, now, given))
    }

    /// When the response came that gave the token of a request.
    fn time_of_token(&self, request: &Request) -> Result<Option<i64>, Failure> {
        let Some(token) = request.query("Token") else {
            return Ok(None);
        };
        let time = self.tokens_of_calls.get(token).copied();
        if time.is_none() {
            all_valid(vec!["Token"])?;
        }
        Ok(time)
    }

    fn list_calls(
        &mut self,
        request: &Request,
        is_asked_for: impl Fn(&str) -> bool,
        after: Option<i64>,
        now: i64,
        given: &Value,
    ) -> Value {
        let mut found = Vec::new();
        for (at, call) in self.calls.iter().enumerate() {
            let project = call["PropertySid"].as_str().unwrap();
            let is_in_time = match after {
                Some(after) => begins(call) > after,
                None => {
                    request
                        .number("Date_From")
                        .is_none_or(|from| begins(call) >= from)
                        && request.number("Date_To").is_none_or(|to| begins(call) < to)
                }
            };
            let passes = |name: &&str| {
                let list = request.list(name);
                list.is_none_or(|values| values.iter().any(|value| is(call, name, value)))
            };
            let is_repeated = || {
                let mut earlier = self.calls[..at].iter();
                earlier.any(|earlier| {
                    earlier["PropertySid"] == call["PropertySid"] && earlier["From"] == call["From"]
                })
            };
            let is_unique = request.query("Unique").is_none_or(|which| which == "All") || !is_repeated();
            let is_shown = is_asked_for(project)
                && begins(call) <= now
                && is_in_time
                && FILTERS.iter().all(passes)
                && pressed(call, request.query("Prompts_keys"))
                && is_unique;
            if is_shown {
                found.push(Value::from(call.clone()));
            }
        }
        let (items, _) = page(
            found,
            request.number("Results_Count"),
            200,
            request.number("Results_Skip"),
        );
        let token = given["Token"].as_str().unwrap_or("(a token)").to_owned();
        // Two responses of the same second may give the same token.
        self.tokens_of_calls.insert(token.clone(), now);
        json!({"Calls": items, "Token": token})
    }
}

/// Whether the keys that were pressed in a call begin with one of the alternatives.
fn pressed(call: &Object, alternatives: Option<&str>) -> bool {
    let alternatives = alternatives
        .unwrap_or("")
        .split(';')
        .filter(|keys| !keys.is_empty());
    let alternatives: Vec<Vec<&str>> = alternatives.map(|keys| keys.split(',').collect()).collect();
    if alternatives.is_empty() {
        return true;
    }
    let keys = call.get("Prompts_keys").and_then(Value::as_str);
    let keys: Vec<_> = keys.map(|keys| keys.split(',').collect()).unwrap_or_default();
    alternatives
        .iter()
        .any(|alternative| keys.starts_with(alternative))
}
