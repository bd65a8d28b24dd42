//! The manifests of the generated crates, and the files beside the crates.
//!
//! Names no version: those are the workspace's.

use crate::contract::Contract;
use crate::mark::MARK;
use crate::names;
use crate::tree::Tree;

pub(super) fn emit(contract: &Contract, tree: &mut Tree) {
    for (role, about, rest) in [
        ("types", "types", TYPES),
        ("client", "client", CLIENT),
        ("server", "server stubs", SERVER),
    ] {
        let name = names::crate_name(&contract.info.crate_prefix, role);
        let title = &contract.info.title;
        // A JSON string is a TOML string too.
        let description = serde_json::Value::from(format!("The {about} of {title}, unofficial"));
        let rest = rest.replace(
            "{types}",
            &names::crate_name(&contract.info.crate_prefix, "types"),
        );
        let manifest = format!(
            "# {MARK}\n\n[package]\nname = \"{name}\"\ndescription = {description}\n\
             version.workspace = true\nedition.workspace = true\nrust-version.workspace = true\n\
             license.workspace = true\nrepository.workspace = true\nreadme = \"README.md\"\n\n{LIBRARY}\n{rest}\n\
             [lints]\nworkspace = true\n"
        );
        tree.insert(format!("{name}/Cargo.toml"), manifest);
        let readme = format!(
            "<!-- {MARK} -->\n\n# {name}\n\nThe {about} of {title}, version {}. Unofficial: derived from a document \
             that was written after the public documentation.\n\nThe crate's own documentation says how to use it.\n",
            contract.info.version
        );
        tree.insert(format!("{name}/README.md"), readme);
    }
    let rustfmt = format!(
        "# {MARK}\n# Emitted code is formatted when it is emitted.\n\ndisable_all_formatting = true\n"
    );
    tree.insert("rustfmt.toml", rustfmt);
}

const LIBRARY: &str = "\
[lib]
# Named, so that cargo loads the workspace and runs the generator also where the file is deleted.
path = \"src/lib.rs\"
";

const TYPES: &str = "\
[features]
# JSON Schemas of all types.
schemars = [\"dep:schemars\", \"fonedynamics-contract/schemars\"]
# The document's examples, for tests.
examples = []

[dependencies]
fonedynamics-contract.workspace = true
schemars = { workspace = true, optional = true }
serde.workspace = true
serde_json.workspace = true
";

const CLIENT: &str = "\
[features]
default = [\"rustls\"]
# https by rustls, with ring. Without it, bring an HTTP client of your own.
rustls = [\"progenitor-client/rustls\"]
# Responses may be compressed.
gzip = [\"progenitor-client/gzip\"]

[dependencies]
{types}.workspace = true
progenitor-client.workspace = true
reqwest.workspace = true
";

const SERVER: &str = "\
[features]
default = [\"serve\"]
# What puts a router behind a listener. Not needed where something else serves the router.
serve = [\"fonedynamics-server-runtime/serve\"]

[dependencies]
{types}.workspace = true
fonedynamics-server-runtime.workspace = true
";
