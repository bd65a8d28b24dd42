//! One call of each operation, with arguments that mean something. Says what must arrive; asserts nothing.

mod accounts;
mod messages;
mod numbers;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use fonedynamics_client::{Client, Error, ResponseValue};
use fonedynamics_server::Operation;
use serde::Serialize;
use serde_json::Value;

use super::examples;

/// A response whose value is written out as JSON again, so that all calls give the same type.
pub(crate) type Outcome = Result<ResponseValue<Value>, Error>;

type Run = Box<dyn Fn(Client) -> Pin<Box<dyn Future<Output = Outcome>>>>;

/// A call through the client, and what must arrive.
pub(crate) struct Call {
    pub(crate) operation: &'static Operation,
    /// Path and query, with every escape.
    pub(crate) target: &'static str,
    /// The media type and the text of the body, where there is one.
    pub(crate) body: Option<(&'static str, &'static str)>,
    /// Path parameters, query and body, as the handler gets them.
    pub(crate) arguments: Vec<Value>,
    /// The schema of the response, where it has a body.
    pub(crate) response: Option<&'static str>,
    run: Run,
}

impl Call {
    fn of<T: Serialize + 'static>(
        operation: &'static Operation,
        target: &'static str,
        run: impl AsyncFn(Client) -> Result<ResponseValue<T>, Error> + 'static,
    ) -> Self {
        let run = Rc::new(run);
        Self {
            operation,
            target,
            body: None,
            arguments: Vec::new(),
            response: None,
            run: Box::new(move |client| {
                let run = Rc::clone(&run);
                Box::pin(async move {
                    let response = run(client).await?;
                    Ok(response.map(|value| serde_json::to_value(value).unwrap()))
                })
            }),
        }
    }

    /// Adds an argument of the handler: a path parameter, or the query with its defaults.
    fn with(mut self, argument: Value) -> Self {
        self.arguments.push(argument);
        self
    }

    /// Adds a body: the example of a request with this schema and name.
    fn body(mut self, media_type: &'static str, schema: &str, name: &str) -> Self {
        let text = examples::request(schema, name);
        self.body = Some((media_type, text));
        self.with(serde_json::from_str(text).unwrap())
    }

    fn responds(mut self, schema: &'static str) -> Self {
        self.response = Some(schema);
        self
    }

    pub(crate) async fn run(&self, client: &Client) -> Outcome {
        (self.run)(client.clone()).await
    }
}

const JSON: &str = "application/json";
const MERGE_PATCH: &str = "application/merge-patch+json";

/// One call of each operation.
pub(crate) fn all() -> Vec<Call> {
    [numbers::all(), accounts::all(), messages::all()]
        .into_iter()
        .flatten()
        .collect()
}
