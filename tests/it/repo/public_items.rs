//! What the generated crates offer, as listings that show a reviewer what a change of the document does to
//! their users. Made of the planned files, without what is inside of functions.

use xtask::review::items::listed;

use crate::support::{PLAN, snapshot};

/// The listing of a crate, file by file.
fn listing(role: &str) -> String {
    let mut listing = String::new();
    for (file, items) in listed(&PLAN, role) {
        listing.push_str(&format!("// {file}\n"));
        for item in items {
            // What is implemented for a type is below it.
            let below = item
                .lines()
                .any(|line| line.starts_with("impl") || line.starts_with("use"));
            listing.push_str(if below { "" } else { "\n" });
            listing.push_str(&item);
        }
        listing.push('\n');
    }
    listing
}

#[test]
fn public_items_of_the_types_are_the_reviewed_ones() {
    snapshot("repo/public-types", &listing("types"));
}

#[test]
fn public_items_of_the_client_are_the_reviewed_ones() {
    snapshot("repo/public-client", &listing("client"));
}

#[test]
fn public_items_of_the_server_are_the_reviewed_ones() {
    snapshot("repo/public-server", &listing("server"));
}
