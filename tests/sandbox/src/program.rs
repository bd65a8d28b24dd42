//! The command line of the sandbox. Says what it does in a few lines, and decides nothing about requests.

use std::future::ready;
use std::io::{self, ErrorKind, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use axum::middleware::from_fn_with_state;
use clap::{Parser, Subcommand};
use fonedynamics_server::types::ErrorCode;
use fonedynamics_server::{Operation, operations};
use tokio::net::TcpListener;
use url::Url;

use crate::clock::Clock;
use crate::ledger;
use crate::probe;
use crate::sandbox::Sandbox;
use crate::sandbox::front::Front;
use crate::sandbox::switch::{Instead, Switch, act};
use crate::service::Service;
use crate::store::Store;

/// A Fone Dynamics REST API to test against: offline, and with every error.
#[derive(Debug, Parser)]
#[command(name = "fonedynamics-sandbox", version, next_line_help = true)]
#[command(args_conflicts_with_subcommands = true)]
#[command(
    after_help = "Exit codes:\n  0  ended by SIGINT or SIGTERM, or printed\n  1  internal error\n  2  the \
                        arguments, the address or the state file cannot be used"
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Where to listen. Port 0 is any free one.
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:8080", value_parser = address)]
    #[arg(verbatim_doc_comment)]
    listen: SocketAddr,
    /// Keep the state in this file; otherwise it is gone in the end.
    #[arg(long, value_name = "FILE", verbatim_doc_comment)]
    state: Option<PathBuf>,
    /// Let the first call of an operation fail, for example by
    /// getCall=INTERNAL_SERVER_ERROR. May be repeated.
    #[arg(long, value_name = "OPERATION=CODE", verbatim_doc_comment)]
    fail: Vec<Failing>,
    /// The address of the error reference (errors.html): each failing
    /// response then links to its code there.
    #[arg(long, value_name = "URL", verbatim_doc_comment)]
    reference: Option<Url>,
    /// Print a command for every error of every operation, and end.
    #[arg(long, verbatim_doc_comment)]
    ledger: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Send wrong requests to a running server, in any language, and compare
    /// the responses with the contract.
    #[command(verbatim_doc_comment, next_line_help = true)]
    #[command(
        after_help = "Exit codes:\n  0  every response is as documented\n  1  internal error\n  2  the arguments, the \
                            credentials or the server cannot be used\n  3  a response left the \
                            contract, or time ran out"
    )]
    Probe(probe::Arguments),
}

/// An operation whose first call fails.
#[derive(Clone, Debug)]
struct Failing {
    operation: &'static Operation,
    code: ErrorCode,
}

impl FromStr for Failing {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (operation, code) = text.split_once('=').ok_or("write it as OPERATION=CODE")?;
        let mut all = operations::ALL.iter().copied();
        let operation = all
            .find(|known| known.id == operation)
            .ok_or_else(|| format!("there is no operation `{operation}`"))?;
        let code = ErrorCode::from(code);
        if !operation.codes.contains(&code.as_str()) {
            return Err(format!("{} raises {}", operation.id, operation.codes.join(", ")));
        }
        Ok(Self { operation, code })
    }
}

fn address(text: &str) -> Result<SocketAddr, &'static str> {
    let error = "write an IP address and a port, such as 127.0.0.1:8080";
    text.parse().map_err(|_| error)
}

/// How long requests may go on after a signal. Operations take milliseconds: what takes longer is a caller that sends
/// nothing, and somebody waits for the end.
const GRACE: Duration = Duration::from_secs(1);

/// Runs the program: reads the arguments of the process, and serves until it is told to stop.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(Command::Probe(arguments)) = &arguments.command {
        return probe::run(arguments);
    }
    let ended = if arguments.ledger {
        print_ledger(arguments.listen)
    } else {
        serve(arguments)
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// Why the program ends early.
enum Ending {
    /// What was asked for cannot be done.
    Refused(String),
    /// Something failed that should not.
    Internal(io::Error),
}

impl Ending {
    fn report(&self) -> ExitCode {
        let (sentence, code) = match self {
            Self::Refused(sentence) => (sentence.clone(), 2),
            Self::Internal(error) => (error.to_string(), 1),
        };
        // There is nobody left to tell if this fails.
        drop(writeln!(io::stderr(), "error: {sentence}"));
        ExitCode::from(code)
    }
}

fn print_ledger(address: SocketAddr) -> Result<(), Ending> {
    let commands = ledger::commands(&format!("http://{address}"));
    let commands = commands.map_err(|error| Ending::Internal(error.into()))?;
    match io::stdout().write_all(commands.as_bytes()) {
        // Whoever reads this may have seen enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Ending::Internal(error)),
        _ => Ok(()),
    }
}

fn serve(arguments: Arguments) -> Result<(), Ending> {
    // To stderr: what a reader of stdout waits for is the address.
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(false)
        .with_target(false)
        // With `eprintln`, which panics when nobody reads stderr any more.
        .log_internal_errors(false)
        .init();
    let runtime = tokio::runtime::Runtime::new().map_err(Ending::Internal)?;
    runtime.block_on(async {
        let clock = Clock::default();
        let state = arguments.state.as_deref();
        let store = Store::open(state, clock.now()).map_err(|error| match state {
            Some(path) => Ending::Refused(format!("cannot use the state file {}: {error}", path.display())),
            None => Ending::Internal(io::Error::other(error)),
        })?;
        let reference = arguments.reference.as_ref().map(Url::as_str);
        let switch = Switch::new(Front::default(), reference);
        for Failing { operation, code } in arguments.fail {
            switch.set(operation, Instead::Fail(code));
        }
        let listener = TcpListener::bind(arguments.listen)
            .await
            .map_err(|error| Ending::Refused(format!("cannot listen on {}: {error}", arguments.listen)))?;
        let address = listener.local_addr().map_err(Ending::Internal)?;
        let router =
            fonedynamics_server::router(Service::new(store, clock)).layer(from_fn_with_state(switch, act));
        let mut server = fonedynamics_server::server(router).shutdown_grace(GRACE);
        if let Some(page) = reference {
            server = server.help(page);
        }
        let mut serving = pin!(server.serve(listener));
        // It serves, and takes signals, before it says so.
        tokio::select! {
            biased;
            ended = &mut serving => return ended.map_err(Ending::Internal),
            () = ready(()) => {}
        }
        let mut output = io::stdout();
        // Whoever reads this may be gone already, which is no reason not to serve.
        drop(output.write_all(welcome(address, state).as_bytes()));
        drop(output.flush());
        serving.await.map_err(Ending::Internal)
    })
}

/// What is printed once the sandbox listens.
fn welcome(address: SocketAddr, state: Option<&Path>) -> String {
    let kept = match state {
        Some(path) => format!("kept in {}", path.display()),
        None => "in memory, gone in the end".to_owned(),
    };
    let (account, token) = (Sandbox::ACCOUNT_SID, Sandbox::TOKEN);
    let exposed = if address.ip().is_loopback() {
        ""
    } else {
        "Whoever reaches this address can use it: the credentials are known to everybody.\n"
    };
    format!(
        "A sandbox of the Fone Dynamics REST API, unofficial\n\
         \n\
         address    http://{address}\n\
         user       {account}\n\
         password   {token}\n\
         state      {kept}\n\
         {exposed}\
         \n\
         To try, in another terminal: a success, an error, a state that forbids\n\
         \n\
         URL=http://{account}:{token}@{address}\n\
         curl $URL/v2/Properties\n\
         curl $URL/v2/Calls/unknown\n\
         curl -X DELETE $URL/v2/Addresses/5T04K28W412OQ68ICENOJOGGF90JRXFK\n\
         \n\
         For the commands of the error reference, errors.html\n\
         \n\
         account_sid={account} token={token}\n\
         restricted_account_sid=sam@example.com restricted_token=sam-password\n\
         \n\
         A request for every error code: --ledger. Ctrl-C ends the sandbox.\n\
         \n"
    )
}
