//! What `cargo xtask gen` costs: the real document, and documents of 25 to 2,500 operations. And `cargo xtask review`,
//! where one value differs and where everything does.
//!
//! Prints tables. Writes into a folder of its own among those for temporary files, and removes it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use fonedynamics_build_benches::{api, cost, workspace, xtask};

/// The sizes of the documents, in operations.
const SIZES: [usize; 4] = [25, 250, 1_000, 2_500];

/// How many problems the document has that is only reported on.
const PROBLEMS: usize = 64_000;

/// Runs of which the time is the mean, where one is not much longer than the kernel's clock ticks.
const RUNS: u32 = 20;

/// The largest document, in operations, of which the instructions are counted: that is fifty times as slow.
const COUNTED: usize = 250;

/// The size of the documents that are reviewed, in operations.
const REVIEWED: usize = 1_000;

fn main() {
    let xtask = xtask();
    let folder = env::temp_dir().join(format!("bench-generator-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the folder for temporary files can be written to");

    println!(
        "| document | operations | KiB | CPU ms | per operation | M instructions per operation | peak MiB | stages, ms |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    row(&xtask, &workspace().join("openapi/fonedynamics.yaml"), &folder);
    for size in SIZES {
        let document = folder.join(format!("{size}.yaml"));
        fs::write(&document, api::document(size)).expect("the folder can be written to");
        row(&xtask, &document, &folder);
    }

    println!("\n| `review` of {REVIEWED} operations | CPU ms | peak MiB |");
    println!("| --- | --- | --- |");
    let base = api::document(REVIEWED);
    let one = base.replacen("maxLength: 64", "maxLength: 63", 1);
    review(&xtask, &folder, [&base, &one], "one value");
    review(&xtask, &folder, [&base, &everywhere(&base)], "everything");

    let document = folder.join("problems.yaml");
    fs::write(&document, api::problems(PROBLEMS)).expect("the folder can be written to");
    let (found, output) = cost::of(Command::new(&xtask).arg("lint").arg(&document), 2);
    let report = String::from_utf8_lossy(&output.stderr);
    let last = report.lines().last().unwrap_or_default();
    println!(
        "\n`lint` of {PROBLEMS} problems: {} ms, {:.0} MiB ({})",
        found.cpu.as_millis(),
        found.memory,
        last.split(" in ").next().unwrap_or_default()
    );
    fs::remove_dir_all(&folder).expect("the folder is ours");
}

fn row(xtask: &Path, document: &Path, folder: &Path) {
    let text = fs::read_to_string(document).expect("the document is there");
    let operations = text.matches(" operationId: ").count();
    let name = document.file_stem().unwrap_or_default().to_string_lossy();
    let out = folder.join(&*name).display().to_string();
    let document = document.display().to_string();
    let arguments = ["gen", "--timings", "--document", &document, "--out", &out];
    // The first run writes, and those that are measured find everything as it has to be.
    let (first, output) = cost::of(Command::new(xtask).args(arguments), 0);
    let runs = if operations < COUNTED { RUNS } else { 1 };
    let mut command = Command::new(xtask);
    command.args(arguments);
    let cpu: Duration = (0..runs).map(|_| cost::of(&mut command, 0).0.cpu).sum();
    let cpu = cpu.as_secs_f64() * 1000.0 / f64::from(runs);
    let counted = (operations <= COUNTED).then(|| cost::instructions(xtask, &arguments));
    let instructions = counted.flatten();
    let instructions = instructions.map_or("-".to_owned(), |count| {
        format!("{:.2}", count / operations as f64)
    });
    println!(
        "| {name} | {operations} | {} | {cpu:.0} | {:.2} | {instructions} | {:.0} | {} |",
        text.len() / 1024,
        cpu / operations as f64,
        first.memory,
        stages(&String::from_utf8_lossy(&output.stdout)),
    );
}

/// The document with another summary of each operation, and one more member of each object but those of the envelope.
fn everywhere(document: &str) -> String {
    let first = "    Condition1:\n";
    let (rest, schemas) = document.split_once(first).expect("each resource has a condition");
    let rest = rest.replace("\n      summary: ", "\n      summary: Now ");
    let properties = "      properties:\n        ";
    let added = format!("{properties}Added: {{ type: integer, description: New. }}\n        ");
    rest + first + &schemas.replace(properties, &added)
}

fn review(xtask: &Path, folder: &Path, texts: [&str; 2], change: &str) {
    let [base, head] = ["base.yaml", "head.yaml"].map(|name| folder.join(name));
    for (path, text) in [&base, &head].into_iter().zip(texts) {
        fs::write(path, text).expect("the folder can be written to");
    }
    let mut command = Command::new(xtask);
    let (cost, _) = cost::of(command.args(["review", "--base"]).args([base, head]), 3);
    println!("| {change} | {} | {:.0} |", cost.cpu.as_millis(), cost.memory);
}

/// The lines of `--timings`, as one: `read 5, lower 6, …`.
fn stages(report: &str) -> String {
    let lines = report.lines().filter_map(|line| {
        let mut words = line.strip_suffix(" ms")?.split_whitespace();
        let (stage, time) = (words.next()?, words.next()?.parse::<f64>().ok()?);
        words.next().is_none().then(|| format!("{stage} {time:.0}"))
    });
    lines.collect::<Vec<_>>().join(", ")
}
