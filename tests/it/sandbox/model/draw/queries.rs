//! Draws parameters of the query.

use fonedynamics_server::Operation;
use serde_json::Value;

use super::Draw;

type Query = Vec<(&'static str, String)>;

impl Draw<'_> {
    pub(super) fn query(&mut self, operation: &Operation) -> Query {
        let mut query = match operation.id {
            "listPropertyCalls" | "listAccountCalls" => self.filters_of_calls(),
            "listPropertyNumbers" | "listAccountNumbers" => self.filters_of_numbers(),
            "listAddresses" => self.filters_of_addresses(),
            "findMessages" => self.filters_of_messages(),
            _ => Vec::new(),
        };
        if operation.fields.contains(&"Results_Count") {
            for (name, values) in [
                ("Results_Count", ["0", "1", "2", "200"]),
                ("Results_Skip", ["0", "1", "2", "300"]),
            ] {
                if self.once_in(3) {
                    query.push((name, self.one_of(&values).to_owned()));
                }
            }
        }
        query
    }

    /// Some values, joined.
    fn some_of(&mut self, values: &[&str]) -> String {
        let mut some: Vec<_> = values.iter().copied().filter(|_| self.once_in(2)).collect();
        if some.is_empty() {
            some.push(self.one_of(values));
        }
        some.join(",")
    }

    fn filters_of_calls(&mut self) -> Query {
        let mut query = Vec::new();
        if self.once_in(4) {
            let known: Vec<_> = self.world.tokens_of_calls.keys().cloned().collect();
            let token = self.rng.choice(known).filter(|_| !self.once_in(8));
            query.push(("Token", token.unwrap_or_else(|| "T1".to_owned())));
        }
        for name in ["Date_From", "Date_To"] {
            if self.once_in(5) {
                let time = self.rng.choice(&self.world.calls).unwrap()["DateStart"].clone();
                query.push((name, time.to_string()));
            }
        }
        for name in [
            "Disposition",
            "To",
            "Endpoint",
            "Attribution_Source",
            "Attribution_Medium",
            "Attribution_Campaign",
            "Attribution_Content",
        ] {
            if self.once_in(8) {
                let calls = self.rng.choose_multiple(&self.world.calls, 3).into_iter();
                let values: Vec<_> = calls
                    .filter_map(|call| call.get(name).and_then(Value::as_str))
                    .collect();
                if !values.is_empty() {
                    query.push((name, values.join(",")));
                }
            }
        }
        if self.once_in(5) {
            query.push((
                "Prompts_keys",
                self.one_of(&["1", "1,2", "3;1,1", "1,", ";2", "7"]).to_owned(),
            ));
        }
        if self.once_in(5) {
            query.push(("Unique", self.one_of(&["All", "First"]).to_owned()));
        }
        query
    }

    fn filters_of_numbers(&mut self) -> Query {
        let mut query = Vec::new();
        if self.once_in(3) {
            query.push((
                "Type",
                self.some_of(&["Local", "Toll-Free", "Shared-Rate", "National"]),
            ));
        }
        if self.once_in(3) {
            query.push(("Capabilites", self.some_of(&["Voice", "SMS", "MMS"])));
        }
        query
    }

    fn filters_of_addresses(&mut self) -> Query {
        let mut query = Vec::new();
        for (name, values) in [
            ("Friendly", ["Head office", "Warehouse"]),
            ("Reference", ["HQ-1", "W-2"]),
            ("City", ["Sydney", "Atlantis"]),
            ("Region", ["NSW", "Berlin"]),
            ("CountryCode", ["AU", "DE"]),
            ("PostalCode", ["2000", "2150"]),
        ] {
            if self.once_in(5) {
                query.push((name, self.one_of(&values).to_owned()));
            }
        }
        query
    }

    fn filters_of_messages(&mut self) -> Query {
        let now = self.now();
        let from = [0, now - 86_400, now - 5, now][self.rng.usize(..4)];
        let to = [4_102_444_800, now + 1, now][self.rng.usize(..3)];
        let mut query = vec![("Date_From", from.to_string()), ("Date_To", to.to_string())];
        if self.once_in(4) {
            let status = ["Processing", "Submitted", "Delivered", "Failed", "Received"];
            query.push(("Status", self.one_of(&status).to_owned()));
        }
        if self.once_in(4) {
            query.push(("Direction", self.one_of(&["Transmit", "Receive"]).to_owned()));
        }
        query
    }
}
