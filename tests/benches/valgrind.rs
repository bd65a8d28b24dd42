//! Counts what a process does, by tools of valgrind. Knows nothing of what the process is.

use std::env;
use std::process::{Command, Stdio};

/// So many requests or calls are counted, and so many before them are not.
pub(crate) const COUNTED: usize = 1000;
pub(crate) const WARM_UP: usize = 100;

/// What is counted, by a tool of valgrind.
#[derive(Clone, Copy)]
pub(crate) enum Counted {
    Instructions,
    Allocations,
}

impl Counted {
    /// The arguments of valgrind.
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Instructions => &["--tool=callgrind", "--callgrind-out-file=/dev/null"],
            Self::Allocations => &["--tool=memcheck", "--leak-check=no", "--undef-value-errors=no"],
        }
    }

    /// The count in what valgrind says in the end.
    pub(crate) fn read(self, said: &str) -> i64 {
        let label = match self {
            Self::Instructions => "Collected : ",
            Self::Allocations => "total heap usage: ",
        };
        let (_, rest) = said
            .split_once(label)
            .unwrap_or_else(|| panic!("valgrind said: {said}"));
        let digits = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ',');
        digits
            .filter(char::is_ascii_digit)
            .collect::<String>()
            .parse()
            .expect("a count")
    }
}

pub(crate) fn under_valgrind(counted: Counted, arguments: &[&str]) -> Command {
    let mut command = Command::new("valgrind");
    command
        .args(counted.arguments())
        .arg(env::current_exe().expect("this program"))
        .args(arguments)
        .stderr(Stdio::piped());
    command
}
