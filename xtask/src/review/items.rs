//! What generated crates offer to programs: their public items without what is inside of functions, and how those of
//! two trees differ. Knows nothing of documents.

use std::collections::BTreeSet;

use prettyplease::unparse;
use quote::ToTokens as _;
use similar::{ChangeTag, TextDiff};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Fields, File, ImplItem, Item, ItemImpl, Meta, Path, Token, TraitItem, Visibility, parse_quote,
};

use crate::emit::is_shortened;
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

/// How the public items of two trees differ, crate by crate. In which order items stand, and what is in them, is no
/// difference, so whatever is the same in both trees can be missing from both.
#[must_use]
pub fn compare(base: &Tree, head: &Tree) -> Vec<ItemChange> {
    let mut changes = Vec::new();
    for role in ROLES {
        let (old, new) = (files(base, role), files(head, role));
        // Most files are the same, and to read them takes most of the time.
        let differing = |of: &[(&str, &str)], other: &[(&str, &str)]| -> Vec<String> {
            let differing = of.iter().filter(|file| !other.contains(file));
            let items = differing.flat_map(|(_, text)| items(text));
            items.flat_map(|item| single(&item)).collect()
        };
        let (old, new) = (differing(&old, &new), differing(&new, &old));
        let (known, kept): (BTreeSet<_>, BTreeSet<_>) = (old.iter().collect(), new.iter().collect());
        let gone = old.iter().filter(|item| !kept.contains(item));
        let mut added: Vec<_> = new.iter().filter(|item| !known.contains(item)).collect();
        for item in gone {
            let same = added.iter().position(|other| title(other) == title(item));
            let other = same.map(|at| added.remove(at).as_str());
            changes.extend(change(role, item, other.unwrap_or_default()));
        }
        changes.extend(added.into_iter().filter_map(|item| change(role, "", item)));
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

/// An item by itself: of a `use` of several names, one of each.
fn single(item: &str) -> Vec<String> {
    let Some((module, names)) = item
        .split_once("::{")
        .filter(|(module, _)| module.starts_with("use "))
    else {
        return vec![item.to_owned()];
    };
    let names = names.split([',', '}']).map(str::trim);
    names
        .filter(|name| !name.is_empty() && *name != ";")
        .map(|name| format!("{module}::{name};\n"))
        .collect()
}

/// The lines of an item in parts: what is before its members, each member with its attributes, and the end.
fn members(item: &str) -> Vec<String> {
    let mut members: Vec<String> = Vec::new();
    let mut is_attribute = true;
    for line in item.lines() {
        let text = line.trim_start();
        let is_first = match line.len() - text.len() {
            0 => true,
            4 => text.starts_with(|first: char| first == '#' || first.is_alphabetic()),
            _ => false,
        };
        match members.last_mut() {
            Some(member) if is_attribute || !is_first => member.push_str(&format!("{line}\n")),
            _ => members.push(format!("{line}\n")),
        }
        is_attribute = text.starts_with('#');
    }
    members
}

/// What of an item differs, if it is anything but the order of its members.
fn change(role: &'static str, old: &str, new: &str) -> Option<ItemChange> {
    let (of_old, of_new) = (members(old), members(new));
    let without = |members: &[String], others: &[String]| -> String {
        let others: BTreeSet<_> = others.iter().collect();
        let differing = members.iter().filter(|member| !others.contains(member));
        differing.map(String::as_str).collect()
    };
    let (gone, added) = (without(&of_old, &of_new), without(&of_new, &of_old));
    let diff = TextDiff::from_lines(&gone, &added);
    let lines = |tag: ChangeTag| -> Vec<String> {
        let changes = diff.iter_all_changes().filter(|change| change.tag() == tag);
        changes.map(|change| change.value().trim().to_owned()).collect()
    };
    let (gone, added) = (lines(ChangeTag::Delete), lines(ChangeTag::Insert));
    let is_other = !gone.is_empty() || !added.is_empty();
    is_other.then(|| ItemChange {
        role,
        item: title(if new.is_empty() { old } else { new }).to_owned(),
        gone,
        new: added,
    })
}

/// Writes names without the modules that are left out where no type of the document has such a name, `Option` in place
/// of `std::option::Option`: how an item is written would otherwise depend on all of them.
struct WithoutModules;

impl VisitMut for WithoutModules {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let names = path.segments.iter().map(|segment| segment.ident.to_string());
        let modules: Vec<_> = names
            .take_while(|name| !name.starts_with(char::is_uppercase))
            .collect();
        if modules.len() < path.segments.len() && is_shortened(&modules.join("::")) {
            path.leading_colon = None;
            let segments = std::mem::take(&mut path.segments).into_iter();
            path.segments = segments.skip(modules.len()).collect();
        }
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        let Meta::List(list) = &mut attribute.meta else {
            return;
        };
        let derived = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
        if let Ok(mut derived) = derived
            && list.path.is_ident("derive")
        {
            derived.iter_mut().for_each(|path| self.visit_path_mut(path));
            list.tokens = derived.into_token_stream();
        }
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

/// How types are read and written. Every type has these, so nobody has to be told.
const OF_EVERY_TYPE: [&str; 3] = ["Deserialize", "Object", "Serialize"];

/// Leaves the public items of an implementation, and nothing of one of a trait.
fn thin_impl(item: &mut ItemImpl) -> bool {
    thin(&mut item.attrs);
    if let Some((of, _)) = &item.trait_ {
        item.items.clear();
        let name = of.segments.last().map(|segment| segment.ident.to_string());
        return !name.is_some_and(|name| OF_EVERY_TYPE.contains(&name.as_str()));
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

fn print(mut item: Item) -> String {
    WithoutModules.visit_item_mut(&mut item);
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
