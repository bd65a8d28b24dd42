//! What a request costs on the generated server, beside the same responses from a router written by hand. How to run
//! it and what it measures is in the `README.md` beside this file.
//!
//! Checks that all routers respond alike before it measures any of them. Counts instructions and allocations, and
//! times nothing but whole rounds over sockets, side by side.

mod server {
    pub(crate) mod by_hand;
    pub(crate) mod child;
    pub(crate) mod generated;
    pub(crate) mod load;
    pub(crate) mod responses;
    pub(crate) mod rows;
    pub(crate) mod table;
}

use std::env;

use server::{child, table};

fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => table::print_counts(),
        ["loopback"] => table::print_loopback(10),
        ["loopback", rounds] => table::print_loopback(rounds.parse().expect("a number of rounds")),
        ["in-process", router, row, count] => child::respond(router, row, count),
        ["serve", router] => child::serve(router),
        _ => panic!("the arguments are none, `loopback`, or `loopback ROUNDS`"),
    }
}
