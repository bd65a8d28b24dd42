//! Sends a text message, and says what to correct where the number is not one.

use fonedynamics_client::types::{ErrorCode, NewMessage};
use fonedynamics_client::{Client, Credentials, Error, Options};

pub async fn send(client: &Client, message: &NewMessage) -> Result<String, Error> {
    match client.send_message("PR1", message).await {
        Ok(sent) => Ok(sent.into_inner().message.message_sid.unwrap_or_default()),
        Err(error) => match error.code() {
            Some(ErrorCode::InvalidPhonenumberFormat) => Ok(format!("correct {:?}", error.fields())),
            _ => Err(error),
        },
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = std::env::args().nth(1).unwrap_or("http://127.0.0.1:8080".into());
    let client = Client::connect(Options::new(Credentials::basic("AC1", "secret")).base_url(base_url))?;
    let message = NewMessage::new("0400 000 000", "Hello");
    println!("{}", send(&client, &message).await?);
    Ok(())
}
