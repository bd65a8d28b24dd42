//! The sandbox as a program.

use std::process::ExitCode;

fn main() -> ExitCode {
    fonedynamics_sandbox::program::run()
}
