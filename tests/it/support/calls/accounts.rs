//! Calls of the operations on addresses, projects and online logins.

use fonedynamics_client::Client;
use fonedynamics_client::types::{ListAddressesQuery, ListOnlineLoginsQuery, ListProjectsQuery};
use fonedynamics_server::operations;
use serde_json::json;

use super::{Call, JSON, MERGE_PATCH};
use crate::support::examples;

/// One call of each operation.
pub(super) fn all() -> Vec<Call> {
    [addresses(), projects(), logins()]
        .into_iter()
        .flatten()
        .collect()
}

fn addresses() -> Vec<Call> {
    vec![
        Call::of(
            &operations::LIST_ADDRESSES,
            "/v2/Accounts/AC1/Addresses?Friendly=Caf%C3%A9+%26+bar&Reference=&City=Sydney&Region=NSW\
             &CountryCode=AU&PostalCode=2000",
            async |client: Client| {
                let query = ListAddressesQuery::default()
                    .friendly("Café & bar")
                    .reference("")
                    .city("Sydney")
                    .region("NSW")
                    .country_code("AU")
                    .postal_code("2000");
                client.list_addresses("AC1", &query).await
            },
        )
        .with(json!("AC1"))
        .with(json!({
            "Friendly": "Café & bar", "Reference": "", "City": "Sydney", "Region": "NSW",
            "CountryCode": "AU", "PostalCode": "2000", "Results_Skip": 0,
        }))
        .responds("AddressPage"),
        Call::of(
            &operations::ADD_ADDRESS,
            "/v2/Accounts/AC1/Addresses",
            async |client: Client| {
                client
                    .add_address("AC1", &examples::typed_request("NewAddress", "full"))
                    .await
            },
        )
        .with(json!("AC1"))
        .body(JSON, "NewAddress", "full")
        .responds("Address"),
        Call::of(
            &operations::GET_ADDRESS,
            "/v2/Addresses/AD1",
            async |client: Client| client.get_address("AD1").await,
        )
        .with(json!("AD1"))
        .responds("Address"),
        Call::of(
            &operations::REMOVE_ADDRESS,
            "/v2/Addresses/AD1",
            async |client: Client| client.remove_address("AD1").await,
        )
        .with(json!("AD1"))
        .responds("RemovedAddress"),
    ]
}

fn projects() -> Vec<Call> {
    vec![
        Call::of(
            &operations::LIST_PROJECTS,
            "/v2/Properties?Results_Skip=50",
            async |client: Client| {
                let query = ListProjectsQuery::default().results_skip(50);
                client.list_projects(&query).await
            },
        )
        .with(json!({ "Results_Skip": 50 }))
        .responds("ProjectPage"),
        Call::of(
            &operations::CREATE_PROJECT,
            "/v2/Properties",
            async |client: Client| {
                client
                    .create_project(&examples::typed_request("NewProject", "full"))
                    .await
            },
        )
        .body(JSON, "NewProject", "full")
        .responds("CreatedProject"),
        Call::of(
            &operations::GET_PROJECT,
            "/v2/Properties/PR1",
            async |client: Client| client.get_project("PR1").await,
        )
        .with(json!("PR1"))
        .responds("ProjectDetails"),
        Call::of(
            &operations::UPDATE_PROJECT,
            "/v2/Properties/PR1",
            async |client: Client| {
                client
                    .update_project("PR1", &examples::typed_request("ProjectChanges", "suspend"))
                    .await
            },
        )
        .with(json!("PR1"))
        .body(MERGE_PATCH, "ProjectChanges", "suspend"),
    ]
}

fn logins() -> Vec<Call> {
    vec![
        Call::of(
            &operations::LIST_ONLINE_LOGINS,
            "/v2/OnlineLogins",
            async |client: Client| client.list_online_logins(&ListOnlineLoginsQuery::default()).await,
        )
        .with(json!({ "Results_Skip": 0 }))
        .responds("OnlineLoginPage"),
        Call::of(
            &operations::GET_ONLINE_LOGIN,
            "/v2/OnlineLogins/3f0c2a9e-5b7d",
            async |client: Client| client.get_online_login("3f0c2a9e-5b7d").await,
        )
        .with(json!("3f0c2a9e-5b7d"))
        .responds("OnlineLoginDetails"),
        Call::of(
            &operations::UPDATE_ONLINE_LOGIN,
            "/v2/OnlineLogins/3f0c2a9e-5b7d",
            async |client: Client| {
                let body = examples::typed_request("OnlineLoginChanges", "permissions");
                client.update_online_login("3f0c2a9e-5b7d", &body).await
            },
        )
        .with(json!("3f0c2a9e-5b7d"))
        .body(MERGE_PATCH, "OnlineLoginChanges", "permissions"),
        Call::of(
            &operations::CREATE_ONLINE_LOGIN,
            "/v2/Properties/PR1/OnlineLogins",
            async |client: Client| {
                let body = examples::typed_request("NewOnlineLogin", "enabled");
                client.create_online_login("PR1", &body).await
            },
        )
        .with(json!("PR1"))
        .body(JSON, "NewOnlineLogin", "enabled")
        .responds("CreatedOnlineLogin"),
    ]
}
