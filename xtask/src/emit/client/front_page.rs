//! The documentation of the client crate: each section with an example that is compiled, made of the first operation
//! of its kind, and left out where the document has none.
//!
//! Emits no code but that of examples.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Value, json};

use super::examples::{Call, Tested, block, call};
use super::expressions::Expressions;
use crate::contract::{Contract, Operation, Scheme, Shape};
use crate::docs;
use crate::emit::rust::ident;
use crate::emit::types::entries;

/// The text.
pub(super) fn text(expressions: &Expressions<'_>) -> String {
    let package = docs::wrapped(&docs::package_docs(expressions.contract)).join("\n");
    let sections = [
        first_call(expressions),
        Some(outcomes()),
        list(expressions),
        batch(expressions),
        merge_patch(expressions),
        retries(expressions),
        tests(expressions),
        Some(raw_call(expressions)),
        Some(FEATURES.to_owned()),
    ];
    let sections = sections.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    format!("A client for {package}\n\n{sections}")
}

const FEATURES: &str = "# Features and runtime\n\n\
    `rustls`, on by default, brings https; with `gzip`, responses may be compressed. Calls need a tokio runtime with\n\
    its timer enabled. Each call has a `tracing` span, named `call`.\n\n\
    The cryptography of `rustls` is ring: it compiles in a fraction of the time that aws-lc takes, with any C compiler.\n\
    For post-quantum key exchange or FIPS, install another provider for the process, such as\n\
    `rustls::crypto::aws_lc_rs`. A program that uses rustls with another one has to, because rustls does not choose\n\
    between two. For the TLS of the system, leave the feature out and bring an HTTP client.";

fn operations(contract: &Contract) -> impl Iterator<Item = &Operation> {
    contract
        .operations
        .iter()
        .filter(|operation| !operation.deprecated)
}

/// What makes a client with the default options, with credentials by their names.
fn constructor(contract: &Contract) -> String {
    let names = &contract.credentials;
    if contract.schemes.contains(&Scheme::Basic) {
        format!("Client::new(\"{}\", \"{}\")", names.user, names.password)
    } else {
        format!("Client::new(\"{}\")", names.token)
    }
}

/// The same credentials for options.
fn credentials(contract: &Contract) -> String {
    constructor(contract).replace(
        "Client::new",
        match contract.schemes.contains(&Scheme::Basic) {
            true => "Credentials::basic",
            false => "Credentials::bearer",
        },
    )
}

/// A client and a call: of the first operation that needs nothing but its path, or else of the first of all.
fn first_call(expressions: &Expressions<'_>) -> Option<String> {
    let contract = expressions.contract;
    let is_simple = |operation: &&Operation| operation.body.is_none() && operation.query().next().is_none();
    let operation = operations(contract)
        .find(is_simple)
        .or(operations(contract).next())?;
    let call = call(expressions, operation)?;
    let (setup, arguments, name) = (call.setup(), &call.arguments, ident(&operation.rust));
    let new: TokenStream = constructor(contract).parse().ok()?;
    let code = block(
        expressions,
        Tested::Compiled,
        &["Client"],
        &quote! {
            let client = #new?;
            #setup
            match client.#name(#(#arguments),*).await {
                Ok(response) => println!("{:?}", response.into_inner()),
                Err(error) => println!("{error}"),
            }
        },
    );
    Some(format!(
        "# A client and its calls\n\n{code}\n\n\
         [`Client`] has a method for each operation, with an example of its call. [`Client::connect`] takes [`Options`]:\n\
         another URL, timeouts, retries, an HTTP client of your own."
    ))
}

fn outcomes() -> String {
    "# Successes and errors\n\n\
     Any 2xx whose body can be read is a success, whichever of them the document names; one without a body is, where no\n\
     member is required. A value that does not fit its type costs only itself: see [`ResponseValue::misfits`]. A success\n\
     whose body cannot be read is [`Category::Unconfirmed`]: the server says that it is done, so do not send it again.\n\n\
     Whatever goes wrong is one [`Error`]: it has the status, the error code, the message, the parameters at fault, the\n\
     headers and the raw body, as far as the response had them. [`Error`] shows how codes are matched."
        .to_owned()
}

fn list(expressions: &Expressions<'_>) -> Option<String> {
    let contract = expressions.contract;
    let (operation, pages) =
        operations(contract).find_map(|operation| Some((operation, operation.pages.as_ref()?)))?;
    let Call { query, arguments, .. } = &call(expressions, operation)?;
    let skip = &operation
        .query()
        .find(|parameter| parameter.name == pages.skip)?
        .rust;
    let (stream, skip_field) = (ident(&pages.rust), ident(skip));
    let code = block(
        expressions,
        Tested::Compiled,
        &[],
        &quote! {
            let mut query = #query;
            let mut items = client.#stream(#(#arguments),*);
            while let Some(item) = items.next().await {
                match item {
                    Ok(item) => println!("{item:?}"),
                    Err(error) => println!("{error}; to go on from {:?}", items.position()),
                }
            }
            query.#skip_field = items.position();
            let rest = client.#stream(#(#arguments),*);
        },
    );
    Some(format!(
        "# Lists\n\n\
         A list is read item by item as [`Items`], or page by page as [`Pages`]; both are streams. An error ends them, and\n\
         `position` says where to go on:\n\n{code}"
    ))
}

fn batch(expressions: &Expressions<'_>) -> Option<String> {
    let (operation, ..) = entries::batch(expressions.contract, expressions.lifted)?;
    let call = call(expressions, operation)?;
    let (setup, arguments, name) = (call.setup(), &call.arguments, ident(&operation.rust));
    let code = block(
        expressions,
        Tested::Compiled,
        &[],
        &quote! {
            #setup
            let response = client.#name(#(#arguments),*).await?;
            for entry in response.into_inner().0 {
                match entry.into_result() {
                    Ok(entry) => println!("{entry:?}"),
                    Err(failed) => println!("{failed}"),
                }
            }
        },
    );
    Some(format!(
        "# Batches\n\n\
         A batch can succeed in part. Each entry is a result of its own, whose failure has an error code:\n\n{code}"
    ))
}

/// A merge patch that sets what the example sets, and clears one member more.
fn merge_patch(expressions: &Expressions<'_>) -> Option<String> {
    let contract = expressions.contract;
    operations(contract).find_map(|operation| {
        let body = operation.body.as_ref()?;
        let Shape::Object(object) = &contract.schema(&body.schema)?.shape else {
            return None;
        };
        let mut example = contract.body_example(operation)?.clone();
        let members = example.as_object_mut()?;
        let mut clearable = object.members.iter().filter(|member| member.nullable && !member.required);
        let cleared = clearable.find(|member| !members.contains_key(&member.name))?;
        members.insert(cleared.name.clone(), Value::Null);
        let body = expressions.named(&body.schema, &example);
        let mut call = call(expressions, operation)?;
        call.body = Some(body);
        let (setup, arguments, name) = (call.setup(), &call.arguments, ident(&operation.rust));
        let code = quote!(#setup let response = client.#name(#(#arguments),*).await?;);
        let code = block(expressions, Tested::Compiled, &[], &code);
        Some(format!(
            "# Changes\n\n\
             In a merge patch, a member that is left out keeps its value, and `None` removes it. Its type is\n\
             [`Nullable`]:\n\n{code}"
        ))
    })
}

/// Options of a client, and of one call: the shortest that must not be sent twice, if there is one.
fn retries(expressions: &Expressions<'_>) -> Option<String> {
    let contract = expressions.contract;
    let calls = operations(contract).filter_map(|operation| Some((operation, call(expressions, operation)?)));
    let (operation, call) = calls.min_by_key(|(operation, call)| {
        let is_safe = operation.method != "POST";
        (is_safe, call.setup().to_string().len())
    })?;
    let (setup, arguments, name) = (call.setup(), &call.arguments, ident(&operation.rust));
    let credentials: TokenStream = credentials(contract).parse().ok()?;
    let code = block(
        expressions,
        Tested::Compiled,
        &["CallOptions", "Client", "Credentials", "Options", "RetryPolicy"],
        &quote! {
            let options = Options::new(#credentials)
                .retries(RetryPolicy::default().max_attempts(5))
                .on_attempt(|attempt| println!("{} {:?}", attempt.operation_id(), attempt.status()));
            let client = Client::connect(options)?;
            let once = CallOptions::new().retries(RetryPolicy::off()).timeout(std::time::Duration::from_secs(90));
            #setup
            let response = client.with(once).#name(#(#arguments),*).await?;
        },
    );
    Some(format!(
        "# Retries, and options of single calls\n\n\
         Requests are retried as [`RetryPolicy`] says, and what must not be sent twice never is: a POST or PATCH is retried\n\
         only where it certainly was not processed. [`Options`] are those of a client, [`CallOptions`] those of some\n\
         of its calls:\n\n{code}"
    ))
}

/// Errors and responses without a server. This one runs.
fn tests(expressions: &Expressions<'_>) -> Option<String> {
    let contract = expressions.contract;
    let (envelope, code) = (&contract.envelope, contract.error_codes.first()?);
    let body = json!({ &envelope.member: { &envelope.code: code.code, &envelope.message: code.message_for(&["A"]) } });
    let body = format!("r#\"{body}\"#").parse::<TokenStream>().ok()?;
    let (status, variant) = (Literal::u16_unsuffixed(code.status), ident(&code.variant));
    let code_type = ident(&crate::emit::types::error_code::rust_name(contract));
    let value = operations(contract).find_map(|operation| {
        let schema = operation.success.schema.as_ref()?;
        let mut examples = contract.examples.iter();
        let example = examples.find(|example| example.schema == *schema)?;
        Some(expressions.named(schema, &example.value))
    });
    let value = value.unwrap_or_else(|| quote!(()));
    let lines = block(
        expressions,
        Tested::Executed,
        &[
            "Error",
            "HeaderMap",
            "Method",
            "ResponseValue",
            "TransportError",
            "TransportFailure",
        ],
        &quote! {
            let error = Error::from_parts(#status, HeaderMap::new(), #body);
            assert!(matches!(error.code(), Some(types::#code_type::#variant)));
            let lost = TransportError::simulated(TransportFailure::TimedOut, &Method::GET);
            assert!(Error::from(lost).is_retryable());
            let value = #value;
            let response = ResponseValue::new(value, 200, HeaderMap::new(), Default::default());
            assert_eq!(response.status(), 200);
        },
    );
    Some(format!(
        "# Tests without a network\n\n\
         Code that handles errors and responses can be tested with values: those of an error as they are on the wire, a\n\
         request without a response, and a response.\n\n{lines}"
    ))
}

fn raw_call(expressions: &Expressions<'_>) -> String {
    let code = block(
        expressions,
        Tested::Compiled,
        &["Method"],
        &quote! {
            let call = client.request(Method::GET, "/not/in/the/document");
            let response = call.query(&[("Name", "value")]).send().await?;
            println!("{}", response.into_inner());
        },
    );
    format!(
        "# Calls beyond the document\n\n\
         What the document does not cover is called with [`Client::request`], with the same credentials, retries and\n\
         errors. A body is JSON, that of PATCH a merge patch:\n\n{code}"
    )
}
