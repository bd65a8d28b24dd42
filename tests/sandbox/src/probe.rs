//! The probe: sends wrong requests to a running server, in whatever language it is written, and compares each response
//! with what the document demands. Knows nothing of the sandbox but its credentials.
//!
//! Two parts: situations in which a server's framework has to respond, and one request for each constraint of each
//! operation. All of them have to fail, so a right server changes nothing because of them. A wrong one might, so only
//! requests by methods that read are sent unless [`Arguments::write`] is set.

mod arguments;
mod call;
mod case;
mod constraints;
mod document;
mod envelope;
mod error;
mod progress;
mod report;
mod response;
mod row;
mod situations;
mod target;
mod transport;
mod values;
mod verdict;

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout_at};

pub use arguments::{Arguments, Format};
pub use error::Error;
pub use report::Report;
pub use verdict::Verdict;

use call::Call;
use case::Case;
use document::{Document, Operation, Place};
use progress::Progress;
use row::{Got, NEEDS_WRITE, ONLY_FROM_WITHIN, OUT_OF_TIME, Part, Row};
use situations::{FROM_WITHIN, NotInDocument};
use target::Target;
use transport::Received;

/// Probes a server and prints the report, or in one line why there is none.
///
/// The exit code is 0 if nothing left the contract, 3 if something did or not everything could be sent in time, and 2
/// if there is nothing to report.
#[must_use]
pub fn run(arguments: &Arguments) -> ExitCode {
    let outcome = match Runtime::new() {
        Ok(runtime) => runtime.block_on(probe(arguments)),
        Err(error) => Err(Error::Internal(error.to_string())),
    };
    // Whoever closed the pipe does not read why writing failed.
    let (written, code) = match outcome {
        Ok(report) => {
            let text = match arguments.format {
                Format::Text => report.to_string(),
                Format::Json => format!("{:#}\n", report.to_json()),
            };
            (io::stdout().write_all(text.as_bytes()), report.exit_code())
        }
        Err(error) => (writeln!(io::stderr(), "error: {error}"), error.exit_code()),
    };
    drop(written);
    ExitCode::from(code)
}

/// Probes a server.
///
/// # Errors
///
/// The server may not be probed or cannot be reached, or there are no credentials that it accepts.
pub async fn probe(arguments: &Arguments) -> Result<Report, Error> {
    let target = Target::of(arguments).await?;
    let document = Document::read().map_err(|error| Error::Internal(error.to_string()))?;
    let operations = document.operations();
    let situations = situations::cases(&document, &operations)
        .map_err(|NotInDocument(id)| Error::Internal(format!("the document has no operation {id}")))?;
    let constraints = constraints::cases(&document, &operations);
    let mut run = Run {
        arguments,
        target: &target,
        document: &document,
        end: Instant::now() + arguments.total_timeout,
        progress: Progress::new(situations.len() + constraints.len()),
        rows: Vec::new(),
    };
    run.check(&operations).await?;
    run.send(Part::Situations, situations).await;
    for name in FROM_WITHIN {
        run.rows
            .push(not_sent(Part::Situations, name.to_owned(), ONLY_FROM_WITHIN));
    }
    run.send(Part::Constraints, constraints).await;
    run.progress.end();
    let rows = run.rows;
    Ok(Report {
        url: target.url,
        rows,
    })
}

/// What is the same for all requests.
struct Run<'r> {
    arguments: &'r Arguments,
    target: &'r Target,
    document: &'r Document,
    end: Instant,
    progress: Progress,
    rows: Vec<Row>,
}

impl Run<'_> {
    /// Reads the first list that needs nothing but credentials, because a server that is not there or does not accept
    /// them fails everything that follows.
    async fn check(&self, operations: &[Operation]) -> Result<(), Error> {
        let needs_nothing = |operation: &&Operation| {
            let mut parameters = operation.parameters.iter();
            operation.method == "GET"
                && parameters.all(|parameter| parameter.place == Place::Query && !parameter.is_required)
        };
        let Some(operation) = operations.iter().find(needs_nothing) else {
            return Ok(());
        };
        let request = Call::right(operation).request();
        match transport::send(self.target, &request, self.arguments.timeout).await {
            Received::NoConnection(error) => {
                Err(Error::Unreachable(self.target.url.clone(), error.to_string()))
            }
            Received::Response(response) if matches!(response.status, 401 | 403) => {
                Err(Error::CredentialsRefused(response.status))
            }
            Received::Response(_) | Received::Nothing(_) => Ok(()),
        }
    }

    /// Sends the requests of a part, no faster than is permitted.
    async fn send(&mut self, part: Part, cases: Vec<Case>) {
        let mut ticks = interval(Duration::from_secs(1) / self.arguments.rate.max(1));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for case in cases {
            self.progress
                .show(self.rows.len(), &format!("{} {}", case.operation, case.name));
            let row = if !case.request.is_safe() && !self.arguments.write {
                left_out(part, case, NEEDS_WRITE)
            } else if Instant::now() >= self.end || timeout_at(self.end, ticks.tick()).await.is_err() {
                left_out(part, case, OUT_OF_TIME)
            } else {
                self.row(part, case).await
            };
            self.rows.push(row);
        }
    }

    async fn row(&self, part: Part, case: Case) -> Row {
        let received = transport::send(self.target, &case.request, self.arguments.timeout).await;
        let (got, verdict, reason) = match received {
            Received::Response(response) => {
                let judgement = verdict::judge(self.document, &case.expected, &response);
                let got = Got {
                    status: Some(response.status),
                    media_type: verdict::media_type(&response).map(str::to_owned),
                    envelope: judgement.envelope,
                };
                (got, judgement.verdict, judgement.reason)
            }
            Received::Nothing(reason) => (Got::default(), Verdict::NoResponse, Some(reason)),
            Received::NoConnection(error) => (Got::default(), Verdict::NoResponse, Some(error.to_string())),
        };
        Row {
            part,
            name: case.name,
            operation: case.operation,
            asked: Some((case.request, case.expected)),
            got,
            verdict,
            reason,
        }
    }
}

fn left_out(part: Part, case: Case, reason: &str) -> Row {
    Row {
        operation: case.operation,
        asked: Some((case.request, case.expected)),
        ..not_sent(part, case.name, reason)
    }
}

fn not_sent(part: Part, name: String, reason: &str) -> Row {
    Row {
        part,
        name,
        operation: String::new(),
        asked: None,
        got: Got::default(),
        verdict: Verdict::NotSent,
        reason: Some(reason.to_owned()),
    }
}
