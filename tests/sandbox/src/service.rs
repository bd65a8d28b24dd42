//! The generated trait, filled in: each operation is one transaction on the state. What an operation does is in
//! `resources`; this file only says where.

use fonedynamics_server::types::{
    Address, AddressPage, BatchResult, Call, CallPage, CreatedOnlineLogin, CreatedProject, FindMessagesQuery,
    FlowPage, ListAccountCallsQuery, ListAccountNumbersQuery, ListAddressesQuery, ListFlowsQuery,
    ListOnlineLoginsQuery, ListProjectsQuery, ListPropertyCallsQuery, ListPropertyNumbersQuery,
    MessageDetails, MessagePage, NewAddress, NewMessage, NewMessageBatch, NewOnlineLogin, NewProject, Number,
    NumberConfiguration, NumberPage, NumberPurchase, OnlineLoginChanges, OnlineLoginDetails, OnlineLoginPage,
    ProjectChanges, ProjectDetails, ProjectPage, PurchasedNumber, RemovedAddress,
};
use fonedynamics_server::{Api, Context, Credentials, HandlerResult, Operation, Refusal, operations};
use rusqlite::Transaction;

use crate::clock::Clock;
use crate::permissions::{self, Caller};
use crate::resources::{addresses, calls, flows, logins, messages, numbers, projects};
use crate::store::Store;

/// The sandbox as an implementation of the API.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    store: Store,
    clock: Clock,
}

impl Service {
    pub(crate) fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }
}

impl Api for Service {
    type Caller = Caller;

    async fn authenticate(
        &self,
        credentials: Credentials,
        operation: &'static Operation,
    ) -> Result<Caller, Refusal> {
        let work = move |state: &Transaction<'_>| permissions::authenticate(state, &credentials, operation);
        self.store.run(work).await
    }

    async fn get_call(
        &self,
        context: Context<Caller>,
        call_sid: String,
    ) -> HandlerResult<Call, operations::GetCall> {
        let now = self.clock.now();
        let work = move |state: &Transaction<'_>| calls::get(state, &context.caller, &call_sid, now);
        self.store.run(work).await
    }

    async fn list_property_calls(
        &self,
        context: Context<Caller>,
        property_sid: String,
        query: ListPropertyCallsQuery,
    ) -> HandlerResult<CallPage, operations::ListPropertyCalls> {
        let now = self.clock.now();
        let work = move |state: &Transaction<'_>| {
            calls::list_of_project(state, &context.caller, &property_sid, &query, now)
        };
        self.store.run(work).await
    }

    async fn list_account_calls(
        &self,
        context: Context<Caller>,
        account_sid: String,
        query: ListAccountCallsQuery,
    ) -> HandlerResult<CallPage, operations::ListAccountCalls> {
        let now = self.clock.now();
        let work = move |state: &Transaction<'_>| {
            calls::list_of_account(state, &context.caller, &account_sid, &query, now)
        };
        self.store.run(work).await
    }

    async fn get_number(
        &self,
        context: Context<Caller>,
        number: String,
    ) -> HandlerResult<Number, operations::GetNumber> {
        let work = move |state: &Transaction<'_>| numbers::get(state, &context.caller, &number);
        self.store.run(work).await
    }

    async fn configure_number(
        &self,
        context: Context<Caller>,
        number: String,
        body: NumberConfiguration,
    ) -> HandlerResult<Number, operations::ConfigureNumber> {
        let work = move |state: &Transaction<'_>| numbers::configure(state, &context.caller, &number, &body);
        self.store.run(work).await
    }

    async fn list_property_numbers(
        &self,
        context: Context<Caller>,
        property_sid: String,
        query: ListPropertyNumbersQuery,
    ) -> HandlerResult<NumberPage, operations::ListPropertyNumbers> {
        let work = move |state: &Transaction<'_>| {
            numbers::list_of_project(state, &context.caller, &property_sid, &query)
        };
        self.store.run(work).await
    }

    async fn purchase_number(
        &self,
        context: Context<Caller>,
        property_sid: String,
        body: NumberPurchase,
    ) -> HandlerResult<PurchasedNumber, operations::PurchaseNumber> {
        let work =
            move |state: &Transaction<'_>| numbers::purchase(state, &context.caller, &property_sid, &body);
        self.store.run(work).await
    }

    async fn list_account_numbers(
        &self,
        context: Context<Caller>,
        account_sid: String,
        query: ListAccountNumbersQuery,
    ) -> HandlerResult<NumberPage, operations::ListAccountNumbers> {
        let work = move |state: &Transaction<'_>| {
            numbers::list_of_account(state, &context.caller, &account_sid, &query)
        };
        self.store.run(work).await
    }

    async fn list_flows(
        &self,
        context: Context<Caller>,
        property_sid: String,
        query: ListFlowsQuery,
    ) -> HandlerResult<FlowPage, operations::ListFlows> {
        let work = move |state: &Transaction<'_>| flows::list(state, &context.caller, &property_sid, &query);
        self.store.run(work).await
    }

    async fn list_addresses(
        &self,
        context: Context<Caller>,
        account_sid: String,
        query: ListAddressesQuery,
    ) -> HandlerResult<AddressPage, operations::ListAddresses> {
        let work =
            move |state: &Transaction<'_>| addresses::list(state, &context.caller, &account_sid, &query);
        self.store.run(work).await
    }

    async fn add_address(
        &self,
        context: Context<Caller>,
        account_sid: String,
        body: NewAddress,
    ) -> HandlerResult<Address, operations::AddAddress> {
        let work = move |state: &Transaction<'_>| addresses::add(state, &context.caller, &account_sid, &body);
        self.store.run(work).await
    }

    async fn get_address(
        &self,
        context: Context<Caller>,
        address_sid: String,
    ) -> HandlerResult<Address, operations::GetAddress> {
        let work = move |state: &Transaction<'_>| addresses::get(state, &context.caller, &address_sid);
        self.store.run(work).await
    }

    async fn remove_address(
        &self,
        context: Context<Caller>,
        address_sid: String,
    ) -> HandlerResult<RemovedAddress, operations::RemoveAddress> {
        let work = move |state: &Transaction<'_>| addresses::remove(state, &context.caller, &address_sid);
        self.store.run(work).await
    }

    async fn list_projects(
        &self,
        context: Context<Caller>,
        query: ListProjectsQuery,
    ) -> HandlerResult<ProjectPage, operations::ListProjects> {
        let work = move |state: &Transaction<'_>| projects::list(state, &context.caller, &query);
        self.store.run(work).await
    }

    async fn create_project(
        &self,
        context: Context<Caller>,
        body: NewProject,
    ) -> HandlerResult<CreatedProject, operations::CreateProject> {
        let work = move |state: &Transaction<'_>| projects::create(state, &context.caller, &body);
        self.store.run(work).await
    }

    async fn get_project(
        &self,
        context: Context<Caller>,
        property_sid: String,
    ) -> HandlerResult<ProjectDetails, operations::GetProject> {
        let work = move |state: &Transaction<'_>| projects::get(state, &context.caller, &property_sid);
        self.store.run(work).await
    }

    async fn update_project(
        &self,
        context: Context<Caller>,
        property_sid: String,
        body: ProjectChanges,
    ) -> HandlerResult<(), operations::UpdateProject> {
        let now = self.clock.now();
        let work = move |state: &Transaction<'_>| {
            projects::update(state, &context.caller, &property_sid, &body, now)
        };
        self.store.run(work).await
    }

    async fn list_online_logins(
        &self,
        context: Context<Caller>,
        query: ListOnlineLoginsQuery,
    ) -> HandlerResult<OnlineLoginPage, operations::ListOnlineLogins> {
        let work = move |state: &Transaction<'_>| logins::list(state, &context.caller, &query);
        self.store.run(work).await
    }

    async fn get_online_login(
        &self,
        context: Context<Caller>,
        online_login_sid: String,
    ) -> HandlerResult<OnlineLoginDetails, operations::GetOnlineLogin> {
        let work = move |state: &Transaction<'_>| logins::get(state, &context.caller, &online_login_sid);
        self.store.run(work).await
    }

    async fn update_online_login(
        &self,
        context: Context<Caller>,
        online_login_sid: String,
        body: OnlineLoginChanges,
    ) -> HandlerResult<(), operations::UpdateOnlineLogin> {
        let work =
            move |state: &Transaction<'_>| logins::update(state, &context.caller, &online_login_sid, &body);
        self.store.run(work).await
    }

    async fn create_online_login(
        &self,
        context: Context<Caller>,
        property_sid: String,
        body: NewOnlineLogin,
    ) -> HandlerResult<CreatedOnlineLogin, operations::CreateOnlineLogin> {
        let now = self.clock.now();
        let work =
            move |state: &Transaction<'_>| logins::create(state, &context.caller, &property_sid, &body, now);
        self.store.run(work).await
    }

    async fn send_message(
        &self,
        context: Context<Caller>,
        property_sid: String,
        body: NewMessage,
    ) -> HandlerResult<MessageDetails, operations::SendMessage> {
        let now = self.clock.now();
        let work =
            move |state: &Transaction<'_>| messages::send(state, &context.caller, &property_sid, &body, now);
        self.store.run(work).await
    }

    async fn find_messages(
        &self,
        context: Context<Caller>,
        property_sid: String,
        query: FindMessagesQuery,
    ) -> HandlerResult<MessagePage, operations::FindMessages> {
        let now = self.clock.now();
        let work =
            move |state: &Transaction<'_>| messages::find(state, &context.caller, &property_sid, &query, now);
        self.store.run(work).await
    }

    async fn send_message_batch(
        &self,
        context: Context<Caller>,
        property_sid: String,
        body: NewMessageBatch,
    ) -> HandlerResult<BatchResult, operations::SendMessageBatch> {
        let now = self.clock.now();
        let work =
            move |state: &Transaction<'_>| messages::send_batch(state, &context, &property_sid, &body, now);
        self.store.run(work).await
    }

    async fn get_message(
        &self,
        context: Context<Caller>,
        message_sid: String,
    ) -> HandlerResult<MessageDetails, operations::GetMessage> {
        let now = self.clock.now();
        let work = move |state: &Transaction<'_>| messages::get(state, &context.caller, &message_sid, now);
        self.store.run(work).await
    }
}
