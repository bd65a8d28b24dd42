//! Arbitrary responses: no panic, and status, headers and bytes are kept. What could be read survives being
//! written and read again.
//!
//! Responses are drawn from a seed, so a failure can be seen again. `RESPONSES=200000 cargo test --release -p
//! fonedynamics-tests client::arbitrary` tries more than the ordinary run does.

use fastrand::Rng;
use fonedynamics_client::Error;
use fonedynamics_client::reqwest::StatusCode;
use fonedynamics_client::reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use fonedynamics_types::{ErrorCode, ErrorResponse, examples};
use serde_json::Value;

use crate::support::scripted::{Scripted, whole};

/// Draws responses.
struct Draw(Rng);

impl Draw {
    fn new(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    fn bytes(&mut self, limit: usize) -> Vec<u8> {
        (0..self.0.usize(..limit)).map(|_| self.0.u8(..)).collect()
    }

    /// A text with what texts go wrong by.
    fn text(&mut self) -> String {
        let odd = [
            "PARAMETER_INVALID",
            "To",
            "",
            "é",
            "\u{0}",
            "\u{feff}",
            "\u{2028}",
            "\"",
            "\\",
            ",",
            "|",
            ";",
            "a\nb",
            "CODE_OF_TOMORROW",
            "😀",
            "null",
        ];
        (0..self.0.usize(..4))
            .map(|_| self.0.choice(odd).unwrap())
            .collect()
    }

    /// A value that is often close to an envelope.
    fn value(&mut self, depth: usize) -> Value {
        let names = [
            "ResponseStatus",
            "responseStatus",
            "ErrorCode",
            "errorcode",
            "Message",
            "MESSAGE",
            "Errors",
            "errors",
            "FieldName",
            "fieldName",
            "Meta",
            "",
        ];
        match self.0.usize(..if depth == 0 { 5 } else { 9 }) {
            0 => Value::Null,
            1 => Value::Bool(self.0.bool()),
            2 => Value::from(self.0.i64(..)),
            3 => Value::from(1e300),
            4 => Value::String(self.text()),
            5 => (0..self.0.usize(..3)).map(|_| self.value(depth - 1)).collect(),
            _ => Value::Object(
                (0..=self.0.usize(..4))
                    .map(|_| (self.0.choice(names).unwrap().to_owned(), self.value(depth - 1)))
                    .collect(),
            ),
        }
    }

    /// The text of an envelope, with some of its bytes changed, removed or repeated.
    fn damaged(&mut self) -> Vec<u8> {
        let mut bytes = match self.0.usize(..2) {
            0 => {
                let envelopes = examples::ALL
                    .iter()
                    .filter(|example| example.schema == "ErrorResponse");
                let envelopes: Vec<_> = envelopes.collect();
                self.0.choice(envelopes).unwrap().json.as_bytes().to_vec()
            }
            _ => serde_json::json!({ "ResponseStatus": self.value(3) })
                .to_string()
                .into_bytes(),
        };
        for _ in 0..self.0.usize(..4) {
            let at = self.0.usize(..=bytes.len());
            match self.0.usize(..4) {
                0 => bytes.truncate(at),
                1 if at < bytes.len() => bytes[at] = self.0.u8(..),
                2 if at < bytes.len() => drop(bytes.remove(at)),
                _ => bytes.insert(at, *self.0.choice(b"{}[]\",:\\ 0nt\xff").unwrap()),
            }
        }
        bytes
    }

    fn body(&mut self) -> Vec<u8> {
        match self.0.usize(..9) {
            0 => self.bytes(64),
            1 => self.bytes(4096),
            2 => self.text().into_bytes(),
            3 => self.value(4).to_string().into_bytes(),
            _ => self.damaged(),
        }
    }

    fn media_type(&mut self) -> HeaderValue {
        match self.0.usize(..3) {
            0 => HeaderValue::from_bytes(&self.bytes(20)).unwrap_or(HeaderValue::from_static("")),
            _ => {
                let likely = [
                    "application/json",
                    "text/html; charset=latin1",
                    "application/problem+json",
                    ";;;",
                    "image/png",
                ];
                HeaderValue::from_static(self.0.choice(likely).unwrap())
            }
        }
    }

    fn headers(&mut self) -> HeaderMap {
        let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, self.media_type())]);
        for (name, likely) in [(RETRY_AFTER, "Wed, 21 Oct 2015 07:28:00 GMT"), (DATE, "120")] {
            match self.0.usize(..4) {
                0 => drop(headers.insert(name, HeaderValue::from_static(likely))),
                1 => {
                    if let Ok(value) = HeaderValue::from_bytes(&self.bytes(30)) {
                        headers.insert(name, value);
                    }
                }
                _ => {}
            }
        }
        headers
    }
}

/// Asks an error everything that it can be asked.
fn ask(error: &Error, seed: u64) {
    let shown = error.to_string();
    assert!(
        shown.lines().count() <= 1 && shown.chars().count() < 20_000,
        "seed {seed}: {shown}"
    );
    assert!(!shown.chars().any(char::is_control), "seed {seed}: {shown:?}");
    let _ = (
        format!("{error:?}"),
        error.category(),
        error.is_retryable(),
        error.attempts(),
        error.retry_after(),
    );
    let _ = (error.request_id(), error.clone());
    for name in error.fields() {
        assert_eq!(
            error.field(name).map(str::to_lowercase),
            Some(name.to_lowercase()),
            "seed {seed}"
        );
    }
    if let Some(code) = error.code() {
        assert!(!code.as_str().is_empty(), "seed {seed}");
        assert_eq!(&ErrorCode::from(code.as_str()), code, "seed {seed}");
    }
}

/// What was read, written and read again, is the same.
fn round_trip(error: &Error, seed: u64) -> usize {
    let Error::ErrorResponse(response) = error else {
        return 0;
    };
    let written = serde_json::to_vec(&**response).unwrap();
    let again: ErrorResponse = serde_json::from_slice(&written).unwrap();
    assert_eq!(again, **response, "seed {seed}");
    let again = Error::from_parts(response.status(), response.headers().clone(), written);
    assert_eq!(
        (again.code(), again.message(), again.fields()),
        (error.code(), error.message(), error.fields())
    );
    1
}

fn number(variable: &str, otherwise: u64) -> u64 {
    let given = std::env::var(variable).ok();
    given.and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn any_response_keeps_status_headers_and_bytes() {
    let responses = number("RESPONSES", 20_000);
    let mut envelopes = 0;
    for seed in 1..=responses {
        let mut draw = Draw::new(seed);
        let status = StatusCode::from_u16(draw.0.u16(100..1000)).unwrap();
        let (headers, body) = (draw.headers(), draw.body());
        let error = Error::from_parts(status, headers.clone(), body.clone());
        assert_eq!(error.status(), Some(status), "seed {seed}");
        assert_eq!(error.headers(), Some(&headers), "seed {seed}");
        assert_eq!(error.body().unwrap().as_ref(), body, "seed {seed}");
        ask(&error, seed);
        envelopes += round_trip(&error, seed);
    }
    // An empty law would hold too.
    assert!(
        envelopes > usize::try_from(responses / 10).unwrap(),
        "{envelopes} envelopes"
    );
}

#[tokio::test]
async fn any_response_over_http_keeps_status_and_bytes() {
    let responses = number("RESPONSES", 20_000) / 40;
    let drawn = |seed: u64| {
        let mut draw = Draw::new(seed);
        // Below 200 there is no end to the response, and 204 and 304 have no body.
        let mut status = draw.0.usize(200..1000);
        while matches!(status, 204 | 205 | 304) {
            status = draw.0.usize(200..1000);
        }
        (status, draw.media_type(), draw.body())
    };
    let server = Scripted::by(move |number, _| {
        let (status, media_type, body) = drawn(u64::try_from(number).unwrap() + 1);
        let mut response = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len()).into_bytes();
        response.extend(b"Connection: close\r\nContent-Type: ");
        response.extend(media_type.as_bytes());
        response.extend(b"\r\n\r\n");
        response.extend(body);
        response
    })
    .await;
    let client = server.client();
    for seed in 1..=responses {
        let (status, media_type, body) = drawn(seed);
        let error = match client.get_online_login("OL1").await {
            Ok(response) => {
                assert_eq!(
                    (usize::from(response.status().as_u16()), response.body().as_ref()),
                    (status, &body[..])
                );
                continue;
            }
            Err(error) => error,
        };
        assert_eq!(
            usize::from(error.status().unwrap().as_u16()),
            status,
            "seed {seed}"
        );
        assert_eq!(error.body().unwrap().as_ref(), body, "seed {seed}");
        let kept = error.headers().unwrap()[CONTENT_TYPE]
            .as_bytes()
            .trim_ascii()
            .to_vec();
        assert_eq!(kept, media_type.as_bytes().trim_ascii(), "seed {seed}");
        ask(&error, seed);
        round_trip(&error, seed);
    }
}

#[tokio::test]
async fn error_from_parts_is_the_one_from_the_wire() {
    for seed in 1..=200 {
        let mut draw = Draw::new(seed);
        let body = draw.body();
        let server = Scripted::responses(vec![whole("418 X", &body)]).await;
        let wire = server.client().get_address("AD1").await.unwrap_err();
        let parts = Error::from_parts(StatusCode::IM_A_TEAPOT, wire.headers().unwrap().clone(), body);
        assert_eq!(parts.to_string(), wire.to_string(), "seed {seed}");
        assert_eq!(
            (parts.code(), parts.fields()),
            (wire.code(), wire.fields()),
            "seed {seed}"
        );
    }
}
