//! The sandbox as a program: reads the command line, and decides nothing about requests.

fn main() {}
