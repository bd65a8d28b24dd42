//! The same responses from axum, written by hand: one router that checks nothing, and one that checks bodies and
//! queries as the document wants it and names every parameter at fault.

use std::future::Future;

use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fonedynamics_server::types::{Disposition, NewAddress, NewMessage};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::net::TcpListener;

use super::responses;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope<'a> {
    response_status: Status<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Status<'a> {
    error_code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [Entry<'a>],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Entry<'a> {
    field_name: &'a str,
}

fn failed(status: StatusCode, error_code: &str, message: &str, fields: &[&str]) -> Response {
    let errors: Vec<_> = fields.iter().map(|field_name| Entry { field_name }).collect();
    let response_status = Status {
        error_code,
        message,
        errors: &errors,
    };
    (status, Json(Envelope { response_status })).into_response()
}

fn invalid(message: &str) -> Response {
    failed(StatusCode::BAD_REQUEST, "PARAMETER_INVALID", message, &[])
}

/// Whether the caller is known. As in a server that admits callers in one place.
fn admit(headers: &HeaderMap) -> Result<(), Response> {
    let known = headers.get(AUTHORIZATION).is_some_and(|value| {
        let encoded = value.to_str().ok().and_then(|text| text.strip_prefix("Basic "));
        let decoded = encoded.and_then(|encoded| STANDARD.decode(encoded).ok());
        decoded.is_some_and(|decoded| decoded == b"AC1:secret")
    });
    if known {
        return Ok(());
    }
    let message = "Credentials are missing or wrong.";
    let mut response = failed(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", message, &[]);
    let challenge = HeaderValue::from_static("Basic realm=\"Fone Dynamics REST API\"");
    response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    Err(response)
}

async fn get_number(headers: HeaderMap, Path(number): Path<String>) -> Result<Response, Response> {
    admit(&headers)?;
    let number = format!("+{number}");
    if number == responses::UNKNOWN {
        let message = "No phone number matches Number.";
        return Err(failed(
            StatusCode::BAD_REQUEST,
            "NUMBER_NOT_FOUND",
            message,
            &["Number"],
        ));
    }
    Ok(Json(responses::number(number)).into_response())
}

async fn list_numbers(headers: HeaderMap, Path(_): Path<String>) -> Result<Response, Response> {
    admit(&headers)?;
    Ok(Json(responses::numbers()).into_response())
}

async fn send_message(
    headers: HeaderMap,
    Path(property_sid): Path<String>,
    body: Bytes,
) -> Result<Response, Response> {
    admit(&headers)?;
    let body: NewMessage = read(&headers, &body)?;
    Ok(Json(responses::accepted(property_sid, body)).into_response())
}

async fn add_address(headers: HeaderMap, Path(_): Path<String>, body: Bytes) -> Result<Response, Response> {
    admit(&headers)?;
    let body: NewAddress = read(&headers, &body)?;
    Ok(Json(responses::address(body)).into_response())
}

/// The body as its type, or the first thing that is wrong with it.
fn read<T: for<'de> Deserialize<'de>>(headers: &HeaderMap, body: &[u8]) -> Result<T, Response> {
    if headers
        .get(CONTENT_TYPE)
        .is_none_or(|value| value != "application/json")
    {
        return Err(invalid("The body must be application/json."));
    }
    serde_json::from_slice(body).map_err(|_| invalid("The body is not what it should be."))
}

#[derive(Deserialize)]
#[expect(
    dead_code,
    reason = "what a handler would do with them costs the same everywhere"
)]
struct CallsQuery {
    #[serde(rename = "Date_From")]
    date_from: Option<i64>,
    #[serde(rename = "Date_To")]
    date_to: Option<i64>,
    #[serde(rename = "Token")]
    token: Option<String>,
    #[serde(rename = "Disposition")]
    disposition: Option<String>,
    #[serde(rename = "To")]
    to: Option<String>,
    #[serde(rename = "Endpoint")]
    endpoint: Option<String>,
    #[serde(rename = "Attribution_Source")]
    source: Option<String>,
    #[serde(rename = "Attribution_Medium")]
    medium: Option<String>,
    #[serde(rename = "Attribution_Campaign")]
    campaign: Option<String>,
    #[serde(rename = "Attribution_Content")]
    content: Option<String>,
    #[serde(rename = "Prompts_keys")]
    prompts_keys: Option<String>,
    #[serde(rename = "Unique")]
    unique: Option<String>,
    #[serde(rename = "Results_Count")]
    count: Option<i64>,
    #[serde(rename = "Results_Skip")]
    skip: Option<i64>,
}

async fn list_calls(
    headers: HeaderMap,
    Path(_): Path<String>,
    Query(_): Query<CallsQuery>,
) -> Result<Response, Response> {
    admit(&headers)?;
    Ok(Json(responses::calls()).into_response())
}

async fn unknown_route() -> Response {
    invalid("There is no operation at this path.")
}

pub(crate) fn plain() -> Router {
    Router::new()
        .route("/v2/Numbers/{Number}", get(get_number))
        .route("/v2/Properties/{PropertySid}/Numbers", get(list_numbers))
        .route("/v2/Properties/{PropertySid}/Messages", post(send_message))
        .route("/v2/Properties/{PropertySid}/Calls", get(list_calls))
        .route("/v2/Accounts/{AccountSid}/Addresses", post(add_address))
        .fallback(unknown_route)
}

/// What is wrong with a request, as a server that tells all of it at once collects it.
#[derive(Default)]
struct Wrong {
    missing: Vec<&'static str>,
    phone_numbers: Vec<&'static str>,
    dispositions: Vec<&'static str>,
    too_long: Vec<&'static str>,
    invalid: Vec<&'static str>,
}

impl Wrong {
    fn finish(self) -> Result<(), Response> {
        let Self {
            missing,
            phone_numbers,
            dispositions,
            too_long,
            invalid,
        } = self;
        for (code, fields, rule) in [
            ("PARAMETER_REQUIRED", missing, "be present and not null"),
            (
                "INVALID_PHONENUMBER_FORMAT",
                phone_numbers,
                "be a phone number in E.164 form",
            ),
            (
                "UNKNOWN_DISPOSITION",
                dispositions,
                "be one of the documented values",
            ),
            ("PARAMETER_TOO_LONG", too_long, "be shorter"),
            ("PARAMETER_INVALID", invalid, "be as documented"),
        ] {
            if !fields.is_empty() {
                let message = format!("{} must {rule}.", fields.join(", "));
                return Err(failed(StatusCode::BAD_REQUEST, code, &message, &fields));
            }
        }
        Ok(())
    }

    /// A string, if there is one.
    fn string<'v>(&mut self, body: &'v Value, name: &'static str) -> Option<&'v str> {
        match body.get(name)? {
            Value::String(text) => Some(text),
            _ => {
                self.invalid.push(name);
                None
            }
        }
    }

    fn required<'v>(&mut self, body: &'v Value, name: &'static str) -> Option<&'v str> {
        if body.get(name).is_none_or(Value::is_null) {
            self.missing.push(name);
            return None;
        }
        self.string(body, name)
    }

    fn phone_number(&mut self, text: Option<&str>, name: &'static str) {
        if text.is_some_and(|text| !is_phone_number(text)) {
            self.phone_numbers.push(name);
        }
    }

    fn sender(&mut self, text: Option<&str>, name: &'static str) {
        let Some(text) = text else { return };
        let is_name = text.len() <= 11
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b' ');
        if text.chars().count() > 16 {
            self.too_long.push(name);
        } else if !is_name && !is_phone_number(text) {
            self.invalid.push(name);
        }
    }

    fn method(&mut self, text: Option<&str>, name: &'static str) {
        let is_method = |text: &str| text.eq_ignore_ascii_case("get") || text.eq_ignore_ascii_case("post");
        if text.is_some_and(|text| !is_method(text)) {
            self.invalid.push(name);
        }
    }
}

fn is_phone_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default().as_bytes();
    (2..=15).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) && digits.first() != Some(&b'0')
}

async fn send_message_checked(
    headers: HeaderMap,
    Path(property_sid): Path<String>,
    body: Bytes,
) -> Result<Response, Response> {
    admit(&headers)?;
    let body: Value = read(&headers, &body)?;
    let mut wrong = Wrong::default();
    let from = wrong.string(&body, "From");
    wrong.sender(from, "From");
    let to = wrong.required(&body, "To");
    wrong.phone_number(to, "To");
    wrong.required(&body, "Text");
    if body.get("Schedule").is_some_and(|value| !value.is_i64()) {
        wrong.invalid.push("Schedule");
    }
    if body
        .get("DeliveryReceipt")
        .is_some_and(|value| !value.is_boolean())
    {
        wrong.invalid.push("DeliveryReceipt");
    }
    wrong.string(&body, "DeliveryReceiptWebhookUri");
    let method = wrong.string(&body, "DeliveryReceiptWebhookMethod");
    wrong.method(method, "DeliveryReceiptWebhookMethod");
    wrong.string(&body, "WebhookUri");
    let method = wrong.string(&body, "WebhookMethod");
    wrong.method(method, "WebhookMethod");
    let forward = wrong.string(&body, "ForwardToSms");
    wrong.phone_number(forward, "ForwardToSms");
    let forward = wrong.string(&body, "ForwardFromSms");
    wrong.sender(forward, "ForwardFromSms");
    for name in ["ForwardToEmail", "ForwardFromEmail", "ExternalId"] {
        wrong.string(&body, name);
    }
    wrong.finish()?;
    let body: NewMessage = typed(body)?;
    Ok(Json(responses::accepted(property_sid, body)).into_response())
}

async fn add_address_checked(
    headers: HeaderMap,
    Path(_): Path<String>,
    body: Bytes,
) -> Result<Response, Response> {
    admit(&headers)?;
    let body: Value = read(&headers, &body)?;
    let mut wrong = Wrong::default();
    wrong.string(&body, "Friendly");
    wrong.string(&body, "Reference");
    wrong.required(&body, "Line1");
    wrong.string(&body, "Line2");
    wrong.required(&body, "City");
    wrong.string(&body, "Region");
    let country = wrong.required(&body, "CountryCode");
    if country.is_some_and(|text| text.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_uppercase())) {
        wrong.invalid.push("CountryCode");
    }
    wrong.string(&body, "PostalCode");
    wrong.finish()?;
    let body: NewAddress = typed(body)?;
    Ok(Json(responses::address(body)).into_response())
}

fn typed<T: for<'de> Deserialize<'de>>(body: Value) -> Result<T, Response> {
    T::deserialize(body).map_err(|_| invalid("The body is not what it should be."))
}

async fn list_calls_checked(
    headers: HeaderMap,
    Path(_): Path<String>,
    Query(query): Query<CallsQuery>,
) -> Result<Response, Response> {
    admit(&headers)?;
    let mut wrong = Wrong::default();
    for (name, value) in [
        ("Date_From", query.date_from),
        ("Date_To", query.date_to),
        ("Results_Count", query.count),
        ("Results_Skip", query.skip),
    ] {
        if value.is_some_and(|value| value < 0) {
            wrong.invalid.push(name);
        }
    }
    let dispositions = query
        .disposition
        .as_deref()
        .into_iter()
        .flat_map(|text| text.split(','));
    for disposition in dispositions {
        if !Disposition::ALL.iter().any(|known| known.as_str() == disposition) {
            wrong.dispositions.push("Disposition");
        }
    }
    wrong.finish()?;
    Ok(Json(responses::calls()).into_response())
}

pub(crate) fn checked() -> Router {
    Router::new()
        .route("/v2/Numbers/{Number}", get(get_number))
        .route("/v2/Properties/{PropertySid}/Numbers", get(list_numbers))
        .route(
            "/v2/Properties/{PropertySid}/Messages",
            post(send_message_checked),
        )
        .route("/v2/Properties/{PropertySid}/Calls", get(list_calls_checked))
        .route("/v2/Accounts/{AccountSid}/Addresses", post(add_address_checked))
        .fallback(unknown_route)
}

pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    let served = axum::serve(listener, router).with_graceful_shutdown(shutdown);
    served.await.expect("a listener");
}
