//! The JSON Schema of the document, which editors use while somebody writes, against what `lint` says.

use std::collections::BTreeSet;
use std::fs;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::{Value, json};
use xtask::document::keys::KEYS;
use xtask::document::{Document, Source};
use xtask::problem::{Place, Problem};
use xtask::rule::Rule;

use crate::support::{edited, plan_text, read, root};

const DOCUMENT: &str = "openapi/fonedynamics.yaml";
const SMALLEST: &str = "tests/fixtures/good/minimal.yaml";

/// The rules whose fixtures a schema can see.
const SEEN: [Rule; 23] = [
    Rule::UnsupportedVersion,
    Rule::NotOpenapi,
    Rule::UnknownKey,
    Rule::InfoIncomplete,
    Rule::OperationIdMissing,
    Rule::PathUnsupported,
    Rule::SecurityUnsupported,
    Rule::ParameterUnsupported,
    Rule::BodyUnsupported,
    Rule::SuccessNotSingle,
    Rule::ErrorResponseMissing,
    Rule::StatusOutsideContract,
    Rule::ErrorResponseNotShared,
    Rule::HeaderUnsupported,
    Rule::ErrorCodeIncomplete,
    Rule::ErrorCodeName,
    Rule::FaultsIncomplete,
    Rule::UnknownErrorCode,
    Rule::RaisesDerivedCode,
    Rule::SchemaUnsupported,
    Rule::ExampleUnattached,
    Rule::ExtensionWithoutEffect,
    Rule::ExtensionMisspelt,
];

/// A compiled schema.
struct Checker {
    schema: Value,
    compiled: Schemas,
    index: SchemaIndex,
}

impl Checker {
    /// The schema that a document gives.
    #[track_caller]
    fn of(text: &str) -> Self {
        let tree = plan_text("document.yaml", text).unwrap_or_else(|(_, report)| panic!("{report}"));
        let schema: Value =
            serde_json::from_str(tree.get("reference/document.schema.json").unwrap()).unwrap();
        let (mut compiled, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.set_default_draft(Draft::V7);
        compiler.add_resource("schema.json", schema.clone()).unwrap();
        let index = compiler.compile("schema.json", &mut compiled).unwrap();
        Self {
            schema,
            compiled,
            index,
        }
    }

    /// What is wrong with a document, if anything is.
    fn check(&self, document: &Value) -> Result<(), String> {
        let checked = self.compiled.validate(document, self.index);
        checked.map_err(|error| format!("{error:#}"))
    }
}

fn parse(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

#[test]
fn documents_without_problems_satisfy_their_schema() {
    let mut texts = vec![
        read(DOCUMENT),
        read(SMALLEST),
        read("tests/fixtures/good/archive.yaml"),
    ];
    for entry in fs::read_dir(root().join("tests/fixtures/good")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".edit") {
            texts.push(edited(&format!("tests/fixtures/good/{name}")));
        }
    }
    assert!(texts.len() > 5);
    for text in texts {
        assert_eq!(Checker::of(&text).check(&parse(&text)), Ok(()));
    }
}

#[test]
fn schema_refuses_every_mistake_that_it_can_see() {
    let checker = Checker::of(&read(SMALLEST));
    for rule in SEEN {
        let text = edited(&format!("tests/fixtures/bad/{}.edit", rule.id()));
        assert!(checker.check(&parse(&text)).is_err(), "{}", rule.id());
    }
}

#[test]
fn editors_find_the_schema_and_it_knows_the_codes() {
    let text = read(DOCUMENT);
    let (first, _) = text.split_once('\n').unwrap();
    let (_, path) = first.split_once("# yaml-language-server: $schema=").unwrap();
    let path = root().join("openapi").join(path);
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let codes = &parse(&text)["components"]["schemas"]["ErrorCode"]["enum"];
    assert_eq!(schema["definitions"]["Code"]["enum"], *codes);
    let raised = schema["definitions"]["RaisedCode"]["enum"].as_array().unwrap();
    assert!(raised.len() > 10 && raised.len() < codes.as_array().unwrap().len());
}

/// The keys of ours that a schema knows, and those that it has a place for.
fn own_keys(schema: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut known, mut placed) = (BTreeSet::new(), BTreeSet::new());
    let definitions = schema["definitions"].as_object().unwrap().values();
    for object in definitions.chain([schema]) {
        let properties = object["properties"].as_object();
        let keys = properties.into_iter().flat_map(|members| members.keys());
        placed.extend(keys.filter(|key| key.starts_with("x-")).cloned());
        let elsewhere = object["propertyNames"]["if"]["anyOf"][1]["enum"].as_array();
        known.extend(
            elsewhere
                .into_iter()
                .flatten()
                .map(|key| key.as_str().unwrap().to_owned()),
        );
    }
    known.extend(placed.iter().cloned());
    (known, placed)
}

#[test]
fn every_key_of_ours_has_its_place_in_the_schema() {
    let (known, placed) = own_keys(&Checker::of(&read(SMALLEST)).schema);
    assert_eq!(known, placed);
}

#[test]
fn one_typing_error_in_a_key_of_ours_is_seen_and_the_key_of_another_tool_is_not() {
    let checker = Checker::of(&read(SMALLEST));
    let with = |key: &str| {
        let mut document = parse(&read(SMALLEST));
        document["paths"]["/books/{Isbn}"]["get"][key] = json!([]);
        checker.check(&document)
    };
    for key in [
        "x-raise",
        "x-raisse",
        "x-riases",
        "x-raised",
        "x-raisess",
        "x-faulds",
    ] {
        assert!(with(key).is_err(), "{key}");
    }
    for key in ["x-logo", "x-amazon-apigateway", "x-pagination", "x-codegen"] {
        assert_eq!(with(key), Ok(()), "{key}");
    }
}

/// Where every kind of object is in the smallest document, with a body and a query added.
const POINTERS: [&str; 17] = [
    "",
    "/info",
    "/info/contact",
    "/servers/0",
    "/tags/0",
    "/paths/~1books~1{Isbn}",
    "/paths/~1books~1{Isbn}/get",
    "/paths/~1books~1{Isbn}/get/parameters/1",
    "/paths/~1books~1{Isbn}/get/responses/200",
    "/paths/~1books~1{Isbn}/get/responses/200/headers/Location",
    "/paths/~1books~1{Isbn}/get/responses/200/content/application~1json",
    "/paths/~1books~1{Isbn}/get/responses/200/content/application~1json/examples/one",
    "/paths/~1books~1{Isbn}/get/responses/400",
    "/components",
    "/components/securitySchemes/Basic",
    "/components/schemas/Book",
    "/components/schemas/Book/properties/Title",
];

/// The objects that are values of our keys, or whose keys are names.
const OWN_OBJECTS: [&str; 4] = ["Faults", "ErrorCode", "Pages", "ResponseHeaders"];

/// The rules about keys that are where they do not belong.
const ABOUT_KEYS: [Rule; 3] = [
    Rule::UnknownKey,
    Rule::ExtensionWithoutEffect,
    Rule::ExtensionMisspelt,
];

/// Where the schema is stricter, on purpose: `lint` has a rule about the key and does not look there.
const STRICTER: [(&str, &str); 1] = [(
    "/paths/~1books~1{Isbn}/get/responses/200/content/application~1json/examples/one",
    "externalValue",
)];

/// A value that OpenAPI takes where it knows the key.
fn fitting(key: &str) -> Value {
    match key {
        "deprecated" | "allowEmptyValue" | "allowReserved" | "explode" | "readOnly" | "writeOnly"
        | "nullable" | "uniqueItems" | "exclusiveMinimum" | "exclusiveMaximum" | "required" => json!(true),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties"
        | "multipleOf" | "minimum" | "maximum" => json!(1),
        // Not empty: the model cannot tell an empty one from none.
        "tags" | "enum" | "x-raises" => json!(["Books"]),
        "security" => json!([{ "Basic": [] }]),
        "oneOf" | "anyOf" | "allOf" => json!([{ "required": ["Title"] }]),
        "links" | "callbacks" | "encoding" => json!({ "one": {} }),
        "contact" | "additionalProperties" => json!({}),
        "xml" => json!({ "name": "book" }),
        "variables" => json!({ "one": { "default": "text" } }),
        "examples" => json!({ "two": { "value": { "Title": "Emma" } } }),
        "headers" => json!({ "Location": { "description": "Where.", "schema": { "type": "string" } } }),
        "responses" => json!({ "Other": { "description": "Nothing." } }),
        "requestBodies" => json!({ "Other": {
            "required": true,
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Book" } } },
        } }),
        "get" | "put" | "post" | "delete" | "patch" | "head" | "options" | "trace" => {
            json!({ "responses": {} })
        }
        "license" => json!({ "name": "MIT" }),
        "externalDocs" => json!({ "url": "https://library.example" }),
        "discriminator" => json!({ "propertyName": "Title" }),
        _ => json!("text"),
    }
}

/// What `lint` says of a document, without progenitor.
fn lint(document: &Value) -> Vec<Problem> {
    let Ok(source) = Source::new("library.json", document.to_string().into_bytes()) else {
        panic!("JSON is text");
    };
    let read = Document::read(&source).0;
    let checked = read.and_then(|document| xtask::lower::lower(&document).map(drop));
    checked.err().unwrap_or_default()
}

/// The key that a problem says is unknown.
fn unknown_key(problem: Problem) -> Option<String> {
    match problem.place {
        Place::Key(at) if problem.rule == Rule::UnknownKey => Some(at.last()),
        _ => None,
    }
}

#[test]
fn schema_and_lint_agree_on_which_keys_stand_where() {
    let mut base = parse(&read(SMALLEST));
    base["tags"] = json!([{ "name": "Books" }]);
    base["info"]["contact"] = json!({ "name": "Library" });
    let get = &mut base["paths"]["/books/{Isbn}"]["get"];
    get["tags"] = json!(["Books"]);
    get["parameters"].as_array_mut().unwrap().push(json!({
        "name": "Year", "in": "query", "description": "When.", "schema": { "type": "string" },
    }));
    get["responses"]["200"]["headers"] =
        json!({ "Location": { "description": "Where.", "schema": { "type": "string" } } });
    assert_eq!(lint(&base), []);
    let checker = Checker::of(&base.to_string());
    let definitions = checker.schema["definitions"].as_object().unwrap();
    let keywords = definitions
        .iter()
        .filter(|(name, _)| !OWN_OBJECTS.contains(&name.as_str()));
    let objects = keywords.map(|(_, object)| object).chain([&checker.schema]);
    let known = objects.filter_map(|object| object["properties"].as_object());
    let mut keys: BTreeSet<&str> = known
        .flat_map(|members| members.keys())
        .map(String::as_str)
        .collect();
    keys.extend(KEYS.iter().flat_map(|(_, keys)| *keys).map(|(key, ..)| *key));
    keys.insert("webhooks");
    // The keys of paths, statuses and media types are names and no keywords.
    keys.retain(|key| !key.contains('/') && !key.starts_with(|c: char| c.is_ascii_digit()));
    let mut differing = Vec::new();
    for pointer in POINTERS {
        let with = |keys: &[&str]| {
            let mut document = base.clone();
            let object = document.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
            object.extend(keys.iter().map(|key| ((*key).to_owned(), fitting(key))));
            document
        };
        let object = base.pointer(pointer).unwrap();
        let new = keys
            .iter()
            .copied()
            .filter(|key| object.get("$ref").is_none() && object.get(*key).is_none());
        let (taken, refused): (Vec<_>, Vec<_>) = new.partition(|key| checker.check(&with(&[*key])).is_ok());
        for key in taken {
            let mut problems = lint(&with(&[key])).into_iter();
            if problems.any(|problem| ABOUT_KEYS.contains(&problem.rule)) {
                differing.push(format!("only lint refuses `{key}` at `{pointer}`"));
            }
        }
        // All unknown keys are reported at once; what else is wrong with a key is seen when it is alone.
        let unknown: BTreeSet<_> = lint(&with(&refused))
            .into_iter()
            .filter_map(unknown_key)
            .collect();
        for key in refused.into_iter().filter(|key| !unknown.contains(*key)) {
            if !STRICTER.contains(&(pointer, key)) && lint(&with(&[key])).is_empty() {
                differing.push(format!("only the schema refuses `{key}` at `{pointer}`"));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
