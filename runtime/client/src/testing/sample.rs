//! A client and an envelope of the generated shape. Written the way generated code is, name by name.

extern crate self as progenitor_client;

use std::fmt;

use fonedynamics_contract::{Envelope, Fault, ObjectWriter, Violation};
use progenitor_client::{
    BuildError, ClientInfo, Error, OperationInfo, Options, ResponseValue, Session, encode_path,
};
use serde::{Deserialize, Serialize, Serializer};

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

#[derive(Debug, Default)]
pub(crate) struct ListKettlesQuery {
    pub(crate) count: Option<u32>,
    pub(crate) names: Option<String>,
    pub(crate) litres: Option<f64>,
}

impl Serialize for ListKettlesQuery {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = ObjectWriter::new(serializer);
        object.optional("Results_Count", &self.count);
        object.optional("Names", &self.names);
        object.number("Litres", self.litres);
        object.end()
    }
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

    const MEMBERS: &'static [&'static str] = &["Status"];

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

    fn status_of(code: &Code) -> Option<u16> {
        (code.0 == "LOCKED").then_some(403)
    }

    fn message_of(_code: &Code) -> Option<&'static str> {
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
    pub(crate) inner: Session,
}

impl Client {
    /// The constructor that the generator emits in place of progenitor's.
    pub(crate) fn connect(options: Options) -> Result<Self, BuildError> {
        let connection = options.connect("https://kettles.example", "kettles/1")?;
        Ok(Self {
            baseurl: connection.base_url,
            client: connection.http_client,
            inner: connection.session,
        })
    }
}

impl ClientInfo<Session> for Client {
    fn api_version() -> &'static str {
        "2.0"
    }

    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }

    fn client(&self) -> &reqwest::Client {
        &self.client
    }

    fn inner(&self) -> &Session {
        &self.inner
    }
}

/// Methods as the generator writes them, one per kind of response and of parameter.
impl Client {
    pub(crate) async fn change_kettle(
        &self,
        kettle_sid: &str,
        query: &ListKettlesQuery,
        trace: Option<&str>,
        body: &KettleChange,
    ) -> Result<ResponseValue<Kettle>, Error<Refusal>> {
        let kettle_sid = encode_path("KettleSid", kettle_sid)?;
        let url = format!("{}/v2/Kettles/{kettle_sid}", self.baseurl);
        let mut header_map = reqwest::header::HeaderMap::new();
        if let Some(value) = trace {
            header_map.append("X-Trace", value.to_string().try_into()?);
        }
        let request = self
            .client
            .patch(url)
            .header("Content-Type", "application/merge-patch+json")
            .json(body)
            .query(query)
            .headers(header_map);
        let operation = OperationInfo {
            operation_id: "changeKettle",
            path: "/v2/Kettles/{KettleSid}",
        };
        self.inner.send_for_json(request, &operation).await
    }

    pub(crate) async fn delete_kettle(&self, kettle_sid: &str) -> Result<ResponseValue<()>, Error<Refusal>> {
        let kettle_sid = encode_path("KettleSid", kettle_sid)?;
        let url = format!("{}/v2/Kettles/{kettle_sid}", self.baseurl);
        let request = self.client.delete(url);
        let operation = OperationInfo {
            operation_id: "deleteKettle",
            path: "/v2/Kettles/{KettleSid}",
        };
        self.inner.send_for_no_content(request, &operation).await
    }
}
