//! How long the stages took. What is generated never depends on it.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// The stages that ran, in order.
#[derive(Default)]
pub struct Timings {
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// Runs a stage and notes its time.
    pub fn measure<T>(&mut self, stage: &'static str, run: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let out = run();
        self.stages.push((stage, started.elapsed()));
        out
    }

    /// The time of all stages.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.stages.iter().map(|(_, time)| *time).sum()
    }

    /// A line for each stage.
    #[must_use]
    pub fn lines(&self) -> String {
        let mut out = String::new();
        for (stage, time) in &self.stages {
            let _ = writeln!(out, "{stage:>12} {:>6.1} ms", time.as_secs_f64() * 1000.0);
        }
        out
    }
}
