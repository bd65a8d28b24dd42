//! Draws bodies.

use fonedynamics_server::Operation;
use serde_json::{Value, json};

use super::Draw;

/// Scopes, of which the last does not exist.
const SCOPES: [&str; 10] = [
    "Admin",
    "Manage",
    "Reporting, ManageSms",
    "ReportingSms",
    "UserManagement",
    "ProjectManagement,UserManagement",
    "Manage,ManageSms,Reporting",
    "Billing",
    "UserManagement",
    "Everything",
];

impl Draw<'_> {
    pub(super) fn body(&mut self, operation: &Operation) -> Value {
        match operation.id {
            "configureNumber" => self.configuration(),
            "purchaseNumber" => self.purchase(),
            "addAddress" => self.new_address(),
            "createProject" => self.new_project(),
            "updateProject" => self.project_changes(),
            "updateOnlineLogin" => self.login_changes(),
            "createOnlineLogin" => self.new_login(),
            "sendMessage" => self.new_message(),
            "sendMessageBatch" => {
                let count = self.rng.usize(1..4);
                let messages: Vec<_> = (0..count).map(|_| self.new_message()).collect();
                json!({"Messages": messages})
            }
            _ => Value::Null,
        }
    }

    /// An object of some of these members, or all.
    fn some_members(&mut self, all: Value, chances: u8) -> Value {
        let Value::Object(mut all) = all else {
            panic!("{all}")
        };
        let names: Vec<_> = all.keys().cloned().collect();
        for name in names {
            if !self.once_in(chances) {
                all.remove(&name);
            }
        }
        all.into()
    }

    fn configuration(&mut self) -> Value {
        let all = json!({
            "Friendly": self.one_of(&["Spring catalogue", "Reception"]),
            "Attribution_Source": self.one_of(&["catalogue", "search"]),
            "Attribution_Medium": "print",
            "Attribution_Campaign": "autumn",
            "Attribution_Content": "",
            "RoutingMethod": self.one_of(&["Endpoint", "Flow"]),
            "EndpointNumber": "+61491570110",
            "Flow": self.flow(),
            "Recording": self.one_of(&["Off", "Call"]),
            "SendSmsFrom": "Shop",
            "SendSmsTo": "+61491570110",
            "SendEmailFrom": "sms@example.com",
            "SendEmailTo": "reception@example.com",
        });
        let mut configuration = self.some_members(all, 4);
        if self.once_in(2) {
            configuration["AddressSid"] = self.address().into();
        }
        configuration
    }

    fn purchase(&mut self) -> Value {
        let mut purchase = json!({"Number": self.number_on_offer()});
        if self.once_in(3) {
            purchase["AddressSid"] = self.address().into();
        }
        purchase
    }

    fn new_address(&mut self) -> Value {
        let further = json!({
            "Friendly": self.one_of(&["Head office", "Warehouse"]),
            "Reference": self.one_of(&["HQ-1", "W-2"]),
            "Line2": "Level 2",
            "Region": self.one_of(&["NSW", "Berlin", "Elsewhere"]),
            "PostalCode": self.one_of(&["2000", "2150", "10115"]),
        });
        let mut address = self.some_members(further, 2);
        address["Line1"] = "1 Example Street".into();
        address["City"] = self.one_of(&["Sydney", "Berlin", "Nowhere"]).into();
        let countries = ["AU", "DE", "GB", "GB", "US", "AQ", "FR", "ZZ"];
        address["CountryCode"] = self.one_of(&countries).into();
        address
    }

    fn new_project(&mut self) -> Value {
        let further = json!({
            "CallRecordingEnabled": self.rng.bool(),
            "IntegrationsEnabled": self.rng.bool(),
            "Active": !self.once_in(6),
        });
        let mut project = self.some_members(further, 2);
        if !self.once_in(6) {
            project["SmsEnabled"] = (!self.once_in(6)).into();
        }
        project["Name"] = self.one_of(&["Example Store", "Example Bakery"]).into();
        project["MainDomain"] = "store.example.com".into();
        project["TimeZone"] = self.time_zone();
        project
    }

    fn time_zone(&mut self) -> Value {
        let known = ["AUS Eastern Standard Time", "New Zealand Standard Time"];
        let unknown = ["Australia/Sydney", "aus eastern standard time"];
        let zones = if self.once_in(8) { unknown } else { known };
        self.one_of(&zones).into()
    }

    /// Some members of a merge patch, of which some are null.
    fn patch(&mut self, all: Value) -> Value {
        let mut patch = self.some_members(all, 3);
        for value in patch.as_object_mut().unwrap().values_mut() {
            if self.once_in(6) {
                *value = Value::Null;
            }
        }
        patch
    }

    fn project_changes(&mut self) -> Value {
        let all = json!({
            "Name": self.one_of(&["Example Store", "Example Bakery"]),
            "MainDomain": "other.example.com",
            "TimeZone": self.time_zone(),
            "SmsEnabled": self.rng.bool(),
            "CallRecordingEnabled": self.rng.bool(),
            "IntegrationsEnabled": self.rng.bool(),
            "Active": self.rng.bool(),
        });
        self.patch(all)
    }

    fn email(&mut self) -> &'static str {
        self.one_of(&[
            "alex@example.com",
            "ROBIN@example.com",
            "a@example.com",
            "b@example.com",
            "c@example.com",
        ])
    }

    fn permission(&mut self) -> Value {
        let scopes = self.one_of(&SCOPES);
        match self.once_in(3) {
            true => json!({"AccountSid": self.account(), "Scopes": scopes}),
            false => json!({"PropertySid": self.project(), "Scopes": scopes}),
        }
    }

    fn login_changes(&mut self) -> Value {
        let count = self.rng.usize(..3);
        let permissions: Vec<_> = (0..count).map(|_| self.permission()).collect();
        let all = json!({
            "Email": self.email(),
            "Password": self.one_of(&["first-password", "second-password"]),
            "Enabled": !self.once_in(3),
            "FirstName": "Charlie",
            "LastName": "Changed",
            "Permissions": permissions,
        });
        self.patch(all)
    }

    fn new_login(&mut self) -> Value {
        let mut login = json!({
            "Email": self.email(),
            "Password": self.one_of(&["first-password", "second-password"]),
            "FirstName": "Charlie",
            "LastName": "Citizen",
            "Scopes": self.one_of(&SCOPES),
        });
        if !self.once_in(4) {
            login["Enabled"] = (!self.once_in(6)).into();
        }
        login
    }

    fn new_message(&mut self) -> Value {
        let lengths = [1, 160, 161, 307];
        let text = "a".repeat(lengths[self.rng.usize(..4)]);
        let mut message = json!({
            "To": self.one_of(&["+61491570156", "+61491570156", "+12025550147"]),
            "Text": text,
        });
        if self.once_in(3) {
            let number = self.number();
            message["From"] = self
                .one_of(&["", "  ", "Example 1", "12345", "+61491576398", &number, &number])
                .into();
        }
        if self.once_in(4) {
            const DAY: i64 = 86_400;
            let ahead = [
                -2 * DAY,
                -3_601,
                -3_600,
                -3_599,
                -5,
                1,
                60,
                3_600,
                14 * DAY,
                14 * DAY + 1,
                15 * DAY,
            ];
            let ahead = ahead[self.rng.usize(..ahead.len())];
            message["Schedule"] = (self.now() + ahead).into();
        }
        if self.once_in(3) {
            message["DeliveryReceipt"] = self.rng.bool().into();
        }
        if self.once_in(4) {
            message["ExternalId"] = "order-7".into();
        }
        message
    }
}
