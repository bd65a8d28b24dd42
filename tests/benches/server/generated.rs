//! The generated server with the handlers that the rows reach.

use std::convert::Infallible;
use std::future::Future;

use axum::extract::Request;
use axum::response::Response;
use fonedynamics_server::types::{
    Address, CallPage, ListPropertyCallsQuery, ListPropertyNumbersQuery, MessageDetails, NewAddress,
    NewMessage, Number, NumberPage,
};
use fonedynamics_server::{
    Api, Context, Credentials, Failure, HandlerResult, Operation, Refusal, codes, operations,
};
use tokio::net::TcpListener;
use tower::{Layer as _, Service};

use super::responses;

struct Server;

impl Api for Server {
    type Caller = ();

    async fn authenticate(&self, caller: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        let known = caller.user() == "AC1" && caller.password_is("secret");
        if known { Ok(()) } else { Err(Refusal::Unauthorized) }
    }

    async fn get_number(
        &self,
        _: Context<()>,
        number: String,
    ) -> HandlerResult<Number, operations::GetNumber> {
        if number == responses::UNKNOWN {
            return Err(Failure::at(codes::NumberNotFound, "Number"));
        }
        Ok(responses::number(number))
    }

    async fn list_property_numbers(
        &self,
        _: Context<()>,
        _: String,
        _: ListPropertyNumbersQuery,
    ) -> HandlerResult<NumberPage, operations::ListPropertyNumbers> {
        Ok(responses::numbers())
    }

    async fn add_address(
        &self,
        _: Context<()>,
        _: String,
        body: NewAddress,
    ) -> HandlerResult<Address, operations::AddAddress> {
        Ok(responses::address(body))
    }

    async fn send_message(
        &self,
        _: Context<()>,
        property_sid: String,
        body: NewMessage,
    ) -> HandlerResult<MessageDetails, operations::SendMessage> {
        Ok(responses::accepted(property_sid, body))
    }

    async fn list_property_calls(
        &self,
        _: Context<()>,
        _: String,
        _: ListPropertyCallsQuery,
    ) -> HandlerResult<CallPage, operations::ListPropertyCalls> {
        Ok(responses::calls())
    }
}

/// What `serve` puts behind a listener.
pub(crate) fn service() -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone
{
    fonedynamics_server::boundary().layer(fonedynamics_server::router(Server))
}

pub(crate) async fn serve(listener: TcpListener, shutdown: impl Future<Output = ()> + Send) {
    let served = fonedynamics_server::serve_until(listener, fonedynamics_server::router(Server), shutdown);
    served.await.expect("a listener");
}
