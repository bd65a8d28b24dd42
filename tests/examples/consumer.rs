//! Removes an address, and says what to do if that is refused. Any other failure ends the program.

use fonedynamics_client::types::ErrorCode;
use fonedynamics_client::{Client, Credentials, Error, Options};

pub async fn remove_address(client: &Client, address_sid: &str) -> Result<&'static str, Error> {
    match client.remove_address(address_sid).await {
        Ok(_) => Ok("The address is gone."),
        Err(error) => match error.code() {
            Some(ErrorCode::AddressCannotBeDeleted) => Ok("Link its numbers to another address first."),
            Some(ErrorCode::AddressNotFound) => Ok("There was no such address."),
            _ => Err(error),
        },
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = std::env::args().nth(1).unwrap_or("http://127.0.0.1:8080".into());
    let client = Client::connect(Options::new(Credentials::basic("AC1", "secret")).base_url(base_url))?;
    println!("{}", remove_address(&client, "OFFICE").await?);
    Ok(())
}
