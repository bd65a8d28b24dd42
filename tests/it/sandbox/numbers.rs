//! Phone numbers and the flows that they route to: purchases, settings, lists.

use fonedynamics_client::types::{
    Capability, ListAccountNumbersQuery, ListFlowsQuery, ListPropertyNumbersQuery, Number,
    NumberConfiguration, NumberPurchase, NumberStatus, NumberType, RoutingMethod,
};
use fonedynamics_client::{Client, Value};
use fonedynamics_sandbox::Sandbox;
use serde_json::json;

use super::callers::{
    ACCOUNT, CLINIC, NOTHING, OTHER_ACCOUNT, OTHER_PROJECT, SHOP, account, assert_alike, failure, login,
};

/// An address in Australia, and one in the United States.
const HEAD_OFFICE: &str = "5T04K28W412OQ68ICENOJOGGF90JRXFK";
const NEW_YORK: &str = "VV83ON72JGCNIGPP6LKRTYKK7JB4DC7L";

/// A number of the first project, of the second, of the other tenant, and of nobody.
const RING: &str = "+61255501234";
const FREE: &str = "+611800975707";
const OF_CLINIC: &str = "+61370101234";
const OF_OTHER_TENANT: &str = "+61870101234";
const UNKNOWN: &str = "+61255509999";

async fn number(client: &Client, number: &str) -> Number {
    client.get_number(number).await.unwrap().into_inner()
}

#[tokio::test]
async fn a_configuration_changes_what_is_sent_and_nothing_else() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    for (name, value) in [
        ("Friendly", "Summer catalogue"),
        ("AddressSid", NEW_YORK),
        ("AddressSid", HEAD_OFFICE),
        ("Attribution_Source", "radio"),
        ("Attribution_Medium", "air"),
        ("Attribution_Campaign", "summer"),
        ("Attribution_Content", "spot"),
        ("RoutingMethod", "Flow"),
        ("EndpointNumber", "+61491570159"),
        ("Flow", "L7XQ2KZ9T0VHB5MC8EWJ4RDN6YPG1SUF"),
        ("Recording", "Call"),
        ("SendSmsFrom", "Shop"),
        ("SendSmsTo", "+61491570158"),
        ("SendEmailFrom", "shop@example.com"),
        ("SendEmailTo", "reception@example.com"),
    ] {
        let mut expected = serde_json::to_value(number(&client, RING).await).unwrap();
        expected[name] = value.into();
        if name == "AddressSid" {
            expected["Status"] = if value == HEAD_OFFICE { "Active" } else { "Pending" }.into();
        }
        let change: NumberConfiguration = serde_json::from_value(json!({ name: value })).unwrap();
        let response = client.configure_number(RING, &change).await.unwrap().into_inner();
        assert_eq!(serde_json::to_value(&response).unwrap(), expected, "{name}");
        assert_eq!(number(&client, RING).await, response);
    }
    let before = number(&client, RING).await;
    let response = client
        .configure_number(RING, &NumberConfiguration::default())
        .await
        .unwrap();
    assert_eq!(response.into_inner(), before);
}

#[tokio::test]
async fn an_address_elsewhere_leaves_a_number_pending_and_a_suitable_one_makes_it_active() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let bought = "+61270101234";
    let elsewhere = NumberPurchase::new(bought).address_sid(NEW_YORK);
    client.purchase_number(SHOP, &elsewhere).await.unwrap();
    for (address, status) in [
        (NEW_YORK, NumberStatus::Pending),
        (HEAD_OFFICE, NumberStatus::Active),
    ] {
        let link = NumberConfiguration::default().address_sid(address);
        let number = client.configure_number(bought, &link).await.unwrap();
        assert_eq!(
            (number.address_sid.as_deref(), number.status.as_ref()),
            (Some(address), Some(&status))
        );
    }
    // One that needs no address is active anywhere.
    let link = NumberConfiguration::default().address_sid(NEW_YORK);
    let number = client.configure_number(FREE, &link).await.unwrap();
    assert_eq!(
        (number.address_sid.as_deref(), &number.status),
        (Some(NEW_YORK), &Some(NumberStatus::Active))
    );
}

#[tokio::test]
async fn a_number_routes_to_the_flows_of_its_own_project_only() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let query = ListFlowsQuery::default();
    let flows = client.list_flows(SHOP, &query).await.unwrap();
    let names: Vec<_> = flows
        .flows
        .iter()
        .map(|flow| flow.name.as_deref().unwrap())
        .collect();
    assert_eq!(names, ["Office hours", "After hours"]);
    for (query, expected) in [
        (ListFlowsQuery::default().results_count(1), vec!["Office hours"]),
        (ListFlowsQuery::default().results_skip(1), vec!["After hours"]),
        (ListFlowsQuery::default().results_count(0), vec![]),
    ] {
        let page = client.list_flows(SHOP, &query).await.unwrap();
        let names: Vec<_> = page
            .flows
            .iter()
            .map(|flow| flow.name.as_deref().unwrap())
            .collect();
        assert_eq!(names, expected);
    }
    let route = |flow: &str| {
        NumberConfiguration::default()
            .routing_method(RoutingMethod::Flow)
            .flow(flow)
    };
    let config_id = flows.flows[1].config_id.as_deref().unwrap();
    let number = client.configure_number(RING, &route(config_id)).await.unwrap();
    assert_eq!(number.extra["Flow"], config_id);

    let of_clinic = client.list_flows(CLINIC, &query).await.unwrap().flows[0]
        .config_id
        .clone()
        .unwrap();
    let error = client
        .configure_number(RING, &route(&of_clinic))
        .await
        .unwrap_err();
    assert_eq!(
        (error.code().unwrap().as_str(), error.fields()),
        ("PARAMETER_INVALID", vec!["Flow"])
    );
    assert_eq!(
        error.message(),
        Some("Flow must be the ConfigId of a flow of the project that holds the number.")
    );
    client
        .configure_number(OF_CLINIC, &route(&of_clinic))
        .await
        .unwrap();
}

#[tokio::test]
async fn another_tenants_number_flow_and_project_answer_exactly_as_missing_ones() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let failure = "NUMBER_NOT_FOUND at Number";
    let on_offer = "+61255505678";
    let change = NumberConfiguration::default().friendly("Mine");
    for foreign in [OF_OTHER_TENANT, on_offer] {
        assert_alike(
            failure,
            client.get_number(UNKNOWN).await,
            client.get_number(foreign).await,
        );
        assert_alike(
            failure,
            client.configure_number(UNKNOWN, &change).await,
            client.configure_number(foreign, &change).await,
        );
    }
    assert_alike(
        failure,
        client.purchase_number(SHOP, &NumberPurchase::new(UNKNOWN)).await,
        client
            .purchase_number(SHOP, &NumberPurchase::new(OF_OTHER_TENANT))
            .await,
    );
    let route = |flow: &str| NumberConfiguration::default().flow(flow);
    assert_alike(
        "PARAMETER_INVALID at Flow",
        client.configure_number(RING, &route(NOTHING)).await,
        client
            .configure_number(RING, &route("T6PB9YE2M5WKJ0RX7DHQ4ZNV1CLG8SFU"))
            .await,
    );

    let failure = "PROPERTY_NOT_FOUND at PropertySid";
    let query = ListPropertyNumbersQuery::default();
    assert_alike(
        failure,
        client.list_property_numbers(NOTHING, &query).await,
        client.list_property_numbers(OTHER_PROJECT, &query).await,
    );
    let purchase = NumberPurchase::new(on_offer);
    assert_alike(
        failure,
        client.purchase_number(NOTHING, &purchase).await,
        client.purchase_number(OTHER_PROJECT, &purchase).await,
    );
    let query = ListFlowsQuery::default();
    assert_alike(
        failure,
        client.list_flows(NOTHING, &query).await,
        client.list_flows(OTHER_PROJECT, &query).await,
    );
    let query = ListAccountNumbersQuery::default();
    assert_alike(
        "ACCOUNT_NOT_FOUND at AccountSid",
        client.list_account_numbers(NOTHING, &query).await,
        client.list_account_numbers(OTHER_ACCOUNT, &query).await,
    );
    let other = login(&sandbox, OTHER_ACCOUNT, "other-sandbox-token");
    assert_eq!(number(&other, OF_OTHER_TENANT).await.friendly, None);
}

#[tokio::test]
async fn numbers_are_listed_in_the_order_in_which_their_projects_got_them() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let (national, canberra) = ("+443069990123", "+61270101234");
    for number in [national, canberra] {
        client
            .purchase_number(SHOP, &NumberPurchase::new(number))
            .await
            .unwrap();
    }
    let of_shop = [RING, FREE, national, canberra];
    let query = ListPropertyNumbersQuery::default;
    for (query, expected) in [
        (query(), &of_shop[..]),
        (query().type_([NumberType::TollFree]), &[FREE]),
        (
            query().type_([NumberType::National, NumberType::Local]),
            &[RING, national, canberra],
        ),
        (query().type_([NumberType::SharedRate]), &[]),
        (query().capabilites([Capability::Mms]), &[canberra]),
        (
            query().capabilites([Capability::Mms, Capability::Sms]),
            &[RING, canberra],
        ),
        (query().capabilites([Capability::Voice]), &of_shop[..]),
        (
            query().type_([NumberType::Local]).capabilites([Capability::Mms]),
            &[canberra],
        ),
        (query().results_count(2), &of_shop[..2]),
        (query().results_count(2).results_skip(1), &of_shop[1..3]),
        (query().results_count(0), &[]),
        (query().results_skip(4), &[]),
    ] {
        let page = client.list_property_numbers(SHOP, &query).await.unwrap();
        let found: Vec<_> = page
            .numbers
            .iter()
            .map(|number| number.number.as_deref().unwrap())
            .collect();
        assert_eq!(found, expected, "{query:?}");
    }

    let found = |query: ListAccountNumbersQuery, client: Client| async move {
        let page = client
            .list_account_numbers(ACCOUNT, &query)
            .await
            .unwrap()
            .into_inner();
        page.numbers
            .into_iter()
            .map(|number| number.number.unwrap())
            .collect::<Vec<_>>()
    };
    let query = ListAccountNumbersQuery::default;
    assert_eq!(
        found(query(), client.clone()).await,
        [RING, FREE, OF_CLINIC, national, canberra]
    );
    let mms = query().capabilites([Capability::Mms]);
    assert_eq!(found(mms.clone(), client.clone()).await, [OF_CLINIC, canberra]);
    assert_eq!(found(mms.results_skip(1), client.clone()).await, [canberra]);
    // Robin may read in the first project only.
    let robin = login(&sandbox, "robin@example.com", "robin-password");
    assert_eq!(found(query(), robin.clone()).await, of_shop);
    assert_alike(
        "NUMBER_NOT_FOUND at Number",
        robin.get_number(UNKNOWN).await,
        robin.get_number(OF_CLINIC).await,
    );
}

#[tokio::test]
async fn a_number_has_its_plan_and_its_settings() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let expected = json!({
        "Number": RING,
        "PropertySid": SHOP,
        "Status": "Active",
        "Friendly": "Spring catalogue",
        "AddressSid": HEAD_OFFICE,
        "RoutingMethod": "Endpoint",
        "EndpointNumber": "+61491570156",
        "Recording": "Off",
        "Type": "Local",
        "Capabilities": ["Voice", "SMS"],
        "CountryCode": "AU",
        "City": "Sydney",
        "Attribution_Source": "catalogue",
        "Attribution_Medium": "print",
        "Attribution_Campaign": "spring",
        "Attribution_Content": "back cover",
    });
    // With and without the plus sign.
    let number: Value = serde_json::to_value(number(&client, RING).await).unwrap();
    assert_eq!(number, expected);
    let raw = client.request(fonedynamics_client::Method::GET, "/v2/Numbers/%2B61255501234");
    assert_eq!(raw.send().await.unwrap().into_inner(), expected);
}

#[tokio::test]
async fn a_configuration_fails_by_the_number_then_by_the_address_then_by_the_flow_and_changes_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let both = NumberConfiguration::default()
        .friendly("Changed")
        .address_sid(NOTHING)
        .flow(NOTHING);
    let before = number(&client, RING).await;
    assert_eq!(
        failure(client.configure_number(UNKNOWN, &both).await),
        "NUMBER_NOT_FOUND at Number"
    );
    assert_eq!(
        failure(client.configure_number(RING, &both).await),
        "ADDRESS_NOT_FOUND at AddressSid"
    );
    let flow = both.address_sid(HEAD_OFFICE);
    assert_eq!(
        failure(client.configure_number(RING, &flow).await),
        "PARAMETER_INVALID at Flow"
    );
    assert_eq!(number(&client, RING).await, before);
}
