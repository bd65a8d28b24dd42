//! A server that does what it is told, and a client that is told what to call, made of the crates of one document and
//! compiled with them. In `fixtures/review/exchange.rs` is what is the same for all.

use std::fmt::Write as _;

use quote::ToTokens as _;
use serde_json::Value;
use syn::{FnArg, Pat, Signature};
use xtask::names;

use super::{Crates, methods};

/// An operation of a document.
struct Operation<'d> {
    /// By which it is called, whatever its identifier is.
    key: String,
    /// The method of the client and of the trait.
    rust: String,
    parameters: Vec<&'d Value>,
    /// What a handler has to set, as calls.
    headers: &'static str,
}

/// What a reference stands for.
fn resolved<'d>(node: &'d Value, document: &'d Value) -> &'d Value {
    let reference = node["$ref"].as_str();
    reference.map_or(node, |reference| document.pointer(&reference[1..]).unwrap())
}

/// The name in Rust, unless the document chooses one.
fn rust(node: &Value, name: &str) -> String {
    let chosen = node["x-rust-name"].as_str();
    names::value_name(chosen.unwrap_or(node[name].as_str().unwrap()))
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["operationId"].is_null() {
                continue;
            }
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let responses = operation["responses"].as_object().unwrap();
            let (_, success) = responses
                .iter()
                .find(|(status, _)| status.starts_with('2'))
                .unwrap();
            let is_set = |name: &str| {
                let header = resolved(&success["headers"][name], document);
                header["required"] == true
            };
            found.push(Operation {
                key: format!("{} {path}", method.to_uppercase()),
                rust: rust(operation, "operationId"),
                parameters: parameters.map(|node| resolved(node, document)).collect(),
                headers: match (is_set("Location"), is_set("Retry-After")) {
                    (false, false) => "",
                    (true, false) => ".location(\"/made\")",
                    (false, true) => ".retry_after(std::time::Duration::from_secs(60))",
                    (true, true) => ".location(\"/made\").retry_after(std::time::Duration::from_secs(60))",
                },
            });
        }
    }
    found
}

impl Crates<'_> {
    /// The library.
    pub(crate) fn exchange(&self, document: &Value) -> String {
        let (server, client) = (self.crate_name("server"), self.crate_name("client"));
        let operations = operations(document);
        let mut program = format!(
            "#![allow(warnings, clippy::all)]\nuse std::future::Future;\nuse {server}::*;\nuse {server}::types;\nuse \
             {client}::{{Client, Options, RetryPolicy}};\nuse serde_json::Value;\n\npub static CRATES: exchange::Crates = \
             exchange::Crates {{\n    name: {:?},\n    router: || router(Scripted),\n    serve: |listener| \
             Box::pin({server}::serve_until(listener, router(Scripted), std::future::pending())),\n    call: |url, \
             operation, arguments| Box::pin(async move {{ call(url, &operation, arguments).await.unwrap_or_default() \
             }}),\n    read: |status, headers, body| exchange::failure(&{client}::Error::from_parts(status, headers, \
             body)),\n}};\n\nstruct Scripted;\n\nimpl Api for Scripted {{\n    type Caller = ();\n",
            self.prefix,
        );
        for method in self.trait_methods() {
            let signature = method.to_token_stream().to_string();
            let operation = operations.iter().find(|operation| method.ident == operation.rust);
            let body = match operation {
                None => "exchange::Admit::admit(credentials)".to_owned(),
                Some(operation) if signature.contains("Success <") => {
                    format!(
                        "exchange::answer().map(|value| Success::new(value){})",
                        operation.headers
                    )
                }
                Some(_) => "exchange::answer()".to_owned(),
            };
            let _ = writeln!(program, "    {signature} {{ async move {{ {body} }} }}");
        }
        // Of two schemes, either would do.
        let has_basic = document["components"]["securitySchemes"]
            .as_object()
            .is_none_or(|schemes| schemes.values().any(|scheme| scheme["scheme"] == "basic"));
        let credentials = match has_basic {
            true => "basic(\"AC1\", \"secret\")",
            false => "bearer(\"c2VjcmV0\")",
        };
        let _ = writeln!(
            program,
            "}}\n\nasync fn call(url: String, operation: &str, arguments: Value) -> Result<Value, Value> {{\n    let \
             options = Options::new({client}::Credentials::{credentials}).base_url(url).retries(RetryPolicy::off());\n    \
             let client = Client::connect(options).unwrap();\n    match operation {{"
        );
        let methods = methods(self.items("client", "client"), "Client");
        for operation in &operations {
            let method = methods
                .iter()
                .find(|method| method.sig.ident == operation.rust)
                .unwrap();
            let (bindings, given) = call(&method.sig, operation);
            let _ = writeln!(
                program,
                "        {:?} => {{ {bindings}Ok(exchange::outcome(client.{}({given}).await)) }}",
                operation.key, operation.rust,
            );
        }
        program.push_str("        _ => Err(Value::Null),\n    }\n}\n");
        program
    }
}

/// Statements that read the arguments of a method, and the arguments.
fn call(signature: &Signature, operation: &Operation<'_>) -> (String, String) {
    let (mut bindings, mut given) = (String::new(), Vec::new());
    for input in &signature.inputs {
        let FnArg::Typed(input) = input else { continue };
        let Pat::Ident(name) = &*input.pat else { continue };
        let name = name.ident.to_string();
        let ty = input.ty.to_token_stream().to_string();
        let parameter = operation
            .parameters
            .iter()
            .find(|parameter| rust(parameter, "name") == name);
        let from = match (parameter, name.as_str()) {
            (Some(parameter), _) if parameter["in"] != "query" => {
                format!("&arguments[{}]", parameter["name"])
            }
            (_, "query") => "&arguments".to_owned(),
            _ => "&arguments[\"body\"]".to_owned(),
        };
        // What is borrowed is read as something that is owned.
        let owned = ty.replace("& str", "String").replace("& ", "");
        let number = given.len();
        let _ = write!(bindings, "let a{number}: {owned} = exchange::argument({from})?; ");
        given.push(match ty.as_str() {
            "Option < & str >" => format!("a{number}.as_deref()"),
            ty if ty.starts_with("Option < & ") => format!("a{number}.as_ref()"),
            ty if ty.starts_with("& ") => format!("&a{number}"),
            _ => format!("a{number}"),
        });
    }
    (bindings, given.join(", "))
}
