//! What the compiler says to handlers that would leave the contract. They are compiled in a workspace of
//! their own; the first, which stays within the contract, shows that nothing else keeps them from compiling.

use crate::support::read;
use crate::workspace::Workspace;

/// A server whose only handler is to be filled in.
const PROGRAM: &str = "
use fonedynamics_server::types::Address;
use fonedynamics_server::{Api, Context, Credentials, Failure, HandlerResult, Operation, Refusal, codes, operations};

pub struct Server;

impl Api for Server {
    type Caller = ();

    async fn authenticate(&self, _: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        Ok(())
    }

    async fn get_address(&self, _: Context<()>, _: String) -> HandlerResult<Address, operations::GetAddress> {
        BODY
    }
}

pub fn of_another_operation() -> Failure<operations::RemoveAddress> {
    Failure::new(codes::AddressCannotBeDeleted)
}
";

/// The workspace with this handler in it.
fn with_handler(body: &str) -> Workspace {
    let copied = ["Cargo.lock", "runtime", "generated"];
    let workspace = Workspace::with_copies("refused", &copied);
    let ours = read("Cargo.toml");
    let (_, rest) = ours.split_once("[workspace.package]").unwrap();
    let (package, rest) = rest.split_once("[workspace.dependencies]").unwrap();
    let (dependencies, _) = rest.split_once("[workspace.lints.rust]").unwrap();
    let (_, lints) = ours.split_once("[workspace.lints.rust]").unwrap();
    let (lints, _) = lints.split_once("[profile").unwrap();
    workspace.write(
        "Cargo.toml",
        &format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"generated/*-*\", \"runtime/*\", \"handler\"]\n\n\
             [workspace.package]{package}\n[workspace.dependencies]{dependencies}\n[workspace.lints.rust]{lints}"
        ),
    );
    workspace.write(
        "handler/Cargo.toml",
        "[package]\nname = \"handler\"\nedition.workspace = true\n\n\
         [dependencies]\nfonedynamics-server.workspace = true\n",
    );
    workspace.write("handler/src/lib.rs", &PROGRAM.replace("BODY", body));
    workspace
}

#[test]
fn a_handler_that_leaves_the_contract_does_not_compile() {
    let accepted = "Err(Failure::at(codes::AddressNotFound, \"AddressSid\").message(\"No such address.\"))";
    with_handler(accepted).cargo(&["check", "-p", "handler"]);
    let refused = [
        (
            "Err(Failure::at(codes::CallNotFound, \"AddressSid\"))",
            "error[E0277]: the document does not list `fonedynamics_server::codes::CallNotFound` for `GetAddress`",
        ),
        (
            "Err(Failure::new(codes::AddressNotFound))",
            "error[E0277]: `fonedynamics_server::codes::AddressNotFound` is about a parameter, which the failure has to name",
        ),
        ("Err(of_another_operation())", "error[E0308]: mismatched types"),
    ];
    for (body, said) in refused {
        let error = with_handler(body).refused(&["check", "-p", "handler"]);
        assert!(error.starts_with(said), "{body}\n{error}");
    }
}
