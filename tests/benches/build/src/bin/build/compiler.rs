//! What the compiler costs for one crate: cargo runs this program in place of it, and this program measures it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use fonedynamics_build_benches::cost::{self, Cost};

/// The crate to measure, by its name for the compiler.
const CRATE: &str = "BENCH_BUILD_CRATE";

/// The file into which its cost is written.
const FILE: &str = "BENCH_BUILD_FILE";

/// The cost of the compiler for one package, in a run of cargo that builds it.
pub(crate) fn of(cargo: &mut Command, package: &str, file: &Path) -> Cost {
    cargo
        .env("RUSTC_WRAPPER", env::current_exe().expect("a program has a path"))
        .env(CRATE, package.replace('-', "_"))
        .env(FILE, file);
    let _ = fs::remove_file(file);
    cost::of(cargo, 0);
    let text = fs::read_to_string(file).expect("the crate was compiled");
    let (cpu, memory) = text.split_once(' ').expect("two numbers were written");
    Cost {
        cpu: Duration::from_millis(cpu.parse().expect("it is a number")),
        memory: memory.parse().expect("it is a number"),
    }
}

/// Where cargo runs this program in place of the compiler: runs the compiler, and gives its exit code.
pub(crate) fn in_place() -> Option<i32> {
    let (wanted, file) = (env::var(CRATE).ok()?, env::var_os(FILE)?);
    let mut arguments = env::args().skip(1);
    let mut compiler = Command::new(arguments.next()?);
    let arguments: Vec<_> = arguments.collect();
    let (cost, status) = cost::in_place(compiler.args(&arguments));
    let named = arguments.iter().position(|argument| argument == "--crate-name");
    let name = named.and_then(|position| arguments.get(position + 1));
    if name == Some(&wanted) {
        let text = format!("{} {}", cost.cpu.as_millis(), cost.memory);
        fs::write(file, text).expect("the folder is ours");
    }
    Some(status.code().unwrap_or(1))
}
