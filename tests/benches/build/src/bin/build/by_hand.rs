//! The server of the README as it is written without a generator: one operation, and no checks.

use axum::extract::{Json, Path};
use axum::http::StatusCode;
use axum::routing::post;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NewMessage {
    from: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MessageDetails {
    message: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Message {
    message_sid: &'static str,
    property_sid: String,
}

async fn send_message(
    Path(property_sid): Path<String>,
    Json(body): Json<NewMessage>,
) -> Result<Json<MessageDetails>, (StatusCode, &'static str)> {
    if body.from.as_deref() == Some("+61255501234") {
        return Err((StatusCode::BAD_REQUEST, "the number belongs to another project"));
    }
    let message = Message {
        message_sid: "MG1",
        property_sid,
    };
    Ok(Json(MessageDetails { message }))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:8080".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    let router = axum::Router::new().route("/v2/Properties/{property_sid}/Messages", post(send_message));
    axum::serve(listener, router).await
}
