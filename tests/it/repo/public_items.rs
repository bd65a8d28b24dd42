//! What the generated crates offer, as listings that show a reviewer what a change of the document does to
//! their users. Made of the planned files, without what is inside of functions.

use prettyplease::unparse;
use syn::{Attribute, Fields, File, ImplItem, Item, ItemImpl, TraitItem, Visibility, parse_quote};

use crate::support::{PLAN, snapshot};

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
            for item in &mut item.items {
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
        // Says which codes an operation lists.
        Item::Macro(_) => true,
        other => panic!("an item that no listing knows: {other:?}"),
    };
    public.then(|| print(item))
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
        other => panic!("an item that no listing knows: {other:?}"),
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

/// The listing of a crate, file by file.
fn listing(role: &str) -> String {
    let folder = format!("fonedynamics-{role}/src/");
    let tree = &*PLAN;
    let mut listing = String::new();
    for (path, text) in tree.files() {
        let Some(file) = path.strip_prefix(&folder) else {
            continue;
        };
        let items = syn::parse_file(text).unwrap().items;
        let seen: Vec<_> = items.into_iter().filter_map(seen).collect();
        if !seen.is_empty() {
            listing.push_str(&format!("// {file}\n"));
        }
        for item in seen {
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
