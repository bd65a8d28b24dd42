//! What the probe is told on the command line. Plain data: resolves no name and reads no file.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

/// What to probe, and within which bounds.
#[derive(Args, Clone, Debug)]
#[non_exhaustive]
pub struct Arguments {
    /// Where the server is, such as http://127.0.0.1:8080. A path is put
    /// in front of all paths of the API.
    #[arg(verbatim_doc_comment)]
    pub url: String,
    /// Also send POST, PATCH and DELETE requests. Each is wrong and has to
    /// be refused, but a server with a defect may carry it out.
    #[arg(long, verbatim_doc_comment)]
    pub write: bool,
    /// Probe a host that is not this machine.
    #[arg(long, verbatim_doc_comment)]
    pub i_own_this_server: bool,
    /// A file with one line, USER:PASSWORD, of a caller who may do
    /// everything. Otherwise FONEDYNAMICS_USER and FONEDYNAMICS_PASSWORD of
    /// the environment, or on this machine those of the sandbox.
    #[arg(long, value_name = "FILE", verbatim_doc_comment)]
    pub credentials: Option<PathBuf>,
    /// Requests per second, at most; 1 to 1000.
    #[arg(long, value_name = "COUNT", default_value_t = RATE, verbatim_doc_comment)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub rate: u32,
    /// How long one response may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds, verbatim_doc_comment)]
    pub timeout: Duration,
    /// How long requests are sent, in seconds. Those that are left then
    /// are listed as not sent.
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = seconds, verbatim_doc_comment)]
    pub total_timeout: Duration,
    /// What to print: a table, or as JSON every request with its response
    /// and what was expected.
    #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, verbatim_doc_comment)]
    #[arg(value_name = "text|json")]
    pub format: Format,
}

/// The form of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table.
    #[default]
    Text,
    /// Every request with its response and what was expected.
    Json,
}

const RATE: u32 = 20;

impl Arguments {
    /// What the command line would be with nothing but a URL.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            write: false,
            i_own_this_server: false,
            credentials: None,
            rate: RATE,
            timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(300),
            format: Format::Text,
        }
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if (0.001..=86_400.0).contains(&seconds) => Ok(duration),
        _ => Err("must be more than zero and at most a day".to_owned()),
    }
}
