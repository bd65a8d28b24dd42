//! A server of a later version of the API, for clients that were generated from this one: it has an error
//! code and a message status that they do not know. `tests/sdk/run` starts it.
//!
//! What these clients send goes through the generated server. What is new does not: it could not, because
//! the generated server knows the codes of this version only.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use fonedynamics_server::types::{ListPropertyNumbersQuery, Number, NumberPage, ProjectChanges};
use fonedynamics_server::{Api, Context, Credentials, Failure, Operation, Refusal, codes, operations};

struct Later;

impl Api for Later {
    type Caller = ();

    async fn authenticate(&self, caller: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        let known = caller.user() == "AC1" && caller.password_is("secret");
        if known { Ok(()) } else { Err(Refusal::Unauthorized) }
    }

    /// A number for each type that was asked for, with the type as its name.
    async fn list_property_numbers(
        &self,
        _: Context<()>,
        _: String,
        query: ListPropertyNumbersQuery,
    ) -> Result<NumberPage, Failure<operations::ListPropertyNumbers>> {
        let types = query.type_.unwrap_or_default();
        let numbers = types.iter().map(|kind| Number::default().friendly(kind.as_str()));
        Ok(NumberPage::new(numbers))
    }

    /// Takes one name and no other.
    async fn update_project(
        &self,
        _: Context<()>,
        _: String,
        changes: ProjectChanges,
    ) -> Result<(), Failure<operations::UpdateProject>> {
        let renamed = changes.name.as_deref() == Some("Renamed");
        if renamed {
            Ok(())
        } else {
            Err(Failure::at(codes::PropertyNotFound, "PropertySid"))
        }
    }
}

/// JSON with a status.
type Reply = (StatusCode, [(&'static str, &'static str); 1], &'static str);

fn json(status: StatusCode, body: &'static str) -> Reply {
    (status, [("content-type", "application/json")], body)
}

/// A message with a status that is new.
async fn message() -> Reply {
    json(
        StatusCode::OK,
        r#"{"Message":{"MessageSid":"M1","Status":"Teleported"}}"#,
    )
}

/// An error code that is new.
async fn call() -> Reply {
    let body = r#"{"ResponseStatus":{"ErrorCode":"CALL_ARCHIVED","Message":"The call was archived.",
        "Errors":[{"FieldName":"CallSid"}]}}"#;
    json(StatusCode::BAD_REQUEST, body)
}

/// One message that was accepted, and one that was not, for a reason that is new.
async fn batch() -> Reply {
    json(
        StatusCode::OK,
        r#"[{"MessageSid":"M1"},{"ErrorCode":"RECIPIENT_ON_MARS","Message":"The recipient is on Mars."}]"#,
    )
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:8080".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    let router = Router::new()
        .route("/v2/Messages/{MessageSid}", get(message))
        .route("/v2/Calls/{CallSid}", get(call))
        .route("/v2/Properties/{PropertySid}/BatchMessages", post(batch))
        .fallback_service(fonedynamics_server::router(Later));
    axum::serve(listener, router).await
}
