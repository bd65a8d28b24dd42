//! A server with one operation: it takes every message that is not sent from the office's number. All other
//! operations respond that they are not offered.

use fonedynamics_server::types::{Message, MessageDetails, NewMessage};
use fonedynamics_server::{
    Api, Context, Credentials, Failure, HandlerResult, Operation, Refusal, codes, operations,
};

pub struct Messages;

impl Api for Messages {
    type Caller = ();

    async fn authenticate(&self, caller: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        let known = caller.user() == "AC1" && caller.password_is("secret");
        if known { Ok(()) } else { Err(Refusal::Unauthorized) }
    }

    async fn send_message(
        &self,
        _: Context<()>,
        property_sid: String,
        body: NewMessage,
    ) -> HandlerResult<MessageDetails, operations::SendMessage> {
        if body.from.as_deref() == Some("+61255501234") {
            return Err(Failure::at(codes::NumberBelongsToDifferentProperty, "From"));
        }
        let message = Message::default().message_sid("MG1").property_sid(property_sid);
        Ok(MessageDetails::new(message))
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:8080".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    fonedynamics_server::serve(listener, fonedynamics_server::router(Messages)).await
}
