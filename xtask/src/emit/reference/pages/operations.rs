//! `operations.html`: each operation with its parameters, bodies, examples and codes, and the types of the bodies.

mod entry;
mod members;

use std::collections::BTreeMap;

use super::html::{Prose, breakable};
use super::page::{ERRORS, OPERATIONS, Page, search};
use crate::contract::{Contract, Operation, Shape};
use crate::dictionary::Dictionary;
use crate::document::Document;
use crate::html::escape;

/// Operations that the document puts together.
struct Group<'c> {
    name: String,
    description: String,
    operations: Vec<&'c Operation>,
}

pub(super) fn page(document: &Document, contract: &Contract, dictionary: &Dictionary<'_>) -> String {
    let links = links(contract);
    let prose = Prose { links: links.clone() };
    // The names of types are words too, which in prose can be values.
    let typed = Prose {
        links: links.into_iter().chain(type_links(contract)).collect(),
    };
    let groups = groups(document, contract);
    let parts = groups.iter().map(|group| {
        let articles = dictionary
            .operations
            .iter()
            .filter(|(operation, _)| group.operations.iter().any(|own| own.id == operation.id))
            .map(|(operation, raised)| {
                entry::article(contract, dictionary, &prose, &typed, operation, raised)
            });
        format!(
            "<section class=\"part\">\n<h2>{}</h2>\n<div class=\"note\">{}</div>\n{}</section>\n",
            escape(&group.name),
            prose.blocks(&group.description),
            articles.collect::<String>()
        )
    });
    let content = parts.collect::<String>() + &types(contract, &prose, &typed);
    Page {
        file: OPERATIONS,
        lead: format!(
            "{} operations, what they take and return, and the error codes that each can respond with.",
            contract.operations.len()
        ),
        index: index(contract, &groups),
        content,
        contract,
        prose: &prose,
    }
    .html()
}

/// Where codes and operations are described.
fn links(contract: &Contract) -> BTreeMap<String, String> {
    let codes = contract.error_codes.iter();
    let codes = codes.map(|code| (code.code.clone(), format!("{ERRORS}#{}", code.code)));
    let operations = contract.operations.iter();
    let operations = operations.map(|operation| (operation.id.clone(), format!("#{}", operation.id)));
    codes.chain(operations).collect()
}

fn type_links(contract: &Contract) -> impl Iterator<Item = (String, String)> {
    let types = contract.schemas.iter();
    types.map(|schema| (schema.name.clone(), format!("#{}", members::anchor(&schema.name))))
}

/// The operations by their tags, in the order of the tags; those without one at the end.
fn groups<'c>(document: &Document, contract: &'c Contract) -> Vec<Group<'c>> {
    let root = document.root();
    let tag_of = |operation: &Operation| {
        let node = root.find(&operation.at)?;
        node.strings_of("tags").into_iter().next()
    };
    let tags = root.items_of("tags").into_iter();
    let mut groups: Vec<Group<'_>> = tags
        .filter_map(|tag| {
            Some(Group {
                name: tag.string_of("name")?.to_owned(),
                description: tag.string_of("description").unwrap_or_default().to_owned(),
                operations: Vec::new(),
            })
        })
        .collect();
    let mut others = Group {
        name: "Operations".to_owned(),
        description: String::new(),
        operations: Vec::new(),
    };
    for operation in &contract.operations {
        let tag = tag_of(operation);
        let mut known = groups.iter_mut();
        let group = known.find(|group| Some(&group.name) == tag.as_ref());
        group.unwrap_or(&mut others).operations.push(operation);
    }
    groups.push(others);
    groups.retain(|group| !group.operations.is_empty());
    groups
}

fn index(contract: &Contract, groups: &[Group<'_>]) -> String {
    let groups = groups.iter().map(|group| {
        let items = group.operations.iter().map(|operation| {
            let id = escape(&operation.id);
            format!("<li><a href=\"#{id}\"><code>{id}</code></a></li>\n")
        });
        format!(
            "<p class=\"group\">{}</p>\n<ul>\n{}</ul>\n",
            escape(&group.name),
            items.collect::<String>()
        )
    });
    let types = contract.schemas.iter().map(|schema| {
        let name = breakable(&schema.name);
        let anchor = members::anchor(&schema.name);
        format!("<li><a href=\"#{anchor}\"><code>{name}</code></a></li>\n")
    });
    format!(
        "<nav class=\"index\" aria-label=\"Operations\">\n{}{}<p class=\"group\">Types</p>\n<ul>\n{}</ul>\n</nav>",
        search("Operation, path or word"),
        groups.collect::<String>(),
        types.collect::<String>()
    )
}

/// The types of bodies and of what is in them.
fn types(contract: &Contract, prose: &Prose, typed: &Prose) -> String {
    let types = contract.schemas.iter().map(|schema| {
        let content = match &schema.shape {
            Shape::Object(object) => members::of_object(prose, typed, object),
            Shape::Array(list) | Shape::Map(list) => members::of_collection(typed, list),
            Shape::Enum(values) => members::of_enum(prose, values),
        };
        format!(
            "<section class=\"type\" id=\"{}\">\n<h3><code>{}</code></h3>\n<div class=\"prose\">{}</div>\n{content}</section>\n",
            members::anchor(&schema.name),
            breakable(&schema.name),
            prose.blocks(&schema.docs),
        )
    });
    format!(
        "<section class=\"part\">\n<h2>Types</h2>\n{}</section>\n",
        types.collect::<String>()
    )
}
