//! What a login may do, and that nobody reaches further than he was let.

use fonedynamics_client::Client;
use fonedynamics_client::types::{
    ListAddressesQuery, ListProjectsQuery, NewProject, Nullable, OnlineLoginChanges, Permission,
    ProjectChanges,
};
use fonedynamics_sandbox::Sandbox;

use super::super::callers::{OTHER_ACCOUNT, OTHER_PROJECT, PROJECTS, account, failure, login};
use super::{ALEX, JO, KIM, ROBIN, listed, new, read};
use crate::support;

/// Creates a login in the first project, and signs in with it.
async fn signed_in(sandbox: &Sandbox, email: &str, scopes: &str) -> (Client, String) {
    let created = account(sandbox)
        .create_online_login(PROJECTS[0], &new(email, scopes))
        .await;
    let sid = created.unwrap().online_login.online_login_sid.clone().unwrap();
    (login(sandbox, email, "pass:word"), sid)
}

fn permitting(permissions: impl Into<Vec<Permission>>) -> OnlineLoginChanges {
    OnlineLoginChanges::default().permissions(permissions.into())
}

fn in_project(property_sid: &str, scopes: &str) -> Permission {
    Permission::new(scopes).property_sid(property_sid)
}

fn in_account(account_sid: &str, scopes: &str) -> Permission {
    Permission::new(scopes).account_sid(account_sid)
}

#[tokio::test]
async fn unknown_scope_is_told_those_of_the_document() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let document = support::read("openapi/fonedynamics.yaml");
    let scopes = document
        .split_once("What the login may do in the project, separated by commas:")
        .unwrap()
        .1;
    let scopes = scopes.split_once("`.").unwrap().0;
    let scopes: Vec<_> = scopes.split('`').skip(1).step_by(2).collect();
    assert_eq!((scopes.len(), scopes[12]), (13, "Admin"));
    for unknown in ["", "manage", "Manage,", "Manage;Reporting", "Manage,Everything"] {
        let refused = client
            .create_online_login(PROJECTS[0], &new("lee@example.com", unknown))
            .await;
        let message = refused.as_ref().unwrap_err().message().unwrap().to_owned();
        assert!(
            scopes.iter().all(|scope| message.contains(scope)) && message.ends_with('.'),
            "{message}"
        );
        assert_eq!(failure(refused), "PARAMETER_INVALID at Scopes");
    }
    let all = scopes.join(",");
    client
        .create_online_login(PROJECTS[0], &new("lee@example.com", &all))
        .await
        .unwrap();
    let both = client
        .create_online_login(PROJECTS[0], &new("lee@example.com", "none"))
        .await;
    assert_eq!(failure(both), "PARAMETER_INVALID at Email, Scopes");

    let mut permissions = vec![in_project(PROJECTS[0], "none"); 12];
    permissions[1].scopes = all;
    let refused = client
        .update_online_login(ROBIN, &permitting(&permissions[..3]))
        .await;
    assert_eq!(
        failure(refused),
        "PARAMETER_INVALID at Permissions[0].Scopes, Permissions[2].Scopes"
    );
    permissions[..11].fill(in_project(PROJECTS[0], "Manage"));
    let refused = client.update_online_login(ROBIN, &permitting(permissions)).await;
    let message = refused.as_ref().unwrap_err().message().unwrap().to_owned();
    assert!(message.ends_with("Admin."), "{message}");
    assert_eq!(failure(refused), "PARAMETER_INVALID at Permissions[11].Scopes");
}

#[tokio::test]
async fn changed_permissions_act_on_the_next_request() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let sam = login(&sandbox, "sam@example.com", "sam-password");
    let (_, sid) = signed_in(&sandbox, "lee@example.com", "Billing").await;
    let lee = login(&sandbox, "lee@example.com", "pass:word");
    let rename = ProjectChanges::default().name("Example Store");
    assert_eq!(
        failure(lee.update_project(PROJECTS[0], &rename).await),
        "FORBIDDEN"
    );
    let change = permitting([
        in_project(PROJECTS[0], "ProjectManagement"),
        in_project(PROJECTS[1], "Reporting"),
    ]);
    client.update_online_login(&sid, &change).await.unwrap();
    lee.update_project(PROJECTS[0], &rename).await.unwrap();
    let hidden = lee.update_project(PROJECTS[1], &rename).await;
    assert_eq!(failure(hidden), "PROPERTY_NOT_FOUND at PropertySid");
    let shown = lee.list_projects(&ListProjectsQuery::default()).await.unwrap();
    assert_eq!(shown.total_count, Some(2));
    // What concerns the whole account takes a permission there.
    let project = NewProject::new("Shop", "shop.example.com", "UTC");
    assert_eq!(failure(lee.create_project(&project).await), "FORBIDDEN");
    let change = permitting([in_account(Sandbox::ACCOUNT_SID, "ProjectManagement")]);
    client.update_online_login(&sid, &change).await.unwrap();
    let created = lee.create_project(&project).await.unwrap().into_inner().property;
    lee.update_project(&created.property_sid.unwrap(), &rename)
        .await
        .unwrap();
    let addresses = lee
        .list_addresses(Sandbox::ACCOUNT_SID, &ListAddressesQuery::default())
        .await;
    assert_eq!(failure(addresses), "FORBIDDEN");
    // Sent, permissions replace all; cleared, there are none.
    assert_eq!(read(&client, &sid).await.permissions.unwrap().len(), 1);
    for none in [Nullable::Null, Nullable::Value(Vec::new())] {
        client
            .update_online_login(&sid, &OnlineLoginChanges::default().permissions(none))
            .await
            .unwrap();
        assert_eq!(failure(lee.get_project(PROJECTS[0]).await), "FORBIDDEN");
        assert_eq!(read(&client, &sid).await.permissions, None);
    }
    assert_eq!(failure(sam.get_project(PROJECTS[0]).await), "FORBIDDEN");
}

#[tokio::test]
async fn permission_names_an_account_or_a_project_that_the_caller_manages() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let before = read(&client, ROBIN).await;
    let known = in_project(PROJECTS[0], "Manage");
    for (permissions, expected) in [
        (
            vec![known.clone(), in_project("none", "Manage")],
            "PROPERTY_NOT_FOUND at Permissions[1].PropertySid",
        ),
        (
            vec![in_project(OTHER_PROJECT, "Manage")],
            "PROPERTY_NOT_FOUND at Permissions[0].PropertySid",
        ),
        (
            vec![in_account("none", "Admin"), known.clone()],
            "ACCOUNT_NOT_FOUND at Permissions[0].AccountSid",
        ),
        (
            vec![in_account(OTHER_ACCOUNT, "Admin")],
            "ACCOUNT_NOT_FOUND at Permissions[0].AccountSid",
        ),
        (
            vec![
                in_project("a", "Manage"),
                in_account("b", "Manage"),
                known,
                in_project("c", "Manage"),
            ],
            "PROPERTY_NOT_FOUND at Permissions[0].PropertySid, Permissions[3].PropertySid",
        ),
    ] {
        let change = permitting(permissions).first_name("Changed");
        assert_eq!(
            failure(client.update_online_login(ROBIN, &change).await),
            expected
        );
    }
    assert_eq!(read(&client, ROBIN).await, before);
}

#[tokio::test]
async fn who_manages_the_logins_of_one_project_gets_no_further() {
    let sandbox = Sandbox::start().await.unwrap();
    let (lee, sid) = signed_in(&sandbox, "lee@example.com", "UserManagement").await;
    // Not alex, whose permission is for the account and whose password would be worth it.
    assert_eq!(listed(&lee).await, ["robin@example.com", "lee@example.com"]);
    let change = OnlineLoginChanges::default().password("mine");
    for hidden in [ALEX, KIM, JO] {
        assert_eq!(
            failure(lee.get_online_login(hidden).await),
            "PARAMETER_INVALID at OnlineLoginSid"
        );
        let refused = lee.update_online_login(hidden, &change).await;
        assert_eq!(failure(refused), "PARAMETER_INVALID at OnlineLoginSid");
    }
    for (permission, expected) in [
        (in_account(Sandbox::ACCOUNT_SID, "Admin"), "FORBIDDEN"),
        (
            in_account(OTHER_ACCOUNT, "Admin"),
            "ACCOUNT_NOT_FOUND at Permissions[0].AccountSid",
        ),
        (
            in_project(PROJECTS[1], "Manage"),
            "PROPERTY_NOT_FOUND at Permissions[0].PropertySid",
        ),
    ] {
        let change = permitting([permission]);
        for target in [sid.as_str(), ROBIN] {
            assert_eq!(failure(lee.update_online_login(target, &change).await), expected);
        }
    }
    let refused = lee
        .create_online_login(PROJECTS[1], &new("max@example.com", "Manage"))
        .await;
    assert_eq!(failure(refused), "PROPERTY_NOT_FOUND at PropertySid");
    // Within the project, everything is his to permit.
    lee.create_online_login(PROJECTS[0], &new("max@example.com", "Manage"))
        .await
        .unwrap();
    lee.update_online_login(&sid, &permitting([in_project(PROJECTS[0], "Admin")]))
        .await
        .unwrap();
    lee.get_project(PROJECTS[0]).await.unwrap();
    // Out of sight once it reaches further.
    let further = permitting([
        in_project(PROJECTS[0], "Reporting"),
        in_project(PROJECTS[1], "Reporting"),
    ]);
    account(&sandbox)
        .update_online_login(ROBIN, &further)
        .await
        .unwrap();
    assert_eq!(listed(&lee).await, ["lee@example.com", "max@example.com"]);
}
