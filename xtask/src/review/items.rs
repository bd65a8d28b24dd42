//! What generated crates offer to programs: their public items without what is inside of functions, and how those of
//! two trees differ. Knows nothing of documents.

use std::collections::BTreeSet;

use prettyplease::unparse;
use similar::{ChangeTag, TextDiff};
use syn::{Attribute, Fields, File, ImplItem, Item, ItemImpl, TraitItem, Visibility, parse_quote};

use crate::tree::Tree;

/// The crates that are derived from a document, by the ends of their names.
pub const ROLES: [&str; 3] = ["types", "client", "server"];

/// An item of a crate that is new, gone or another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The crate, by the end of its name.
    pub role: &'static str,
    /// The item's first line: `enum ErrorCode {`.
    pub item: String,
    /// The lines that are gone, without indentation.
    pub gone: Vec<String>,
    /// The lines that are new, without indentation.
    pub new: Vec<String>,
}

/// The public items of a crate of a tree, file by file: the name of each file, and its items.
#[must_use]
pub fn listed(tree: &Tree, role: &str) -> Vec<(String, Vec<String>)> {
    let files = files(tree, role)
        .into_iter()
        .map(|(file, text)| (file.to_owned(), items(text)));
    files.filter(|(_, items)| !items.is_empty()).collect()
}

/// How the public items of two trees differ, crate by crate.
#[must_use]
pub fn compare(base: &Tree, head: &Tree) -> Vec<ItemChange> {
    let mut changes = Vec::new();
    for role in ROLES {
        let (old, new) = (files(base, role), files(head, role));
        // Most files are the same, and to read them takes most of the time.
        let differing = |of: &[(&str, &str)], other: &[(&str, &str)]| -> Vec<String> {
            let differing = of.iter().filter(|file| !other.contains(file));
            differing.flat_map(|(_, text)| items(text)).collect()
        };
        let (old, new) = (differing(&old, &new), differing(&new, &old));
        let (known, kept): (BTreeSet<_>, BTreeSet<_>) = (old.iter().collect(), new.iter().collect());
        let gone = old.iter().filter(|item| !kept.contains(item));
        let mut added: Vec<_> = new.iter().filter(|item| !known.contains(item)).collect();
        for item in gone {
            let same = added.iter().position(|other| title(other) == title(item));
            let other = same.map(|at| added.remove(at).as_str());
            changes.push(change(role, item, other.unwrap_or_default()));
        }
        changes.extend(added.into_iter().map(|item| change(role, "", item)));
    }
    changes
}

/// The source files of a crate of a tree: the name of each, and its text.
fn files<'t>(tree: &'t Tree, role: &str) -> Vec<(&'t str, &'t str)> {
    let folder = format!("-{role}/src/");
    let files = tree
        .files()
        .filter_map(|(path, text)| Some((path.split_once(&folder)?.1, text)));
    files.collect()
}

/// The items of a file as their users see them.
fn items(text: &str) -> Vec<String> {
    let items = syn::parse_file(text).map(|file| file.items).unwrap_or_default();
    items.into_iter().filter_map(seen).collect()
}

/// What an item is known by: its first line that is no attribute.
fn title(item: &str) -> &str {
    let mut lines = item.lines();
    lines.find(|line| !line.starts_with('#')).unwrap_or_default()
}

fn change(role: &'static str, old: &str, new: &str) -> ItemChange {
    let diff = TextDiff::from_lines(old, new);
    let lines = |tag: ChangeTag| -> Vec<String> {
        let changes = diff.iter_all_changes().filter(|change| change.tag() == tag);
        changes.map(|change| change.value().trim().to_owned()).collect()
    };
    ItemChange {
        role,
        item: title(if new.is_empty() { old } else { new }).to_owned(),
        gone: lines(ChangeTag::Delete),
        new: lines(ChangeTag::Insert),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Leaves the attributes that users of an item have to know.
fn thin(attributes: &mut Vec<Attribute>) {
    let shown = ["cfg", "cfg_attr", "deprecated", "derive", "non_exhaustive"];
    attributes.retain(|attribute| shown.iter().any(|name| attribute.path().is_ident(name)));
}

fn thin_fields(fields: &mut Fields) {
    if let Fields::Named(named) = fields {
        let public = std::mem::take(&mut named.named).into_iter();
        named.named = public.filter(|field| is_public(&field.vis)).collect();
    }
    for field in fields {
        field.attrs.clear();
    }
}

/// An item as its users see it, or nothing if they do not.
fn seen(mut item: Item) -> Option<String> {
    let public = match &mut item {
        Item::Struct(item) => {
            thin(&mut item.attrs);
            thin_fields(&mut item.fields);
            is_public(&item.vis)
        }
        Item::Enum(item) => {
            thin(&mut item.attrs);
            for variant in &mut item.variants {
                thin(&mut variant.attrs);
                thin_fields(&mut variant.fields);
            }
            is_public(&item.vis)
        }
        Item::Trait(item) => {
            thin(&mut item.attrs);
            item.items.iter_mut().for_each(thin_trait_item);
            is_public(&item.vis)
        }
        Item::Fn(item) => {
            thin(&mut item.attrs);
            *item.block = parse_quote!({});
            is_public(&item.vis)
        }
        Item::Const(item) => {
            thin(&mut item.attrs);
            *item.expr = parse_quote!(VALUE);
            is_public(&item.vis)
        }
        Item::Static(item) => {
            thin(&mut item.attrs);
            *item.expr = parse_quote!(VALUE);
            is_public(&item.vis)
        }
        Item::Type(item) => {
            thin(&mut item.attrs);
            is_public(&item.vis)
        }
        Item::Use(item) => is_public(&item.vis),
        Item::Mod(item) => {
            thin(&mut item.attrs);
            is_public(&item.vis)
        }
        Item::Impl(item) => thin_impl(item),
        // Says which codes an operation lists. Whatever else there may be is shown as it is.
        _ => true,
    };
    public.then(|| print(item))
}

fn thin_trait_item(item: &mut TraitItem) {
    match item {
        TraitItem::Fn(function) => {
            thin(&mut function.attrs);
            function.default = function.default.as_ref().map(|_| parse_quote!({}));
        }
        TraitItem::Type(item) => thin(&mut item.attrs),
        TraitItem::Const(item) => thin(&mut item.attrs),
        _ => {}
    }
}

/// Leaves the public items of an implementation, and nothing of one of a trait.
fn thin_impl(item: &mut ItemImpl) -> bool {
    thin(&mut item.attrs);
    if item.trait_.is_some() {
        item.items.clear();
        return true;
    }
    item.items.retain_mut(|item| match item {
        ImplItem::Fn(function) => {
            thin(&mut function.attrs);
            function.block = parse_quote!({});
            is_public(&function.vis)
        }
        ImplItem::Const(constant) => {
            thin(&mut constant.attrs);
            constant.expr = parse_quote!(VALUE);
            is_public(&constant.vis)
        }
        _ => true,
    });
    !item.items.is_empty()
}

fn print(item: Item) -> String {
    // In a trait, a body says that there is a default; elsewhere it says nothing.
    let bodies = !matches!(item, Item::Trait(_));
    let implementation = matches!(&item, Item::Impl(item) if item.trait_.is_some());
    let text = unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    });
    let text = text.replace(" = VALUE;", ";").replace("pub ", "");
    match (implementation, bodies) {
        (true, _) => text.replace(" {}", ""),
        (false, true) => text.lines().map(without_body).collect(),
        (false, false) => text,
    }
}

/// A line of a listing, in which a function ends like a declaration.
fn without_body(line: &str) -> String {
    match line.strip_suffix(" {}") {
        Some(signature) if !line.starts_with("struct") => format!("{signature};\n"),
        _ => format!("{line}\n"),
    }
}
