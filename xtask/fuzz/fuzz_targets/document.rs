//! Any bytes as a document: there are crates or there are problems, and never a panic, a hang or a flood.
//!
//! From the folder `xtask`, with `cargo install cargo-fuzz` and a nightly compiler:
//!
//! ```text
//! mkdir -p fuzz/corpus/document
//! cp ../openapi/fonedynamics.yaml ../tests/fixtures/good/minimal.yaml fuzz/corpus/document/
//! cargo fuzz run document -- -max_len=200000 -timeout=10 -rss_limit_mb=2048 -max_total_time=600
//! ```

#![no_main]

use libfuzzer_sys::fuzz_target;
use xtask::document::Source;
use xtask::report::{self, Palette};
use xtask::timings::Timings;

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = Source::new("fuzzed.yaml", bytes.to_vec()) else { return };
    if let Err(rejected) = xtask::plan(&source, &mut Timings::default()) {
        let report = report::problems(&source, &rejected.index, &rejected.problems, Palette::Plain);
        assert!(!rejected.problems.is_empty() && report.len() < 1_000_000);
    }
});
