//! The generated client, over real sockets: what it sends, what it keeps of a response, when it retries, and
//! how it reads lists.
//!
//! Nothing here reaches another machine, and no port is fixed: the system chooses one for each server.

mod arbitrary;
mod bodies;
mod call_options;
mod certificates;
mod lists;
mod members;
mod misfits;
mod operations;
mod parameters;
mod raw_calls;
mod responses;
mod retries;
mod secrets;
mod sockets;
mod successes;
mod traces;
mod values;
