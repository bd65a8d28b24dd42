//! Addresses of accounts.

use fonedynamics_server::types::{Address, AddressPage, ListAddressesQuery, NewAddress, RemovedAddress};
use fonedynamics_server::{Failure, HandlerResult, codes, operations};
use rusqlite::{OptionalExtension as _, Row, Transaction, named_params};

use crate::permissions::Caller;
use crate::resources::identifier;
use crate::resources::page::Page;

pub(crate) fn list(
    state: &Transaction<'_>,
    caller: &Caller,
    account_sid: &str,
    query: &ListAddressesQuery,
) -> HandlerResult<AddressPage, operations::ListAddresses> {
    if account_sid != caller.account {
        return Err(Failure::at(codes::AccountNotFound, "AccountSid"));
    }
    let place = [
        ("City", &query.city),
        ("Region", &query.region),
        ("CountryCode", &query.country_code),
        ("PostalCode", &query.postal_code),
    ];
    let mut sent = place
        .iter()
        .filter(|(_, value)| value.is_some())
        .map(|(name, _)| *name);
    if let Some(first) = sent.next()
        && !is_known_place(state, account_sid, query)?
    {
        let failure = Failure::at(codes::LocationNotFound, first);
        return Err(sent.fold(failure, Failure::field));
    }
    let page = Page::new(query.results_count, 200, query.results_skip);
    let mut statement = state.prepare(
        "SELECT * FROM addresses
         WHERE account_sid = :account
           AND (:friendly IS NULL OR friendly = :friendly)
           AND (:reference IS NULL OR reference = :reference)
           AND (:city IS NULL OR city = :city)
           AND (:region IS NULL OR region = :region)
           AND (:country_code IS NULL OR country_code = :country_code)
           AND (:postal_code IS NULL OR postal_code = :postal_code)
         ORDER BY id LIMIT :count OFFSET :skip",
    )?;
    let found = statement.query_map(
        named_params! {
            ":account": account_sid,
            ":friendly": query.friendly,
            ":reference": query.reference,
            ":city": query.city,
            ":region": query.region,
            ":country_code": query.country_code,
            ":postal_code": query.postal_code,
            ":count": page.count,
            ":skip": page.skip,
        },
        address,
    )?;
    Ok(AddressPage::new(found.collect::<Result<Vec<_>, _>>()?))
}

/// Adds an address, and links it to every number of the account that waits for one in its country, also in projects that
/// the caller does not see: no public page says when a pending number becomes active.
pub(crate) fn add(
    state: &Transaction<'_>,
    caller: &Caller,
    account_sid: &str,
    body: &NewAddress,
) -> HandlerResult<Address, operations::AddAddress> {
    if account_sid != caller.account {
        return Err(Failure::at(codes::AccountNotFound, "AccountSid"));
    }
    let country = state
        .query_row(
            "SELECT served FROM countries WHERE code = :code",
            named_params! {":code": body.country_code},
            |row| row.get(0),
        )
        .optional()?;
    match country {
        None => return Err(Failure::at(codes::CountryNotFound, "CountryCode")),
        Some(false) => return Err(Failure::at(codes::CountryUnavailable, "CountryCode")),
        Some(true) => {}
    }
    let sid = identifier::sid("");
    let stored = state.query_row(
        "INSERT INTO addresses (sid, account_sid, friendly, reference, line1, line2, city, region, country_code,
                                postal_code)
         VALUES (:sid, :account, :friendly, :reference, :line1, :line2, :city, :region, :country_code, :postal_code)
         RETURNING *",
        named_params! {
            ":sid": sid,
            ":account": account_sid,
            ":friendly": body.friendly,
            ":reference": body.reference,
            ":line1": body.line1,
            ":line2": body.line2,
            ":city": body.city,
            ":region": body.region,
            ":country_code": body.country_code,
            ":postal_code": body.postal_code,
        },
        address,
    )?;
    // Pending until there is an address: now there is one.
    state.execute(
        "UPDATE numbers SET address_sid = :sid, status = 'Active'
         WHERE status = 'Pending' AND address_sid IS NULL AND country_code = :country_code
           AND property_sid IN (SELECT sid FROM projects WHERE account_sid = :account)",
        named_params! {":sid": sid, ":country_code": body.country_code, ":account": account_sid},
    )?;
    Ok(stored)
}

pub(crate) fn get(
    state: &Transaction<'_>,
    caller: &Caller,
    address_sid: &str,
) -> HandlerResult<Address, operations::GetAddress> {
    let found = find(state, caller, address_sid)?;
    found.ok_or_else(|| Failure::at(codes::AddressNotFound, "AddressSid"))
}

pub(crate) fn remove(
    state: &Transaction<'_>,
    caller: &Caller,
    address_sid: &str,
) -> HandlerResult<RemovedAddress, operations::RemoveAddress> {
    if find(state, caller, address_sid)?.is_none() {
        return Err(Failure::at(codes::AddressNotFound, "AddressSid"));
    }
    let is_linked: bool = state.query_row(
        "SELECT EXISTS (SELECT * FROM numbers WHERE address_sid = :sid)",
        named_params! {":sid": address_sid},
        |row| row.get(0),
    )?;
    if is_linked {
        return Err(Failure::new(codes::AddressCannotBeDeleted).field("AddressSid"));
    }
    state.execute(
        "DELETE FROM addresses WHERE sid = :sid",
        named_params! {":sid": address_sid},
    )?;
    Ok(RemovedAddress::default().address_sid(address_sid))
}

/// The address with this identifier, if it is one of the caller's account.
pub(crate) fn find(
    state: &Transaction<'_>,
    caller: &Caller,
    address_sid: &str,
) -> rusqlite::Result<Option<Address>> {
    let found = state.query_row(
        "SELECT * FROM addresses WHERE sid = :sid AND account_sid = :account",
        named_params! {":sid": address_sid, ":account": caller.account},
        address,
    );
    found.optional()
}

/// Whether there is a place that all geographical filters of a request name.
fn is_known_place(
    state: &Transaction<'_>,
    account_sid: &str,
    query: &ListAddressesQuery,
) -> rusqlite::Result<bool> {
    state.query_row(
        "SELECT EXISTS (
             SELECT * FROM (
                 SELECT city, region, country_code, postal_code FROM places
                 UNION ALL
                 SELECT city, region, country_code, postal_code FROM addresses WHERE account_sid = :account
             )
             WHERE (:city IS NULL OR city = :city)
               AND (:region IS NULL OR region = :region)
               AND (:country_code IS NULL OR country_code = :country_code)
               AND (:postal_code IS NULL OR postal_code = :postal_code)
         )",
        named_params! {
            ":account": account_sid,
            ":city": query.city,
            ":region": query.region,
            ":country_code": query.country_code,
            ":postal_code": query.postal_code,
        },
        |row| row.get(0),
    )
}

fn address(row: &Row<'_>) -> rusqlite::Result<Address> {
    let mut address = Address::default();
    address.address_sid = row.get("sid")?;
    address.account_sid = row.get("account_sid")?;
    address.friendly = row.get("friendly")?;
    address.reference = row.get("reference")?;
    address.line1 = row.get("line1")?;
    address.line2 = row.get("line2")?;
    address.city = row.get("city")?;
    address.region = row.get("region")?;
    address.country_code = row.get("country_code")?;
    address.postal_code = row.get("postal_code")?;
    Ok(address)
}
