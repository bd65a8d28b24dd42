//! The generated servers: whether they keep the contract, over real sockets and below them.
//!
//! Nothing here reaches another machine, and no port is fixed: the system chooses one for each server.

mod codes;
pub(crate) mod contract;
mod corpus;
mod faults;
mod help;
mod layers;
mod schemathesis;
mod secrets;
mod serving;
mod violations;
