//! Online logins: who sees them, and what a change of one moves.

mod permissions;

use fonedynamics_client::types::{
    ListOnlineLoginsQuery, NewOnlineLogin, Nullable, OnlineLogin, OnlineLoginChanges,
};
use fonedynamics_client::{Client, Method};
use fonedynamics_sandbox::Sandbox;
use serde_json::{Value, json};

use super::callers::{OTHER_PROJECT, PROJECTS, account, assert_alike, failure, login, tenant};

const ALEX: &str = "3f0c2a9e-5b7d-4c1e-9a48-2d6f81b0c7e5";
const ROBIN: &str = "b81d6f02-7c3a-4e95-8f14-60a9d2e7c35b";
const KIM: &str = "70f5b3ce-9a21-4d08-a6e7-8c4d19f0b752";
const JO: &str = "e6a80d49-3b5f-4c72-8e1a-d0927f6c4b38";

async fn listed(client: &Client) -> Vec<String> {
    let page = client
        .list_online_logins(&ListOnlineLoginsQuery::default())
        .await
        .unwrap();
    page.online_logins
        .iter()
        .flat_map(|login| login.email.clone())
        .collect()
}

async fn read(client: &Client, online_login_sid: &str) -> OnlineLogin {
    let details = client
        .get_online_login(online_login_sid)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(details.online_login, None);
    let [login] = details.online_logins.unwrap().try_into().unwrap();
    login
}

fn new(email: &str, scopes: &str) -> NewOnlineLogin {
    NewOnlineLogin::new(email, "pass:word", "Lee", "New", scopes).enabled(true)
}

#[tokio::test]
async fn account_sees_all_of_its_logins_and_those_of_no_other() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let emails = [
        "alex@example.com",
        "robin@example.com",
        "sam@example.com",
        "kim@example.com",
    ];
    assert_eq!(listed(&client).await, emails);
    assert_eq!(listed(&tenant(&sandbox)).await, ["jo@example.net"]);
    let query = ListOnlineLoginsQuery::default().results_count(1).results_skip(1);
    let page = client.list_online_logins(&query).await.unwrap().into_inner();
    assert_eq!(page.online_logins, [read(&client, ROBIN).await]);
    assert_eq!(
        (page.total_count, page.next_page_token.is_some()),
        (Some(4), true)
    );

    assert_alike(
        "PARAMETER_INVALID at OnlineLoginSid",
        client.get_online_login("none").await,
        client.get_online_login(JO).await,
    );
    let change = OnlineLoginChanges::default().password("mine");
    let refused = client.update_online_login(JO, &change).await;
    assert_eq!(failure(refused), "PARAMETER_INVALID at OnlineLoginSid");
    assert_eq!(
        listed(&login(&sandbox, "jo@example.net", "jo-password")).await,
        ["jo@example.net"]
    );
}

#[tokio::test]
async fn new_login_may_do_what_its_scopes_say_in_its_project() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let body = NewOnlineLogin::new("lee@example.com", "pass:word", "Lee", "New", "Manage , Reporting");
    let created = client
        .create_online_login(PROJECTS[0], &body)
        .await
        .unwrap()
        .into_inner()
        .online_login;
    let sid = created.online_login_sid.clone().unwrap();
    assert_eq!(
        serde_json::to_value(&created).unwrap(),
        json!({
            "OnlineLoginSid": sid, "Email": "lee@example.com", "Enabled": false, "Created": created.created,
            "FirstName": "Lee", "LastName": "New",
            "Permissions": [{"PropertySid": PROJECTS[0], "Scopes": "Manage,Reporting"}],
        })
    );
    assert_eq!(read(&client, &sid).await, created);
    // Left out, `Enabled` is false.
    let lee = login(&sandbox, "lee@example.com", "pass:word");
    assert_eq!(failure(lee.get_project(PROJECTS[0]).await), "UNAUTHORIZED");
    client
        .update_online_login(&sid, &OnlineLoginChanges::default().enabled(true))
        .await
        .unwrap();
    lee.get_project(PROJECTS[0]).await.unwrap();
    assert_eq!(
        failure(lee.get_project(PROJECTS[1]).await),
        "PROPERTY_NOT_FOUND at PropertySid"
    );
    assert_eq!(
        failure(lee.list_online_logins(&ListOnlineLoginsQuery::default()).await),
        "FORBIDDEN"
    );
    client
        .update_online_login(&sid, &OnlineLoginChanges::default().enabled(false))
        .await
        .unwrap();
    assert_eq!(failure(lee.get_project(PROJECTS[0]).await), "UNAUTHORIZED");
    for hidden in [OTHER_PROJECT, "none"] {
        let refused = client
            .create_online_login(hidden, &new("max@example.com", "Manage"))
            .await;
        assert_eq!(failure(refused), "PROPERTY_NOT_FOUND at PropertySid");
    }
}

#[tokio::test]
async fn email_address_is_that_of_one_login() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    for email in [
        "robin@example.com",
        "Robin@Example.com",
        "kim@example.com",
        "jo@example.net",
    ] {
        let refused = client
            .create_online_login(PROJECTS[0], &new(email, "Manage"))
            .await;
        assert_eq!(failure(refused), "PARAMETER_INVALID at Email");
        let change = OnlineLoginChanges::default().email(email).first_name("Other");
        let refused = client.update_online_login(ALEX, &change).await;
        assert_eq!(failure(refused), "PARAMETER_INVALID at Email");
    }
    assert_eq!(read(&client, ALEX).await.first_name.as_deref(), Some("Alex"));
    // One's own may stay; one that was given up is free, and any number of logins can be without.
    for (sid, email) in [
        (ALEX, "Alex@example.com".into()),
        (ROBIN, Nullable::Null),
        (KIM, Nullable::Null),
        (ALEX, "robin@example.com".into()),
    ] {
        client
            .update_online_login(sid, &OnlineLoginChanges::default().email(email))
            .await
            .unwrap();
    }
    assert_eq!(listed(&client).await, ["robin@example.com", "sam@example.com"]);
    listed(&login(&sandbox, "ROBIN@example.com", "alex-password")).await;
}

#[tokio::test]
async fn change_of_a_login_moves_what_was_sent_and_nothing_else() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let mut expected = serde_json::to_value(read(&client, ROBIN).await).unwrap();
    for (member, value) in [
        ("Email", json!("robin@example.org")),
        ("Enabled", json!(false)),
        ("FirstName", json!("")),
        ("LastName", json!("Writer")),
        (
            "Permissions",
            json!([{"PropertySid": PROJECTS[1], "Scopes": "Manage"}]),
        ),
        ("LastName", Value::Null),
        ("FirstName", Value::Null),
        ("Enabled", Value::Null),
        ("Email", Value::Null),
        ("Permissions", Value::Null),
    ] {
        let change: OnlineLoginChanges = serde_json::from_value(json!({member: value})).unwrap();
        client.update_online_login(ROBIN, &change).await.unwrap();
        expected[member] = value;
        let members = expected
            .as_object()
            .unwrap()
            .iter()
            .filter(|(_, value)| !value.is_null());
        let expected: Value = members
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        assert_eq!(
            serde_json::to_value(read(&client, ROBIN).await).unwrap(),
            expected
        );
    }
    assert_eq!(read(&client, ALEX).await.permissions.unwrap().len(), 1);
}

#[tokio::test]
async fn password_is_changed_and_never_comes_back() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let signs_in = async |password| {
        let robin = login(&sandbox, "robin@example.com", password);
        robin
            .get_project(PROJECTS[0])
            .await
            .map_err(|error| error.code().cloned())
    };
    client
        .update_online_login(ROBIN, &OnlineLoginChanges::default().first_name("R"))
        .await
        .unwrap();
    signs_in("robin-password").await.unwrap();
    client
        .update_online_login(ROBIN, &OnlineLoginChanges::default().password("next-password"))
        .await
        .unwrap();
    signs_in("robin-password").await.unwrap_err();
    signs_in("next-password").await.unwrap();
    let created = client
        .create_online_login(PROJECTS[0], &new("lee@example.com", "Admin"))
        .await
        .unwrap();
    let read = client.get_online_login(ROBIN).await.unwrap();
    let listed = client
        .request(Method::GET, "/v2/OnlineLogins")
        .send_for_bytes()
        .await
        .unwrap();
    for body in [created.body(), read.body(), listed.body()] {
        let body = String::from_utf8_lossy(body).to_lowercase();
        assert!(
            !body.contains("password") && !body.contains("pass:word"),
            "{body}"
        );
    }
    client
        .update_online_login(ROBIN, &OnlineLoginChanges::default().password(Nullable::Null))
        .await
        .unwrap();
    for password in ["next-password", ""] {
        signs_in(password).await.unwrap_err();
    }
}
