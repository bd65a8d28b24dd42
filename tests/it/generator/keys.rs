//! The keys of OpenAPI 3.0: what was decided about each, held against what is generated.

use std::fmt::Write as _;

use serde_json::{Value, json};
use xtask::document::Position;
use xtask::document::keys::{Decision, KEYS};
use xtask::problem::{Place, Problem};
use xtask::tree::Tree;

use crate::support::{edit, plan_text, read, snapshot};

/// What the smallest document lacks of the objects of OpenAPI.
const EDITS: &str = include_str!("../../fixtures/every-object.edit");

const BOOK: &str = "/paths/~1books~1{Isbn}";
const GET: &str = "/paths/~1books~1{Isbn}/get";
const BODY: &str = "/components/requestBodies/Draft/content/application~1json";

fn base() -> Value {
    let text = read("tests/fixtures/good/minimal.yaml");
    serde_yaml::from_str(&edit(&text, EDITS, "every-object")).unwrap()
}

/// Where the base has an object of a kind. A schema that a key fits.
fn home(object: Position, key: &str) -> String {
    let schema = match key {
        "maximum" | "minimum" | "exclusiveMaximum" | "exclusiveMinimum" | "default" => {
            "/components/parameters/Year/schema"
        }
        "format" => "/paths/~1books~1{Isbn}/put/parameters/4/schema",
        "maxLength" | "minLength" | "pattern" | "type" => "/paths/~1books~1{Isbn}/put/parameters/2/schema",
        "maxItems" | "minItems" | "uniqueItems" | "items" => "/paths/~1books~1{Isbn}/put/parameters/3/schema",
        "enum" => "/components/schemas/Genre",
        _ => "/components/schemas/Draft",
    };
    match object {
        Position::Root => "",
        Position::Info => "/info",
        Position::Contact => "/info/contact",
        Position::License => "/info/license",
        Position::Server => "/servers/0",
        Position::Components => "/components",
        Position::PathItem => BOOK,
        Position::Operation => GET,
        Position::ExternalDocs => "/externalDocs",
        Position::Parameter => "/components/parameters/Year",
        Position::RequestBody => "/components/requestBodies/Draft",
        Position::MediaType => BODY,
        Position::Responses => "/paths/~1books~1{Isbn}/get/responses",
        Position::Response => "/paths/~1books~1{Isbn}/get/responses/200",
        Position::Example => "/components/examples/Two",
        Position::Header => "/components/headers/Place",
        Position::Tag => "/tags/0",
        Position::Schema => schema,
        Position::SecurityScheme => "/components/securitySchemes/Basic",
        other => panic!("the base has no {other:?}"),
    }
    .to_owned()
}

/// The key that is refused with all objects of a kind, the object that has it, and a value with one of them.
fn refused_with(object: Position, inner: Value) -> Option<(Position, &'static str, Value)> {
    let with = |key: &str| {
        let mut inner = inner.clone();
        inner[key] = json!("text");
        inner
    };
    Some(match object {
        Position::ServerVariable => (Position::Server, "variables", json!({ "one": with("default") })),
        Position::Encoding => (Position::MediaType, "encoding", json!({ "one": inner })),
        Position::Link => (Position::Response, "links", json!({ "one": with("operationId") })),
        Position::Discriminator => (Position::Schema, "discriminator", with("propertyName")),
        Position::Xml => (Position::Schema, "xml", inner),
        Position::Flows => (Position::SecurityScheme, "flows", inner),
        Position::Flow => (Position::SecurityScheme, "flows", json!({ "implicit": inner })),
        _ => return None,
    })
}

/// What is changed in the base to say something with a key: a place, and another value for it.
fn change(base: &Value, object: Position, key: &str) -> (String, Value) {
    let at = |pointer: &str| base.pointer(pointer).unwrap().clone();
    let with = |mut value: Value, key: &str, member: Value| {
        value[key] = member;
        value
    };
    let operation = |method: &str| with(at(GET), "operationId", json!(format!("{method}Book")));
    let shelf =
        json!({ "name": "X-Shelf", "in": "header", "description": "Where.", "schema": { "type": "string" } });
    let place = format!("{}/{key}", home(object, key));
    let value = match (object, key) {
        // Of what holds others, something within is changed.
        (Position::Root, "info") => return change(base, Position::Info, "title"),
        (Position::Root, "servers") => return change(base, Position::Server, "url"),
        (Position::Root, "components") | (Position::Components, "schemas") => {
            return change(base, Position::Schema, "description");
        }
        (Position::Root, "paths") | (Position::PathItem, "get") => {
            return change(base, Position::Operation, "summary");
        }
        (Position::PathItem, "put") => return (format!("{BOOK}/put/summary"), json!("Other.")),
        (Position::Components, "parameters") => return change(base, Position::Parameter, "description"),
        (Position::Components, "headers") => return change(base, Position::Header, "description"),
        (Position::Components, "examples") => return change(base, Position::Example, "value"),
        (Position::Components, "securitySchemes") => return change(base, Position::SecurityScheme, "scheme"),
        (Position::Components, "requestBodies") | (Position::RequestBody, "content") => {
            return change(base, Position::MediaType, "examples");
        }
        (Position::Components, "responses") => {
            let example =
                "/components/responses/Bad/content/application~1json/examples/FAILED/value/Status/Items";
            return (example.to_owned(), json!([]));
        }
        (Position::Operation, "responses") => return change(base, Position::Response, "content"),
        (Position::Response, "content") => {
            let examples = format!(
                "{}/content/application~1json/examples",
                home(Position::Response, "")
            );
            return (examples, json!({ "one": { "value": { "Title": "Persuasion" } } }));
        }
        (Position::Parameter, "schema") => return change(base, Position::Schema, "maximum"),
        (Position::Parameter, "explode") => {
            return (
                "/paths/~1books~1{Isbn}/put/parameters/3/explode".to_owned(),
                json!(true),
            );
        }
        (Position::Schema, "properties") => return (format!("{place}/Title/description"), json!("Other.")),
        (Position::Schema, "nullable") => {
            return (
                format!("{}/properties/Title/nullable", home(object, "")),
                json!(true),
            );
        }
        (Position::Root, "openapi") => json!("3.1.0"),
        (Position::Root, "security") | (Position::Operation, "security") => json!([]),
        (Position::Info, "version") => json!("2.0.0"),
        (Position::Server, "url") => json!("https://other.example"),
        (Position::PathItem, "post" | "delete" | "patch" | "head" | "options" | "trace") => operation(key),
        (Position::PathItem | Position::Operation, "parameters") => match base.pointer(&place) {
            Some(Value::Array(known)) => known.iter().cloned().chain([shelf]).collect(),
            _ => json!([shelf]),
        },
        (Position::Operation, "requestBody") => json!({ "$ref": "#/components/requestBodies/Draft" }),
        (Position::Operation, "tags") => json!(["Nowhere"]),
        (Position::Operation, "operationId") => json!("otherBook"),
        (Position::Parameter, "name") => json!("Yearly"),
        (Position::Parameter, "in") => json!("header"),
        (Position::RequestBody, "required") => json!(false),
        (Position::MediaType, "schema") => json!({ "$ref": "#/components/schemas/Book" }),
        (Position::MediaType, "examples") => json!({ "one": { "value": { "Title": "Persuasion" } } }),
        (Position::Example, "value") => json!({ "Title": "Persuasion" }),
        (Position::Header | Position::Parameter, "style") => json!("spaceDelimited"),
        (Position::Header, "schema") => json!({ "type": "integer" }),
        (Position::Schema, "required") => json!(["Title", "Genre"]),
        (Position::Schema, "enum") => json!(["Novel", "Poem", "Play"]),
        (Position::Schema, "type") => json!("integer"),
        (Position::Schema, "oneOf" | "anyOf") => json!([{ "required": ["Title"] }]),
        (Position::Schema, "allOf") => json!([{ "type": "object" }]),
        (Position::Schema, "not" | "items") => json!({ "type": "string" }),
        (Position::Schema, "additionalProperties") => json!({}),
        (Position::Schema, "format") => json!("int32"),
        (Position::Schema, "pattern") => json!("^a$"),
        (Position::SecurityScheme, "type") => json!("apiKey"),
        (Position::Schema, "default") => json!(5),
        (_, "contact") => json!({ "name": "Other" }),
        (_, "license") => json!({ "name": "Other" }),
        (_, "externalDocs") => json!({ "url": "https://other.example" }),
        (_, "servers") => json!([{ "url": "https://other.example" }]),
        (_, "callbacks") => json!({ "one": { "{$url}": { "post": { "responses": {} } } } }),
        (_, "links") => json!({ "one": { "operationId": "getBook" } }),
        (_, "headers") => {
            json!({ "Location": { "$ref": "#/components/headers/Place" }, "Retry-After": { "description": "Seconds.", "schema": { "type": "integer" } } })
        }
        (_, "examples") => json!({ "three": { "value": 1 } }),
        (_, "content") => json!({ "application/json": { "schema": { "type": "string" } } }),
        (_, "encoding") => json!({ "one": { "contentType": "text/plain" } }),
        (_, "variables") => json!({ "one": { "default": "text" } }),
        (_, "discriminator") => json!({ "propertyName": "Title" }),
        (_, "flows") => json!({ "implicit": { "authorizationUrl": "https://other.example", "scopes": {} } }),
        (Position::Responses, "default") => json!({ "description": "Other." }),
        (_, "xml") => json!({ "name": "book" }),
        (_, "url") => json!("https://other.example"),
        (_, "maximum" | "minimum" | "multipleOf") => json!(7),
        (_, "maxLength" | "minLength" | "maxItems" | "minItems" | "maxProperties" | "minProperties") => {
            json!(2)
        }
        _ => match key_type(object, key) {
            "a boolean" => json!(true),
            "an object" => json!({ "one": "text" }),
            "an array" => json!(["text"]),
            _ => json!("Other"),
        },
    };
    (place, value)
}

fn key_type(object: Position, key: &str) -> &'static str {
    xtask::document::keys::key(object, key).unwrap().1
}

/// A document with another value in a place.
fn changed(base: &Value, place: &str, value: Value) -> Value {
    let (holder, key) = place.rsplit_once('/').unwrap();
    let mut document = base.clone();
    let holder = document
        .pointer_mut(holder)
        .unwrap_or_else(|| panic!("nothing at {place}"));
    holder[key.replace("~1", "/")] = value;
    document
}

fn plan(document: &Value) -> Result<Tree, Vec<Problem>> {
    plan_text("library.json", &document.to_string()).map_err(|(problems, _)| problems)
}

/// What generated crates consist of, without the published document that one of them carries.
fn crates(tree: &Tree) -> Vec<(&str, &str)> {
    tree.files()
        .filter(|(path, _)| !path.starts_with("reference/") && !path.ends_with(".json"))
        .collect()
}

/// What is wrong with a decision, if it is not what happens.
fn contradiction(
    base: &Value,
    before: &Tree,
    object: Position,
    key: &str,
    decision: Decision,
) -> Option<String> {
    let inner = match (key, key_type(object, key)) {
        ("server", _) => json!({ "url": "https://other.example" }),
        ("style", _) => json!("form"),
        (_, "a boolean") => json!(true),
        (_, "an array") => json!(["text"]),
        (_, "an object") => json!({}),
        _ => json!("text"),
    };
    let inner = json!({ key: inner });
    let (place, value) = match refused_with(object, inner) {
        Some((holder, of, value)) => (format!("{}/{of}", home(holder, of)), value),
        None => change(base, object, key),
    };
    let after = plan(&changed(base, &place, value));
    let said = |problems: &[Problem]| {
        problems
            .iter()
            .map(|problem| problem.sentence.clone())
            .collect::<Vec<_>>()
    };
    match (decision, after) {
        (Decision::Refused, Ok(_)) => Some("it is accepted".to_owned()),
        (Decision::Refused, Err(problems)) => {
            let is_there = |problem: &Problem| match &problem.place {
                Place::Key(at) | Place::Value(at) => at.as_str() == place,
                Place::Position { .. } | Place::Whole => false,
            };
            let is_said = problems.iter().any(is_there);
            (!is_said).then(|| format!("no problem is at {place}: {:?}", said(&problems)))
        }
        (Decision::Enforced, Err(_)) => None,
        (Decision::Carried | Decision::ForReaders, Err(problems)) => Some(format!("{:?}", said(&problems))),
        (Decision::Carried | Decision::Enforced, Ok(after)) => {
            (crates(&after) == crates(before)).then(|| "no crate differs".to_owned())
        }
        (Decision::ForReaders, Ok(after)) if crates(&after) != crates(before) => {
            Some("crates differ".to_owned())
        }
        (Decision::ForReaders, Ok(after)) => {
            let published = |tree: &Tree| tree.get("reference/openapi.json").map(str::to_owned);
            (published(&after) == published(before))
                .then(|| "the published document does not differ".to_owned())
        }
    }
}

#[test]
fn what_was_decided_about_each_key_is_what_happens() {
    let base = base();
    let before = plan(&base).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut contradictions = Vec::new();
    for (object, keys) in KEYS {
        for (key, _, decision) in *keys {
            let found = contradiction(&base, &before, *object, key, *decision);
            contradictions.extend(found.map(|found| format!("{object:?} `{key}` {decision:?}: {found}")));
        }
    }
    assert!(contradictions.is_empty(), "{}", contradictions.join("\n"));
}

#[test]
fn every_key_has_the_decision_that_was_reviewed() {
    let mut table = String::new();
    for (object, keys) in KEYS {
        let _ = writeln!(table, "{object:?}");
        for decision in [
            Decision::Carried,
            Decision::Enforced,
            Decision::ForReaders,
            Decision::Refused,
        ] {
            let of = keys.iter().filter(|(_, _, decided)| *decided == decision);
            let names: Vec<_> = of.map(|(key, ..)| *key).collect();
            if !names.is_empty() {
                let _ = writeln!(table, "    {:12}{}", format!("{decision:?}"), names.join(" "));
            }
        }
    }
    snapshot("generator/keys", &table);
}
