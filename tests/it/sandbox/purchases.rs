//! Purchases of phone numbers: what is on offer, to whom, and with which address.

use fonedynamics_client::types::{NewOnlineLogin, NumberPurchase, NumberStatus, RecordingOption};
use fonedynamics_sandbox::Sandbox;

use super::callers::{
    CLINIC, NOTHING, OTHER_ACCOUNT, OTHER_PROJECT, SHOP, account, assert_alike, failure, login,
};

/// An address in Australia, and one in the United States.
const HEAD_OFFICE: &str = "5T04K28W412OQ68ICENOJOGGF90JRXFK";
const NEW_YORK: &str = "VV83ON72JGCNIGPP6LKRTYKK7JB4DC7L";

/// A number of the first project, of the second, of the other tenant, and of nobody.
const OF_SHOP: &str = "+61255501234";
const OF_CLINIC: &str = "+61370101234";
const OF_OTHER_TENANT: &str = "+61870101234";
const UNKNOWN: &str = "+61255509999";

#[tokio::test]
async fn a_purchase_is_active_with_a_suitable_address_and_pending_without() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let (active, pending) = (NumberStatus::Active, NumberStatus::Pending);
    for (bought, named, status, linked) in [
        // The first suitable address, where one is needed and none is named.
        ("+61255505678", None, &active, Some(HEAD_OFFICE)),
        ("+12125550123", Some(NEW_YORK), &active, Some(NEW_YORK)),
        // The named one does not suit.
        ("+61270101234", Some(NEW_YORK), &pending, None),
        // The account has none there.
        ("+442079460123", None, &pending, None),
        // None is needed.
        ("+61755501234", None, &active, None),
        ("+611300975707", Some(HEAD_OFFICE), &active, Some(HEAD_OFFICE)),
    ] {
        let mut purchase = NumberPurchase::new(bought);
        purchase.address_sid = named.map(str::to_owned);
        let response = client.purchase_number(SHOP, &purchase).await.unwrap();
        assert_eq!(
            (response.number.as_deref(), response.status.as_ref()),
            (Some(bought), Some(status))
        );
        let number = client.get_number(bought).await.unwrap();
        assert_eq!(
            (number.status.as_ref(), number.address_sid.as_deref()),
            (Some(status), linked),
            "{bought}"
        );
        assert_eq!(number.property_sid.as_deref(), Some(SHOP));
        assert_eq!(number.recording, Some(RecordingOption::Off));
    }
}

#[tokio::test]
async fn a_number_is_bought_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let purchase = NumberPurchase::new("+61755501234");
    client.purchase_number(SHOP, &purchase).await.unwrap();
    for (project, number, code) in [
        (CLINIC, "+61755501234", "NUMBER_BELONGS_TO_DIFFERENT_PROPERTY"),
        (SHOP, OF_CLINIC, "NUMBER_BELONGS_TO_DIFFERENT_PROPERTY"),
        (SHOP, "+61755501234", "NUMBER_NOT_FOUND"),
        (CLINIC, OF_OTHER_TENANT, "NUMBER_NOT_FOUND"),
        (CLINIC, UNKNOWN, "NUMBER_NOT_FOUND"),
    ] {
        let refused = client
            .purchase_number(project, &NumberPurchase::new(number))
            .await;
        assert_eq!(failure(refused), format!("{code} at Number"), "{number}");
    }
    let other = login(&sandbox, OTHER_ACCOUNT, "other-sandbox-token");
    let refused = other.purchase_number(OTHER_PROJECT, &purchase).await;
    assert_eq!(failure(refused), "NUMBER_NOT_FOUND at Number");
}

#[tokio::test]
async fn a_purchase_fails_by_the_project_then_by_the_number_then_by_the_address() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let all = NumberPurchase::new(UNKNOWN).address_sid(NOTHING);
    assert_eq!(
        failure(client.purchase_number(NOTHING, &all).await),
        "PROPERTY_NOT_FOUND at PropertySid"
    );
    assert_eq!(
        failure(client.purchase_number(SHOP, &all).await),
        "NUMBER_NOT_FOUND at Number"
    );
    let address = NumberPurchase::new("+61255505678").address_sid(NOTHING);
    assert_eq!(
        failure(client.purchase_number(SHOP, &address).await),
        "ADDRESS_NOT_FOUND at AddressSid"
    );
}

#[tokio::test]
async fn a_number_of_a_project_that_the_buyer_does_not_see_belongs_to_it_all_the_same() {
    let sandbox = Sandbox::start().await.unwrap();
    let new =
        NewOnlineLogin::new("max@example.com", "max-password", "Max", "Manager", "Manage").enabled(true);
    account(&sandbox).create_online_login(CLINIC, &new).await.unwrap();
    let max = login(&sandbox, "max@example.com", "max-password");
    let refused = max.purchase_number(CLINIC, &NumberPurchase::new(OF_SHOP)).await;
    assert_eq!(failure(refused), "NUMBER_BELONGS_TO_DIFFERENT_PROPERTY at Number");

    assert_alike(
        "NUMBER_NOT_FOUND at Number",
        max.get_number(UNKNOWN).await,
        max.get_number(OF_SHOP).await,
    );
    let purchase = NumberPurchase::new("+61755501234");
    assert_alike(
        "PROPERTY_NOT_FOUND at PropertySid",
        max.purchase_number(NOTHING, &purchase).await,
        max.purchase_number(SHOP, &purchase).await,
    );
    max.purchase_number(CLINIC, &purchase).await.unwrap();
    assert_eq!(
        max.get_number("+61755501234")
            .await
            .unwrap()
            .property_sid
            .as_deref(),
        Some(CLINIC)
    );
}
