//! Values of consumers: changes that were not made are not sent, numbers and times fit, and errors go
//! wherever errors go.

use std::time::{Duration, SystemTime};

use fonedynamics_client::types::{Number, OnlineLoginChanges, ProjectChanges};
use fonedynamics_client::{Error, PhoneNumber, UnixTime};

use crate::support::scripted::{Scripted, whole};

#[tokio::test]
async fn change_sends_only_what_was_set_or_cleared() {
    let server = Scripted::responses(vec![whole("204 No Content", "")]).await;
    let client = server.client();
    let nothing = ProjectChanges::default();
    client.update_project("PR1", &nothing).await.unwrap();
    let one = ProjectChanges::default().active(false).main_domain(None);
    client.update_project("PR1", &one).await.unwrap();
    let none_left = OnlineLoginChanges::default().permissions([]);
    client.update_online_login("OL1", &none_left).await.unwrap();
    let requests = server.requests();
    let bodies: Vec<_> = requests
        .iter()
        .map(|request| request.split_once("\r\n\r\n").unwrap().1)
        .collect();
    assert_eq!(
        bodies,
        [
            "{}",
            r#"{"MainDomain":null,"Active":false}"#,
            r#"{"Permissions":[]}"#
        ]
    );
    assert!(
        requests[0].contains("content-type: application/merge-patch+json"),
        "{}",
        requests[0]
    );
}

#[tokio::test]
async fn phone_number_fits_wherever_the_document_wants_one() {
    let number: PhoneNumber = "+61255501234".parse().unwrap();
    let server = Scripted::responses(vec![whole("200 OK", r#"{"Number":"+61255501234"}"#)]).await;
    let found = server
        .client()
        .get_number(number.as_ref())
        .await
        .unwrap()
        .into_inner();
    assert_eq!(server.lines(), ["GET /v2/Numbers/61255501234 HTTP/1.1"]);
    assert_eq!(found.number.as_deref(), Some(number.as_str()));
    let sent = Number::default().number(number);
    assert_eq!(
        serde_json::to_string(&sent).unwrap(),
        r#"{"Number":"+61255501234"}"#
    );
}

#[test]
fn time_of_a_response_becomes_a_time_of_the_system() {
    let flow: fonedynamics_client::types::Flow =
        serde_json::from_str(r#"{"LastUpdated":1500000000}"#).unwrap();
    let time = UnixTime::from(flow.last_updated.unwrap())
        .to_system_time()
        .unwrap();
    assert_eq!(time, SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000));
    assert_eq!(i64::from(UnixTime::from(time)), 1_500_000_000);
}

#[test]
fn error_is_small_and_goes_anywhere() {
    fn check<T: std::error::Error + Clone + Send + Sync + 'static>() {}
    check::<Error>();
    assert!(size_of::<Error>() <= 32, "{} bytes", size_of::<Error>());
    let boxed: Box<dyn std::error::Error + Send + Sync> = Error::InvalidRequest("no".to_owned()).into();
    assert!(boxed.downcast_ref::<Error>().is_some());
}
