//! A client and an envelope of the generated shape. Written the way generated code is, name by name.

extern crate self as progenitor_client;

use std::fmt;

use fonedynamics_contract::{Envelope, Fault, Violation};
use progenitor_client::{
    ByteStream, ClientHooks, ClientInfo, Error, OperationInfo, RequestBuilderExt, ResponseValue, Unanswered,
    encode_path,
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct Kettle {
    #[serde(rename = "Sid")]
    pub(crate) sid: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct KettleChange {
    #[serde(rename = "Lid")]
    pub(crate) lid: String,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct ListKettlesQuery {
    #[serde(rename = "Results_Count", skip_serializing_if = "Option::is_none")]
    pub(crate) count: Option<u32>,
    #[serde(rename = "Names", skip_serializing_if = "Option::is_none")]
    pub(crate) names: Option<String>,
}

/// An open code: whatever the wire brings.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Code(String);

impl From<&str> for Code {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Refusal {
    #[serde(rename = "Status")]
    status: Status,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
struct Status {
    error_code: Option<Code>,
    message: Option<String>,
    errors: Option<Vec<Entry>>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    field_name: Option<String>,
}

impl Envelope for Refusal {
    type Code = Code;

    fn from_parts(code: Code, message: String, fields: Vec<String>) -> Self {
        let errors = fields
            .into_iter()
            .map(|name| Entry {
                field_name: Some(name),
            })
            .collect();
        Self {
            status: Status {
                error_code: Some(code),
                message: Some(message),
                errors: Some(errors),
            },
        }
    }

    fn code(&self) -> Option<&Code> {
        self.status.error_code.as_ref()
    }

    fn message(&self) -> Option<&str> {
        self.status.message.as_deref()
    }

    fn fields(&self) -> impl Iterator<Item = &str> {
        self.status
            .errors
            .iter()
            .flatten()
            .filter_map(|entry| entry.field_name.as_deref())
    }

    fn status_of(_code: &Code) -> Option<u16> {
        None
    }

    fn meaning_of(_code: &Code) -> Option<&'static str> {
        None
    }

    fn code_of_fault(fault: Fault) -> Code {
        Code(fault.name().to_owned())
    }

    fn code_of_violation(violation: Violation) -> Code {
        Code(violation.name().to_owned())
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: progenitor_client::Session,
}

impl Client {
    /// The constructor that the generator emits in place of progenitor's.
    pub(crate) fn connect(
        options: progenitor_client::Options,
    ) -> Result<Self, progenitor_client::BuildError> {
        let progenitor_client::Connection {
            base_url,
            http_client,
            session,
        } = options.connect("https://kettles.example", "kettles/1")?;
        Ok(Self {
            baseurl: base_url,
            client: http_client,
            inner: session,
        })
    }
}

impl ClientInfo<progenitor_client::Session> for Client {
    fn api_version() -> &'static str {
        "2.0"
    }

    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }

    fn client(&self) -> &reqwest::Client {
        &self.client
    }

    fn inner(&self) -> &progenitor_client::Session {
        &self.inner
    }
}

/// All three hooks, in the form in which anyone would write them.
impl ClientHooks<progenitor_client::Session> for Client {
    async fn pre<E>(&self, request: &mut reqwest::Request, info: &OperationInfo) -> Result<(), Error<E>> {
        let media_type = match info.operation_id {
            "change_kettle" => Some("application/merge-patch+json"),
            _ => None,
        };
        self.inner.prepare(request, media_type);
        Ok(())
    }

    async fn post<E>(
        &self,
        result: &Result<reqwest::Response, Unanswered>,
        _info: &OperationInfo,
    ) -> Result<(), Error<E>> {
        tokio::task::yield_now().await;
        match result {
            Ok(answer) if answer.headers().contains_key("x-refuse-in-post") => {
                Err(Error::InvalidRequest("refused by a hook".to_owned()))
            }
            Ok(_) | Err(_) => Ok(()),
        }
    }

    async fn exec(
        &self,
        request: reqwest::Request,
        info: &OperationInfo,
    ) -> Result<reqwest::Response, Unanswered> {
        self.inner.send(&self.client, request, info).await
    }
}

const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<progenitor_client::Session>,
    {
    }
};

/// Methods as the generator writes them, one per kind of answer and of parameter.
// Generated methods carry the same `allow`: every path parameter is turned into a string.
#[allow(clippy::unnecessary_to_owned)]
impl Client {
    pub(crate) async fn change_kettle<'a>(
        &'a self,
        kettle_sid: &'a str,
        query: &'a ListKettlesQuery,
        trace: Option<&'a str>,
        body: &'a KettleChange,
    ) -> Result<ResponseValue<Kettle>, Error<Refusal>> {
        let url = format!(
            "{}/v2/Kettles/{}",
            self.baseurl,
            encode_path(&kettle_sid.to_string())
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        if let Some(value) = trace {
            header_map.append("X-Trace", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .patch(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .query(&progenitor_client::QueryParam::new("Query", &query))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "change_kettle",
            path: "/v2/Kettles/{KettleSid}",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::from_response(response).await),
        }
    }

    pub(crate) async fn delete_kettle<'a>(
        &'a self,
        kettle_sid: &'a str,
    ) -> Result<ResponseValue<()>, Error<Refusal>> {
        let url = format!(
            "{}/v2/Kettles/{}",
            self.baseurl,
            encode_path(&kettle_sid.to_string())
        );
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo {
            operation_id: "delete_kettle",
            path: "/v2/Kettles/{KettleSid}",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::from_response(response).await),
        }
    }

    pub(crate) async fn record_kettle<'a>(
        &'a self,
        body: &'a ListKettlesQuery,
    ) -> Result<ResponseValue<ByteStream>, Error<Refusal>> {
        let url = format!("{}/v2/Kettles/Whistle", self.baseurl,);
        let mut request = self.client.post(url).form_urlencoded(&body)?.build()?;
        let info = OperationInfo {
            operation_id: "record_kettle",
            path: "/v2/Kettles/Whistle",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::stream(response)),
            _ => Err(Error::from_response(response).await),
        }
    }
}
