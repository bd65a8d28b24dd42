//! The folder in which everything is built, and the packages that are built there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use fonedynamics_build_benches::{api, cost, workspace, xtask};

/// The server by hand.
const BY_HAND: &str = include_str!("by_hand.rs");

/// A folder of its own, which is gone with this.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let path = env::temp_dir().join(format!("bench-build-{}", std::process::id()));
        fs::create_dir_all(&path).expect("the folder for temporary files can be written to");
        Self(path)
    }

    /// A path in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A server by hand, as a package of its own.
    pub(crate) fn by_hand(&self) -> PathBuf {
        let dependencies = "axum = { workspace = true, features = [\"http1\", \"json\", \"tokio\"] }\n\
                            serde = { workspace = true, features = [\"derive\"] }\n\
                            tokio = { workspace = true, features = [\"macros\", \"net\", \"rt-multi-thread\"] }\n";
        self.program("by-hand", BY_HAND, dependencies)
    }

    /// The server of the README, as a package of its own.
    pub(crate) fn readme_server(&self) -> PathBuf {
        let server = fs::read_to_string(workspace().join("tests/examples/server.rs")).expect("it is there");
        let generated = workspace().join("generated/fonedynamics-server");
        let dependencies = format!(
            "fonedynamics-server = {{ path = {generated:?} }}\n\
             tokio = {{ workspace = true, features = [\"macros\", \"net\", \"rt-multi-thread\"] }}\n"
        );
        self.program("readme-server", &server, &dependencies)
    }

    /// The crates that are generated from a document of a size, as a workspace with the runtimes.
    pub(crate) fn generated(&self, operations: usize) -> PathBuf {
        let folder = self.path(&format!("generated-{operations}"));
        let document = self.path(&format!("{operations}.yaml"));
        fs::write(&document, api::document(operations)).expect("the folder is ours");
        let mut generator = Command::new(xtask());
        generator.arg("gen").arg("--document").arg(document);
        cost::of(generator.arg("--out").arg(folder.join("stock")), 0);
        copy(&workspace().join("runtime"), &folder.join("runtime"));
        let roles = ["types", "server", "client"];
        let crates = roles.map(|role| format!("stock-{role} = {{ path = \"stock/stock-{role}\" }}\n"));
        settle(
            &folder,
            "[workspace]\nresolver = \"3\"\nmembers = [\"runtime/*\", \"stock/stock-*\"]\n",
            &crates.concat(),
        );
        folder
    }

    /// A package with one program, which is a workspace too.
    fn program(&self, name: &str, main: &str, dependencies: &str) -> PathBuf {
        let folder = self.path(name);
        fs::create_dir_all(folder.join("src")).expect("the folder is ours");
        fs::write(folder.join("src/main.rs"), main).expect("the folder is ours");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n\
             [workspace]\n\n[profile.release]\nstrip = true\n"
        );
        settle(&folder, &manifest, "");
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Gives a workspace its manifest: what is its own, the settings of the real one, and the same versions.
fn settle(folder: &Path, manifest: &str, dependencies: &str) {
    let ours = fs::read_to_string(workspace().join("Cargo.toml")).expect("it is there");
    let (_, settings) = ours.split_once("[workspace.package]").expect("it has settings");
    let settings = settings.replace(
        "[workspace.dependencies]\n",
        &format!("[workspace.dependencies]\n{dependencies}"),
    );
    let manifest = format!("{manifest}\n[workspace.package]{settings}");
    fs::write(folder.join("Cargo.toml"), manifest).expect("the folder is ours");
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the folder is ours");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder is ours");
    for entry in fs::read_dir(from).expect("it is there") {
        let entry = entry.expect("it is there");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("the folder is ours");
        }
    }
}
