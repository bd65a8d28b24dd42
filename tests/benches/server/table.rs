//! Starts what is measured, under valgrind or not, and prints the tables.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use tokio::runtime::Builder;

use super::load;

use super::rows::{ROWS, Row};
use crate::valgrind::{COUNTED, Counted, WARM_UP, under_valgrind};

/// How many connections are open at once.
const CONNECTIONS: usize = 64;

/// How long one round of one router takes.
const ROUND: Duration = Duration::from_secs(1);

/// Per request, in process, what is needed to make the request included.
fn in_process(counted: Counted, router: &str, row: &Row) -> i64 {
    let total = |count: usize| {
        let arguments = ["in-process", router, row.name, &count.to_string()];
        let output = under_valgrind(counted, &arguments).output().expect("valgrind");
        counted.read(&String::from_utf8_lossy(&output.stderr))
    };
    (total(WARM_UP + COUNTED) - total(WARM_UP)) / COUNTED as i64
}

/// Per request over one connection, in the process of the server.
fn served(router: &str, row: &Row) -> i64 {
    let counted = Counted::Instructions;
    let total = |count: usize| {
        let mut command = under_valgrind(counted, &["serve", router]);
        let (mut child, address) = start(&mut command);
        load::repeat(address, &row.bytes(), count);
        drop(child.stdin.take());
        let mut said = String::new();
        let stderr = child.stderr.as_mut().expect("an output");
        stderr.read_to_string(&mut said).expect("text");
        child.wait().expect("an end");
        counted.read(&said)
    };
    (total(WARM_UP + COUNTED) - total(WARM_UP)) / COUNTED as i64
}

/// Starts a server, and reads its address from its first line.
fn start(command: &mut Command) -> (Child, SocketAddr) {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("a process");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("an output");
    BufReader::new(stdout).read_line(&mut line).expect("an address");
    (child, line.trim().parse().expect("an address"))
}

pub(crate) fn serve(router: &str) -> (Child, SocketAddr) {
    start(Command::new(env::current_exe().expect("this program")).args(["serve", router]))
}

/// Fails unless all routers respond alike.
fn compare() {
    let mut servers = ["plain", "checked", "generated"].map(serve);
    for row in &ROWS {
        let [plain, checked, generated] = servers
            .each_ref()
            .map(|(_, address)| load::respond(*address, &row.bytes()));
        assert_eq!(
            (plain.0, generated.0),
            (row.status, row.status),
            "{}: {generated:?}",
            row.name
        );
        assert_eq!(checked, generated, "{}", row.name);
        assert!(row.needs_checks || plain == generated, "{}", row.name);
    }
    for (child, _) in &mut servers {
        drop(child.stdin.take());
        child.wait().expect("an end");
    }
}

/// Which router a row is held against, and how it is named in the tables.
fn reference(row: &Row) -> &'static str {
    if row.body.is_empty() { "plain" } else { "checked" }
}

pub(crate) fn print_counts() {
    compare();
    println!("| row | held against | in process | instructions | allocations | served | instructions |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for row in &ROWS {
        let reference = reference(row);
        let count = |counted| {
            let made = in_process(counted, "none", row);
            [reference, "generated"].map(|router| in_process(counted, router, row) - made)
        };
        let [theirs, ours] = count(Counted::Instructions);
        let [their_allocations, our_allocations] = count(Counted::Allocations);
        let [their_served, our_served] = [reference, "generated"].map(|router| served(router, row));
        println!(
            "| {} | {reference} | {:.2} | {theirs} → {ours} | {their_allocations} → {our_allocations} | {:.2} | {their_served} → {our_served} |",
            row.name,
            ours as f64 / theirs as f64,
            our_served as f64 / their_served as f64,
        );
    }
}

/// Requests per second and CPU time per request, of routers that take turns.
pub(crate) fn print_loopback(rounds: usize) {
    compare();
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    println!("| row | held against | requests per second | CPU per request |");
    println!("| --- | --- | --- | --- |");
    for row in &ROWS {
        let reference = reference(row);
        let request: &'static [u8] = row.bytes().leak();
        let mut servers = [reference, "generated"].map(serve);
        let mut ratios = [Vec::new(), Vec::new()];
        for round in 0..=rounds {
            let [theirs, ours] = servers.each_ref().map(|(child, address)| {
                let before = cpu_ticks(child);
                let count = runtime.block_on(load::flood(*address, request, CONNECTIONS, ROUND)) as f64;
                (count, (cpu_ticks(child) - before) / count)
            });
            // The first round warms up.
            if round > 0 {
                ratios[0].push(ours.0 / theirs.0);
                ratios[1].push(ours.1 / theirs.1);
            }
        }
        for (child, _) in &mut servers {
            drop(child.stdin.take());
            child.wait().expect("an end");
        }
        let [requests, time] = ratios.map(median);
        println!("| {} | {reference} | {requests:.2} | {time:.2} |", row.name);
    }
}

/// The CPU time that a process has used, in units of the system.
fn cpu_ticks(child: &Child) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).expect("Linux");
    let (_, fields) = stat.rsplit_once(") ").expect("a name");
    let ticks = fields.split(' ').skip(11).take(2);
    ticks.map(|ticks| ticks.parse::<f64>().expect("a number")).sum()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
