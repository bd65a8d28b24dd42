//! A handler that stays within the contract, which shows that nothing else keeps the others from compiling, and
//! handlers that leave it, each with what the compiler says of it.

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

fn of_another_operation() -> HandlerResult<Address, operations::RemoveAddress> {
    Err(Failure::new(codes::AddressCannotBeDeleted))
}

/// As an error of an error library: no error itself, and turned into a boxed one.
struct Report;

impl From<Report> for Box<dyn std::error::Error + Send + Sync> {
    fn from(_: Report) -> Self {
        \"a report\".into()
    }
}

struct NoError;

fn main() {}
";

/// Its name, the body of the handler, and what the compiler says.
pub(super) const ALL: [(&str, &str, &str); 9] = [
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
        "of_another_operation()",
        "error[E0308]: mismatched types",
    ),
    (
        "everything_that_fails_inside",
        "std::fs::read(\"addresses\")?;
        let boxed: Box<dyn std::error::Error + Send + Sync> = \"boxed\".into();
        Err(boxed)?;
        Err(Report)?;
        Err(\"a string\")?;
        Err(format!(\"a {}\", \"string\"))?",
        "",
    ),
    (
        "failure_of_another_operation_that_is_passed_on",
        "Ok(of_another_operation().map_err(Failure::of_another)?)",
        "",
    ),
    (
        "failure_of_another_operation_by_itself",
        "Ok(of_another_operation()?)",
        OTHERS,
    ),
    ("no_error", "Err(NoError)?", OTHERS),
    (
        "box_that_stays_on_its_thread",
        "Err(Box::<dyn std::error::Error>::from(\"boxed\"))?",
        OTHERS,
    ),
];

/// What is said of whatever does not become a failure by `?`.
const OTHERS: &str = "errors, boxed errors (`Box<dyn Error + Send + Sync>`) and strings become internal failures; \
     pass on a failure of another operation with `.map_err(Failure::of_another)?`, and anything else with \
     `Failure::internal`";

pub(super) fn program(body: &str) -> String {
    PROGRAM.replace("BODY", body)
}
