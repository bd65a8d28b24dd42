//! What running a program costs: time of the processor, the most memory, instructions. Not how long it takes, which on
//! a machine with other work says nothing.

use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;
use std::{fs, thread};

/// The length of a tick of the kernel's clock, by which it counts the time of processes.
const TICK: Duration = Duration::from_millis(10);

/// What a program has cost.
#[derive(Clone, Copy)]
pub struct Cost {
    /// The time on processors, with that of all processes that it started, to 10 ms.
    pub cpu: Duration,
    /// The most memory of the program's own process, in MiB.
    pub memory: f64,
}

/// Runs a program to its end, and keeps what it wrote. It must exit with `expected`.
pub fn of(command: &mut Command, expected: i32) -> (Cost, Output) {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let (cost, output) = measured(command, |child| child.wait_with_output());
    if output.status.code() != Some(expected) {
        panic!(
            "{command:?}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    (cost, output)
}

/// Runs a program to its end in place of this one.
pub fn in_place(command: &mut Command) -> (Cost, ExitStatus) {
    measured(command, |mut child| child.wait())
}

fn measured<T>(command: &mut Command, wait: impl FnOnce(Child) -> std::io::Result<T>) -> (Cost, T) {
    let before = children();
    let child = command
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let process = child.id();
    let watch = thread::spawn(move || most_memory(process));
    let end = wait(child).expect("it was started and is waited for once");
    let cost = Cost {
        cpu: children().saturating_sub(before),
        memory: watch.join().expect("it only reads files"),
    };
    (cost, end)
}

/// The instructions of a program, in millions, if `valgrind` is there to count them; the same on any machine.
pub fn instructions(program: &Path, arguments: &[&str]) -> Option<f64> {
    let counted = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(arguments)
        .stdout(Stdio::null())
        .output()
        .ok()?;
    let report = String::from_utf8(counted.stderr).ok()?;
    let line = report.lines().find_map(|line| line.split_once("Collected :"))?;
    let count: f64 = line.1.trim().parse().ok()?;
    Some(count / 1e6)
}

/// The time of all processes that this one has waited for.
fn children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").expect("this is Linux");
    // The name of the program, in parentheses, may hold spaces; fields 16 and 17 are the times of the children.
    let (_, fields) = stat.rsplit_once(')').expect("the second field is in parentheses");
    let ticks = fields.split_whitespace().skip(13).take(2);
    let ticks: u32 = ticks
        .map(|field| field.parse::<u32>().expect("ticks are a number"))
        .sum();
    TICK * ticks
}

/// The most memory that a process has had, in MiB, looked at until it ends.
fn most_memory(process: u32) -> f64 {
    let mut most = 0.0;
    while let Ok(status) = fs::read_to_string(format!("/proc/{process}/status")) {
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        // A process that has ended and is not waited for yet has no memory.
        let Some(kibibytes) = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok())
        else {
            break;
        };
        most = kibibytes / 1024.0;
        thread::sleep(Duration::from_millis(2));
    }
    most
}
