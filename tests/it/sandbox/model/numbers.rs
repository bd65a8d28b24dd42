//! Numbers and flows, in the model.

use serde_json::{Value, json};

use super::access::Caller;
use super::request::Request;
use super::response::{Failure, Object, failure, members, page};
use super::world::{World, is};

/// The numbers on offer, in no order: number, country, city, type, capabilities, and whether it needs an address.
pub(super) const ON_OFFER: [(&str, &str, &str, &str, &str, bool); 8] = [
    ("+61255505678", "AU", "Sydney", "Local", "Voice,SMS", true),
    ("+61270101234", "AU", "Canberra", "Local", "Voice,SMS,MMS", true),
    ("+61755501234", "AU", "Brisbane", "Local", "Voice", false),
    ("+611800975708", "AU", "", "Toll-Free", "Voice", false),
    ("+611300975707", "AU", "", "Shared-Rate", "Voice", false),
    ("+12125550123", "US", "New York", "Local", "Voice,SMS,MMS", true),
    ("+442079460123", "GB", "London", "Local", "Voice,SMS", true),
    ("+443069990123", "GB", "", "National", "Voice", true),
];

/// The one number of a project in the beginning that needs an address.
const NEEDS_ADDRESS: &str = "+61255501234";

/// The settings of a number, which a request and a response name alike.
const SETTINGS: [&str; 14] = [
    "Friendly",
    "AddressSid",
    "Attribution_Source",
    "Attribution_Medium",
    "Attribution_Campaign",
    "Attribution_Content",
    "RoutingMethod",
    "EndpointNumber",
    "Flow",
    "Recording",
    "SendSmsFrom",
    "SendSmsTo",
    "SendEmailFrom",
    "SendEmailTo",
];

/// A number, and what no response shows of it.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) needs_address: bool,
    pub(super) shown: Object,
}

impl Number {
    /// The numbers of projects, and those on offer.
    pub(super) fn all(of_projects: Vec<Object>) -> Vec<Self> {
        let held = of_projects.into_iter().map(|shown| Self {
            needs_address: is(&shown, "Number", NEEDS_ADDRESS),
            shown,
        });
        let offered = ON_OFFER.map(|(number, country, city, kind, capabilities, needs_address)| {
            let capabilities: Vec<_> = capabilities.split(',').collect();
            let city = Some(city).filter(|city| !city.is_empty());
            let all = json!({"Number": number, "CountryCode": country, "City": city, "Type": kind,
                             "Capabilities": capabilities});
            let shown = members(&all, &["Number", "CountryCode", "City", "Type", "Capabilities"]);
            Self { needs_address, shown }
        });
        held.chain(offered).collect()
    }

    pub(super) fn project(&self) -> Option<&str> {
        self.shown.get("PropertySid").and_then(Value::as_str)
    }

    fn is_held_by(&self, caller: &Caller) -> bool {
        self.project().is_some_and(|project| caller.sees(project))
    }

    pub(super) fn can(&self, capability: &str) -> bool {
        self.shown["Capabilities"]
            .as_array()
            .unwrap()
            .contains(&capability.into())
    }

    fn set_status(&mut self, country_of_address: Option<&str>) {
        let is_suitable = country_of_address.is_some_and(|country| is(&self.shown, "CountryCode", country));
        let is_active = is_suitable || !self.needs_address;
        let status = if is_active { "Active" } else { "Pending" };
        self.shown.insert("Status".to_owned(), status.into());
    }
}

impl World {
    /// The number of the path, if the caller sees it.
    fn of_path(&self, request: &Request, caller: &Caller) -> Result<usize, Failure> {
        let number = format!("+{}", request.path);
        let is_it = |known: &Number| is(&known.shown, "Number", &number) && known.is_held_by(caller);
        let found = self.numbers.iter().position(is_it);
        found.ok_or_else(|| failure("NUMBER_NOT_FOUND", "Number"))
    }

    pub(super) fn get_number(&self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        let at = self.of_path(request, caller)?;
        Ok(self.numbers[at].shown.clone().into())
    }

    pub(super) fn configure_number(&mut self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        let at = self.of_path(request, caller)?;
        let country = match request.text("AddressSid") {
            None => None,
            Some(sid) => {
                let country = self.country_of_address(caller, sid);
                Some(country.ok_or_else(|| failure("ADDRESS_NOT_FOUND", "AddressSid"))?)
            }
        };
        if let Some(flow) = request.text("Flow") {
            let project = self.numbers[at].project().unwrap();
            let is_it = |known: &Object| is(known, "ConfigId", flow) && is(known, "PropertySid", project);
            if !self.flows.iter().any(is_it) {
                return Err(failure("PARAMETER_INVALID", "Flow"));
            }
        }
        let number = &mut self.numbers[at];
        number.shown.extend(members(&request.body, &SETTINGS));
        if country.is_some() {
            number.set_status(country.as_deref());
        }
        Ok(number.shown.clone().into())
    }

    pub(super) fn purchase_number(&mut self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        if !caller.sees(&request.path) {
            return Err(failure("PROPERTY_NOT_FOUND", "PropertySid"));
        }
        let wanted = request.text("Number").unwrap();
        let at = self
            .numbers
            .iter()
            .position(|number| is(&number.shown, "Number", wanted))
            .ok_or_else(|| failure("NUMBER_NOT_FOUND", "Number"))?;
        let of_account = self.projects_of(&caller.account);
        match self.numbers[at].project() {
            None => {}
            Some(project) if project != request.path && of_account.iter().any(|sid| sid == project) => {
                return Err(failure("NUMBER_BELONGS_TO_DIFFERENT_PROPERTY", "Number"));
            }
            Some(_) => return Err(failure("NUMBER_NOT_FOUND", "Number")),
        }
        let named = request.text("AddressSid");
        let country_of_named = match named {
            None => None,
            Some(sid) => {
                let country = self.country_of_address(caller, sid);
                Some(country.ok_or_else(|| failure("ADDRESS_NOT_FOUND", "AddressSid"))?)
            }
        };
        let mut number = self.numbers.remove(at);
        let country = number.shown["CountryCode"].as_str().unwrap().to_owned();
        let address = match (number.needs_address, named) {
            (true, None) => self.address_in(&caller.account, &country),
            (true, Some(_)) if country_of_named.as_ref() != Some(&country) => None,
            (_, named) => named.map(Value::from),
        };
        number.set_status(address.as_ref().map(|_| country.as_str()));
        if let Some(address) = address {
            number.shown.insert("AddressSid".to_owned(), address);
        }
        number
            .shown
            .insert("PropertySid".to_owned(), request.path.as_str().into());
        number.shown.insert("Recording".to_owned(), "Off".into());
        let response = members(&number.shown.clone().into(), &["Number", "Status"]);
        self.numbers.push(number);
        Ok(response.into())
    }

    /// Numbers that wait for an address in a country get this one.
    pub(super) fn link_waiting_numbers(&mut self, account: &str, country: &str, address: &Value) {
        for number in &mut self.numbers {
            let owner = self.projects.iter().find(|project| {
                is(project, "AccountSid", account)
                    && project.get("PropertySid") == number.shown.get("PropertySid")
            });
            let waits = is(&number.shown, "Status", "Pending") && !number.shown.contains_key("AddressSid");
            if owner.is_some() && waits && is(&number.shown, "CountryCode", country) {
                number.shown.insert("AddressSid".to_owned(), address.clone());
                number.set_status(Some(country));
            }
        }
    }

    pub(super) fn list_property_numbers(&self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        if !caller.sees(&request.path) {
            return Err(failure("PROPERTY_NOT_FOUND", "PropertySid"));
        }
        Ok(self.list_numbers(request, |project| project == request.path))
    }

    pub(super) fn list_account_numbers(&self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        if request.path != caller.account {
            return Err(failure("ACCOUNT_NOT_FOUND", "AccountSid"));
        }
        Ok(self.list_numbers(request, |project| caller.sees(project)))
    }

    fn list_numbers(&self, request: &Request, is_asked_for: impl Fn(&str) -> bool) -> Value {
        let kinds = request.list("Type");
        let capabilities = request.list("Capabilites");
        let found = self
            .numbers
            .iter()
            .filter(|number| number.project().is_some_and(&is_asked_for))
            .filter(|number| {
                kinds
                    .as_ref()
                    .is_none_or(|kinds| kinds.iter().any(|kind| is(&number.shown, "Type", kind)))
            })
            .filter(|number| {
                let can_one = |wanted: &Vec<&str>| wanted.iter().any(|capability| number.can(capability));
                capabilities.as_ref().is_none_or(can_one)
            });
        let found = found.map(|number| Value::from(number.shown.clone())).collect();
        let (items, _) = page(
            found,
            request.number("Results_Count"),
            200,
            request.number("Results_Skip"),
        );
        json!({"Numbers": items})
    }

    pub(super) fn list_flows(&self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        if !caller.sees(&request.path) {
            return Err(failure("PROPERTY_NOT_FOUND", "PropertySid"));
        }
        let found = self
            .flows
            .iter()
            .filter(|flow| is(flow, "PropertySid", &request.path));
        let found = found.map(|flow| Value::from(flow.clone())).collect();
        let (items, _) = page(
            found,
            request.number("Results_Count"),
            50,
            request.number("Results_Skip"),
        );
        Ok(json!({"Flows": items}))
    }
}
