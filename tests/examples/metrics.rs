//! Counts the requests of a server by operation and error code, from the events that it writes to `tracing`.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

/// How many requests there were, by operation and error code. Clones share the counts.
#[derive(Clone, Default)]
pub struct Requests(Arc<Mutex<BTreeMap<(String, String), u64>>>);

impl Requests {
    /// The counts so far. The code of a success is empty, and so is the operation of what reached none.
    pub fn counts(&self) -> BTreeMap<(String, String), u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<S: Subscriber> Layer<S> for Requests {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if !event
            .metadata()
            .target()
            .starts_with("fonedynamics_server_runtime")
        {
            return;
        }
        let mut request = Request::default();
        event.record(&mut request);
        if request.is_completed {
            let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            *counts.entry((request.operation, request.code)).or_default() += 1;
        }
    }
}

/// What is read of an event.
#[derive(Default)]
struct Request {
    operation: String,
    code: String,
    is_completed: bool,
}

impl Visit for Request {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "operation" => value.clone_into(&mut self.operation),
            "code" => value.clone_into(&mut self.code),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.is_completed = format!("{value:?}") == "request completed";
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let requests = Requests::default();
    let log = tracing_subscriber::fmt::layer();
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(log).with(requests.clone()))?;
    // Serve here, and give the counts to whatever collects metrics.
    println!("{:?}", requests.counts());
    Ok(())
}
