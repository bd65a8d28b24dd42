//! What a request costs on the generated server and a call of the generated client, beside the same by hand. How to run
//! it and what it measures is in the `README.md` beside this file.
//!
//! Counts instructions and allocations, and times nothing but whole rounds over sockets, side by side.

mod client {
    pub(crate) mod child;
    pub(crate) mod table;
}
mod server {
    pub(crate) mod by_hand;
    pub(crate) mod child;
    pub(crate) mod generated;
    pub(crate) mod load;
    pub(crate) mod responses;
    pub(crate) mod rows;
    pub(crate) mod table;
}
mod valgrind;

use std::env;

fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["server"] => server::table::print_counts(),
        ["loopback"] => server::table::print_loopback(10),
        ["loopback", rounds] => server::table::print_loopback(rounds.parse().expect("a number of rounds")),
        ["client"] => client::table::print(),
        // What these start, to measure it.
        ["in-process", router, row, count] => server::child::respond(router, row, count),
        ["serve", router] => server::child::serve(router),
        ["repeat", what, by, count, address] => client::child::repeat(what, by, count, address),
        _ => panic!("the argument is `server`, `loopback`, `loopback ROUNDS` or `client`"),
    }
}
