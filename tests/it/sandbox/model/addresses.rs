//! Addresses, in the model.

use serde_json::{Value, json};

use super::access::Caller;
use super::request::Request;
use super::response::{Failure, Object, failure, members, page};
use super::world::{World, is};

/// What a request says of a new address, and what is shown of it.
const MEMBERS: [&str; 8] = [
    "Friendly",
    "Reference",
    "Line1",
    "Line2",
    "City",
    "Region",
    "CountryCode",
    "PostalCode",
];

/// The filters that have to name a known place together.
const PLACE: [&str; 4] = ["City", "Region", "CountryCode", "PostalCode"];

/// Known places, as far as requests that are drawn can ask for them.
const PLACES: [[&str; 4]; 3] = [
    ["Sydney", "NSW", "AU", "2000"],
    ["Parramatta", "NSW", "AU", "2150"],
    ["Berlin", "Berlin", "DE", "10115"],
];

/// Countries that are served, as far as they are drawn, and those that are not.
const SERVED: [&str; 4] = ["AU", "DE", "GB", "US"];
const NOT_SERVED: [&str; 2] = ["AQ", "FR"];

impl World {
    fn find_address(&self, caller: &Caller, sid: &str) -> Option<&Object> {
        let mut found = self.addresses.iter();
        found.find(|address| is(address, "AddressSid", sid) && is(address, "AccountSid", &caller.account))
    }

    /// The country of an address of the caller's account.
    pub(super) fn country_of_address(&self, caller: &Caller, sid: &str) -> Option<String> {
        let address = self.find_address(caller, sid)?;
        Some(address["CountryCode"].as_str().unwrap().to_owned())
    }

    /// The first address of an account in a country.
    pub(super) fn address_in(&self, account: &str, country: &str) -> Option<Value> {
        let mut all = self.addresses.iter();
        let found =
            all.find(|address| is(address, "AccountSid", account) && is(address, "CountryCode", country));
        found.map(|address| address["AddressSid"].clone())
    }

    pub(super) fn list_addresses(&self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        if request.path != caller.account {
            return Err(failure("ACCOUNT_NOT_FOUND", "AccountSid"));
        }
        let own: Vec<_> = self
            .addresses
            .iter()
            .filter(|address| is(address, "AccountSid", &caller.account))
            .collect();
        let asked: Vec<_> = PLACE
            .into_iter()
            .filter(|name| request.query(name).is_some())
            .collect();
        let is_there =
            |index: usize, value: &str| request.query(PLACE[index]).is_none_or(|asked| asked == value);
        let is_known = PLACES
            .iter()
            .any(|place| (0..4).all(|index| is_there(index, place[index])));
        let fits = |address: &Object, names: &[&str]| {
            let fits = |name: &&str| request.query(name).is_none_or(|value| is(address, name, value));
            names.iter().all(fits)
        };
        if !asked.is_empty() && !is_known && !own.iter().any(|address| fits(address, &PLACE)) {
            return Err(Failure {
                code: "LOCATION_NOT_FOUND",
                fields: asked.into_iter().map(str::to_owned).collect(),
            });
        }
        let found = own.into_iter().filter(|address| fits(address, &MEMBERS));
        let found = found.map(|address| Value::from(address.clone())).collect();
        let (items, _) = page(
            found,
            request.number("Results_Count"),
            200,
            request.number("Results_Skip"),
        );
        Ok(json!({"Addresses": items}))
    }

    pub(super) fn add_address(
        &mut self,
        request: &Request,
        caller: &Caller,
        given: &Value,
    ) -> Result<Value, Failure> {
        if request.path != caller.account {
            return Err(failure("ACCOUNT_NOT_FOUND", "AccountSid"));
        }
        let country = request.text("CountryCode").unwrap();
        if NOT_SERVED.contains(&country) {
            return Err(failure("COUNTRY_UNAVAILABLE", "CountryCode"));
        }
        if !SERVED.contains(&country) {
            return Err(failure("COUNTRY_NOT_FOUND", "CountryCode"));
        }
        let sid = self.new_identifier(&given["AddressSid"], "");
        let mut address = members(&request.body, &MEMBERS);
        address.insert("AddressSid".to_owned(), sid.clone());
        address.insert("AccountSid".to_owned(), caller.account.as_str().into());
        self.addresses.push(address.clone());
        self.link_waiting_numbers(&caller.account, country, &sid);
        Ok(address.into())
    }

    pub(super) fn get_address(&self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        match self.find_address(caller, &request.path) {
            Some(address) => Ok(address.clone().into()),
            None => Err(failure("ADDRESS_NOT_FOUND", "AddressSid")),
        }
    }

    pub(super) fn remove_address(&mut self, request: &Request, caller: &Caller) -> Result<Value, Failure> {
        let sid = request.path.as_str();
        if self.find_address(caller, sid).is_none() {
            return Err(failure("ADDRESS_NOT_FOUND", "AddressSid"));
        }
        if self
            .numbers
            .iter()
            .any(|number| is(&number.shown, "AddressSid", sid))
        {
            return Err(failure("ADDRESS_CANNOT_BE_DELETED", "AddressSid"));
        }
        self.addresses.retain(|address| !is(address, "AddressSid", sid));
        Ok(json!({"AddressSid": sid}))
    }
}
