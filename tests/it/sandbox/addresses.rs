//! Addresses: who may see them, which numbers hold them, and what lists give.

use fonedynamics_client::Client;
use fonedynamics_client::types::{
    ListAddressesQuery, NewAddress, NumberConfiguration, NumberPurchase, NumberStatus,
};
use fonedynamics_sandbox::Sandbox;

use super::callers::{ACCOUNT, CLINIC, NOTHING, OTHER_ACCOUNT, SHOP, account, assert_alike, failure, login};

/// The address that the first number is linked to.
const HEAD_OFFICE: &str = "5T04K28W412OQ68ICENOJOGGF90JRXFK";
const NEW_YORK: &str = "VV83ON72JGCNIGPP6LKRTYKK7JB4DC7L";
const OTHER_TENANT: &str = "ZR5M0XD8KQ2V7TBW4YNJ9HCE6GLP31FU";

async fn added(client: &Client, address: &NewAddress) -> String {
    let address = client.add_address(ACCOUNT, address).await.unwrap();
    address.into_inner().address_sid.unwrap()
}

#[tokio::test]
async fn an_address_with_numbers_cannot_be_removed_until_they_are_linked_to_another() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let refused = client.remove_address(HEAD_OFFICE).await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 403);
    assert_eq!(refused.code().unwrap().as_str(), "ADDRESS_CANNOT_BE_DELETED");

    let moved = added(&client, &NewAddress::new("2 Example Street", "Hobart", "AU")).await;
    let relinked = NumberConfiguration::default().address_sid(&moved);
    let number = client.configure_number("+61255501234", &relinked).await.unwrap();
    assert_eq!(number.address_sid.as_ref(), Some(&moved));
    assert_eq!(number.status, Some(NumberStatus::Active));

    let removed = client.remove_address(HEAD_OFFICE).await.unwrap();
    assert_eq!(removed.address_sid.as_deref(), Some(HEAD_OFFICE));
    let gone = "ADDRESS_NOT_FOUND at AddressSid";
    assert_eq!(failure(client.get_address(HEAD_OFFICE).await), gone);
    assert_eq!(failure(client.remove_address(HEAD_OFFICE).await), gone);
    assert_eq!(
        failure(client.remove_address(&moved).await),
        "ADDRESS_CANNOT_BE_DELETED at AddressSid"
    );
}

#[tokio::test]
async fn a_new_address_makes_the_numbers_active_that_wait_for_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    for (project, number) in [(SHOP, "+442079460123"), (CLINIC, "+443069990123")] {
        let bought = client
            .purchase_number(project, &NumberPurchase::new(number))
            .await;
        assert_eq!(bought.unwrap().status, Some(NumberStatus::Pending));
    }
    // One of the two waits no more: it is linked to an address, though to none that suits.
    let elsewhere = NumberConfiguration::default().address_sid(NEW_YORK);
    client
        .configure_number("+443069990123", &elsewhere)
        .await
        .unwrap();

    added(&client, &NewAddress::new("1 Example Lane", "Dublin", "IE")).await;
    let number = client.get_number("+442079460123").await.unwrap();
    assert_eq!(
        (number.status.clone(), number.address_sid.clone()),
        (Some(NumberStatus::Pending), None)
    );

    let london = added(&client, &NewAddress::new("2 Example Lane", "London", "GB")).await;
    let number = client.get_number("+442079460123").await.unwrap();
    assert_eq!(number.status, Some(NumberStatus::Active));
    assert_eq!(number.address_sid.as_ref(), Some(&london));
    let number = client.get_number("+443069990123").await.unwrap();
    assert_eq!(number.status, Some(NumberStatus::Pending));
    assert_eq!(number.address_sid.as_deref(), Some(NEW_YORK));
}

#[tokio::test]
async fn a_country_is_unknown_unserved_or_served() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    for (country, code) in [
        ("ZZ", "COUNTRY_NOT_FOUND"),
        ("UK", "COUNTRY_NOT_FOUND"),
        ("AQ", "COUNTRY_UNAVAILABLE"),
    ] {
        let address = NewAddress::new("1 Example Street", "Example", country);
        assert_eq!(
            failure(client.add_address(ACCOUNT, &address).await),
            format!("{code} at CountryCode"),
            "{country}"
        );
    }
    for country in ["AU", "NZ", "US", "CA", "GB"] {
        added(&client, &NewAddress::new("1 Example Street", "Example", country)).await;
    }
}

#[tokio::test]
async fn another_tenants_address_answers_exactly_as_a_missing_one() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let failure = "ADDRESS_NOT_FOUND at AddressSid";
    assert_alike(
        failure,
        client.get_address(NOTHING).await,
        client.get_address(OTHER_TENANT).await,
    );
    assert_alike(
        failure,
        client.remove_address(NOTHING).await,
        client.remove_address(OTHER_TENANT).await,
    );
    let link = |address: &str| NumberConfiguration::default().address_sid(address);
    assert_alike(
        failure,
        client.configure_number("+61255501234", &link(NOTHING)).await,
        client.configure_number("+61255501234", &link(OTHER_TENANT)).await,
    );
    let purchase = |address: &str| NumberPurchase::new("+61255505678").address_sid(address);
    assert_alike(
        failure,
        client.purchase_number(SHOP, &purchase(NOTHING)).await,
        client.purchase_number(SHOP, &purchase(OTHER_TENANT)).await,
    );

    let failure = "ACCOUNT_NOT_FOUND at AccountSid";
    let query = ListAddressesQuery::default();
    assert_alike(
        failure,
        client.list_addresses(NOTHING, &query).await,
        client.list_addresses(OTHER_ACCOUNT, &query).await,
    );
    let address = NewAddress::new("1 Example Street", "Sydney", "AU");
    assert_alike(
        failure,
        client.add_address(NOTHING, &address).await,
        client.add_address(OTHER_ACCOUNT, &address).await,
    );
    let other = login(&sandbox, OTHER_ACCOUNT, "other-sandbox-token");
    assert_eq!(
        other.get_address(OTHER_TENANT).await.unwrap().city.as_deref(),
        Some("Melbourne")
    );
}

#[tokio::test]
async fn addresses_are_filtered_by_whole_values_and_paged_in_the_order_in_which_they_were_added() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let second = NewAddress::new("9 Example Street", "Sydney", "AU")
        .friendly("Store")
        .reference("S-1")
        .region("NSW")
        .postal_code("2000");
    let second = added(&client, &second).await;
    let third = added(
        &client,
        &NewAddress::new("3 Example Street", "Sydney", "AU").line2("Level 3"),
    )
    .await;
    let all = [HEAD_OFFICE, NEW_YORK, &second, &third];
    let query = ListAddressesQuery::default;
    for (query, expected) in [
        (query(), &all[..]),
        (query().friendly("Head office"), &[HEAD_OFFICE]),
        (query().friendly("Head"), &[]),
        (query().reference("S-1"), &[&second]),
        (query().city("Sydney"), &[HEAD_OFFICE, &second, &third]),
        (query().city("Sydney").region("NSW"), &[HEAD_OFFICE, &second]),
        (query().country_code("US"), &[NEW_YORK]),
        (query().postal_code("2000").friendly("Store"), &[&second]),
        // A known place without an address.
        (query().city("Hobart"), &[]),
        (query().results_count(2), &all[..2]),
        (query().results_count(2).results_skip(1), &all[1..3]),
        (query().results_skip(3), &all[3..]),
        (query().results_count(0), &[]),
        (query().results_skip(9), &[]),
    ] {
        let page = client.list_addresses(ACCOUNT, &query).await.unwrap();
        let found: Vec<_> = page
            .addresses
            .iter()
            .map(|address| address.address_sid.as_deref().unwrap())
            .collect();
        assert_eq!(found, expected, "{query:?}");
    }
    for (query, fields) in [
        (query().city("Atlantis"), "City"),
        (query().city("Sydney").region("VIC"), "City, Region"),
        (
            query().country_code("AQ").postal_code("2000"),
            "CountryCode, PostalCode",
        ),
    ] {
        let failure = failure(client.list_addresses(ACCOUNT, &query).await);
        assert_eq!(failure, format!("LOCATION_NOT_FOUND at {fields}"));
    }
}
