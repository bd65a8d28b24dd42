//! Implements some operations as it is meant to be done, so that this compiles with the crates of every later minor
//! version. Is compiled with crates of a document in which everything has grown, and not meant to be run.

use std::time::SystemTime;

use fonedynamics_server::types::{
    Address, AddressPage, BatchEntry, BatchResult, CommaList, ErrorCode, FindMessagesQuery,
    ListAddressesQuery, ListPropertyNumbersQuery, Message, MessageDetails, MessagePage, NewMessage,
    NewMessageBatch, Number, NumberPage, NumberType, ProjectChanges,
};
use fonedynamics_server::{
    Api, Context, Credentials, Failure, HandlerResult, Operation, Refusal, codes, operations,
};

struct Lasting;

fn accepted(message: NewMessage) -> Message {
    let NewMessage { to, text, from, .. } = message;
    let mut accepted = Message::default()
        .message_sid("MG1")
        .to(to)
        .text(text)
        .status("Processing")
        .created(SystemTime::UNIX_EPOCH);
    accepted.from = from;
    accepted
}

impl Api for Lasting {
    type Caller = ();

    async fn authenticate(&self, caller: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        let known = caller.user() == "AC1" && caller.password_is("secret");
        if known { Ok(()) } else { Err(Refusal::Unauthorized) }
    }

    async fn send_message(
        &self,
        _: Context<()>,
        _: String,
        body: NewMessage,
    ) -> HandlerResult<MessageDetails, operations::SendMessage> {
        if body.from.as_deref() == Some("+61255501234") {
            return Err(Failure::at(codes::NumberBelongsToDifferentProperty, "From"));
        }
        Ok(MessageDetails::new(accepted(body)))
    }

    async fn send_message_batch(
        &self,
        _: Context<()>,
        _: String,
        body: NewMessageBatch,
    ) -> HandlerResult<BatchResult, operations::SendMessageBatch> {
        let refused = BatchEntry::default()
            .error_code(ErrorCode::NumberNotFound)
            .message("No.");
        Ok(body.messages.iter().map(|_| refused.clone()).collect())
    }

    async fn find_messages(
        &self,
        _: Context<()>,
        _: String,
        query: FindMessagesQuery,
    ) -> HandlerResult<MessagePage, operations::FindMessages> {
        let message = Message::default().created(query.date_from);
        Ok(MessagePage::new([message]).extra([("Total", 1)]))
    }

    async fn list_property_numbers(
        &self,
        _: Context<()>,
        _: String,
        query: ListPropertyNumbersQuery,
    ) -> HandlerResult<NumberPage, operations::ListPropertyNumbers> {
        let wanted: CommaList<NumberType> = query.type_.unwrap_or_default();
        let numbers = wanted
            .iter()
            .map(|kind| Number::default().friendly(kind.as_str()));
        Ok(NumberPage::new(numbers))
    }

    async fn list_addresses(
        &self,
        _: Context<()>,
        _: String,
        ListAddressesQuery { city, .. }: ListAddressesQuery,
    ) -> HandlerResult<AddressPage, operations::ListAddresses> {
        let mut address = Address::default().address_sid("AD1");
        address.city = city;
        Ok(AddressPage::new([address]))
    }

    async fn update_project(
        &self,
        _: Context<()>,
        _: String,
        changes: ProjectChanges,
    ) -> HandlerResult<(), operations::UpdateProject> {
        let mut name = Some("Shop".to_owned());
        changes.name.apply_to(&mut name);
        match name {
            Some(_) => Ok(()),
            None => Err(Failure::try_new(ErrorCode::Forbidden)?),
        }
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    fonedynamics_server::serve(listener, fonedynamics_server::router(Lasting)).await
}
