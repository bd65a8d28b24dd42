//! A server with one operation: it removes every address but the office's. It stores nothing, and all
//! other operations are answered as not offered.

use fonedynamics_server::types::RemovedAddress;
use fonedynamics_server::{
    Api, Context, Credentials, Failure, HandlerResult, Operation, Refusal, codes, operations,
};

pub struct Addresses;

impl Api for Addresses {
    type Caller = ();

    async fn authenticate(&self, caller: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        let known = caller.user() == "AC1" && caller.password_is("secret");
        if known { Ok(()) } else { Err(Refusal::Unauthorized) }
    }

    async fn remove_address(
        &self,
        _: Context<()>,
        address_sid: String,
    ) -> HandlerResult<RemovedAddress, operations::RemoveAddress> {
        if address_sid == "OFFICE" {
            return Err(Failure::new(codes::AddressCannotBeDeleted).field("AddressSid"));
        }
        Ok(RemovedAddress {
            address_sid: Some(address_sid),
            ..Default::default()
        })
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:8080".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    fonedynamics_server::serve(listener, fonedynamics_server::router(Addresses)).await
}
