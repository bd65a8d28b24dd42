//! The requests, one for each row of the tables. Data only.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue, Method, Uri};

/// One row of the tables.
pub(crate) struct Row {
    /// What the row shows.
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) body: &'static str,
    pub(crate) authorization: Option<&'static str>,
    /// The status of the response.
    pub(crate) status: u16,
    /// Whether a router that checks nothing cannot give the same response.
    pub(crate) needs_checks: bool,
}

/// User `AC1` with the password `secret`.
const BASIC: Option<&str> = Some("Basic QUMxOnNlY3JldA==");

const NONE: Row = Row {
    name: "",
    method: Method::GET,
    path: "",
    body: "",
    authorization: BASIC,
    status: 200,
    needs_checks: false,
};

pub(crate) const ROWS: [Row; 8] = [
    Row {
        name: "400 from a handler",
        path: "/v2/Numbers/61255500404",
        status: 400,
        ..NONE
    },
    Row {
        name: "validation, three fields",
        method: Method::POST,
        path: "/v2/Accounts/AC1/Addresses",
        body: r#"{"Friendly":"Office","Reference":"A-17","Line2":"Level 3","Region":"NSW","PostalCode":"2000"}"#,
        status: 400,
        needs_checks: true,
        ..NONE
    },
    Row {
        name: "200 GET, small",
        path: "/v2/Numbers/61255501234",
        ..NONE
    },
    Row {
        name: "200 list of 200",
        path: "/v2/Properties/PR1/Numbers",
        ..NONE
    },
    Row {
        name: "200 POST",
        method: Method::POST,
        path: "/v2/Properties/PR1/Messages",
        body: r#"{"From":"+61255501234","To":"+61491570156","Text":"Your parcel is at the door.","DeliveryReceipt":true,"WebhookUri":"https://example.com/replies","WebhookMethod":"POST","ExternalId":"order-1017"}"#,
        ..NONE
    },
    Row {
        name: "401",
        path: "/v2/Numbers/61255501234",
        authorization: None,
        status: 401,
        ..NONE
    },
    Row {
        name: "unknown route",
        path: "/v2/Nothing",
        status: 400,
        ..NONE
    },
    Row {
        name: "query, ten parameters",
        path: "/v2/Properties/PR1/Calls?Date_From=1760000000&Date_To=1760086400&Disposition=Answered&To=%2B61255501234&Endpoint=%2B61491570156&Attribution_Source=google&Attribution_Medium=cpc&Prompts_keys=1&Results_Count=50&Results_Skip=100",
        ..NONE
    },
];

impl Row {
    pub(crate) fn of(name: &str) -> &'static Self {
        ROWS.iter()
            .find(|row| row.name == name)
            .expect("the name of a row")
    }

    /// The request as bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let Self {
            method, path, body, ..
        } = self;
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        if let Some(authorization) = self.authorization {
            head += &format!("Authorization: {authorization}\r\n");
        }
        if !body.is_empty() {
            head += &format!(
                "Content-Type: application/json\r\nContent-Length: {}\r\n",
                body.len()
            );
        }
        format!("{head}\r\n{body}").into_bytes()
    }

    /// What makes the request any number of times, and parses nothing again.
    pub(crate) fn template(&self) -> impl Fn() -> Request {
        let uri: Uri = self.path.parse().expect("a path");
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static("127.0.0.1"));
        if let Some(authorization) = self.authorization {
            headers.insert(AUTHORIZATION, HeaderValue::from_static(authorization));
        }
        if !self.body.is_empty() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        move || {
            let mut request = Request::new(Body::from(self.body));
            *request.method_mut() = self.method.clone();
            *request.uri_mut() = uri.clone();
            *request.headers_mut() = headers.clone();
            request
        }
    }
}
