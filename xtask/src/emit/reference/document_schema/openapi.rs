//! OpenAPI 3.0 in the subset that `lint` accepts, as types. Keys that mean nothing to the generator and are let
//! pass have values of any kind.

#![expect(dead_code, reason = "only the schemas of these types are used")]

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema as JsonSchemaOf, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::extensions::{Code, Credentials, Faults, Pages, RaisedCode};
use super::schemas::{ExternalDocs, Schema};
use super::{Component, OrReference, closed, reference};

/// The document: OpenAPI 3.0 in the subset that `cargo xtask lint` accepts.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", transform = closed)]
pub(super) struct Document {
    /// The version of OpenAPI.
    #[schemars(regex(pattern = r"^3\.0\."))]
    openapi: String,
    info: Info,
    /// The one server, by https.
    #[schemars(length(equal = 1))]
    servers: Vec<Server>,
    /// The credentials that operations require.
    security: Option<Value>,
    /// The groups of operations, in the order of the paths.
    tags: Option<Vec<Tag>>,
    external_docs: Option<ExternalDocs>,
    #[schemars(rename = "x-faults")]
    faults: Faults,
    paths: Paths,
    components: Components,
}

/// The API as a whole.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", transform = closed)]
struct Info {
    title: String,
    /// The document's version. `openapi/README.md` says when it moves.
    version: String,
    description: String,
    terms_of_service: Option<String>,
    contact: Option<Contact>,
    license: Option<License>,
    /// What the names of the generated crates begin with.
    #[schemars(rename = "x-crate-prefix", regex(pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"))]
    crate_prefix: String,
}

/// Whom to ask.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
struct Contact {
    name: Option<String>,
    url: Option<String>,
    email: Option<String>,
}

/// Under which terms the document can be used.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
struct License {
    name: String,
    url: Option<String>,
}

/// The server.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
struct Server {
    #[schemars(regex(pattern = "^https://"))]
    url: String,
    description: Option<String>,
}

/// A group of operations.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", transform = closed)]
struct Tag {
    name: String,
    description: Option<String>,
    external_docs: Option<ExternalDocs>,
}

/// The paths. Never add one that no public page shows.
#[derive(JsonSchema)]
#[schemars(transform = paths)]
struct Paths(BTreeMap<String, PathItem>);

fn paths(schema: &mut JsonSchemaOf) {
    if let Some(item) = schema.remove("additionalProperties") {
        *schema = json_schema!({
            "type": "object",
            "patternProperties": { "^/": item, "^x-": true },
            "additionalProperties": false,
        });
    }
}

/// The operations of a path.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
struct PathItem {
    summary: Option<Value>,
    description: Option<String>,
    get: Option<Operation>,
    put: Option<Operation>,
    post: Option<Operation>,
    delete: Option<Operation>,
    patch: Option<Operation>,
    /// Parameters of all its operations.
    parameters: Option<Vec<OrReference<Parameter>>>,
}

/// An operation.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", transform = closed)]
struct Operation {
    /// Its name, in camelCase.
    operation_id: String,
    tags: Option<Vec<String>>,
    /// What it does, in one line.
    summary: String,
    /// What there is to know.
    description: String,
    /// How the client pages through the list.
    #[schemars(rename = "x-pages")]
    pages: Option<Pages>,
    /// The codes that take state to decide and can occur here. Codes of validation, credentials, refusal and
    /// internal failures are derived.
    #[schemars(rename = "x-raises")]
    raises: Option<Vec<RaisedCode>>,
    /// The name of the method in Rust, where the `operationId` cannot be it.
    #[schemars(rename = "x-rust-name", regex(pattern = "^[a-z][a-z0-9_]*$"))]
    rust_name: Option<String>,
    parameters: Option<Vec<OrReference<Parameter>>>,
    request_body: Option<OrReference<RequestBody>>,
    responses: Responses,
    security: Option<Value>,
    deprecated: Option<bool>,
    external_docs: Option<ExternalDocs>,
}

/// One success, and the error responses by reference, whose statuses are those of the document's codes.
#[derive(JsonSchema)]
#[schemars(transform = closed, transform = one_success)]
struct Responses {
    #[schemars(rename = "200")]
    ok: Option<OrReference<Response>>,
    #[schemars(rename = "201")]
    created: Option<OrReference<Response>>,
    #[schemars(rename = "202")]
    accepted: Option<OrReference<Response>>,
    #[schemars(rename = "204")]
    no_content: Option<OrReference<Response>>,
}

fn one_success(schema: &mut JsonSchemaOf) {
    let properties = schema.get("properties").and_then(Value::as_object);
    let statuses = properties.into_iter().flat_map(|members| members.keys());
    let successes: Vec<_> = statuses
        .filter(|status| status.starts_with('2'))
        .map(|status| json!({ "required": [status] }))
        .collect();
    schema.insert("allOf".to_owned(), json!([{ "oneOf": successes }]));
}

/// A reference to a shared error response.
pub(super) fn shared_response() -> Value {
    reference(Response::KIND)
}

/// A parameter.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", transform = closed, transform = prefix_in_paths)]
struct Parameter {
    /// The exact name on the wire, odd spellings included.
    #[schemars(regex(pattern = r"^[^\s,.\[\]|;]+$"))]
    name: String,
    r#in: Location,
    description: String,
    required: Option<bool>,
    deprecated: Option<bool>,
    style: Option<Style>,
    /// `false` for a list in the query, whose items are joined with commas.
    explode: Option<bool>,
    schema: OrReference<Schema>,
    /// The code raised when the value fails validation.
    #[schemars(rename = "x-invalid-code")]
    invalid_code: Option<Code>,
    /// The name of the argument or field in Rust, where that of the parameter cannot be it.
    #[schemars(rename = "x-rust-name", regex(pattern = "^[a-z][a-z0-9_]*$"))]
    rust_name: Option<String>,
    /// What a value in the path loses: the `+` of a phone number.
    #[schemars(rename = "x-omit-prefix")]
    omit_prefix: Option<String>,
}

fn prefix_in_paths(schema: &mut JsonSchemaOf) {
    let in_path = json!({ "properties": { "in": { "const": "path" } } });
    schema.insert("if".to_owned(), in_path);
    let without = json!({ "properties": { "x-omit-prefix": false } });
    schema.insert("else".to_owned(), without);
}

impl Component for Parameter {
    const KIND: &'static str = "parameters";
}

/// Where a parameter is sent.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
enum Location {
    Path,
    Query,
    Header,
}

/// How a parameter is written.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
enum Style {
    Form,
    Simple,
}

/// A request body. Without `required: true`, a request may have none.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
struct RequestBody {
    description: Option<String>,
    required: Option<bool>,
    content: RequestContent,
}

impl Component for RequestBody {
    const KIND: &'static str = "requestBodies";
}

/// The one media type of a request body.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("minProperties" = 1, "maxProperties" = 1))]
struct RequestContent {
    #[schemars(rename = "application/json")]
    json: Option<Content>,
    #[schemars(rename = "application/merge-patch+json")]
    merge_patch: Option<Content>,
}

/// The media type of a response body.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ResponseContent {
    #[schemars(rename = "application/json")]
    json: Content,
}

/// A body.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
struct Content {
    #[schemars(schema_with = "schema_reference")]
    schema: Value,
    /// Examples are test vectors.
    examples: Option<BTreeMap<String, OrReference<Example>>>,
}

fn schema_reference(_: &mut SchemaGenerator) -> JsonSchemaOf {
    JsonSchemaOf::try_from(reference(Schema::KIND)).unwrap_or_default()
}

/// An example of a body.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
struct Example {
    summary: Option<String>,
    description: Option<String>,
    #[schemars(required)]
    value: Value,
    /// Of a failing response: what the request had in the parameters that it names.
    #[schemars(rename = "x-sent")]
    sent: Option<BTreeMap<String, String>>,
}

impl Component for Example {
    const KIND: &'static str = "examples";
}

/// A response.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
struct Response {
    description: String,
    headers: Option<ResponseHeaders>,
    content: Option<ResponseContent>,
}

impl Component for Response {
    const KIND: &'static str = "responses";
}

/// The headers that a response can have.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
struct ResponseHeaders {
    /// Where something is, in a success.
    #[schemars(rename = "Location")]
    location: Option<OrReference<Header>>,
    /// After how many seconds to ask again.
    #[schemars(rename = "Retry-After")]
    retry_after: Option<OrReference<Header>>,
    /// Which credentials a 401 wants.
    #[schemars(rename = "WWW-Authenticate")]
    challenge: Option<OrReference<Header>>,
}

/// A header of a response.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
struct Header {
    description: Option<String>,
    required: Option<bool>,
    deprecated: Option<bool>,
    style: Option<Value>,
    schema: OrReference<Schema>,
}

impl Component for Header {
    const KIND: &'static str = "headers";
}

/// What the rest of the document refers to.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", transform = closed)]
struct Components {
    security_schemes: Option<BTreeMap<String, OrReference<SecurityScheme>>>,
    parameters: Option<BTreeMap<String, OrReference<Parameter>>>,
    request_bodies: Option<BTreeMap<String, OrReference<RequestBody>>>,
    responses: Option<BTreeMap<String, OrReference<Response>>>,
    headers: Option<BTreeMap<String, OrReference<Header>>>,
    examples: Option<BTreeMap<String, OrReference<Example>>>,
    schemas: BTreeMap<String, Schema>,
}

/// HTTP Basic or HTTP Bearer.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", transform = closed)]
struct SecurityScheme {
    #[schemars(extend("const" = "http"))]
    r#type: String,
    #[schemars(extend("enum" = ["basic", "Basic", "bearer", "Bearer"]))]
    scheme: String,
    description: Option<String>,
    /// What the API calls the parts of its credentials.
    #[schemars(rename = "x-credentials")]
    credentials: Option<Credentials>,
}

impl Component for SecurityScheme {
    const KIND: &'static str = "securitySchemes";
}
