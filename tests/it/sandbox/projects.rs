//! Projects: who sees them, and what a change of one moves.

use fonedynamics_client::Client;
use fonedynamics_client::types::{
    ListProjectsQuery, NewMessage, NewProject, Nullable, Project, ProjectChanges,
};
use fonedynamics_sandbox::Sandbox;
use serde_json::{Value, json};

use super::callers::{OTHER_PROJECT, PROJECTS, account, assert_alike, failure, login, tenant};

async fn listed(client: &Client) -> Vec<String> {
    let page = client.list_projects(&ListProjectsQuery::default()).await.unwrap();
    let sids = page
        .projects
        .iter()
        .flat_map(|project| project.property_sid.clone());
    sids.collect()
}

async fn read(client: &Client, property_sid: &str) -> Project {
    let details = client.get_project(property_sid).await.unwrap();
    details.into_inner().property.unwrap()
}

async fn create(client: &Client, project: &NewProject) -> Project {
    client
        .create_project(project)
        .await
        .unwrap()
        .into_inner()
        .property
}

fn shop() -> NewProject {
    NewProject::new("Second Shop", "second.example.com", "Tasmania Standard Time")
}

#[tokio::test]
async fn callers_see_the_projects_that_are_theirs() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(listed(&account(&sandbox)).await, PROJECTS);
    assert_eq!(listed(&tenant(&sandbox)).await, [OTHER_PROJECT]);
    let robin = login(&sandbox, "robin@example.com", "robin-password");
    assert_eq!(listed(&robin).await, PROJECTS[..1]);
    read(&robin, PROJECTS[0]).await;
    for (caller, hidden) in [
        (&account(&sandbox), OTHER_PROJECT),
        (&tenant(&sandbox), PROJECTS[0]),
        (&robin, PROJECTS[1]),
    ] {
        assert_alike(
            "PROPERTY_NOT_FOUND at PropertySid",
            caller.get_project("none").await,
            caller.get_project(hidden).await,
        );
    }
    let change = ProjectChanges::default().name("Mine");
    let refused = account(&sandbox).update_project(OTHER_PROJECT, &change).await;
    assert_eq!(failure(refused), "PROPERTY_NOT_FOUND at PropertySid");
    assert_eq!(
        read(&tenant(&sandbox), OTHER_PROJECT).await.name.as_deref(),
        Some("Another Tenant")
    );
}

#[tokio::test]
async fn list_of_projects_says_how_many_there_are_and_whether_more_follow() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    for (count, skip, expected, more_follow) in [
        (2, 0, &PROJECTS[..2], true),
        (2, 1, &PROJECTS[1..], false),
        (0, 0, &[], true),
        (50, 7, &[], false),
        (i64::MAX, i64::MAX, &[], false),
    ] {
        let query = ListProjectsQuery::default()
            .results_count(count)
            .results_skip(skip);
        let page = client.list_projects(&query).await.unwrap().into_inner();
        let sids: Vec<_> = page
            .projects
            .iter()
            .flat_map(|project| project.property_sid.as_deref())
            .collect();
        assert_eq!(sids, expected);
        assert_eq!(
            (page.total_count, page.next_page_token.is_some()),
            (Some(3), more_follow),
            "{query:?}"
        );
    }
}

#[tokio::test]
async fn new_project_is_in_the_account_of_the_caller_and_has_the_documented_defaults() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let created = create(&client, &shop()).await;
    let sid = created.property_sid.clone().unwrap();
    assert_eq!(
        serde_json::to_value(&created).unwrap(),
        json!({
            "AccountSid": Sandbox::ACCOUNT_SID, "PropertySid": sid, "Name": "Second Shop",
            "MainDomain": "second.example.com", "TimeZone": "Tasmania Standard Time", "SmsEnabled": false,
            "CallRecordingEnabled": false, "IntegrationsEnabled": false, "Active": true,
        })
    );
    assert_eq!(read(&client, &sid).await, created);
    assert_eq!(listed(&client).await.last(), Some(&sid));
    let unlike = shop()
        .sms_enabled(true)
        .call_recording_enabled(true)
        .integrations_enabled(true)
        .active(false);
    let created = create(&client, &unlike).await;
    assert_eq!(
        (
            created.sms_enabled,
            created.call_recording_enabled,
            created.integrations_enabled,
            created.active
        ),
        (Some(true), Some(true), Some(true), Some(false))
    );
    let elsewhere = create(&tenant(&sandbox), &shop()).await;
    assert_eq!(
        listed(&tenant(&sandbox)).await,
        [OTHER_PROJECT, elsewhere.property_sid.as_deref().unwrap()]
    );
}

#[tokio::test]
async fn time_zone_must_be_one_that_windows_has() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    for name in [
        "Australia/Sydney",
        "AUS eastern standard time",
        "AUS Eastern Standard Time ",
    ] {
        let project = NewProject::new("Shop", "shop.example.com", name);
        assert_eq!(
            failure(client.create_project(&project).await),
            "UNKNOWN_TIME_ZONE at TimeZone"
        );
        let change = ProjectChanges::default().time_zone(name);
        let refused = client.update_project(PROJECTS[0], &change).await;
        assert_eq!(failure(refused), "UNKNOWN_TIME_ZONE at TimeZone");
    }
    for name in [
        "Dateline Standard Time",
        "UTC",
        "Mid-Atlantic Standard Time",
        "Line Islands Standard Time",
    ] {
        let change = ProjectChanges::default().time_zone(name);
        client.update_project(PROJECTS[0], &change).await.unwrap();
        assert_eq!(read(&client, PROJECTS[0]).await.time_zone.as_deref(), Some(name));
    }
    assert_eq!(listed(&client).await.len(), 3);
}

#[tokio::test]
async fn change_of_a_project_moves_what_was_sent_and_nothing_else() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let before = serde_json::to_value(read(&client, PROJECTS[0]).await).unwrap();
    let mut expected = before.clone();
    for (member, value) in [
        ("Name", json!("Example Store")),
        ("MainDomain", json!("")),
        ("TimeZone", json!("UTC")),
        ("SmsEnabled", json!(false)),
        ("CallRecordingEnabled", json!(true)),
        ("IntegrationsEnabled", json!(true)),
        ("Active", json!(false)),
        ("Active", Value::Null),
        ("IntegrationsEnabled", Value::Null),
        ("CallRecordingEnabled", Value::Null),
        ("SmsEnabled", Value::Null),
        ("TimeZone", Value::Null),
        ("MainDomain", Value::Null),
        ("Name", Value::Null),
    ] {
        let change: ProjectChanges = serde_json::from_value(json!({member: value})).unwrap();
        client.update_project(PROJECTS[0], &change).await.unwrap();
        expected[member] = value;
        // What is null is absent when it is read.
        let members = expected
            .as_object()
            .unwrap()
            .iter()
            .filter(|(_, value)| !value.is_null());
        let expected: Value = members
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        assert_eq!(
            serde_json::to_value(read(&client, PROJECTS[0]).await).unwrap(),
            expected
        );
    }
    client
        .update_project(PROJECTS[0], &ProjectChanges::default())
        .await
        .unwrap();
    assert_eq!(
        serde_json::to_value(read(&client, PROJECTS[0]).await).unwrap(),
        json!({"AccountSid": before["AccountSid"], "PropertySid": PROJECTS[0]})
    );
    assert_eq!(
        read(&client, PROJECTS[1]).await.name.as_deref(),
        Some("Example Clinic")
    );
}

#[tokio::test]
async fn cleared_boolean_counts_as_its_default() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let message = NewMessage::new("+61491570156", "Hello");
    let clear = ProjectChanges::default().active(Nullable::Null);
    client.update_project(PROJECTS[0], &clear).await.unwrap();
    client.send_message(PROJECTS[0], &message).await.unwrap();
    let clear = ProjectChanges::default().sms_enabled(Nullable::Null);
    client.update_project(PROJECTS[0], &clear).await.unwrap();
    assert_eq!(
        failure(client.send_message(PROJECTS[0], &message).await),
        "FORBIDDEN"
    );
}
