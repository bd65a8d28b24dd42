//! Uses every kind of type as it is meant to be used, so that it compiles with the crates of every later minor
//! version. Is compiled with crates of a document in which everything has grown, and not meant to be run.

use std::time::SystemTime;

// No type has a name that the client uses for something else.
use fonedynamics_client::types::*;
use fonedynamics_client::*;

/// What is required, and what is not.
async fn send(client: &Client) -> Result<&'static str, Error> {
    let message = NewMessage::new("+61400000000", "Hello").from("+61255501234");
    let sent = client
        .send_message("PR1", &message.schedule(SystemTime::UNIX_EPOCH))
        .await?;
    let Message { status, created, .. } = sent.into_inner().message;
    let time = created.and_then(|created| UnixTime::from(created).to_system_time());
    Ok(match status {
        Some(MessageStatus::Delivered) if time.is_some() => "delivered",
        Some(status) if status == "Read" => "read",
        Some(status) if status.is_known() => "on its way",
        _ => "unknown",
    })
}

/// An array, and an array that is a type.
async fn send_both(client: &Client) -> Result<Vec<BatchEntry>, Error> {
    let batch = NewMessageBatch::new(["+61400000000", "+61400000001"].map(|to| NewMessage::new(to, "Hello")));
    Ok(client.send_message_batch("PR1", &batch).await?.into_inner().0)
}

/// Queries with and without what is required, and members that the document does not name.
async fn read(client: &Client) -> Result<usize, Error> {
    let messages = FindMessagesQuery::new(0, SystemTime::UNIX_EPOCH).status("Delivered");
    let found = client.find_messages("PR1", &messages).await?;
    let mut calls = ListAccountCallsQuery::default()
        .to(["+61255501234", "+61270101234"])
        .disposition([Disposition::Answered, "Voicemail".into()])
        .results_count(200);
    let page = client.list_account_calls("AC1", &calls).await?;
    calls.token = page
        .extra
        .get("Token")
        .and_then(|token| Some(token.as_str()?.to_owned()));
    let page = client.list_account_calls("AC1", &calls).await?;
    Ok(found.messages.len() + page.calls.len())
}

/// A merge patch, and a secret.
async fn change(client: &Client) -> Result<(), Error> {
    let mut changes = OnlineLoginChanges::default().last_name(None).enabled(true);
    changes.password = "secret".into();
    client.update_online_login("OL1", &changes).await?;
    let login = NewOnlineLogin::new("anne@shop.example", "secret", "Anne", "Elliot", "Messages");
    client.create_online_login("PR1", &login.enabled(false)).await?;
    Ok(())
}

/// What a failure says.
async fn buy(client: &Client) -> Option<String> {
    let purchase = NumberPurchase::new("+61255501234").address_sid("AD1");
    match client.purchase_number("PR1", &purchase).await {
        Ok(bought) => bought.into_inner().number,
        Err(error) => match (error.code()?, error.category()) {
            (ErrorCode::NumberNotFound, _) => None,
            (code, Category::Forbidden) => Some(code.to_string()),
            _ => error.fields().first().map(|field| (*field).to_owned()),
        },
    }
}

/// What is built in tests of whatever calls the client.
fn samples() -> (AddressPage, ErrorResponse) {
    let addresses = [Address::default().city("Sydney").extra([("Floor", 3)])];
    let mut status = ResponseStatus::new(ErrorCode::AddressNotFound, "No such address.");
    status = status.errors([ErrorEntry::new("AddressSid")]);
    (AddressPage::new(addresses), ErrorResponse::new(status))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::connect(Options::new(Credentials::basic("AC1", "secret")))?;
    println!("{} {:?}", send(&client).await?, send_both(&client).await?);
    println!("{} {:?}", read(&client).await?, buy(&client).await);
    change(&client).await?;
    println!("{:?}", samples());
    Ok(())
}
