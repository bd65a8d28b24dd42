//! What the command line can say, and its help. Does nothing.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Derives everything under generated/ from the OpenAPI document.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    disable_help_subcommand = true
)]
#[command(
    after_help = "Exit codes:\n  0  done, or fresh\n  1  internal error\n  2  problems in the document or \
                        in the arguments\n  3  findings of a review that fail\n  4  drift under --check"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Writes generated/, or with --check says how it differs.
    Gen {
        /// Write nothing; list what differs and exit with 4 if anything does.
        #[arg(long)]
        check: bool,
        /// The document [default: openapi/fonedynamics.yaml of this workspace].
        #[arg(long, value_name = "FILE")]
        document: Option<PathBuf>,
        /// The folder to write [default: generated/ of this workspace].
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Say how long each stage took.
        #[arg(long)]
        timings: bool,
    },
    /// Reports every problem of the document and writes nothing.
    Lint {
        /// The document [default: openapi/fonedynamics.yaml of this workspace].
        file: Option<PathBuf>,
        /// How to report: for people or for editors.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Says what a change of the document means: for callers, for Rust clients and for Rust servers.
    Review {
        /// The document before the change: a file, or a git revision, of which the commit counts where the current
        /// branch and the revision part.
        #[arg(long, value_name = "REVISION|FILE")]
        base: String,
        /// The document after the change [default: openapi/fonedynamics.yaml of this workspace].
        file: Option<PathBuf>,
        /// How to report.
        #[arg(long, value_enum, default_value_t = ReviewFormat::Text)]
        format: ReviewFormat,
    },
    /// Explains an error code, an operation, a status or a rule, or lists codes and rules.
    Explain {
        /// An error code, an operationId or an error status of the document, or a rule such as unknown-key, in any
        /// case.
        name: Option<String>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Sentences with excerpts.
    Text,
    /// A JSON array.
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReviewFormat {
    /// For a terminal.
    Text,
    /// For the comment of a pull request.
    Markdown,
    /// For programs.
    Json,
    /// One page for a browser.
    Html,
}
