//! Every error code of the document, from handler to client.

use fonedynamics_client::types::{Envelope as _, ErrorCode, ErrorResponse};

use fonedynamics_server::types::{BatchEntry, BatchResult, NewMessage, NewMessageBatch};
use fonedynamics_server::{
    Api, Context, Credentials, Failure, HandlerResult, Operation, Refusal, codes, operations,
};

use crate::support::calls;
use crate::support::credentials::USER;
use crate::support::examples;
use crate::support::log::Log;
use crate::support::recorder::{MESSAGE, Recorder, field};
use crate::support::scripted::{Scripted, whole};
use crate::support::served::Served;

#[tokio::test]
async fn every_documented_code_survives_the_wire() {
    for code in ErrorCode::ALL {
        let text = examples::envelope(code.as_str());
        let documented: ErrorResponse = serde_json::from_str(text).unwrap();
        let status = code.status().unwrap();
        let head = format!("{status} (words)\nContent-Type: application/json");
        let served = Scripted::responses(vec![whole(&head, text)]).await;

        let error = served.client().remove_address("AD1").await.unwrap_err();
        assert_eq!(error.code(), Some(code));
        assert_eq!(error.status().unwrap().as_u16(), status, "{code}");
        assert_eq!(error.message(), documented.message(), "{code}");
        let fields: Vec<_> = documented.fields().flat_map(|name| name.split(',')).collect();
        assert_eq!(error.fields(), fields, "{code}");
        assert_eq!(error.body().unwrap(), text, "{code}");
    }
}

#[tokio::test]
async fn every_code_that_an_operation_lists_can_be_raised_by_its_handler() {
    let recorder = Recorder::default();
    let served = Served::router(recorder.router()).await;
    let client = served.client(USER);
    for call in calls::all() {
        let id = call.operation.id;
        for code in call.operation.codes.iter().copied().map(ErrorCode::from) {
            recorder.raise(&code);
            let error = call.run(&client).await.unwrap_err();
            assert_eq!(error.code(), Some(&code), "{id}");
            assert_eq!(
                error.status().map(|status| status.as_u16()),
                code.status(),
                "{id}: {code}"
            );
            assert_eq!(error.message(), Some(MESSAGE), "{id}: {code}");
            assert_eq!(error.fields(), [field(call.operation)], "{id}: {code}");
            let challenge = error.headers().unwrap().contains_key("www-authenticate");
            assert_eq!(challenge, code == ErrorCode::Unauthorized, "{id}: {code}");
        }
    }
}

/// A server that sends each message of a batch by itself, except to two numbers.
struct Batches;

impl Batches {
    fn send(message: &NewMessage) -> HandlerResult<String, operations::SendMessageBatch> {
        if message.to.ends_with('0') {
            return Err(Failure::at(codes::NumberNotFound, "To"));
        }
        if message.to.ends_with('9') {
            return Err("the carrier is gone".into());
        }
        Ok("MG1".to_owned())
    }
}

impl Api for Batches {
    type Caller = ();

    async fn authenticate(&self, _: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        Ok(())
    }

    async fn send_message_batch(
        &self,
        context: Context<()>,
        _: String,
        body: NewMessageBatch,
    ) -> HandlerResult<BatchResult, operations::SendMessageBatch> {
        let entries = body.messages.iter().map(|message| match Self::send(message) {
            Ok(sid) => BatchEntry::default().message_sid(sid),
            Err(failure) => {
                let (code, message) = context.entry(failure);
                BatchEntry::default().error_code(code).message(message)
            }
        });
        Ok(entries.collect())
    }
}

#[tokio::test]
async fn entries_of_a_batch_fail_with_the_same_codes_and_log_the_same_causes() {
    let log = Log::keep();
    let served = Served::router(fonedynamics_server::router(Batches)).await;
    let numbers = ["+61400000001", "+61400000000", "+61400000009"];
    let batch = NewMessageBatch::new(numbers.map(|to| NewMessage::new(to, "Hello")));
    let result = served
        .client(USER)
        .send_message_batch("PR1", &batch)
        .await
        .unwrap();
    let entries = result.into_inner().0.into_iter().map(BatchEntry::into_result);
    let entries: Vec<_> = entries.collect();
    let [Ok(sent), Err(unknown), Err(internal)] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    assert_eq!(sent.message_sid.as_deref(), Some("MG1"));
    assert_eq!(unknown.code(), &ErrorCode::NumberNotFound);
    assert_eq!(unknown.message(), Some("No phone number matches To."));
    assert_eq!(
        internal.to_string(),
        "INTERNAL_SERVER_ERROR: The server could not process the request."
    );
    let as_it_came = unknown.clone().into_entry();
    assert_eq!(as_it_came.error_code, Some(ErrorCode::NumberNotFound));
    let text = log.text();
    let causes: Vec<_> = text.lines().filter(|line| line.starts_with("ERROR")).collect();
    let [cause] = causes.as_slice() else {
        panic!("{text}")
    };
    assert!(
        cause.contains("operation=\"sendMessageBatch\"") && cause.contains("cause=\"the carrier is gone\""),
        "{cause}"
    );
}
