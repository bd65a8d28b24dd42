//! Every error code of the document, from the one who raises it to the one who is told.

use fonedynamics_client::types::{Envelope as _, ErrorCode, ErrorResponse};

use super::calls;
use super::examples;
use super::recorder::{FIELD, MESSAGE, Recorder, USER};
use super::served::{Served, whole};

#[tokio::test]
async fn every_documented_code_survives_the_wire() {
    for code in ErrorCode::ALL {
        let text = examples::envelope(code.as_str());
        let documented: ErrorResponse = serde_json::from_str(text).unwrap();
        let status = code.status().unwrap();
        let head = format!("{status} (words)\nContent-Type: application/json");
        let served = Served::canned(whole(&head, text)).await;

        let error = served.client(USER).remove_address("AD1").await.unwrap_err();
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
            assert_eq!(error.fields(), [FIELD], "{id}: {code}");
            let challenge = error.headers().unwrap().contains_key("www-authenticate");
            assert_eq!(challenge, code == ErrorCode::Unauthorized, "{id}: {code}");
        }
    }
}
