//! A handler that stays within the contract, which shows that nothing else keeps the others from compiling, and
//! handlers that leave it, each with how the compiler begins.

/// A server whose only handler is to be filled in.
const PROGRAM: &str = "
#![allow(dead_code)]
use fonedynamics_server::types::Address;
use fonedynamics_server::{Api, Context, Credentials, Failure, HandlerResult, Operation, Refusal, codes, operations};

struct Server;

impl Api for Server {
    type Caller = ();

    async fn authenticate(&self, _: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        Ok(())
    }

    async fn get_address(&self, _: Context<()>, _: String) -> HandlerResult<Address, operations::GetAddress> {
        BODY
    }
}

fn of_another_operation() -> Failure<operations::RemoveAddress> {
    Failure::new(codes::AddressCannotBeDeleted)
}

fn main() {}
";

/// Its name, the body of the handler, and what the compiler says.
pub(super) const ALL: [(&str, &str, &str); 4] = [
    (
        "within_the_contract",
        "Err(Failure::at(codes::AddressNotFound, \"AddressSid\").message(\"No such address.\"))",
        "",
    ),
    (
        "code_that_is_not_listed",
        "Err(Failure::at(codes::CallNotFound, \"AddressSid\"))",
        "error[E0277]: the document does not list `fonedynamics_server::codes::CallNotFound` for `fonedynamics_server::operations::GetAddress`",
    ),
    (
        "code_without_its_parameter",
        "Err(Failure::new(codes::AddressNotFound))",
        "error[E0277]: `fonedynamics_server::codes::AddressNotFound` is about a parameter, which the failure has to name",
    ),
    (
        "failure_of_another_operation",
        "Err(of_another_operation())",
        "error[E0308]: mismatched types",
    ),
];

pub(super) fn program(body: &str) -> String {
    PROGRAM.replace("BODY", body)
}
