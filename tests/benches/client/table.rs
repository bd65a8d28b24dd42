//! Starts what is measured of the client, under valgrind, and prints the table.

use crate::server::table::serve;
use crate::valgrind::{COUNTED, Counted, WARM_UP, under_valgrind};

/// What is counted, by the name under which it is done.
const ROWS: [(&str, &str); 3] = [
    ("a whole call, list of 200", "call"),
    ("an envelope without `Errors`, from its bytes", "error"),
    ("all error codes, from their text", "code"),
];

pub(crate) fn print() {
    let (mut server, address) = serve("plain");
    let address = address.to_string();
    println!("| what | by hand = 1 | instructions | allocations |");
    println!("| --- | --- | --- | --- |");
    for (name, what) in ROWS {
        let count = |counted: Counted, by: &str| {
            let total = |count: usize| {
                let arguments = ["repeat", what, by, &count.to_string(), &address];
                let output = under_valgrind(counted, &arguments).output().expect("valgrind");
                counted.read(&String::from_utf8_lossy(&output.stderr))
            };
            (total(WARM_UP + COUNTED) - total(WARM_UP)) / COUNTED as i64
        };
        let [by_hand, client] = ["hand", "client"].map(|by| count(Counted::Instructions, by));
        let [by_hand_allocations, allocations] = ["hand", "client"].map(|by| count(Counted::Allocations, by));
        println!(
            "| {name} | {:.2} | {by_hand} → {client} | {by_hand_allocations} → {allocations} |",
            client as f64 / by_hand as f64,
        );
    }
    drop(server.stdin.take());
    server.wait().expect("an end");
}
