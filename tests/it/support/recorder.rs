//! A server that offers every operation, writes down what arrives, and responds with the document's examples.
//!
//! Knows no state: whatever is asked for exists, unless a test says which code to raise instead.

use std::io;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::{self, Next};
use axum::response::Response;
use fonedynamics_server::types::{self, ErrorCode};
use fonedynamics_server::{
    Api, Context, Credentials, Endpoint, Failure, HandlerResult, Operation, Refusal, operations,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::credentials::{GUEST, PASSWORD, UNCHECKED, USER};
use super::examples;

/// The message of every code that is raised on demand.
pub(crate) const MESSAGE: &str = "Raised on demand.";
/// The parameter at fault of every code that is raised on demand: one that the operation has.
pub(crate) fn field(operation: &Operation) -> String {
    let mut fields = operation.fields.iter().rev();
    let last = fields.next().copied().unwrap_or("To");
    format!(
        "Messages[1].{}",
        fields.find(|field| **field == "To").unwrap_or(&last)
    )
}

/// A request as the socket had it.
#[derive(Debug)]
pub(crate) struct Sent {
    /// Method and target, with every escape.
    pub(crate) line: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A request as its handler had it.
#[derive(Debug)]
pub(crate) struct Handled {
    /// The `operationId` that the context names.
    pub(crate) operation: &'static str,
    /// Path parameters, query and body, in this order.
    pub(crate) arguments: Value,
}

/// The server. Clones share what they wrote down.
#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Notes>);

#[derive(Default)]
struct Notes {
    sent: Mutex<Vec<Sent>>,
    handled: Mutex<Vec<Handled>>,
    raised: Mutex<Option<ErrorCode>>,
}

impl Recorder {
    /// The generated router, with a layer around it that sees each request first.
    pub(crate) fn router(&self) -> Router {
        let layer = middleware::from_fn_with_state(self.clone(), Self::note_sent);
        fonedynamics_server::router(self.clone()).layer(layer)
    }

    /// From now on, every handler raises this code.
    pub(crate) fn raise(&self, code: &ErrorCode) {
        *self.0.raised.lock().unwrap() = Some(code.clone());
    }

    /// The one request since the last time. Fails if there was none, or more than one.
    #[track_caller]
    pub(crate) fn take(&self) -> (Sent, Handled) {
        let mut sent = std::mem::take(&mut *self.0.sent.lock().unwrap());
        let mut handled = std::mem::take(&mut *self.0.handled.lock().unwrap());
        assert_eq!((sent.len(), handled.len()), (1, 1), "{sent:?} {handled:?}");
        (sent.remove(0), handled.remove(0))
    }

    async fn note_sent(State(recorder): State<Self>, request: Request, next: Next) -> Response {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        recorder.0.sent.lock().unwrap().push(Sent {
            line: format!("{} {}", parts.method, parts.uri),
            headers: parts.headers.clone(),
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        });
        next.run(Request::from_parts(parts, Body::from(bytes))).await
    }

    fn note_handled<O: Endpoint>(
        &self,
        context: &Context<String>,
        arguments: impl Serialize,
    ) -> HandlerResult<(), O> {
        assert_eq!(context.caller, USER);
        self.0.handled.lock().unwrap().push(Handled {
            operation: context.operation().id,
            arguments: serde_json::to_value(arguments)?,
        });
        match &*self.0.raised.lock().unwrap() {
            Some(code) => Err(Failure::try_new(code.clone())?
                .message(MESSAGE)
                .field(field(O::OPERATION))),
            None => Ok(()),
        }
    }

    /// Notes the arguments and responds with the document's example of the schema.
    fn respond<T: DeserializeOwned, O: Endpoint>(
        &self,
        context: &Context<String>,
        arguments: impl Serialize,
        schema: &str,
    ) -> HandlerResult<T, O> {
        self.note_handled(context, arguments)?;
        Ok(serde_json::from_str(examples::response(schema))?)
    }
}

impl Api for Recorder {
    type Caller = String;

    async fn authenticate(&self, caller: Credentials, _: &'static Operation) -> Result<String, Refusal> {
        if !caller.password_is(PASSWORD) {
            return Err(Refusal::Unauthorized);
        }
        match caller.user() {
            USER => Ok(USER.to_owned()),
            GUEST => Err(Refusal::Forbidden),
            UNCHECKED => Err(io::Error::other("the list of users is on fire").into()),
            _ => Err(Refusal::Unauthorized),
        }
    }

    async fn get_call(
        &self,
        context: Context<String>,
        call_sid: String,
    ) -> HandlerResult<types::Call, operations::GetCall> {
        self.respond(&context, (call_sid,), "Call")
    }

    async fn list_property_calls(
        &self,
        context: Context<String>,
        property_sid: String,
        query: types::ListPropertyCallsQuery,
    ) -> HandlerResult<types::CallPage, operations::ListPropertyCalls> {
        self.respond(&context, (property_sid, query), "CallPage")
    }

    async fn list_account_calls(
        &self,
        context: Context<String>,
        account_sid: String,
        query: types::ListAccountCallsQuery,
    ) -> HandlerResult<types::CallPage, operations::ListAccountCalls> {
        self.respond(&context, (account_sid, query), "CallPage")
    }

    async fn get_number(
        &self,
        context: Context<String>,
        number: String,
    ) -> HandlerResult<types::Number, operations::GetNumber> {
        self.respond(&context, (number,), "Number")
    }

    async fn configure_number(
        &self,
        context: Context<String>,
        number: String,
        body: types::NumberConfiguration,
    ) -> HandlerResult<types::Number, operations::ConfigureNumber> {
        self.respond(&context, (number, body), "Number")
    }

    async fn list_property_numbers(
        &self,
        context: Context<String>,
        property_sid: String,
        query: types::ListPropertyNumbersQuery,
    ) -> HandlerResult<types::NumberPage, operations::ListPropertyNumbers> {
        self.respond(&context, (property_sid, query), "NumberPage")
    }

    async fn purchase_number(
        &self,
        context: Context<String>,
        property_sid: String,
        body: types::NumberPurchase,
    ) -> HandlerResult<types::PurchasedNumber, operations::PurchaseNumber> {
        self.respond(&context, (property_sid, body), "PurchasedNumber")
    }

    async fn list_account_numbers(
        &self,
        context: Context<String>,
        account_sid: String,
        query: types::ListAccountNumbersQuery,
    ) -> HandlerResult<types::NumberPage, operations::ListAccountNumbers> {
        self.respond(&context, (account_sid, query), "NumberPage")
    }

    async fn list_flows(
        &self,
        context: Context<String>,
        property_sid: String,
        query: types::ListFlowsQuery,
    ) -> HandlerResult<types::FlowPage, operations::ListFlows> {
        self.respond(&context, (property_sid, query), "FlowPage")
    }

    async fn list_addresses(
        &self,
        context: Context<String>,
        account_sid: String,
        query: types::ListAddressesQuery,
    ) -> HandlerResult<types::AddressPage, operations::ListAddresses> {
        self.respond(&context, (account_sid, query), "AddressPage")
    }

    async fn add_address(
        &self,
        context: Context<String>,
        account_sid: String,
        body: types::NewAddress,
    ) -> HandlerResult<types::Address, operations::AddAddress> {
        self.respond(&context, (account_sid, body), "Address")
    }

    async fn get_address(
        &self,
        context: Context<String>,
        address_sid: String,
    ) -> HandlerResult<types::Address, operations::GetAddress> {
        self.respond(&context, (address_sid,), "Address")
    }

    async fn remove_address(
        &self,
        context: Context<String>,
        address_sid: String,
    ) -> HandlerResult<types::RemovedAddress, operations::RemoveAddress> {
        self.respond(&context, (address_sid,), "RemovedAddress")
    }

    async fn list_projects(
        &self,
        context: Context<String>,
        query: types::ListProjectsQuery,
    ) -> HandlerResult<types::ProjectPage, operations::ListProjects> {
        self.respond(&context, (query,), "ProjectPage")
    }

    async fn create_project(
        &self,
        context: Context<String>,
        body: types::NewProject,
    ) -> HandlerResult<types::CreatedProject, operations::CreateProject> {
        self.respond(&context, (body,), "CreatedProject")
    }

    async fn get_project(
        &self,
        context: Context<String>,
        property_sid: String,
    ) -> HandlerResult<types::ProjectDetails, operations::GetProject> {
        self.respond(&context, (property_sid,), "ProjectDetails")
    }

    async fn update_project(
        &self,
        context: Context<String>,
        property_sid: String,
        body: types::ProjectChanges,
    ) -> HandlerResult<(), operations::UpdateProject> {
        self.note_handled(&context, (property_sid, body))
    }

    async fn list_online_logins(
        &self,
        context: Context<String>,
        query: types::ListOnlineLoginsQuery,
    ) -> HandlerResult<types::OnlineLoginPage, operations::ListOnlineLogins> {
        self.respond(&context, (query,), "OnlineLoginPage")
    }

    async fn get_online_login(
        &self,
        context: Context<String>,
        online_login_sid: String,
    ) -> HandlerResult<types::OnlineLoginDetails, operations::GetOnlineLogin> {
        self.respond(&context, (online_login_sid,), "OnlineLoginDetails")
    }

    async fn update_online_login(
        &self,
        context: Context<String>,
        online_login_sid: String,
        body: types::OnlineLoginChanges,
    ) -> HandlerResult<(), operations::UpdateOnlineLogin> {
        self.note_handled(&context, (online_login_sid, body))
    }

    async fn create_online_login(
        &self,
        context: Context<String>,
        property_sid: String,
        body: types::NewOnlineLogin,
    ) -> HandlerResult<types::CreatedOnlineLogin, operations::CreateOnlineLogin> {
        self.respond(&context, (property_sid, body), "CreatedOnlineLogin")
    }

    async fn send_message(
        &self,
        context: Context<String>,
        property_sid: String,
        body: types::NewMessage,
    ) -> HandlerResult<types::MessageDetails, operations::SendMessage> {
        self.respond(&context, (property_sid, body), "MessageDetails")
    }

    async fn find_messages(
        &self,
        context: Context<String>,
        property_sid: String,
        query: types::FindMessagesQuery,
    ) -> HandlerResult<types::MessagePage, operations::FindMessages> {
        self.respond(&context, (property_sid, query), "MessagePage")
    }

    async fn send_message_batch(
        &self,
        context: Context<String>,
        property_sid: String,
        body: types::NewMessageBatch,
    ) -> HandlerResult<types::BatchResult, operations::SendMessageBatch> {
        self.respond(&context, (property_sid, body), "BatchResult")
    }

    async fn get_message(
        &self,
        context: Context<String>,
        message_sid: String,
    ) -> HandlerResult<types::MessageDetails, operations::GetMessage> {
        self.respond(&context, (message_sid,), "MessageDetails")
    }
}
